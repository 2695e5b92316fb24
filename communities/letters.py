"""What the mails on accounts and invitations say."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .addresses import site_address
from .mail import Message, kind
from .models import Token

# A code is of no use after this; allauth keeps the same time.
CODE_LASTS = timedelta(minutes=15)


@kind("account")
def account(mail):
    """allauth's own mails: its templates, in our frame. `about` holds the template and what it
    shows. A code that has run out is not sent."""
    about = mail.about["context"]
    if "code" in about and mail.created_at < timezone.now() - CODE_LASTS:
        return None
    context = about | {"name": mail.user.name}
    template = mail.about["template"]
    text = render_to_string(f"{template}_message.txt", context)
    return Message(
        to=mail.user.email,
        subject=render_to_string(f"{template}_subject.txt", context),
        paragraphs=[part.strip() for part in text.split("\n\n") if part.strip()],
        button=(_("Choose a new password"), about["address"]) if "address" in about else None,
    )


@kind("invitation")
def invitation(mail):
    asked = mail.invitation
    if not asked.is_open:
        return None
    community = asked.community
    names = {"person": asked.invited_by, "community": community}
    opening = (
        _("%(person)s invites you to “%(community)s”.")
        if asked.invited_by
        else _("You are invited to “%(community)s”.")
    )
    until = date_format(timezone.localtime(asked.expires_at), "DATE_FORMAT")
    return Message(
        to=asked.email,
        subject=_("Come to “%(community)s”") % names,
        paragraphs=[
            opening % names,
            *filter(None, [community.purpose]),
            _("The address below is for you alone. It is open until %s.") % until,
            _("If you would rather not, you can say so there, without a reason."),
        ],
        button=(_("Have a look"), site_address(asked.path)),
    )


@kind("token")
def token(mail):
    """That a program may now speak for somebody, whoever sat at their machine. Not of one that is
    over already."""
    made = Token.objects.in_force().filter(pk=mail.about["token"]).first()
    if not made:
        return None
    where = ", ".join(str(one) for one in made.communities.all())
    until = date_format(timezone.localtime(made.expires_at), "DATE_FORMAT")
    return Message(
        to=mail.user.email,
        subject=_("A program has access in your name"),
        paragraphs=[
            _("A new token was made in your account: “%s”.") % made,
            _("What it may do: “%s”.") % made.get_scope_display(),
            _("Where: %s.") % (where or _("in all communities that you belong to")),
            _("It is good until %s.") % until,
            _("If that was not you, revoke it now, and tell who looks after this site."),
        ],
        button=(_("See your tokens"), site_address(reverse("tokens"))),
    )
