"""Communities and the cycles of value as each one names them."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from valuecreation.framework import LOOKS

from ..fields import NameField, WordsField
from ..permissions import roles_with


class CommunityQuerySet(models.QuerySet):
    def where(self, user, permission):
        """The communities in which this person holds the permission."""
        return self.filter(
            memberships__user=user,
            memberships__user__is_active=True,
            memberships__roles__overlap=roles_with(permission),
        )

    def of(self, user):
        return self.filter(memberships__user=user, memberships__user__is_active=True)


class Community(models.Model):
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = NameField(_("name"), max_length=200)
    purpose = WordsField(_("purpose"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    scheme = models.CharField(_("scheme of cycles"), max_length=20)
    example_note = WordsField(
        _("example note"), blank=True, help_text=_("Shown on every page of an example community.")
    )
    is_public = models.BooleanField(
        _("public page"),
        default=False,
        help_text=_("Anybody may read the matrix, and the stories that are open to everybody."),
    )
    publishes_at_once = models.BooleanField(
        _("stories are published at once"),
        default=False,
        help_text=_(
            "When their tellers submit them. Facilitators are told, and can return or hide them."
        ),
    )
    responsible = NameField(
        _("who is responsible"),
        max_length=200,
        blank=True,
        help_text=_("An organisation or a person, as the privacy notice names them."),
    )
    contact = NameField(
        _("whom to ask"),
        max_length=200,
        blank=True,
        help_text=_("A name and an address or number, for questions about what is kept."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days until a withdrawn story is purged"),
        default=30,
        help_text=_("At most 30. Nobody but its teller sees it meanwhile."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retention_days__lte=30),
                name="withdrawn_is_purged_within_30_days",
                violation_error_message=_("At most 30 days."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def today(self):
        """The day it is by the community's clock."""
        return timezone.localdate(timezone=self.zone)

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    def has_member(self, user):
        return self.memberships.filter(user=user, user__is_active=True).exists()


class Cycle(models.Model):
    """A cycle of value, as this community names it. Never a constant in code."""

    class Kind(models.TextChoices):
        STAGE = "stage", _("Stage: a column of the matrix")
        SIDE = "side", _("Side: a band beside the stages")

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="cycles", verbose_name=_("community")
    )
    key = models.SlugField(_("key"), max_length=30)
    name = NameField(_("name"), max_length=60)
    question = NameField(_("question"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.STAGE)
    position = models.PositiveSmallIntegerField(_("position"))
    colour = models.CharField(_("colour"), max_length=20)
    shape = models.CharField(_("shape"), max_length=20)
    has_capitals = models.BooleanField(_("asks for a capital"), default=False)

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="cycle_key_once"),
            models.UniqueConstraint(
                fields=["community", "position"],
                name="cycle_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(colour__in=[look.colour for look in LOOKS])
                & Q(shape__in=[look.shape for look in LOOKS]),
                name="cycle_has_a_tested_look",
                violation_error_message=_("Choose one of the eight colours and shapes."),
            ),
        ]

    def __str__(self):
        return self.name
