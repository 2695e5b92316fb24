"""Mail: posted with an act, checked and written when it is sent, sent once, stopped with one click."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from communities import actions
from communities import mail as outbox
from communities.models import Invitation, Mail, Token
from communities.permissions import Audience
from stories import actions as stories

from .make import make_member, make_step, make_story
from .running import wait_for

pytestmark = pytest.mark.django_db


def invited(cast, **fields):
    return actions.invite(
        community=cast.community,
        people=[("Ada", "ada@example.org")],
        roles=["member"],
        by=cast.facilitator,
        **fields,
    ).new[0]


def submitted(cast, **fields):
    story = make_story(cast.community, cast.member, audience=Audience.MEMBERS, **fields)
    return stories.submit(story=story, by=cast.member, others="nobody")


def sent():
    # Those that wait until nothing can be undone, too.
    Mail.objects.unsent().filter(attempts=0).update(due_at=timezone.now())
    outbox.sweep()
    return [(one.to, one.subject) for one in mail.outbox]


def test_an_invitation_says_who_asks_into_what_and_until_when(cast):
    invitation = invited(cast)
    assert sent() == [(["ada@example.org"], "Come to “Wound care circle”")]
    message = mail.outbox[0]
    assert "Farid invites you to “Wound care circle”." in message.body
    address = f"http://127.0.0.1:8000/join/{invitation.secret}/"
    html, kind = message.alternatives[0]
    assert (address in message.body, f'href="{address}"' in html, kind) == (True, True, "text/html")


def test_a_date_in_a_mail_is_of_its_readers_time_zone(cast):
    """What ends late in the evening of London ends on another day in Auckland."""
    invitation = invited(cast)
    ends = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=ends)
    cast.community.time_zone = "Pacific/Auckland"
    cast.community.save()
    actions.make_token(user=cast.member, name="Laptop", scope="read", days=400)
    Token.objects.update(expires_at=ends)
    cast.member.time_zone = "Pacific/Auckland"
    cast.member.save()
    sent()
    assert ["March 2, 2027" in one.body for one in mail.outbox] == [True, True]


def test_whose_token_it_is_hears_of_it(cast):
    """By a mail that nobody can stop, with no word of the secret."""
    here = [cast.community]
    actions.make_token(user=cast.member, name="Laptop", scope="tell", communities=here)
    _none, secret = actions.make_token(user=cast.member, name="Old phone", scope="read")
    assert sent() == [([cast.member.email], "A program has access in your name")] * 2
    first, second = (one.body for one in mail.outbox)
    assert "A new token was made in your account: “Laptop”." in first
    assert "take part in negotiations”." in first
    assert "Where: Wound care circle." in first
    assert "Where: in all communities that you belong to." in second
    assert "http://127.0.0.1:8000/profile/tokens/" in second
    assert secret not in second and secret[-4:] not in second
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_of_a_token_that_is_over_nobody_hears(cast):
    token, _secret = actions.make_token(user=cast.member, name="Laptop", scope="read")
    actions.revoke_token(token=token)
    assert sent() == []


def test_a_mail_is_sent_once(cast):
    invited(cast)
    assert len(sent()) == len(sent()) == 1
    row = Mail.objects.get()
    assert (row.was_sent, row.about, row.attempts) == (True, {}, 0)


@pytest.mark.parametrize("meanwhile", ["revoked", "declined", "expired", "came"])
def test_an_invitation_that_lets_nobody_in_is_not_sent(cast, meanwhile):
    invitation = invited(cast)
    if meanwhile == "revoked":
        actions.revoke(invitation=invitation, by=cast.facilitator)
    elif meanwhile == "declined":
        actions.decline(invitation=invitation)
    elif meanwhile == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        actions.accept(invitation=invitation, user=cast.stranger)
    assert sent() == []
    assert not Mail.objects.unsent().exists()


def test_facilitators_hear_of_a_story_that_waits_and_its_teller_of_the_answer(cast):
    story = submitted(cast, title="The lamp")
    assert sent() == [([cast.facilitator.email], "A story waits in “Wound care circle”")]
    stories.return_(story=story, by=cast.facilitator, note="Who was there?")
    stories.submit(story=story, by=cast.member, others="nobody")
    Mail.objects.filter(kind="story_submitted").delete()
    stories.publish(story=story, by=cast.facilitator, others="nobody")
    assert sent()[1:] == [([cast.member.email], "Your story in “Wound care circle” is published")]
    assert "The lamp" in mail.outbox[1].body


def test_a_question_is_mailed_with_its_words(cast):
    stories.return_(story=submitted(cast), by=cast.facilitator, note="Who was there?")
    Mail.objects.filter(kind="story_submitted").delete()
    sent()
    assert "Who was there?" in mail.outbox[0].body


@pytest.mark.parametrize("meanwhile", ["left", "closed", "withdrawn", "unwanted"])
def test_what_its_reader_may_no_longer_see_is_not_sent(cast, meanwhile):
    other = make_member(cast.community, "facilitator")
    story = submitted(cast)
    Mail.objects.exclude(user=other).delete()
    if meanwhile == "left":
        actions.leave(membership=cast.community.memberships.get(user=other))
    elif meanwhile == "closed":
        actions.deactivate(user=other)
    elif meanwhile == "withdrawn":
        stories.withdraw(story=story, by=cast.member)
    else:
        actions.stop_mails(user=other, kind="story_submitted")
    assert sent() == []


@pytest.mark.parametrize("attribution", ["anonymous", "pseudonym"])
def test_no_mail_names_a_teller_who_does_not_want_to_be_named(cast, attribution):
    submitted(cast, attribution=attribution, pseudonym="Kestrel", title="Night round")
    sent()
    source = mail.outbox[0].message().as_string()
    assert "Mira" not in source and cast.member.email not in source


def test_it_speaks_the_readers_language(cast):
    cast.facilitator.language = "es"
    cast.facilitator.save()
    submitted(cast)
    sent()
    html = mail.outbox[0].alternatives[0][0]
    assert '<html lang="es" dir="ltr">' in html


def test_a_name_of_several_lines_makes_no_header(cast):
    cast.community.name = "Wound\r\nBcc: x@example.org"
    cast.community.save()
    invited(cast)
    sent()
    message = mail.outbox[0].message()
    assert message["Bcc"] is None and "\n" not in str(mail.outbox[0].subject)


class Refusing:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("no route to host")


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(cast, settings):
    invited(cast)
    settings.EMAIL_BACKEND = "tests.test_mail.Refusing"
    waited = []
    for _ in range(len(outbox.PAUSES)):
        outbox.sweep()
        row = Mail.objects.get()
        waited.append(round((row.due_at - timezone.now()).total_seconds() / 60))
        assert (row.done_at, row.last_error) == (None, "OSError: no route to host")
        Mail.objects.update(due_at=timezone.now())
    assert waited == [1, 5, 30, 120, 480, 1440]
    outbox.sweep()
    assert (Mail.objects.get().was_sent, Mail.objects.unsent().count()) == (False, 0)


def test_after_a_failure_it_goes_out(cast, settings):
    invited(cast)
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.test_mail.Refusing"
    outbox.sweep()
    settings.EMAIL_BACKEND = kept
    assert sent() == []
    Mail.objects.update(due_at=timezone.now())
    assert len(sent()) == 1


def test_old_rows_go(cast):
    invited(cast)
    sent()
    Mail.objects.update(done_at=timezone.now() - outbox.KEPT - timedelta(days=1))
    outbox.sweep()
    assert not Mail.objects.exists()


def stop_of(message):
    return re.search(r"http://127\.0\.0\.1:8000(/mail/stop/\S+/)", message.body)[1]


def test_one_click_stops_mails_of_that_kind_without_signing_in(cast):
    submitted(cast)
    sent()
    message = mail.outbox[0]
    stop = stop_of(message)
    assert message.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{stop}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert "A story waits to be read and published" in strict.get(stop).content.decode()
    cast.facilitator.refresh_from_db()
    assert cast.facilitator.unwanted_mails == []
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    strict.post(stop)
    cast.facilitator.refresh_from_db()
    assert cast.facilitator.unwanted_mails == ["story_submitted"]


@pytest.mark.parametrize("forged", ["nothing", "WzEsMV0:1aaaaa:bbbb", "{}", "é"])
def test_a_forged_address_stops_nothing(client, forged):
    assert client.post(f"/mail/stop/{forged}/").status_code == 404


def test_invitations_and_codes_cannot_be_unsubscribed(cast):
    invited(cast)
    sent()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "/mail/stop/" not in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(cast):
    invited(cast)
    row = Mail.objects.get()
    start = threading.Barrier(2)

    def work():
        start.wait()
        outbox.deliver(row.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mail.outbox) == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_and_a_stopped_broker_stops_no_act(cast, broker, running):
    running.web()
    running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    invitation = invited(cast)
    Mail.objects.all().delete()
    again = f"/c/{cast.community.slug}/people/invitations/{invitation.pk}/resend/"
    # No beat runs: the message has to find its row committed.
    assert running.post(again, cast.facilitator).status == 302
    wait_for(lambda: Mail.objects.filter(was_sent=True).count() == 1, "the mail to be sent")
    broker.stop()
    assert running.post(again, cast.facilitator).status == 302
    assert Mail.objects.unsent().count() == 1


def test_facilitators_are_told_when_a_published_story_is_revised(cast):
    story = submitted(cast, title="The lamp")
    stories.publish(story=story, by=cast.facilitator, others="nobody")
    Mail.objects.all().delete()
    story.refresh_from_db()
    stories.revise(
        story=story,
        by=cast.member,
        version=story.version,
        steps=[make_step(cast.community, text="Other words.", step=story.steps.get())],
        links=[],
    )
    assert sent() == [
        ([cast.facilitator.email], "A published story in “Wound care circle” was changed")
    ]
    assert "The lamp" in mail.outbox[0].body and "Other words" not in mail.outbox[0].body


def test_nobody_is_told_of_a_draft_that_is_revised(cast):
    story = make_story(cast.community, cast.member)
    stories.revise(story=story, by=None, version=1, steps=[], links=[])
    assert sent() == []
