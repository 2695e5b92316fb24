"""Tokens by which programs speak for a person."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import NameField
from ..permissions import Scope
from .community import Community
from .secret import SecretQuerySet
from .user import User

# So that whoever comes upon one, in a file or a log, knows what it is.
PREFIX = "vct_"


def new_secret():
    """It is random enough that a plain hash of it can't be guessed back."""
    return PREFIX + secrets.token_urlsafe(32)


class TokenQuerySet(SecretQuerySet):
    def in_force(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class Token(models.Model):
    """Its secret is shown once, when it is made; here is only its hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = NameField(_("what it is for"), max_length=100)
    scope = models.CharField(_("what it may"), max_length=10, choices=Scope, default=Scope.READ)
    # None chosen: all that the person belongs to, now and later.
    communities = models.ManyToManyField(
        Community, related_name="+", blank=True, verbose_name=_("communities")
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The end of the secret, by which its owner tells one from another.
    ending = models.CharField(max_length=4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="token_has_a_known_scope"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_in_force(self):
        return not self.revoked_at and self.expires_at > timezone.now()

    def is_for(self, community):
        chosen = self.chosen
        return not chosen or community.pk in chosen

    @property
    def chosen(self):
        """The ids of the communities that it is good for; none: for all."""
        return {one.pk for one in self.communities.all()}
