"""Asking again about what was hoped for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.fields import WordsField

from .parts import Step


class FollowUp(models.Model):
    """A hoped step is asked about again; what came of it is kept."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    tense = models.CharField(max_length=14, choices=Step.Tense, blank=True)
    text = WordsField(blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return str(self.due_on)
