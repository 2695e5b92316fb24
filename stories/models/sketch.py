"""What somebody is typing and has not saved yet."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, User

from .story import Story


class Sketch(models.Model):
    """The story form as it was last typed, valid or not. It is its writer's alone and counts nowhere;
    the story itself changes only when it is saved.

    `key` is the form's, and becomes the story's; `fields`: name → list of values, as sent. `tab` is
    the page that wrote last, `turn` counts its writings, `version` those of all pages."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="sketches")
    user = models.ForeignKey(User, models.CASCADE, related_name="sketches")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="sketches")
    key = models.UUIDField()
    fields = models.JSONField(default=dict)
    tab = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsaved story")
        verbose_name_plural = _("unsaved stories")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "user", "key"], name="sketch_once")
        ]

    def __str__(self):
        return self.title or str(_("A story without a title"))

    @property
    def title(self):
        return "".join(self.fields.get("title", [])[:1]).strip()
