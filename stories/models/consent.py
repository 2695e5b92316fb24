"""What the teller agreed to, each time they said so."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.permissions import Audience

from .story import Story


class Consent(models.Model):
    """One saying of the teller, in the wording of `version`; the newest one is in force. It is the
    teller's to read, and holds no name."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    at = models.DateTimeField(default=timezone.now, editable=False)
    audience = models.PositiveSmallIntegerField(choices=Audience)
    attribution = models.CharField(max_length=9, choices=Story.Attribution)
    quotable = models.BooleanField()
    is_withdrawn = models.BooleanField(default=False)
    version = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return str(_("taken back") if self.is_withdrawn else self.get_audience_display())
