"""What a community agreed, or is still negotiating, to look at."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Community, Cycle, User


class Capital(models.TextChoices):
    HUMAN = "human", _("Human: skills and insight")
    SOCIAL = "social", _("Social: relations and trust")
    TANGIBLE = "tangible", _("Tangible: documents and tools")
    REPUTATIONAL = "reputational", _("Reputational: standing of the community")
    LEARNING = "learning", _("Learning: a better ability to learn")


class IndicatorQuerySet(models.QuerySet):
    def drawn(self):
        """All but the declined and the merged: only these can be touched, drawn and counted."""
        return self.filter(state__in=Indicator.DRAWN)

    def offered(self):
        """Those that a new step may touch."""
        return self.drawn().exclude(state=Indicator.State.RETIRED)

    def in_reading_order(self):
        return self.select_related("definition", "cycle").order_by(
            "cycle__position", "definition__name", "pk"
        )


class Indicator(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("Being negotiated")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        MERGED = "merged", _("Merged into another")
        RETIRED = "retired", _("Retired")

    DRAWN = [State.PROPOSED, State.AGREED, State.RETIRED]

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="indicators", verbose_name=_("community")
    )
    code = models.SlugField(_("code"), max_length=60)
    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="indicators", verbose_name=_("cycle")
    )
    capital = models.CharField(_("capital"), max_length=12, choices=Capital, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    # The indicator that was split, this being a part of it.
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="parts"
    )
    definition = models.ForeignKey(
        "Definition",
        models.PROTECT,
        null=True,  # only until the first definition of a new indicator is written
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("definition in force"),
    )
    # Why whoever proposed it finds it worth looking at.
    reason = WordsField(_("why it was proposed"), blank=True)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="indicator_code_once",
                violation_error_message=_("There is an indicator with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_says_into_what",
            ),
        ]

    def __str__(self):
        return self.definition.name if self.definition else self.code

    @property
    def is_drawn(self):
        return self.state in self.DRAWN

    @property
    def is_offered(self):
        """May a new step touch it?"""
        return self.is_drawn and self.state != self.State.RETIRED


class Definition(models.Model):
    """What the indicator means, numbered. Never changed: amending makes the next one."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Number")
        PERCENTAGE = "percentage", _("Percentage of a whole")
        STORY_COUNT = "story_count", _("Count of stories")
        LEVEL = "level", _("Level of a scale")
        TEXT = "text", _("Words")

    class Direction(models.TextChoices):
        UP = "up", _("More is wanted")
        DOWN = "down", _("Less is wanted")
        NEITHER = "neither", _("Neither is better")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="definitions")
    number = models.PositiveIntegerField(_("number"))
    name = NameField(_("name"), max_length=200)
    text = WordsField(_("what it says and how it is counted"), blank=True)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.NUMBER)
    unit = NameField(_("unit"), max_length=60, blank=True)
    levels = ArrayField(
        NameField(max_length=100), verbose_name=_("levels"), default=list, blank=True
    )
    direction = models.CharField(
        _("direction"), max_length=7, choices=Direction, default=Direction.UP
    )
    cumulative = models.BooleanField(_("adds up over time"), default=False)
    data_source = NameField(_("where the numbers come from"), max_length=300, blank=True)
    collector = NameField(_("who collects them"), max_length=200, blank=True)
    frequency = NameField(_("how often"), max_length=100, blank=True)
    categories = ArrayField(
        NameField(max_length=100), verbose_name=_("broken down by"), default=list, blank=True
    )
    baseline = models.DecimalField(
        _("baseline"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # What somebody may put into a new version.
    CONTENT = [
        "name",
        "text",
        "kind",
        "unit",
        "levels",
        "direction",
        "cumulative",
        "data_source",
        "collector",
        "frequency",
        "categories",
        "baseline",
    ]

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once"),
            # What an observation's foreign key (definition, indicator, kind) points at.
            models.UniqueConstraint(fields=["id", "indicator", "kind"], name="definition_of_kind"),
        ]

    def __str__(self):
        return self.name

    def content(self):
        return {field: getattr(self, field) for field in self.CONTENT}
