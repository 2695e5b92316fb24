"""Files that belong to a story."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField

from .story import Story


class Attachment(models.Model):
    story = models.ForeignKey(Story, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/")
    original_name = NameField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self):
        return self.original_name
