"""Somebody says that a story is about them."""

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Community

from .story import Story


class ConcernQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def waiting_first(self):
        return self.order_by(F("answered_at").desc(nulls_first=True), "-at", "-pk")


class Concern(models.Model):
    """ "This story is about me", said by anybody who could open it, for facilitators alone to read.
    `story` is empty where they did not come from a story's page."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="concerns")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="concerns")
    words = WordsField(_("what it is about"), max_length=5_000, blank=True)
    contact = NameField(_("how to reach you"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    has_hidden = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return str(self.pk)
