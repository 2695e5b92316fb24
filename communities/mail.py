"""Mail: posted within an act's transaction, sent by the worker, checked when it is sent.

A kind says what a mail holds. `post` only notes it; the task `deliver` asks the kind's function for
the `Message` as things are then, and drops the mail where there is none any more.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from valuecreation.celery import app

from .addresses import site_address
from .models import Mail

logger = logging.getLogger(__name__)

# After each failed attempt, until the mail is given up.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
KEPT = timedelta(days=30)
STOP = "communities.mail.stop"


@dataclass(frozen=True)
class Kind:
    """`words`: how the profile names a kind that can be unsubscribed; none for those that cannot."""

    key: str
    message: Callable
    words: str = ""


@dataclass
class Message:
    """What a mail says: paragraphs, and perhaps one address to go to, a pair of words and address."""

    to: str
    subject: str
    paragraphs: list[str]
    button: tuple[str, str] | None = None
    # An iCalendar file that goes with it.
    calendar: bytes | None = None


KINDS = {}


def kind(key, words=""):
    """Registers a function from a Mail to its Message, or to None where it is not to be sent."""

    def register(message):
        KINDS[key] = Kind(key, message, words)
        return message

    return register


def post(key, *, user=None, invitation=None, to_teller=None, after=0, **about):
    """Notes a mail; when the transaction is through, the worker is told. `after`: the seconds in
    which the act can still be undone."""
    mail = Mail.objects.create(
        kind=key,
        user=user,
        invitation=invitation,
        teller=to_teller,
        about=about,
        due_at=timezone.now() + timedelta(seconds=after),
    )
    transaction.on_commit(lambda: hand_over(mail.pk, after), robust=True)
    return mail


def post_once(key, users, *, after, **about):
    """Notes a mail to each of `users` (ids) for whom the same does not wait already; the sweep sends
    them, `after` so many seconds: what is asked one by one meanwhile is asked by one mail."""
    same = Mail.objects.unsent().filter(kind=key, about=about, user__in=users)
    due_at = timezone.now() + timedelta(seconds=after)
    Mail.objects.bulk_create(
        Mail(kind=key, user_id=user, about=about, due_at=due_at)
        for user in sorted(set(users) - set(same.values_list("user", flat=True)))
    )


def hand_over(pk, after=0):
    try:
        app.send_task("communities.tasks.deliver", args=[pk], countdown=after and after + 1)
    except OperationalError:
        logger.warning("The broker is away; the sweep will send the mail.")


def deliver(pk):
    """Sends one mail or drops it; a failure of any kind is noted, with when to try again."""
    try:
        with transaction.atomic():
            send_or_drop(pk)
    except Exception as error:
        logger.exception("Mail %s was not sent", pk)
        with transaction.atomic():
            try_later(pk, error)


def send_or_drop(pk):
    """Two workers never send the same one: the row is locked, and whoever comes second leaves it."""
    mail = Mail.objects.due().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    mail = mail.select_related("user", "invitation__community", "teller__community").first()
    if not mail:
        return
    own = KINDS[mail.kind]
    with translation.override(language_of(mail)), timezone.override(zone_of(mail)):
        message = own.message(mail) if is_wanted(mail, own) else None
        if message:
            send(mail, own, message)
    mail.finish(was_sent=bool(message))


def is_wanted(mail, own):
    if not mail.user:
        return True
    return mail.user.is_active and not (own.words and own.key in mail.user.unwanted_mails)


def try_later(pk, error):
    mail = Mail.objects.unsent().select_for_update().filter(pk=pk).first()
    if not mail:
        return
    mail.last_error = f"{type(error).__name__}: {error}"[:200]
    if mail.attempts == len(PAUSES):
        return mail.finish(was_sent=False)
    mail.due_at = timezone.now() + PAUSES[mail.attempts]
    mail.attempts += 1
    mail.save()


def sweep():
    """What a lost message or a failed attempt left; and old rows go."""
    for pk in Mail.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)[:200]:
        deliver(pk)
    Mail.objects.filter(done_at__lt=timezone.now() - KEPT).delete()


def language_of(mail):
    """The reader's own, else that of the community that writes, else the site's."""
    if mail.user:
        return mail.user.language or settings.LANGUAGE_CODE
    return (mail.invitation or mail.teller).community.language


def zone_of(mail):
    """As `language_of`; None: the site's."""
    if mail.user:
        return mail.user.time_zone or None
    return (mail.invitation or mail.teller).community.time_zone


def send(mail, own, message):
    stop = stop_address(mail.user, own.key) if mail.user and own.words else ""
    context = {
        "message": message,
        "stop": stop,
        "site": site_address("/"),
        "language": translation.get_language(),
        "right_to_left": translation.get_language_bidi(),
    }
    headers = {"Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    sent = EmailMultiAlternatives(
        # One line, whatever a name holds.
        subject=" ".join(message.subject.split()),
        body=render_to_string("mail/message.txt", context),
        to=[message.to],
        headers=headers,
    )
    sent.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    if message.calendar:
        sent.attach("calendar.ics", message.calendar, "text/calendar")
    sent.send()


def stop_address(user, key):
    """An address with which mails of one kind are stopped, without signing in."""
    return site_address(reverse("stop_mails", args=[signing.dumps([user.pk, key], salt=STOP)]))


def read_stop(signed):
    """(id of the person, key of the kind) that an address is for; BadSignature if it is forged."""
    return tuple(signing.loads(signed, salt=STOP))
