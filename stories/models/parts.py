"""The parts of a story: steps, what each touches, and how one led to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Cycle, User
from indicators.models import Capital, Indicator


class PartQuerySet(models.QuerySet):
    COUNTED = ["told", "confirmed"]

    def counted(self):
        """Told by the teller, or confirmed by them; a part of a part counts with its whole."""
        return self.filter(
            **{f"{path}status__in": self.COUNTED for path in ("", *self.model.COUNTS_WITH)}
        )


class Part(models.Model):
    """A step, touch or link: told by the teller, or proposed by somebody else until confirmed."""

    class Status(models.TextChoices):
        TOLD = "told", _("Told")
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    COUNTS_WITH = ()

    status = models.CharField(max_length=9, choices=Status, default=Status.TOLD)
    said_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def kind(self):
        """step, touch or link: how a form names the part."""
        return self._meta.model_name

    @property
    def is_counted(self):
        return self.status in PartQuerySet.COUNTED


class Step(Part):
    class Tense(models.TextChoices):
        HAPPENED = "happened", _("It happened")
        HOPED = "hoped", _("I hope for it")
        DID_NOT_HAPPEN = "did_not_happen", _("Hoped for, but it did not happen")

    class Value(models.TextChoices):
        POSITIVE = "positive", _("It was of value")
        NEGATIVE = "negative", _("It did harm or cost more than it gave")
        NONE_CREATED = "none_created", _("It was of no value")
        UNSET = "unset", _("I would rather not say")

    MAX_LENGTH = 10_000
    MOST = 200

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="steps", verbose_name=_("cycle"))
    capital = models.CharField(_("capital"), max_length=12, choices=Capital, blank=True)
    text = WordsField(_("what happened"), max_length=MAX_LENGTH, blank=True)
    tense = models.CharField(max_length=14, choices=Tense, default=Tense.HAPPENED)
    value = models.CharField(max_length=12, choices=Value, default=Value.UNSET)
    # An emergent indicator: what this step says was not among those there were.
    proposed_indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="origins"
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "position"],
                name="step_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            # What a link's foreign keys (story, step) point at.
            models.UniqueConstraint(fields=["story", "id"], name="step_of_story"),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def has_happened(self):
        return self.tense == self.Tense.HAPPENED


class Touch(Part):
    """The step says something about the indicator."""

    COUNTS_WITH = ("step__",)

    step = models.ForeignKey(Step, models.CASCADE, related_name="touches")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="touches")

    class Meta:
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "indicator"],
                name="touch_once",
                violation_error_message=_("This step touches this indicator already."),
            )
        ]

    def __str__(self):
        return str(self.indicator)


class Link(Part):
    """How one step led to another, as the teller tells it. Loops are legal."""

    COUNTS_WITH = ("from_step__", "to_step__")

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="links")
    from_step = models.ForeignKey(Step, models.CASCADE, related_name="links_out")
    to_step = models.ForeignKey(Step, models.CASCADE, related_name="links_in")
    how = WordsField(_("how this led to that"), blank=True)
    would_have_happened_anyway = WordsField(_("would it have happened anyway?"), blank=True)
    other_influences = WordsField(_("what else played a part"), blank=True)
    corroborator = NameField(_("who could say so too"), max_length=200, blank=True)

    CONTENT = ["how", "would_have_happened_anyway", "other_influences", "corroborator"]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_step", "to_step"],
                name="link_once",
                violation_error_message=_("These two steps are linked already."),
            ),
            models.CheckConstraint(
                condition=~Q(from_step=F("to_step")),
                name="link_joins_two_steps",
                violation_error_message=_("A step cannot lead to itself."),
            ),
        ]

    def __str__(self):
        return self.how[:60]
