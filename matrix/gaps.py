"""Where trails break, and what nobody has told or counted yet: each with what could be done next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Invitation
from communities.permissions import Audience, Permission
from stories.models import Step, Story

from . import page

# How a trail breaks or stays open: what is asked of the matrix, in words, and the sums that say it.
BREAKS = {
    "value=none_created": (gettext_lazy("Nothing came of it"), Step.Value.NONE_CREATED),
    "value=negative": (gettext_lazy("It did harm"), Step.Value.NEGATIVE),
    "tense=did_not_happen": (gettext_lazy("Hoped for, did not happen"), Step.Tense.DID_NOT_HAPPEN),
    "tense=hoped": (gettext_lazy("Hoped for, still open"), Step.Tense.HOPED),
}


@dataclass(frozen=True)
class Act:
    label: str
    href: str


@dataclass(frozen=True)
class Gap:
    """Boxes, cycles or groups of which the same is missing; `act`: what this reader may do about one."""

    title: str
    rows: list[tuple[str, str, Act | None]]


def breaks(reading):
    """[(cycle, its sums, [(box's name, [(tellers, stories, address)])])]: where anything broke or is open;
    in the order of BREAKS."""
    return [
        (one.cycle, sums_of_breaks(one.cell), rows)
        for one in reading.cycles
        if (rows := broken_boxes(reading.community, one))
    ]


def broken_boxes(community, one):
    return [
        (page.name_of(box), sums_of_breaks(box.cell, page.href_of(community, box)))
        for box in (*one.boxes, one.no_indicator)
        if any(stories for _tellers, stories, _href in sums_of_breaks(box.cell))
    ]


def sums_of_breaks(cell, href=""):
    return [
        (
            getattr(cell, f"{facet}_tellers"),
            getattr(cell, f"{facet}_stories"),
            href and f"{href}?{query}#stories-here",
        )
        for query, (_label, facet) in BREAKS.items()
    ]


def gaps(reading, viewer):
    """[Gap] with something in it."""
    community = viewer.community
    boxes = [box for one in reading.cycles for box in one.boxes]
    slug = community.slug
    tell = Act(_("Tell a story"), reverse("stories:tell", args=[slug]))
    tell = tell if viewer.can(Permission.TELL_STORY) else None

    def talk(box):
        if viewer.can(Permission.NEGOTIATE):
            return Act(_("Talk about it"), reverse("negotiation", args=[slug, box.indicator.code]))
        return None

    def count(box):
        if viewer.can(Permission.RECORD_OBSERVATION):
            address = reverse("admin:indicators_observation_add")
            return Act(_("Enter a number"), f"{address}?indicator={box.indicator.pk}")
        return talk(box)

    def propose(cycle):
        if viewer.can(Permission.PROPOSE_INDICATOR):
            return Act(
                _("Propose an indicator"), f"{reverse('propose', args=[slug])}?cycle={cycle.key}"
            )
        return None

    def row(box, act):
        return page.name_of(box), page.href_of(community, box), act

    found = [
        Gap(
            _("Numbers without a story"),
            [row(box, tell) for box in boxes if box.state == "numbers"],
        ),
        Gap(
            _("Stories without a number"),
            [row(box, count(box)) for box in boxes if box.state == "stories"],
        ),
        Gap(
            _("Nothing told or counted yet"),
            [row(box, talk(box)) for box in boxes if box.state == "empty"],
        ),
        Gap(
            _("Told without an indicator"),
            [
                (page.place_of(box), page.href_of(community, box), propose(box.cycle))
                for one in reading.cycles
                if (box := one.no_indicator).cell.stories
            ],
        ),
        Gap(
            _("Kinds of value of which nobody has told"),
            [(one.cycle.name, "", tell) for one in reading.cycles if not one.cell.stories],
        ),
    ]
    if viewer.can(Permission.NEGOTIATE):
        found.append(Gap(_("Groups of which nobody has told under their own name"), silent(viewer)))
    return [gap for gap in found if gap.rows]


def silent(viewer):
    """The groups of people here of whom no story is shown by name."""
    stories = Story.objects.counted_for(viewer.audience).filter(
        community=viewer.community, attribution=Story.Attribution.NAME
    )
    told = viewer.community.memberships.filter(user__in=stories.values("teller__user"))
    groups = viewer.community.stakeholder_groups.exclude(pk__in=told.values("stakeholder_group"))
    act = None
    if viewer.can(Permission.KEEP_PEOPLE):
        act = Act(_("Invite people"), reverse("people:invite", args=[viewer.community.slug]))
    return [(name, "", act) for name in groups.order_by("name").values_list("name", flat=True)]


def told_from_invited(community):
    """(people here who have told a story that counts, people here or invited)."""
    counted = Story.objects.counted_for(Audience.FACILITATORS).filter(community=community)
    people = community.memberships
    told = people.filter(user__in=counted.values("teller__user")).count()
    return told, people.count() + Invitation.objects.open().filter(community=community).count()
