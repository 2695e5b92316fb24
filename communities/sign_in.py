"""Signing in: by a code that is mailed, or by password. Addresses are cleaned in one way, and a
limit for an account is one for the client who asks: nobody can lock out somebody else."""

from functools import wraps

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import context, ratelimit
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .fields import clean_email
from .models import User


def send_code(request, user):
    """Mails a code to the stored address; the page for it is `account_confirm_login_code`. Of
    somebody whose account was closed nothing is sent, and the page is the same."""
    known = user if user.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=known, email=user.email)


def require_patience(request, email):
    """ValidationError where this client has asked for mails too often, to this address or at all."""
    key = f"{get_adapter().get_client_ip(request)} {email}"
    if not ratelimit.consume(request, action="mail_me", key=key):
        raise ValidationError(_("That was too often in a short time. Please wait a minute."))


def is_too_often(request, action):
    """Whether this person has done it too often (ACCOUNT_RATE_LIMITS); it counts this time."""
    return not ratelimit.consume(request, action=action, user=request.user)


def limited(action):
    """A view that is sent only so often by one person (ACCOUNT_RATE_LIMITS); then 429."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            refused = ratelimit.consume_or_429(request, action=action, user=request.user)
            return refused or view(request, *args, **kwargs)

        return guarded

    return decorate


class LoginForm(allauth.LoginForm):
    def clean_login(self):
        return clean_email(super().clean_login())


class RequestLoginCodeForm(allauth.RequestLoginCodeForm):
    def clean_email(self):
        email = clean_email(self.cleaned_data["email"])
        require_patience(context.request, email)
        self._user = User.objects.filter(email=email, is_active=True).first()
        return email


class ResetPasswordForm(allauth.ResetPasswordForm):
    def clean_email(self):
        email = clean_email(self.cleaned_data["email"])
        require_patience(context.request, email)
        self.users = list(User.objects.filter(email=email, is_active=True))
        return email


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A passkey that signs in by itself, unless one wants it as a second lock only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("It signs me in by itself"), True
        alone.help_text = _("Otherwise it is a second lock, after a code or a password.")
