"""The numbers of an indicator: targets and observations, each under the definition then in force."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import User

from .indicator import Definition, Indicator


class Period(models.Model):
    """Dates in the community's time zone, both included."""

    start = models.DateField(_("from"))
    end = models.DateField(_("to"))

    class Meta:
        abstract = True

    @staticmethod
    def in_order(name):
        return models.CheckConstraint(
            condition=Q(end__gte=F("start")),
            name=name,
            violation_error_message=_("The period ends before it begins."),
        )


class Target(Period):
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="targets")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["end", "pk"]
        constraints = [
            Period.in_order("target_period_in_order"),
            models.UniqueConstraint(
                fields=["definition", "start", "end"],
                name="target_once",
                violation_error_message=_("There is a target for this period already."),
            ),
        ]

    def __str__(self):
        return str(self.value)


class ObservationQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(status=Observation.Status.IN_FORCE)

    def in_their_order(self):
        """What an indicator's numbers are: in force, of the whole, oldest first."""
        found = self.in_force().of_the_whole().select_related("definition")
        return found.order_by("end", "start", "pk")

    def of_the_whole(self):
        """Without those of a single category of a breakdown."""
        return self.filter(category="")


class Observation(Period):
    """A value of an indicator in a period, under the definition it was reported by."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for approval")
        IN_FORCE = "in_force", _("In force")
        REPLACED = "replaced", _("Replaced by a correction")

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    definition = models.ForeignKey(
        Definition, models.PROTECT, related_name="observations", editable=False
    )
    kind = models.CharField(max_length=11, choices=Definition.Kind, editable=False)
    category = NameField(_("category"), max_length=100, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(
        _("how many"),
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    denominator = models.DecimalField(
        _("out of how many"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    level = NameField(_("level"), max_length=100, blank=True)
    words = WordsField(_("words"), blank=True)
    source = NameField(_("source"), max_length=300, blank=True)
    note = WordsField(_("note"), blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.IN_FORCE, editable=False
    )
    recorded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    # What somebody may enter.
    CONTENT = [
        "start",
        "end",
        "category",
        "value",
        "numerator",
        "denominator",
        "level",
        "words",
        "source",
        "note",
    ]

    # Which of the fields an observation of each kind fills in.
    VALUES = ["value", "numerator", "denominator", "level", "words"]
    TAKES = {
        Definition.Kind.NUMBER: ["value"],
        Definition.Kind.PERCENTAGE: ["numerator", "denominator"],
        Definition.Kind.STORY_COUNT: [],
        Definition.Kind.LEVEL: ["level"],
        Definition.Kind.TEXT: ["words"],
    }

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["end", "pk"]
        constraints = [
            Period.in_order("observation_period_in_order"),
            models.UniqueConstraint(
                fields=["indicator", "start", "end", "category"],
                condition=Q(status="in_force"),
                name="one_observation_in_force",
                violation_error_message=_(
                    "There is a value for this indicator and period already; correct that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="number", value__isnull=False, numerator=None, denominator=None)
                & Q(level="", words="")
                | Q(kind="percentage", value=None, numerator__gte=0, denominator__gt=0)
                & Q(level="", words="")
                | Q(kind="level", value=None, numerator=None, denominator=None)
                & Q(words="")
                & ~Q(level="")
                | Q(kind="text", value=None, numerator=None, denominator=None)
                & Q(level="")
                & ~Q(words=""),
                name="observation_fits_its_kind",
                violation_error_message=_(
                    "The value does not fit the indicator: a number takes a value; a percentage how "
                    "many out of how many; a scale a level; words take words."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.end}"

    @property
    def number(self):
        """The value as one number (a percentage out of 100), None where it is not one."""
        if self.kind == Definition.Kind.PERCENTAGE:
            return self.numerator / self.denominator * 100
        return self.value
