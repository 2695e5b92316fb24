"""Indicators: what a community agreed, or is still negotiating, to look at; and their numbers."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Community, Cycle, StakeholderGroup, User


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
    definition = models.ForeignKey(
        "Definition",
        models.PROTECT,
        null=True,  # only until the first definition of a new indicator is written
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("definition in force"),
    )
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
    levels = ArrayField(NameField(max_length=100), verbose_name=_("levels"), default=list, blank=True)
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


class Stance(models.Model):
    class Choice(models.TextChoices):
        SUPPORT = "support", _("Support")
        CONCERN = "concern", _("Support with a concern")
        OBJECT = "object", _("Object")
        ABSTAIN = "abstain", _("Abstain")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="stances")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="stances")
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, models.PROTECT, related_name="stances"
    )
    choice = models.CharField(max_length=7, choices=Choice)
    reason = WordsField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.UniqueConstraint(fields=["definition", "user"], name="stance_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="stance_has_a_reason",
                violation_error_message=_("Say why it matters to you."),
            ),
        ]

    def __str__(self):
        return str(self.get_choice_display())


class GamingCheck(models.Model):
    """How the indicator could be gamed or mislead, and what guards against it."""

    definition = models.OneToOneField(Definition, models.PROTECT, related_name="gaming_check")
    judged = WordsField()
    cheapest_way = WordsField()
    losers = WordsField()
    hidden = WordsField()
    safeguard = WordsField(blank=True)
    counter_indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="counters"
    )
    review_on = models.DateField()
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("gaming check")
        verbose_name_plural = _("gaming checks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(safeguard="") | Q(counter_indicator__isnull=False),
                name="gaming_check_has_a_guard",
                violation_error_message=_("Name a safeguard or a counter-indicator."),
            )
        ]

    def __str__(self):
        return str(self.definition)


class Comment(models.Model):
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    text = WordsField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:60]


class Decision(models.Model):
    """What the community decided, as a facilitator recorded it."""

    class Outcome(models.TextChoices):
        AGREE = "agree", _("Agree")
        CHANGE = "change", _("Change")
        DECLINE = "decline", _("Decline")
        MERGE = "merge", _("Merge into another")
        SPLIT = "split", _("Split")
        RETIRE = "retire", _("Retire")

    class How(models.TextChoices):
        CONSENT = "consent", _("Consent")
        MAJORITY = "majority", _("Majority")
        OTHER = "other", _("Another way")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=7, choices=Outcome)
    rationale = WordsField(blank=True)
    present = WordsField(blank=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]

    def __str__(self):
        return str(self.get_outcome_display())


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
