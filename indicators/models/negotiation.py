"""How an indicator was negotiated: stances, the gaming check, comments, decisions."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import WordsField
from communities.models import StakeholderGroup, User

from .indicator import Definition, Indicator


class Stance(models.Model):
    class Choice(models.TextChoices):
        SUPPORT = "support", _("Support")
        CONCERN = "concern", _("Support with a concern")
        OBJECT = "object", _("Object")
        ABSTAIN = "abstain", _("Abstain")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="stances")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="stances")
    stakeholder_group = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="stances")
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
