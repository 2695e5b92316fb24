"""What the teller agreed to, and what others see of their story."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.permissions import Audience
from stories import actions
from stories.models import Consent

from .make import make_published, make_step, make_story

pytestmark = pytest.mark.django_db


def said(story):
    rows = story.consents.order_by("pk")
    return list(rows.values_list("audience", "attribution", "quotable", "is_withdrawn"))


def test_each_saying_is_kept_with_its_wording(cast):
    story = make_story(cast.community, cast.member, audience=Audience.ME)
    assert said(story) == []
    actions.change_audience(story=story, by=cast.member, audience=Audience.FUNDERS)
    actions.submit(story=story, by=cast.member, others="nobody")
    actions.publish(story=story, by=cast.facilitator, others="nobody")
    actions.change_audience(story=story, by=cast.member, audience=Audience.MEMBERS)
    actions.change_audience(story=story, by=cast.member, audience=Audience.MEMBERS)
    actions.withdraw(story=story, by=cast.member)
    assert said(story) == [
        (3, "name", False, False),
        (2, "name", False, False),
        (2, "name", False, True),
    ]
    assert set(Consent.objects.values_list("version", flat=True)) == {actions.CONSENT_VERSION}


def test_another_name_and_being_quoted_are_agreed_to_as_well(cast):
    story = make_published(cast.community, cast.member, audience=Audience.MEMBERS)
    story.refresh_from_db()
    for fields in ({"attribution": "anonymous"}, {"quotable": True}, {"title": "Another"}):
        story = actions.revise(
            story=story,
            by=cast.member,
            version=story.version,
            steps=[make_step(cast.community)],
            links=[],
            **fields,
        )
    assert said(story) == [
        (2, "name", False, False),
        (2, "anonymous", False, False),
        (2, "anonymous", True, False),
    ]


def test_the_history_is_the_tellers_to_read(cast):
    story = make_published(cast.community, cast.member)
    page = reverse("stories:story", args=[cast.community.slug, story.pk])
    for user, reads in ((cast.member, True), (cast.facilitator, False), (cast.funder, False)):
        client = Client()
        client.force_login(user)
        text = client.get(page).content.decode()
        assert ("What I agreed to" in text, "What others see of it" in text) == (reads, reads)


@pytest.mark.parametrize(
    ("audience", "open_to"),
    [
        (Audience.FACILITATORS, ["facilitator"]),
        (Audience.MEMBERS, ["facilitator", "member"]),
        (Audience.FUNDERS, ["facilitator", "member", "funder"]),
        (Audience.PUBLIC, ["facilitator", "member", "funder", "public"]),
    ],
)
@pytest.mark.parametrize("is_published", [True, False])
def test_the_teller_looks_through_the_eyes_of_others(cast, client, audience, open_to, is_published):
    make = make_published if is_published else make_story
    steps = [make_step(cast.community, text="We met at night.")]
    story = make(
        cast.community,
        cast.member,
        steps,
        audience=audience,
        attribution="pseudonym",
        pseudonym="Kestrel",
    )
    client.force_login(cast.member)
    shown = []
    for role in ("facilitator", "member", "funder", "public"):
        address = reverse("stories:seen_by", args=[cast.community.slug, story.pk, role])
        text = client.get(address).content.decode().split("<main")[1]
        assert ("We met at night." in text) == ("Kestrel" in text)
        assert ("Not published yet" in text) == (not is_published and role in open_to)
        if "We met at night." in text:
            shown.append(role)
    assert shown == open_to


def test_only_the_teller_looks_and_only_through_eyes_there_are(cast, client):
    story = make_published(cast.community, cast.member)
    address = reverse("stories:seen_by", args=[cast.community.slug, story.pk, "public"])
    client.force_login(cast.facilitator)
    assert client.get(address).status_code == 403
    client.force_login(cast.member)
    assert client.get(address.replace("public", "boss")).status_code == 404


def test_what_somebody_proposed_is_shown_to_facilitators_alone(cast, client):
    story = make_published(cast.community, cast.member, [make_step(cast.community, text="Told.")])
    story.steps.create(
        cycle=cast.community.cycles.get(key="applied"),
        text="Proposed.",
        position=2,
        status="proposed",
    )
    client.force_login(cast.member)
    shown = []
    for role in ("facilitator", "member", "funder", "public"):
        address = reverse("stories:seen_by", args=[cast.community.slug, story.pk, role])
        text = client.get(address).content.decode()
        assert "Told." in text
        if "Proposed." in text:
            shown.append(role)
    assert shown == ["facilitator"]


def test_from_my_stories_the_teller_narrows_and_takes_back(cast, client):
    story = make_published(cast.community, cast.member, audience=Audience.PUBLIC)
    client.force_login(cast.member)
    mine = reverse("stories:mine", args=[cast.community.slug])
    page = client.get(mine).content.decode()
    for act, data in (("change_audience", {"audience": "1"}), ("withdraw", {})):
        address = reverse(f"stories:{act}", args=[cast.community.slug, story.pk])
        assert f'action="{address}"' in page
        answer = client.post(address, data | {"mine": "1"})
        assert answer.url == mine
    story.refresh_from_db()
    assert (story.status, story.audience) == ("withdrawn", Audience.FACILITATORS)
    assert "<details" not in client.get(mine).content.decode().split("<main")[1].split("<footer")[0]


def test_what_each_audience_sees_is_shown_where_consent_is_asked(cast, client):
    client.force_login(cast.member)
    page = client.get(reverse("stories:tell", args=[cast.community.slug])).content.decode()
    assert "What each of them sees: an example" in page
