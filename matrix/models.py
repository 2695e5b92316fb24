"""The matrix as it is stored: leaves (Claim), their sums (Cell, Pair), and what is still to add up.

Everything here can be recomputed from stories and indicators; `matrix.build` says how. Stories,
tellers and boxes stand as plain numbers in the leaves: a deleted story must still be subtracted.
"""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Community, Cycle, User
from communities.permissions import Audience
from indicators.models import Indicator
from stories.models import Step


class Box(models.Model):
    """A place in the drawing: one per indicator, and one per cycle for what touches none."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="boxes")
    indicator = models.OneToOneField(Indicator, models.CASCADE, null=True, related_name="box")
    cycle = models.OneToOneField(Cycle, models.CASCADE, null=True, related_name="box")
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("box")
        verbose_name_plural = _("boxes")
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, cycle=None)
                | Q(indicator=None, cycle__isnull=False),
                name="box_of_an_indicator_or_a_cycle",
            )
        ]

    def __str__(self):
        return str(self.indicator or self.cycle)


class Matrix(models.Model):
    """One row a community. Only the worker writes it: a request that did would wait for a rebuild."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="matrix")
    built_version = models.PositiveBigIntegerField(default=0)
    built_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    # Whole rebuilds begun since the last one that ended: what a killed worker leaves behind.
    rebuilds_begun = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("matrix")
        verbose_name_plural = _("matrices")

    def __str__(self):
        return str(self.community)


class Pending(models.Model):
    """A change that the stored sums do not hold yet.

    `story`: the story to add up again. None with `whole`: all of them. None without: nothing, but
    what the page shows beside the sums has changed.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="pending")
    story = models.BigIntegerField(null=True)
    whole = models.BooleanField(default=False)
    narrows = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        indexes = [models.Index(fields=["community", "narrows"])]

    def __str__(self):
        return str(self.story or self.community)


def facets_of_a_claim():
    tests = [Q(tense=tense) for tense in Step.Tense] + [Q(value=value) for value in Step.Value]
    bits = (
        Case(When(test, then=2**bit), default=0, output_field=models.SmallIntegerField())
        for bit, test in enumerate(tests, start=1)
    )
    return sum(bits, start=Value(1, models.SmallIntegerField()))


class Claim(models.Model):
    """What the sums have counted: "this story touches u" (v is None; `cycle` is the step's), or
    "this story tells that u led to v"."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    story = models.BigIntegerField()
    teller = models.BigIntegerField()
    known = models.BooleanField()
    audience = models.PositiveSmallIntegerField(choices=Audience)
    u = models.BigIntegerField()
    v = models.BigIntegerField(null=True)
    cycle = models.BigIntegerField(null=True)
    tense = models.CharField(max_length=14, choices=Step.Tense)
    value = models.CharField(max_length=12, choices=Step.Value)
    # What it is counted under (`build.FACETS`), a bit each.
    facets = models.GeneratedField(
        expression=facets_of_a_claim(), output_field=models.SmallIntegerField(), db_persist=True
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            models.Index(fields=["community", "story"]),
            models.Index(fields=["teller", "u", "v"]),
            # The widest audience of a teller's other stories in a cycle, in one look.
            models.Index(
                F("teller"),
                F("cycle"),
                F("audience").desc(),
                condition=Q(v=None),
                name="claim_widest_in_cycle",
            ),
            models.Index(fields=["community", "u"]),
        ]

    def __str__(self):
        return f"{self.story}: {self.u} → {self.v}"


class Sums(models.Model):
    """Distinct tellers (known ones), stories and claims for an audience, in all, and with at least
    one claim of a tense or value. `unknown_stories`: those whose teller is not known."""

    audience = models.PositiveSmallIntegerField(choices=Audience)
    tellers = models.IntegerField()
    stories = models.IntegerField()
    claims = models.IntegerField()
    unknown_stories = models.IntegerField()
    happened_tellers = models.IntegerField()
    happened_stories = models.IntegerField()
    happened_claims = models.IntegerField()
    hoped_tellers = models.IntegerField()
    hoped_stories = models.IntegerField()
    hoped_claims = models.IntegerField()
    did_not_happen_tellers = models.IntegerField()
    did_not_happen_stories = models.IntegerField()
    did_not_happen_claims = models.IntegerField()
    positive_tellers = models.IntegerField()
    positive_stories = models.IntegerField()
    positive_claims = models.IntegerField()
    negative_tellers = models.IntegerField()
    negative_stories = models.IntegerField()
    negative_claims = models.IntegerField()
    none_created_tellers = models.IntegerField()
    none_created_stories = models.IntegerField()
    none_created_claims = models.IntegerField()
    unset_tellers = models.IntegerField()
    unset_stories = models.IntegerField()
    unset_claims = models.IntegerField()

    class Meta:
        abstract = True

    @staticmethod
    def emptied(name):
        """Finds the rows that a change has emptied without looking at all of them."""
        return models.Index(fields=["community"], condition=Q(claims=0), name=name)


class Cell(Sums):
    """Of a box; with `cycle` alone, of the steps told in that cycle; with neither, of the whole."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="cells")
    box = models.BigIntegerField(null=True)
    cycle = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        indexes = [Sums.emptied("cell_emptied")]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "audience", "box", "cycle"],
                name="cell_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.box or self.cycle or self.community}: {self.tellers}"


class Pair(Sums):
    """Of all links told from a step that touches u to a step that touches v."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="pairs")
    u = models.BigIntegerField()
    v = models.BigIntegerField()

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        indexes = [Sums.emptied("pair_emptied")]
        constraints = [
            models.UniqueConstraint(fields=["community", "audience", "u", "v"], name="pair_once")
        ]

    def __str__(self):
        return f"{self.u} → {self.v}: {self.tellers}"


class Snapshot(models.Model):
    """The matrix as it stood, with the definitions then in force; `matrix.snapshots` writes and reads
    it. `month`: the first day of the month at whose end it was taken by itself."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="snapshots")
    title = NameField(max_length=200)
    note = WordsField(blank=True)
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    month = models.DateField(null=True, blank=True, editable=False)
    figures = models.JSONField(default=dict)
    # Of `build.CLAIM`, those behind the sums that few tellers stood behind.
    claims = models.JSONField(default=list)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = [F("taken_at").desc(), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "month"], name="snapshot_of_a_month_once"),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__day=1), name="month_by_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(taken_by=None), name="month_taken_by_nobody"
            ),
        ]

    def __str__(self):
        return self.title
