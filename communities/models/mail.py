"""Mails that are to be sent: rows of the database, so that none is lost with a broker or a worker."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .membership import Invitation
from .teller import Teller
from .user import User


class MailQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(done_at=None)

    def due(self):
        return self.unsent().filter(due_at__lte=timezone.now())


class Mail(models.Model):
    """One mail of a kind (see `communities.mail`) to a person, to somebody invited, or to a
    teller without an account. What it says
    is made when it is sent; `about` holds the ids it needs, and is emptied when it is done."""

    kind = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="mails")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="mails")
    teller = models.ForeignKey(Teller, models.CASCADE, null=True, related_name="mails")
    about = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    was_sent = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="mail_unsent"),
            models.Index(fields=["done_at"], name="mail_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, invitation=None, teller=None)
                | Q(user=None, invitation__isnull=False, teller=None)
                | Q(user=None, invitation=None, teller__isnull=False),
                name="mail_has_one_recipient",
            )
        ]

    def __str__(self):
        return self.kind

    def finish(self, *, was_sent):
        self.was_sent, self.done_at, self.about = was_sent, timezone.now(), {}
        self.save()
