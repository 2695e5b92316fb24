"""The words of a story as they are searched."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .story import Story


class Words(models.Model):
    """What a story says in its told and confirmed parts, folded (without case and accents). Who may
    find it is asked of the story."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="words")
    folded = models.TextField()
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("words of a story")
        verbose_name_plural = _("words of stories")
        indexes = [
            GinIndex(fields=["vector"], name="words_vector"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="words_trigrams"),
        ]

    def __str__(self):
        return str(self.pk)
