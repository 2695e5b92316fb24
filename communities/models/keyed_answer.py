"""What keeps a program's request that is sent twice from being done twice."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class KeyedAnswer(models.Model):
    """What was made under an `Idempotency-Key` of a person, so that the same request sent again makes
    nothing more. The answer itself is not kept: it would outlive a consent that was withdrawn."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # Of address and body.
    fingerprint = models.CharField(max_length=64)
    made = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("keyed answer")
        verbose_name_plural = _("keyed answers")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="keyed_once")]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self):
        return self.key
