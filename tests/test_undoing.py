"""A review is undone for ten seconds; nobody is mailed before."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import mail as outbox
from communities.models import Mail
from matrix import sync
from matrix.reading import read
from stories import actions, undoing
from stories.models import Story

from .make import make_member, make_published, make_story

pytestmark = pytest.mark.django_db
OTHERS = {"others": "nobody"}


def post(client, story, act, **data):
    address = reverse(f"stories:{act}", args=[story.community.slug, story.pk])
    return client.post(address, data, follow=True).content.decode()


def counted(community):
    sync.sync(community)
    return read(community, 2).whole.stories


@pytest.fixture
def submitted(cast):
    story = make_story(cast.community, cast.member)
    return actions.submit(story=story, by=cast.member, others="nobody")


def facts(story):
    story = Story.objects.get(pk=story.pk)
    return story.status, story.note, story.others_reviewed, story.published_at, story.published_by


@pytest.mark.parametrize(
    ("act", "data"),
    [("publish", OTHERS), ("return", {"note": "Who was there?"}), ("hide", {"note": "For now."})],
)
def test_a_review_is_undone_and_everything_is_as_it_was(cast, client, submitted, act, data):
    if act == "hide":
        actions.publish(story=submitted, by=cast.facilitator, others="agreed")
    before, sums = facts(submitted), counted(cast.community)
    client.force_login(cast.facilitator)
    page = post(client, submitted, act, **data)
    assert facts(submitted) != before
    assert 'data-seconds="10"' in page
    assert "Undone." in post(client, submitted, "undo")
    assert facts(submitted) == before
    assert counted(cast.community) == sums
    assert sync.check(cast.community) == []


def test_nobody_is_mailed_of_what_was_undone(cast, client, submitted):
    Mail.objects.all().delete()
    client.force_login(cast.facilitator)
    post(client, submitted, "publish", **OTHERS)
    outbox.sweep()
    assert mail.outbox == []
    post(client, submitted, "undo")
    Mail.objects.update(due_at=timezone.now())
    outbox.sweep()
    assert mail.outbox == []


def test_what_was_undone_is_gone_at_the_next_request(cast, client, submitted):
    reader = Client()
    reader.force_login(make_member(cast.community))
    page = reverse("stories:story", args=[cast.community.slug, submitted.pk])
    client.force_login(cast.facilitator)
    post(client, submitted, "publish", **OTHERS)
    assert reader.get(page).status_code == 200
    post(client, submitted, "undo")
    assert reader.get(page).status_code == 404


def test_too_late_it_stays(cast, client, submitted, monkeypatch):
    client.force_login(cast.facilitator)
    post(client, submitted, "publish", **OTHERS)
    now = undoing.time.time()
    monkeypatch.setattr(undoing.time, "time", lambda: now + 16)
    assert "It is too late to undo this" in post(client, submitted, "undo")
    assert Story.objects.get().status == "published"


def test_what_went_on_meanwhile_stays(cast, client, submitted):
    client.force_login(cast.facilitator)
    post(client, submitted, "publish", **OTHERS)
    actions.change_audience(story=submitted, by=cast.member, audience=1)
    assert "was changed meanwhile" in post(client, submitted, "undo")
    assert Story.objects.get().status == "published"


def test_nobody_undoes_what_another_did_or_what_they_did_elsewhere(cast, client, submitted):
    other = make_published(cast.community, cast.member)
    client.force_login(cast.facilitator)
    post(client, submitted, "publish", **OTHERS)
    second = Client()
    second.force_login(make_member(cast.community, "facilitator"))
    assert "It is too late" in post(second, submitted, "undo")
    assert "It is too late" in post(client, other, "undo")
    assert set(Story.objects.values_list("status", flat=True)) == {"published"}
