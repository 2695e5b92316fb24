"""A community may publish stories as soon as they are submitted; facilitators hear of it, and can act."""

import pytest
from django.core import mail
from django.urls import reverse

from communities import mail as outbox
from communities.actions import change_community
from communities.models import Mail
from matrix import sync
from matrix.reading import read
from stories import actions

from .make import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(cast):
    return change_community(community=cast.community, by=None, publishes_at_once=True)


def submit(client, story):
    address = reverse("stories:submit", args=[story.community.slug, story.pk])
    return client.post(address, {"others": "nobody"}, follow=True).content.decode()


def test_it_counts_at_once_and_its_teller_is_told_so(cast, client, at_once):
    client.force_login(cast.member)
    story = make_story(at_once, cast.member, audience=3)
    page = submit(client, story)
    story.refresh_from_db()
    assert (story.status, story.published_by, story.others_reviewed) == ("published", None, "")
    assert f"Your story is published, and open to: {story.get_audience_display()}." in page
    assert "Your receipt" in page
    sync.sync(at_once)
    assert read(at_once, 3).whole.stories == 1


def test_facilitators_are_told_and_can_hide_and_return_it(cast, client, at_once):
    story = make_story(at_once, cast.member, title="The heron")
    actions.submit(story=story, by=cast.member, others="nobody")
    [waiting] = Mail.objects.all()
    assert (waiting.kind, waiting.user) == ("story_told", cast.facilitator)
    outbox.deliver(waiting.pk)
    assert "A story was told and published at once: The heron" in mail.outbox[0].body
    hidden = actions.hide(story=story, by=cast.facilitator, note="Whose lamp?")
    returned = actions.return_(story=hidden, by=cast.facilitator, note="Whose lamp?")
    again = actions.submit(story=returned, by=cast.member, others="nobody")
    assert again.status == "published"


def test_elsewhere_a_facilitator_reads_it_first(cast, client):
    client.force_login(cast.member)
    story = make_story(cast.community, cast.member)
    assert "A facilitator reads your story." in submit(client, story)
    story.refresh_from_db()
    assert story.status == "submitted"


def test_facilitators_choose_it(cast, client, at_once):
    client.force_login(cast.facilitator)
    page = client.get(reverse("people:community", args=[at_once.slug]))
    assert page.context["form"]["publishes_at_once"].value() is True
