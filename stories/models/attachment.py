"""Files that belong to a story."""

from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField

from .sketch import Sketch
from .story import Story


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Of the stories that this viewer may open; and what they added to one and did not save."""
        visible = Q(story__in=Story.objects.visible_to(viewer))
        if viewer.user:
            visible |= Q(sketch__user=viewer.user, sketch__community=viewer.community)
        return self.filter(visible)

    def of_form(self, community, user, key):
        """What the form with this key shows: the story's own files, and those not saved yet."""
        unsaved = Q(sketch__community=community, sketch__user=user, sketch__key=key)
        saved = Q(story__community=community, story__teller__user=user, story__key=key)
        return self.filter(unsaved | saved)


class Attachment(models.Model):
    """A photo, a document or a recording. It is a sketch's until the story is saved.

    `file` lies under a name of ours; `original_name` is what its teller called it."""

    MOST = 10
    MOST_BYTES = 10 * 1024 * 1024

    story = models.ForeignKey(
        Story, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    sketch = models.ForeignKey(
        Sketch, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(upload_to="attachments/")
    original_name = NameField(max_length=255)
    # For whoever cannot see or hear it.
    shows = NameField(_("What it shows or says"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(story=None, sketch__isnull=False) | Q(story__isnull=False, sketch=None),
                name="attachment_of_one",
            )
        ]

    def __str__(self):
        return self.original_name

    @property
    def is_photo(self):
        return self.content_type.startswith("image/")

    @property
    def is_recording(self):
        return self.content_type.startswith("audio/")

    @property
    def is_ours(self):
        """Encoded anew by us, so that a browser may show it where it stands."""
        return self.is_photo or self.is_recording

    @property
    def file_name(self):
        """What whoever keeps a copy gets it as: the teller's name with the ending that fits."""
        return str(PurePath(self.original_name).with_suffix(PurePath(self.file.name).suffix))
