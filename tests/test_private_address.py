"""A teller without an account comes to their story by a private address: to read, confirm, narrow
and withdraw. What is closed and what never was get the same answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import actions as people
from communities import mail as outbox
from communities.permissions import Audience
from communities.viewer import Viewer
from matrix import reading, sync
from stories import actions
from stories.models import PrivateAddress, Story
from stories.private import make_private_address, revoke_private_addresses
from stories.trail import WrittenLink

from .make import make_indicator, make_step, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    """A guest's story as a facilitator wrote it down: nothing of it is confirmed yet."""
    rosa = people.add_guest_teller(community=cast.community, name="Rosa", email="rosa@example.org")
    used = make_indicator(cast.community, name="Wounds healed")
    made = make_story(
        cast.community,
        rosa,
        [
            make_step(cast.community, "immediate", used, text="We met at night."),
            make_step(cast.community, "applied", text="I tried it."),
        ],
        [WrittenLink(0, 1, how="it was short")],
        by=cast.facilitator,
        told=False,
        recorder=cast.facilitator,
        audience=Audience.PUBLIC,
        title="The lamp",
    )
    actions.submit(story=made, by=cast.facilitator, others="nobody")
    return actions.publish(story=made, by=cast.facilitator, others="nobody")


def made(story, cast):
    return make_private_address(story=story, by=cast.facilitator)


def counted(cast):
    sync.sync(cast.community)
    whole = reading.read(cast.community, Audience.FUNDERS).whole
    return whole.tellers, whole.stories


def test_its_holder_confirms_part_by_part_and_it_counts(cast, story):
    client, address = Client(), made(story, cast)
    page = client.get(address.path)
    assert "We met at night." in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    kinds = [(part.kind, part.pk) for part in page.context["parts"]]
    assert [kind for kind, _ in kinds] == ["step", "step", "touch", "link"]
    assert counted(cast) == (0, 0)
    for kind, pk in kinds[:3]:
        assert (
            client.post(address.path, {"kind": kind, "part": pk, "is_so": "yes"}).status_code == 302
        )
    client.post(address.path, {"kind": "link", "part": kinds[3][1], "is_so": "no"})
    assert client.get(address.path).context["parts"] == []
    assert counted(cast) == (1, 1)
    assert [one.status for one in story.steps.all()] == ["confirmed", "confirmed"]
    assert story.links.get().status == "rejected"


def test_its_holder_narrows_and_withdraws(cast, story):
    client, address = Client(), made(story, cast)
    client.post(address.path, {"audience": "2"})
    story.refresh_from_db()
    assert story.audience == 2
    client.post(address.path, {"audience": "4"})
    story.refresh_from_db()
    assert story.audience == 2
    client.post(address.path, {"withdraw": "1"})
    story.refresh_from_db()
    assert story.status == "withdrawn"
    assert client.get(address.path).status_code == 200


def test_parts_of_another_story_are_not_answered(cast, story):
    other = make_story(
        cast.community,
        people.add_guest_teller(community=cast.community, name="Ruth"),
        by=cast.facilitator,
        told=False,
    )
    step = other.steps.get()
    Client().post(made(story, cast).path, {"kind": "step", "part": step.pk, "is_so": "yes"})
    step.refresh_from_db()
    assert step.status == "proposed"


@pytest.mark.parametrize("how", ["expired", "revoked", "replaced", "purged"])
def test_a_closed_address_and_a_forged_one_get_the_same_answer(cast, story, how):
    address = made(story, cast)
    if how == "expired":
        PrivateAddress.objects.update(expires_at=timezone.now())
    elif how == "revoked":
        revoke_private_addresses(story=story)
    elif how == "replaced":
        made(story, cast)
    else:
        actions.withdraw(story=story, by=None)
        Story.objects.update(title="", purged_at=timezone.now())
    forged = "0" * 64
    answers = [Client().get(f"/private/{secret}/") for secret in (address.secret, forged)]
    texts = [
        answer.content.decode().split("<main")[1].split("</main>")[0].replace(secret, "…")
        for answer, secret in zip(answers, (address.secret, forged), strict=True)
    ]
    texts = [text.split("csrfmiddlewaretoken")[0] for text in texts]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert texts[0] == texts[1] and "The lamp" not in texts[0]
    renewed = [
        Client().post(f"/private/{secret}/renew/").content.decode().split("<main")[1]
        for secret in (address.secret, forged)
    ]
    assert renewed[0].split("</main>")[0] == renewed[1].split("</main>")[0]


def test_one_that_ran_out_brings_a_new_one_to_the_address_on_file(cast, story):
    address = made(story, cast)
    PrivateAddress.objects.update(expires_at=timezone.now() - timedelta(days=1))
    Client().post(f"/private/{address.secret}/renew/")
    outbox.sweep()
    new = PrivateAddress.objects.open().get()
    assert [one.to for one in mail.outbox] == [["rosa@example.org"]]
    message = mail.outbox[0]
    assert new.path in message.body and new.pk != address.pk
    source = message.message().as_string()
    assert "Rosa" not in source and "The lamp" not in source


def test_an_address_that_was_revoked_brings_none(cast, story):
    address = made(story, cast)
    revoke_private_addresses(story=story)
    Client().post(f"/private/{address.secret}/renew/")
    assert not PrivateAddress.objects.open().exists()
    outbox.sweep()
    assert mail.outbox == []


def test_a_facilitator_makes_one_and_whoever_has_an_account_needs_none(cast, story, client):
    client.force_login(cast.facilitator)
    address = reverse("stories:make_private_address", args=[cast.community.slug, story.pk])
    page = client.post(address).content.decode()
    assert f"http://127.0.0.1:8000{PrivateAddress.objects.get().path}" in page
    own = actions.submit(
        story=make_story(cast.community, cast.member, audience=Audience.MEMBERS),
        by=cast.member,
        others="nobody",
    )
    with pytest.raises(ValidationError, match="has an account"):
        made(own, cast)


def test_the_database_alone_does_not_tell_the_secret(cast, story):
    address = made(story, cast)
    stored = [str(value) for value in PrivateAddress.objects.values().get().values()]
    assert not any(address.secret in value for value in stored)


def test_it_leads_to_that_story_alone(cast, story):
    made(story, cast)
    other = make_story(cast.community, cast.member)
    shown = Story.objects.visible_to(Viewer(cast.community, holds=story.pk))
    assert [one.pk for one in shown] == [story.pk] != [other.pk]
