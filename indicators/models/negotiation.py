"""How an indicator was negotiated: stances, the gaming check, comments, decisions."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import WordsField
from communities.models import StakeholderGroup, User

from .indicator import Definition, Indicator

GUARD_NEEDED = _("Name a safeguard or a counter-indicator.")


class RoundQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(decided_at=None)


class Round(models.Model):
    """A time in which the community talks about an indicator, until it is decided."""

    class Phase(models.TextChoices):
        WAITING = "waiting", _("Opens later")
        OPEN = "open", _("Open")
        OVER = "over", _("Over, not decided yet")
        DECIDED = "decided", _("Decided")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField(_("number"))
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Days in the community's time zone; both count.
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("open until"), null=True, blank=True)
    is_blind = models.BooleanField(_("blind until it closes"), default=False)
    asked = models.ManyToManyField(
        StakeholderGroup, through="Asked", related_name="rounds", verbose_name=_("who is asked")
    )
    # When those who are asked were told, and those who had not spoken were reminded.
    called_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(decided_at=None),
                name="one_open_round",
                violation_error_message=_("The community talks about this already."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(opens_on__lte=F("closes_on")),
                name="round_opens_before_it_closes",
                violation_error_message=_("It closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(is_blind=False) | Q(closes_on__isnull=False),
                name="blind_round_closes",
                violation_error_message=_("A blind round needs a last day."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.number}"

    @property
    def phase(self):
        """By the community's clock: what is said is taken while it is open, its last day included."""
        if self.decided_at:
            return self.Phase.DECIDED
        today = self.indicator.community.today
        if self.opens_on and today < self.opens_on:
            return self.Phase.WAITING
        if self.closes_on and today > self.closes_on:
            return self.Phase.OVER
        return self.Phase.OPEN

    @property
    def is_over(self):
        """Its last day is past: who has not spoken until then is silent."""
        return self.phase == self.Phase.OVER

    @property
    def is_hidden(self):
        """Nobody reads yet what others said, nor how many did."""
        return self.is_blind and self.phase in {self.Phase.WAITING, self.Phase.OPEN}


class Asked(models.Model):
    """A stakeholder group that was asked in a round; it stays, whatever becomes of the group."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    stakeholder_group = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("group that is asked")
        verbose_name_plural = _("groups that are asked")
        constraints = [
            models.UniqueConstraint(fields=["round", "stakeholder_group"], name="asked_once")
        ]

    def __str__(self):
        return str(self.stakeholder_group)


class SaidQuerySet(models.QuerySet):
    def current(self):
        """What stands now; what was said before is kept as replaced."""
        return self.filter(replaced_at=None)


class Stance(models.Model):
    """What a person says in a round, within their group, and of which version. Said again, the
    earlier words are kept as replaced."""

    class Choice(models.TextChoices):
        SUPPORT = "support", _("Support")
        CONCERN = "concern", _("Support with a concern")
        OBJECT = "object", _("Object")
        ABSTAIN = "abstain", _("Abstain")

    round = models.ForeignKey(Round, models.CASCADE, related_name="stances")
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="stances")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="stances")
    stakeholder_group = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="stances")
    choice = models.CharField(max_length=7, choices=Choice)
    reason = WordsField()
    # The facilitator who noted it for somebody who said it in a meeting.
    recorded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # Of an objection: what would answer it, and what was answered.
    would_answer = WordsField(blank=True)
    answer = WordsField(blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SaidQuerySet.as_manager()

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], condition=Q(replaced_at=None), name="stance_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="stance_has_a_reason",
                violation_error_message=_("Say why it matters to you."),
            ),
        ]

    def __str__(self):
        return str(self.get_choice_display())

    @property
    def is_open_objection(self):
        return self.choice == self.Choice.OBJECT and not self.answered_at


class GamingCheck(models.Model):
    """How the indicator could be gamed or mislead, and what guards against it. Answered anew, the
    earlier words are kept as replaced."""

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="gaming_checks")
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
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SaidQuerySet.as_manager()

    class Meta:
        verbose_name = _("gaming check")
        verbose_name_plural = _("gaming checks")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition"], condition=Q(replaced_at=None), name="gaming_check_once"
            ),
            models.CheckConstraint(
                condition=~Q(safeguard="") | Q(counter_indicator__isnull=False),
                name="gaming_check_has_a_guard",
                violation_error_message=GUARD_NEEDED,
            ),
        ]

    def __str__(self):
        return str(self.definition)


class Comment(models.Model):
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
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
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    # The groups as they stood: [{"name", "axis", "people", "stances": {choice: persons}, "heard"}];
    # `people`: how many could have spoken; `heard`: did one of them say why, of this version?
    groups = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome)
    # Of a merging: the indicator that stands for both.
    into = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    rationale = WordsField()
    present = WordsField(blank=True)
    how = models.CharField(max_length=8, choices=How)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]

    def __str__(self):
        return str(self.get_outcome_display())

    @property
    def silent(self):
        """The names of the groups that were asked and did not speak, where it was agreed without."""
        if self.outcome != self.Outcome.AGREE:
            return []
        return [group["name"] for group in self.groups if not group["heard"]]

    @property
    def groups_in_words(self):
        """["“Nurses”: 2 of 7 spoke (Support 1, Object 1)"], as they stood."""
        return [spoken_by(group) for group in self.groups]


def spoken_by(group):
    words = {
        "group": group["name"],
        "spoke": sum(group["stances"].values()),
        "people": group["people"],
        "stances": ", ".join(
            f"{Stance.Choice(choice).label} {count}" for choice, count in group["stances"].items()
        ),
    }
    if not words["spoke"]:
        return _("“%(group)s”: nobody spoke") % words
    if group["people"] is None:
        return _("“%(group)s”: %(stances)s") % words
    return _("“%(group)s”: %(spoke)d of %(people)d spoke (%(stances)s)") % words
