"""I heard a story: facilitators alone see it, until its teller is reached or sixty days are over."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.mail import deliver
from communities.models import Mail, Teller
from communities.permissions import Audience
from communities.viewer import Viewer
from stories import purge
from stories.models import Consent, Story
from stories.private import make_private_address
from stories.stubs import forget
from stories.tellers import match_teller

from .make import make_member, make_stub

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def heard(cast):
    return {
        "name": "Rosa",
        "email": "Rosa@Example.org",
        "title": "The lamp",
        "cycle": cast.community.cycles.get(key="applied").pk,
        "text": "She lent her lamp.",
    }


def test_whoever_heard_it_notes_it_and_sees_it_no_more(cast):
    client = signed_in(cast.member)
    answer = client.post(reverse("stories:heard", args=[cast.community.slug]), heard(cast))
    assert answer.url == reverse("stories:mine", args=[cast.community.slug])
    story = Story.objects.get()
    assert (story.is_stub, story.status, story.audience) == (True, "draft", Audience.FACILITATORS)
    assert (story.teller.kind, story.teller.name, story.teller.email) == (
        "guest",
        "Rosa",
        "rosa@example.org",
    )
    assert (story.recorder, story.consented_at) == (cast.member, None)
    assert [(step.text, step.status) for step in story.steps.all()] == [
        ("She lent her lamp.", "proposed")
    ]
    assert not Consent.objects.exists()
    page = reverse("stories:story", args=[cast.community.slug, story.pk])
    readers = (cast.member, cast.funder, make_member(cast.community))
    assert [signed_in(user).get(page).status_code for user in readers] == [404, 404, 404]
    assert signed_in(cast.facilitator).get(page).status_code == 200
    waiting = signed_in(cast.facilitator).get(
        reverse("stories:waiting", args=[cast.community.slug])
    )
    assert "The lamp" in waiting.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast):
    client = signed_in(cast.member)
    foreign = cast.neighbour.cycles.first().pk
    sent = heard(cast) | {"name": " ", "cycle": foreign}
    answer = client.post(reverse("stories:heard", args=[cast.community.slug]), sent)
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["cycle", "name"]
    assert "She lent her lamp." in answer.content.decode()
    assert not Story.objects.exists()


def test_it_is_not_its_tellers_either_before_they_are_reached(cast):
    stub = make_stub(cast.community, by=cast.facilitator)
    match_teller(teller=stub.teller, user=cast.member, by=cast.facilitator)
    assert not Story.objects.visible_to(Viewer.of(cast.member, cast.community)).exists()
    assert Story.objects.visible_to(Viewer.of(cast.facilitator, cast.community)).get() == stub


def test_its_teller_says_it_is_so_decides_and_submits(cast, client):
    stub = make_stub(cast.community, by=cast.facilitator, email="rosa@example.org")
    address = make_private_address(story=stub, by=cast.facilitator)
    for one in Mail.objects.all():
        deliver(one.pk)
    assert [(one.to, address.path in one.body) for one in mail.outbox] == [
        (["rosa@example.org"], True)
    ]
    page = client.get(address.path).content.decode()
    assert "Somebody heard this from you and noted it down." in page
    terms = {
        "submit": "1",
        "title": "My lamp",
        "audience": str(int(Audience.MEMBERS)),
        "attribution": "anonymous",
        "others": "nobody",
    }
    refused = client.post(address.path, terms)
    assert refused.status_code == 422
    assert "Say first of each part whether it is so." in refused.content.decode()
    part = stub.steps.get()
    client.post(address.path, {"kind": "step", "part": part.pk, "is_so": "yes"})
    stub.refresh_from_db()
    assert (stub.is_stub, stub.audience, stub.status) == (False, Audience.ME, "draft")
    facilitators = Story.objects.visible_to(Viewer.of(cast.facilitator, cast.community))
    assert not facilitators.exists()
    client.post(address.path, terms)
    stub.refresh_from_db()
    assert (stub.status, stub.title, stub.told_by) == (
        "submitted",
        "My lamp",
        "somebody who stays unnamed",
    )
    assert [(one.audience, one.attribution) for one in Consent.objects.all()] == [
        (Audience.MEMBERS, "anonymous")
    ]
    assert facilitators.get() == stub
    # Sent twice, narrower the second time: it is submitted already.
    client.get(address.path)
    again = client.post(address.path, terms | {"audience": "1"}, follow=True)
    assert again.status_code == 200 and not list(again.context["messages"])
    stub.refresh_from_db()
    assert (stub.status, stub.audience) == ("submitted", Audience.MEMBERS)


def test_nobody_is_chosen_for_until_its_teller_chooses(cast, client):
    stub = make_stub(cast.community, by=cast.facilitator)
    address = make_private_address(story=stub, by=cast.facilitator)
    client.post(address.path, {"kind": "step", "part": stub.steps.get().pk, "is_so": "yes"})
    sent = {"submit": "1", "title": "T", "attribution": "name", "others": "nobody"}
    answer = client.post(address.path, sent)
    assert answer.status_code == 422
    assert answer.context["terms"].errors == {"audience": ["Choose who may see your story."]}
    stub.refresh_from_db()
    assert (stub.status, stub.audience) == ("draft", Audience.ME)


def test_its_teller_takes_it_back(cast, client):
    stub = make_stub(cast.community, by=cast.facilitator)
    address = make_private_address(story=stub, by=cast.facilitator)
    client.post(address.path, {"withdraw": "1"})
    stub.refresh_from_db()
    assert (stub.is_stub, stub.status) == (False, "withdrawn")
    assert not Story.objects.visible_to(Viewer.of(cast.facilitator, cast.community)).exists()


def test_after_sixty_days_nothing_of_it_is_left(cast):
    old = make_stub(cast.community, by=cast.member, name="Rosa")
    young = make_stub(cast.community, by=cast.member, name="Ada")
    now = timezone.now()
    Story.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=60, seconds=1))
    Story.objects.filter(pk=young.pk).update(created_at=now - timedelta(days=59, hours=23))
    assert purge.purge() == 1
    assert Story.objects.get() == young
    assert Teller.objects.get() == young.teller


def test_a_facilitator_forgets_it_at_once_and_no_story_that_was_reached(cast):
    client = signed_in(cast.facilitator)
    stub = make_stub(cast.community, by=cast.facilitator)
    reached = make_stub(cast.community, by=cast.facilitator)
    Story.objects.filter(pk=reached.pk).update(is_stub=False, status="withdrawn")
    address = reverse("stories:forget", args=[cast.community.slug, stub.pk])
    assert signed_in(cast.member).post(address).status_code == 403
    client.post(address)
    forget(story=reached)
    assert Story.objects.get() == reached


def test_whom_a_stub_was_joined_to_stays(cast):
    stub = make_stub(cast.community, by=cast.facilitator)
    match_teller(teller=stub.teller, user=cast.member, by=cast.facilitator)
    forget(story=Story.objects.get())
    assert not Story.objects.exists()
    assert sorted(Teller.objects.values_list("kind", flat=True)) == ["guest", "user"]
