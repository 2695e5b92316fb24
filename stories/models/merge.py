"""Tellers who were found to be one person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Teller, User


class TellerMerge(models.Model):
    """Two tellers who were found to be one, and what it takes to make them two again."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    kept = models.ForeignKey(Teller, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Teller, models.PROTECT, related_name="+")
    stories = ArrayField(models.BigIntegerField(), default=list)
    # Those whose teller would have been shown under another name.
    renamed = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("joining of two tellers")
        verbose_name_plural = _("joinings of tellers")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="teller_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two_tellers"),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
