"""An indicator's negotiation as somebody finds it: read by its page, its acts and the admin."""

from dataclasses import replace

from django.utils.functional import cached_property

from communities.models import Membership, StakeholderGroup

from . import hearing
from .definitions import changes
from .models import Decision, Definition, GamingCheck, Indicator, Round, Stance

Axis = StakeholderGroup.Axis


class Talk:
    def __init__(self, viewer, indicator):
        self.viewer, self.indicator = viewer, indicator
        self.community = indicator.community = viewer.community
        self.round = indicator.rounds.undecided().first()
        if self.round:
            # Not asked for again: its days are told by the community's clock.
            self.round.indicator = indicator

    @property
    def is_open(self):
        return bool(self.round) and self.round.phase == Round.Phase.OPEN

    @property
    def is_hidden(self):
        return bool(self.round) and self.round.is_hidden

    @property
    def is_readable(self):
        """A round is there, and what was said in it can be read."""
        return bool(self.round) and not self.is_hidden

    @cached_property
    def voices(self):
        """What is said in the round; of a blind one that has not closed, one's own words alone."""
        if not self.round:
            return []
        found = hearing.voices(self.round)
        if not self.is_hidden:
            return found
        return [replace(voice, stances=self.own_of(voice)) for voice in found]

    def own_of(self, voice):
        return [stance for stance in voice.stances if stance.user_id == self.viewer.user.pk]

    @cached_property
    def axes(self):
        """[(axis, its voices)]: peers and those one reports to, facing each other."""
        sides = [(axis, [one for one in self.voices if one.group.axis == axis]) for axis in Axis]
        return [(axis.label, side) for axis, side in sides]

    @cached_property
    def objections(self):
        """Those without an answer first."""
        said = [stance for voice in self.voices for stance in voice.stances]
        objections = [one for one in said if one.choice == one.Choice.OBJECT]
        return sorted(objections, key=lambda one: bool(one.answered_at))

    @cached_property
    def missing(self):
        """The groups that have said nothing of the version in force; of a blind round nobody is
        told."""
        if not self.is_readable:
            return []
        return [voice.group for voice in self.voices if not voice.is_heard]

    @cached_property
    def here(self):
        """The ids of those who belong to the community now."""
        people = Membership.objects.filter(community=self.community, user__is_active=True)
        return set(people.values_list("user", flat=True))

    @cached_property
    def gaming(self):
        return next((one for one in self.gaming_checks if not one.replaced_at), None)

    @cached_property
    def gaming_checks(self):
        """Of the version in force, the newest first."""
        checks = GamingCheck.objects.filter(definition=self.indicator.definition_id)
        rows = checks.select_related("counter_indicator__definition", "answered_by")
        return list(rows.order_by("-answered_at", "-pk"))

    @cached_property
    def own(self):
        said = (stance for voice in self.voices for stance in voice.stances)
        return next((one for one in said if one.user_id == self.viewer.user.pk), None)

    @cached_property
    def own_group(self):
        """The viewer's group, where it is asked."""
        members = self.community.memberships.select_related("stakeholder_group")
        group = members.get(user=self.viewer.user).stakeholder_group
        return group if any(voice.group == group for voice in self.voices) else None

    @cached_property
    def changed(self):
        """What was changed since the version that the viewer spoke of: [(label, before, after)]."""
        if not self.own or self.own.definition_id == self.indicator.definition_id:
            return []
        return changes(self.own.definition, self.indicator.definition)

    @cached_property
    def between(self):
        return list(hearing.between(self.round, self.voices)) if self.round else []

    @cached_property
    def silent(self):
        return hearing.silent(self.round, self.voices) if self.round else []

    @cached_property
    def comments(self):
        """[(comment, all that answers it, directly or not)], in the order in which they were said:
        one level is enough to read."""
        found, thread_of = [], {}
        for one in self.indicator.comments.select_related("author"):
            if one.parent_id:
                thread = thread_of[one.parent_id]
                thread.append(one)
            else:
                thread = []
                found.append((one, thread))
            thread_of[one.pk] = thread
        return found

    @cached_property
    def past(self):
        """[(decision, what was said in its round)], the newest decision first."""
        decisions = Decision.objects.filter(definition__indicator=self.indicator)
        rows = decisions.select_related("definition", "decided_by", "into__definition")
        said = {}
        stances = Stance.objects.current().filter(round__indicator=self.indicator)
        for stance in stances.exclude(round__decided_at=None).select_related(
            "user", "stakeholder_group", "definition"
        ):
            said.setdefault(stance.round_id, []).append(stance)
        return [(one, said.get(one.round_id, [])) for one in rows.order_by("-decided_at", "-pk")]

    @property
    def is_in_use(self):
        return self.indicator.is_drawn

    @property
    def takes_targets(self):
        kinds = {Definition.Kind.LEVEL, Definition.Kind.TEXT}
        return self.is_in_use and self.indicator.definition.kind not in kinds

    @property
    def may_be_opened(self):
        return not self.round and self.indicator.state != Indicator.State.MERGED
