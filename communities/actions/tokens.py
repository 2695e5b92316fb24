"""Tokens by which programs speak for a person."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..mail import post
from ..models import Token
from ..models.secret import hash_of
from ..models.token import new_secret

TOKEN_DAYS = 90
MOST_TOKEN_DAYS = 366
# Writing down each use would make every read a write.
USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(*, user, name, scope, communities=(), days=TOKEN_DAYS):
    """(the Token, its secret): the secret is nowhere kept, so this is the only time to show it. Its
    owner is told by mail, in case it was somebody else who made it."""
    if any(not one.has_member(user) for one in communities):
        raise ValidationError({"communities": _("Choose communities that you belong to.")})
    secret = new_secret()
    token = Token(
        user=user,
        name=name.strip(),
        scope=scope,
        secret_hash=hash_of(secret),
        ending=secret[-4:],
        expires_at=timezone.now() + timedelta(days=days),
    )
    token.full_clean()
    token.save()
    token.communities.set(communities)
    post("token", user=user, token=token.pk)
    return token, secret


def revoke_token(*, token):
    """It lets nobody in from the next request on."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def note_use(*, token):
    now = timezone.now()
    if not token.used_at or token.used_at < now - USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
