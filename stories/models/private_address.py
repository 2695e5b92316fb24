"""The address by which a teller without an account comes to their story."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import User
from communities.models.secret import SecretQuerySet, WithSecret

from .story import Story


class PrivateAddressQuerySet(SecretQuerySet):
    def open(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), story__purged_at=None)


class PrivateAddress(WithSecret):
    """Its holder reads the story in every state, confirms what others wrote down, narrows and
    withdraws. It runs out, and can be revoked."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="private_addresses")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = PrivateAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("private address")
        verbose_name_plural = _("private addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return str(self.pk)

    @property
    def path(self):
        return reverse("private_story", args=[self.secret])
