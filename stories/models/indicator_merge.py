"""Indicators of which one stands for both."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import User
from indicators.models import Decision, Indicator


class IndicatorMerge(models.Model):
    """What it takes to make the two indicators two again."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="merge")
    kept = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    state_before = models.CharField(max_length=8, choices=Indicator.State)
    # The touches that say `kept` since, and those of steps that said both: [{"step", "status",
    # "said_by", "raised"}]; `raised`: what the touch of `kept` was before it was counted for both.
    moved = ArrayField(models.BigIntegerField(), default=list)
    dropped = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("merging of two indicators")
        verbose_name_plural = _("mergings of indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="indicator_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two_indicators"),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
