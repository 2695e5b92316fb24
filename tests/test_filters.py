"""The list of stories, by what their told parts are about; its address says what is asked for."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from communities.permissions import Audience
from stories.models import Story

from .make import make_indicator, make_published, make_step, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """Three stories that differ in everything a list can be asked for."""
    indicator = make_indicator(cast.community, "applied", "Visits", code="visits")
    community = cast.community
    make_published(
        community,
        cast.member,
        [
            make_step(community, "immediate", value="positive"),
            make_step(community, "applied", indicator, tense="hoped", value="negative"),
        ],
        title="A",
        language="en",
    )
    make_published(
        community,
        cast.member,
        [make_step(community, "applied", tense="happened", value="positive")],
        title="B",
        language="es",
        template="personal",
    )
    make_published(community, cast.member, [make_step(community, "realized")], title="C")
    make_story(community, cast.member, title="D", language="ar", audience=Audience.ME)
    Story.objects.filter(title="B").update(created_at="2026-03-10T23:30Z")
    Story.objects.filter(title="A").update(created_at="2026-03-10T09:00Z")
    Story.objects.filter(title="C").update(created_at="2026-05-01T09:00Z")
    return cast


def page(cast, user=None, **query):
    client = Client()
    client.force_login(user or cast.funder)
    return client.get(reverse("stories:stories", args=[cast.community.slug]), query)


def titles(*args, **query):
    return sorted(story.title for story in page(*args, **query).context["page"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["A", "B", "C"]),
        ({"cycle": "applied"}, ["A", "B"]),
        ({"cycle": "applied", "tense": "hoped"}, ["A"]),
        # Of one step: A has a positive step and an applied one, but not both in one.
        ({"cycle": "applied", "value": "positive"}, ["B"]),
        ({"tense": "did_not_happen"}, []),
        ({"indicator": "visits"}, ["A"]),
        ({"template": "personal"}, ["B"]),
        ({"language": "es"}, ["B"]),
        ({"since": "2026-03-11"}, ["C"]),
        ({"until": "2026-03-10"}, ["A", "B"]),
        ({"since": "2026-03-10", "until": "2026-03-10"}, ["A", "B"]),
        ({"cycle": "applied", "q": "happened"}, ["A", "B"]),
        ({"cycle": "realized", "q": "happened"}, ["C"]),
    ],
)
def test_the_list_holds_exactly_what_is_asked_for(told, query, expected):
    assert titles(told, **query) == expected


def test_whoever_tells_asks_for_a_state(told):
    assert titles(told, told.member, status="draft") == ["D"]
    assert titles(told, told.facilitator, status="draft") == []
    assert titles(told, told.funder, status="draft") == ["A", "B", "C"]


def test_a_day_is_the_readers(told):
    told.funder.time_zone = "Europe/Madrid"
    told.funder.save()
    assert titles(told, until="2026-03-10") == ["A"]
    assert titles(told, since="2026-03-11", until="2026-03-11") == ["B"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"cycle": "nonsense"}, "cycle"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-03-11", "until": "2026-03-10"}, "until"),
        ({"indicator": "\0"}, "indicator"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(told, query, field):
    answer = page(told, **query)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_what_somebody_proposed_does_not_show_by_what_is_listed(told):
    story = Story.objects.get(title="C")
    step = story.steps.create(
        position=2,
        cycle=told.community.cycles.get(key="potential"),
        text="x",
        tense="did_not_happen",
        status="proposed",
    )
    indicator = told.community.indicators.get()
    story.steps.first().touches.create(indicator=indicator, status="proposed")
    step.touches.create(indicator=indicator, status="told")
    for user in (told.facilitator, told.funder):
        assert titles(told, user, cycle="potential") == []
        assert titles(told, user, tense="did_not_happen") == []
        assert titles(told, user, indicator="visits") == ["A"]


def test_no_choice_tells_of_a_story_one_may_not_open(told):
    offered = {user: languages(page(told, user)) for user in (told.member, told.funder)}
    assert offered == {told.member: ["ar", "en", "es"], told.funder: ["en", "es"]}


def languages(answer):
    return [code for code, _name in answer.context["form"].fields["language"].choices if code]


def test_pages_go_on_with_what_is_asked_for(told):
    for _ in range(26):
        make_published(told.community, told.member, [make_step(told.community, "realized")])
    text = page(told, cycle="realized").content.decode()
    [more] = re.findall(r'href="(\?[^"]*)" rel="next"', text)
    assert more == "?cycle=realized&amp;page=2"
    assert len(page(told, cycle="realized", page=2).context["page"].object_list) == 2


def test_stories_of_one_moment_page_without_loss_or_repeat(told):
    for _ in range(60):
        make_published(told.community, told.member)
    Story.objects.update(created_at="2026-03-10T09:00Z")
    seen = [story.pk for number in (1, 2, 3) for story in page(told, page=number).context["page"]]
    assert (len(seen), len(set(seen))) == (63, 63)
