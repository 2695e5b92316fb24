"""Who was heard in a round, and what still stands between it and a decision. Pure reads."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.models import Membership, StakeholderGroup

from .models import GamingCheck, Round, Stance


@dataclass(frozen=True)
class Voice:
    """A group that is asked, with what its persons say now; `people`: how many could."""

    group: object
    stances: list[Stance]
    version: int
    people: int

    @property
    def is_heard(self):
        """One of its people gave a reason, about the version in force."""
        return any(stance.definition.number == self.version for stance in self.stances)

    @property
    def spoke_of(self):
        """The newest version that they spoke of."""
        return max((stance.definition.number for stance in self.stances), default=None)

    def frozen(self):
        choices = [stance.choice for stance in self.stances]
        counts = {choice: choices.count(choice) for choice in Stance.Choice.values}
        return {
            "name": self.group.name,
            "axis": self.group.axis,
            "people": self.people,
            "stances": {choice: count for choice, count in counts.items() if count},
            "heard": self.is_heard,
        }


def voices(round):
    """[Voice] of the groups that are asked, in the order of their names."""
    stances = {}
    said = round.stances.current().select_related(
        "definition", "user", "stakeholder_group", "recorded_by"
    )
    for stance in said:
        stances.setdefault(stance.stakeholder_group_id, []).append(stance)
    people = list(people_of(round.asked.all()).values_list("stakeholder_group", flat=True))
    version = round.indicator.definition.number
    return [
        Voice(group, stances.get(group.pk, []), version, people.count(group.pk))
        for group in round.asked.order_by("name", "pk")
    ]


def reasons_of(indicator):
    """[(axis, [(group, its stances)])] of why it matters to whom: of the newest round whose words can
    be read; [] where nobody has spoken."""
    rounds = list(indicator.rounds.order_by("-number")[:2])
    for one in rounds:
        one.indicator = indicator
    readable = next((one for one in rounds if not one.is_hidden), None)
    said = (
        Stance.objects.current()
        .filter(round=readable)
        .select_related("definition", "user", "stakeholder_group", "recorded_by")
    )
    by_axis = {axis: {} for axis in StakeholderGroup.Axis}
    for stance in said.order_by("stakeholder_group__name", "created_at", "pk"):
        group = stance.stakeholder_group
        by_axis[group.axis].setdefault(group, []).append(stance)
    found = [(axis.label, list(groups.items())) for axis, groups in by_axis.items()]
    return found if any(groups for axis, groups in found) else []


def people_of(groups):
    """The memberships of these groups whose people can speak."""
    return Membership.objects.filter(stakeholder_group__in=groups, user__is_active=True)


def between(round, heard=None):
    """What still stands between this and a decision, in sentences (framework.md: preconditions)."""
    day = date_format(round.closes_on) if round.closes_on else ""
    if round.phase == Round.Phase.WAITING:
        yield _("It opens on %s.") % date_format(round.opens_on)
    elif round.is_hidden:
        yield _("Nobody reads what the others said until %s has ended.") % day
    else:
        yield from unheard(round, voices(round) if heard is None else heard)
    if not GamingCheck.objects.current().filter(definition=round.indicator.definition_id).exists():
        yield _("It is not said yet how this could be gamed or mislead.")


def unheard(round, heard):
    left_out = silent(round, heard)
    for voice in heard:
        names = {"group": voice.group, "number": voice.spoke_of}
        if not voice.is_heard and voice.group not in left_out:
            if voice.stances:
                yield _("“%(group)s” spoke of version %(number)d: does it still hold?") % names
            else:
                yield _("“%(group)s” has not said yet why it matters to them.") % names
        for stance in voice.stances:
            if stance.is_open_objection:
                yield _("An objection from “%(group)s” has no answer yet.") % names


def silent(round, heard):
    """The groups that were asked of the version in force and said nothing of it until the last day
    (framework.md: the one exception). What was changed after that day nobody was asked."""
    if not round.is_over:
        return []
    zone = round.indicator.community.zone
    if round.indicator.definition.created_at.astimezone(zone).date() > round.closes_on:
        return [voice.group for voice in heard if not voice.stances]
    return [voice.group for voice in heard if not voice.is_heard]
