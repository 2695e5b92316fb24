"""Stories: causal trails of steps; who sees them is asked here."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.fields import NameField, WordsField
from communities.models import Community, Cycle, Teller, User
from communities.permissions import Audience

from ..rights import Status
from .parts import Step, Touch


def is_open_to(audience):
    """Published, and consented to this audience or a wider one."""
    return Q(status=Status.PUBLISHED, audience__gte=max(audience, 1))


class StoryQuerySet(models.QuerySet):
    def open_to(self, audience):
        return self.filter(is_open_to(audience))

    def counted_for(self, audience):
        """What the matrix adds up for an audience: the same stories that it may open."""
        return self.open_to(audience)

    def visible_to(self, viewer):
        """Every story this viewer may open: the table of who sees what, as one query."""
        stories = self.filter(community=viewer.community, purged_at=None)
        if viewer.holds:
            return stories.filter(pk=viewer.holds)
        may = is_open_to(viewer.audience)
        if viewer.user:
            drawn_out = Q(elicitor=viewer.user) | Q(recorder=viewer.user)
            at_review = Q(status__in=[Status.SUBMITTED, Status.RETURNED])
            sitting = Q(status=Status.DRAFT, sitting_open=True, is_stub=False, audience__gt=0)
            may |= Q(teller__user=viewer.user, is_stub=False)
            may |= drawn_out & (at_review | sitting)
        if viewer.is_facilitator:
            may |= Q(
                status__in=[Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.HIDDEN],
                audience__gte=Audience.FACILITATORS,
            )
            may |= Q(is_stub=True)
        return stories.filter(may)

    def reviewable_by(self, viewer):
        """What a facilitator looks after: not their own drafts, nor what they withdrew."""
        own = Q(status=Status.DRAFT, is_stub=False) | Q(status=Status.WITHDRAWN)
        return self.visible_to(viewer).exclude(own)

    def told_by(self, user):
        """Nobody has told nothing: a guest's stories have no user either."""
        return self.filter(teller__user=user) if user else self.none()

    def narrower_than(self, audience):
        """Published, but not open to this audience."""
        return self.filter(status=Status.PUBLISHED, audience__lt=audience)

    def with_trail(self):
        """With all that the reading page shows, in a constant number of queries."""
        return self.with_people().prefetch_related(
            models.Prefetch("steps", Step.objects.select_related("cycle")),
            models.Prefetch(
                "steps__touches",
                Touch.objects.select_related("indicator__definition", "indicator__cycle"),
            ),
            "links",
        )

    def with_people(self):
        return self.select_related("community", "teller__user", "elicitor", "recorder")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Story(models.Model):
    class Template(models.TextChoices):
        SPECIFIC = "specific", _("A specific story")
        PERSONAL = "personal", _("What taking part is worth to me")
        PERSONAL_HOPE = "personal_hope", _("What I hope it will be worth to me")
        COLLECTIVE = "collective", _("What goes on in our community")
        COLLECTIVE_HOPE = "collective_hope", _("What our community is for")

    class Attribution(models.TextChoices):
        NAME = "name", _("With my name")
        PSEUDONYM = "pseudonym", _("With another name")
        ANONYMOUS = "anonymous", _("Without a name")

    class Others(models.TextChoices):
        NOBODY = "nobody", _("Nobody else is named or described")
        AGREED = "agreed", _("Somebody is, and they have agreed")

    Status = Status
    STUB_DAYS = 60

    community = models.ForeignKey(Community, models.CASCADE, related_name="stories")
    teller = models.ForeignKey(Teller, models.PROTECT, related_name="stories")
    elicitor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    recorder = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sitting_open = models.BooleanField(default=False)
    # "I heard a story": noted about somebody who does not know of it yet.
    is_stub = models.BooleanField(default=False, editable=False)
    minutes_teller = models.PositiveIntegerField(default=0)
    minutes_elicitor = models.PositiveIntegerField(default=0)
    minutes_recorder = models.PositiveIntegerField(default=0)

    template = models.CharField(max_length=15, choices=Template, default=Template.SPECIFIC)
    title = NameField(_("title"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    happened_from = models.DateField(_("from"), null=True, blank=True)
    happened_to = models.DateField(_("to"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    note = WordsField(_("note"), blank=True)
    audience = models.PositiveSmallIntegerField(
        _("who may see it"), choices=Audience, default=Audience.ME
    )
    attribution = models.CharField(
        _("shown"), max_length=9, choices=Attribution, default=Attribution.NAME
    )
    pseudonym = NameField(_("the other name"), max_length=100, blank=True)
    quotable = models.BooleanField(_("may be quoted"), default=False)
    # Whether it names or describes others: as its teller said, and as whoever published it said.
    others = models.CharField(max_length=6, choices=Others, blank=True)
    others_reviewed = models.CharField(max_length=6, choices=Others, blank=True)
    consent_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)

    # Where and when its teller told it, if somebody else wrote it down from there.
    told_where = NameField(_("where it was told"), max_length=200, blank=True)
    told_on = models.DateField(_("when it was told"), null=True, blank=True)
    # What it is called where it was brought from, what was brought then, and the version that this made
    # (`stories.importing`).
    external_id = NameField(max_length=200, blank=True, editable=False)
    external_hash = models.CharField(max_length=64, blank=True, editable=False)
    external_version = models.PositiveIntegerField(null=True, blank=True, editable=False)

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Its words are gone; that there was a story is all that is left.
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of the code with which its teller narrows or withdraws it without an account.
    receipt_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            # A form sent twice makes one story.
            models.UniqueConstraint(fields=["community", "key"], name="story_once"),
            models.UniqueConstraint(
                fields=["community", "external_id"],
                condition=~Q(external_id=""),
                name="brought_once",
                violation_error_message=_("There is a story with this external_id already."),
            ),
            models.CheckConstraint(
                condition=Q(told_where="", told_on=None)
                | (~Q(told_where="") & Q(told_on__isnull=False)),
                name="told_where_and_when",
                violation_error_message=_("Say where and when it was told."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(audience__gt=0),
                name="only_me_stays_a_draft",
                violation_error_message=_("A story that only you may see stays a draft."),
            ),
            models.CheckConstraint(
                condition=Q(is_stub=False) | Q(status="draft"), name="stub_is_a_draft"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="published_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None)
                | Q(status="withdrawn", title="", note="", pseudonym="", told_where=""),
                name="purged_holds_no_words",
            ),
            models.CheckConstraint(
                condition=~Q(attribution="pseudonym", pseudonym="") | Q(purged_at__isnull=False),
                name="pseudonym_is_given",
                violation_error_message=_("Give the other name."),
            ),
            models.CheckConstraint(
                condition=Q(happened_from=None)
                | Q(happened_to=None)
                | Q(happened_to__gte=F("happened_from")),
                name="happened_in_order",
                violation_error_message=_("The story ends before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["community", "status", "audience"])]

    def __str__(self):
        return self.title or str(_("A story without a title"))

    @property
    def is_counted(self):
        return self.status == Status.PUBLISHED and self.audience > Audience.ME

    def is_consented_to(self, audience):
        """What `open_to` asks besides being published."""
        return self.audience >= max(audience, 1)

    @property
    def stub_until(self):
        return self.created_at + timedelta(days=self.STUB_DAYS)

    @property
    def told_by(self):
        """The teller as they consented to be shown."""
        if self.attribution == self.Attribution.ANONYMOUS:
            return str(_("somebody who stays unnamed"))
        if self.attribution == self.Attribution.PSEUDONYM:
            return self.pseudonym
        return str(self.teller)

    def is_told_by(self, user):
        return bool(user) and self.teller.user_id == user.pk

    def reach(self):
        """The cycles in which something happened, in the community's order."""
        cycles = {step.cycle for step in self.steps.all() if step.has_happened}
        return sorted(cycles, key=lambda cycle: (cycle.position, cycle.pk))

    def cycles_not_mentioned(self):
        """The stages between the first and the last one mentioned that no step is in."""
        mentioned = {step.cycle.position for step in self.steps.all()}
        if not mentioned:
            return []
        return [
            cycle
            for cycle in self.community.cycles.all()
            if cycle.kind == Cycle.Kind.STAGE
            and min(mentioned) < cycle.position < max(mentioned)
            and cycle.position not in mentioned
        ]

    def open_ends(self):
        """The hoped steps that nobody has followed up yet."""
        return [step for step in self.steps.all() if step.tense == Step.Tense.HOPED]
