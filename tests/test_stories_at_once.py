"""Two acts on one story in the same moment, in both orders: from the answer to a withdrawal on, nothing
of the story is served, whatever else is under way."""

import itertools
import threading

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from communities.permissions import Audience
from matrix import sync
from stories import actions
from stories.models import Status, Story

from .make import make_indicator, make_member, make_published, make_step, make_story
from .running import holding, test_database_url, wait_for, waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)


class Meeting:
    """Acts that all wait for one story, and then go on in the order in which they came."""

    def __init__(self, story):
        self.answers = {}
        self.threads = []
        self.other = psycopg2.connect(test_database_url())
        with self.other.cursor() as cursor:
            cursor.execute("SELECT FROM stories_story WHERE id = %s FOR UPDATE", [story.pk])

    def comes(self, name, act):
        def run():
            try:
                self.answers[name] = act()
            finally:
                connection.close()

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()
        count = len(self.threads)
        wait_for(lambda: waits_for_a_lock() == count, f"{name} to wait for the story")

    def go(self):
        self.other.rollback()
        self.other.close()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, "applied", "Visits")


def told(cast, indicator, make, **fields):
    step = make_step(cast.community, "applied", indicator, text="The heron came.")
    return make(cast.community, cast.member, [step], title="The heron", **fields)


def post(user, story, act, **data):
    client = Client()
    client.force_login(user)
    address = reverse(f"stories:{act}", args=[story.community.slug, story.pk])
    return lambda: client.post(address, data)


def served(cast, story, *readers):
    """Where a reader comes upon the story: its page, lists, search, matrix, box, JSON."""
    slug = story.community.slug
    addresses = [
        reverse("stories:story", args=[slug, story.pk]),
        reverse("stories:stories", args=[slug]),
        reverse("stories:stories", args=[slug]) + "?q=heron+came",
        reverse("matrix:matrix", args=[slug]),
        reverse("matrix:indicator", args=[slug, "visits"]),
        reverse("api:matrix", args=[slug]),
    ]
    found = []
    for reader, address in itertools.product(readers, addresses):
        client = Client()
        client.force_login(reader)
        answer = client.get(address)
        if "The heron" in answer.content.decode() or counts(answer):
            found.append((reader.name, address))
    return found


def meet(story, acts, first):
    """Each act's answer; `first` comes before the others."""
    meeting = Meeting(story)
    for name in sorted(acts, key=lambda one: one != first):
        meeting.comes(name, acts[name])
    meeting.go()
    return meeting.answers


def and_look(act, look):
    """The act, and what is served as soon as it is answered."""

    def run():
        assert act().status_code == 302
        return look()

    return run


def counts(answer):
    is_json = answer.headers["Content-Type"] == "application/json"
    return is_json and answer.status_code == 200 and bool(answer.json()["stories"])


@pytest.mark.parametrize("first", ["publish", "withdraw"])
def test_publish_and_withdraw(cast, indicator, first):
    story = told(cast, indicator, make_story)
    actions.submit(story=story, by=cast.member, others="nobody")
    readers = (cast.facilitator, make_member(cast.community), cast.funder)
    withdraw = post(cast.member, story, "withdraw")
    acts = {
        "publish": post(cast.facilitator, story, "publish", others="nobody"),
        "withdraw": and_look(withdraw, lambda: served(cast, story, *readers)),
    }
    answers = meet(story, acts, first)
    assert answers["withdraw"] == []
    assert answers["publish"].status_code == 302
    assert Story.objects.get().status == Status.WITHDRAWN
    assert served(cast, story, *readers) == []
    sync.sync(cast.community)
    assert (served(cast, story, *readers), sync.check(cast.community)) == ([], [])


OTHERS = {
    "hide": lambda cast, story: post(cast.facilitator, story, "hide", note="For now."),
    "widen": lambda cast, story: post(cast.member, story, "change_audience", audience="4"),
    "about me": lambda cast, story: post(
        cast.funder, story, "story_about_me", words="Mine.", hide="on"
    ),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("is_first", [True, False])
def test_withdraw_beside_any_other_act(cast, indicator, other, is_first):
    story = told(cast, indicator, make_published, audience=Audience.FUNDERS)
    sync.sync(cast.community)
    readers = (cast.facilitator, make_member(cast.community), cast.funder)
    assert len(served(cast, story, *readers)) == 18
    withdraw = post(cast.member, story, "withdraw")
    acts = {
        "withdraw": and_look(withdraw, lambda: served(cast, story, *readers)),
        other: OTHERS[other](cast, story),
    }
    answers = meet(story, acts, "withdraw" if is_first else other)
    assert answers["withdraw"] == []
    assert answers[other].status_code in {302, 404}
    assert Story.objects.get().status == Status.WITHDRAWN
    assert served(cast, story, *readers) == []


@pytest.mark.parametrize("first", ["narrow", "publish"])
def test_publish_and_narrow(cast, indicator, first):
    story = told(cast, indicator, make_story, audience=Audience.FUNDERS)
    actions.submit(story=story, by=cast.member, others="nobody")
    readers = (make_member(cast.community), cast.funder)
    narrow = post(cast.member, story, "change_audience", audience="1")
    acts = {
        "publish": post(cast.facilitator, story, "publish", others="nobody"),
        "narrow": and_look(narrow, lambda: served(cast, story, *readers)),
    }
    answers = meet(story, acts, first)
    assert answers["narrow"] == []
    story.refresh_from_db()
    assert (story.status, story.audience) == ("published", Audience.FACILITATORS)
    assert served(cast, story, *readers) == []
    assert len(served(cast, story, cast.facilitator)) > 2


def test_a_sync_that_began_before_the_withdrawal_brings_nothing_back(cast, indicator):
    """It has read the story as published, and stores that after the withdrawal was answered."""
    story = told(cast, indicator, make_published)
    with holding("matrix_cell"):
        working = threading.Thread(target=synced, args=[cast.community])
        working.start()
        wait_for(waits_for_a_lock, "the sync to wait for the cells")
        assert post(cast.member, story, "withdraw")().status_code == 302
        assert served(cast, story, cast.facilitator, cast.funder) == []
    working.join()
    assert served(cast, story, cast.facilitator, cast.funder) == []
    sync.sync(cast.community)
    assert served(cast, story, cast.facilitator, cast.funder) == []
    assert sync.check(cast.community) == []


def synced(community):
    try:
        sync.sync(community)
    finally:
        connection.close()
