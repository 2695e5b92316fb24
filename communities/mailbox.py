"""The demo's mailbox: what was sent is kept as files, and shown on a page. Only with the demo switch."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404
from django.shortcuts import render

SHOWN = 50


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, messages):
        settings.MAILBOX.mkdir(parents=True, exist_ok=True)
        for message in messages:
            # Sorts by time; the rest keeps two of one moment apart.
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
            (settings.MAILBOX / name).write_bytes(message.message().as_bytes())
        return len(messages)


@dataclass
class Letter:
    to: str
    subject: str
    at: datetime
    text: str


def letters():
    """The newest mails, newest first."""
    files = sorted(settings.MAILBOX.glob("*.eml"), reverse=True)[:SHOWN]
    for file in files:
        message = message_from_bytes(file.read_bytes(), policy=default)
        yield Letter(
            to=message["To"],
            subject=message["Subject"],
            at=parsedate_to_datetime(message["Date"]),
            text=message.get_body(("plain",)).get_content(),
        )


def demo_mailbox(request):
    if not settings.DEMO:
        raise Http404
    return render(request, "demo_mailbox.html", {"letters": list(letters())})
