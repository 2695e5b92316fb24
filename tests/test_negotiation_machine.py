"""Whatever order a community does things in: nothing is agreed without its preconditions, and nothing
that was said is lost."""

import contextlib
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from communities import actions as people
from indicators import actions, deciding, negotiating
from indicators.models import Decision, Definition, GamingCheck, Indicator, Round, Stance
from stories.merging import merge, split, undo_merge
from stories.models import IndicatorMerge

from .make import make_community, make_indicator, make_member

SAID = {"rationale": "We looked at it.", "how": "consent"}
GAMING = dict.fromkeys(("judged", "cheapest_way", "losers", "hidden", "safeguard"), "Somebody.")
which = st.integers(0, 2)


class NegotiationMachine(RuleBasedStateMachine):
    def __init__(self, world):
        super().__init__()
        self.world = world
        self.said = set()
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    @property
    def indicator(self):
        return Indicator.objects.select_related("community", "definition").get(
            pk=self.world.indicator.pk
        )

    @property
    def round(self):
        found = Round.objects.undecided().filter(indicator=self.world.indicator)
        return found.select_related("indicator__community").first()

    def attempt(self, act, **fields):
        """Whether it was done; what is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                act(**fields)
        except ValidationError:
            return False
        return True

    def may_be_agreed(self):
        """The preconditions of framework.md, said once more and plainly."""
        indicator, round = self.indicator, self.round
        if not round:
            return False
        today = timezone.localdate()
        over = round.closes_on is not None and today > round.closes_on
        if round.opens_on > today or (round.is_blind and not over):
            return False
        stances = [one for one in Stance.objects.filter(round=round) if not one.replaced_at]
        if any(one.choice == "object" and not one.answered_at for one in stances):
            return False
        if not GamingCheck.objects.filter(definition=indicator.definition).exists():
            return False
        in_time = over and indicator.definition.created_at.date() <= round.closes_on
        for group in round.asked.all():
            own = [one for one in stances if one.stakeholder_group_id == group.pk]
            heard = any(one.definition_id == indicator.definition_id for one in own)
            silent = over and (not own or in_time)
            if not heard and not silent:
                return False
        return True

    # Acts --------------------------------------------------------------------------------------
    @rule(
        groups=st.sets(which, max_size=3),
        days=st.none() | st.integers(0, 2),
        later=st.integers(0, 1),
        is_blind=st.booleans(),
    )
    def open_round(self, groups, days, later, is_blind):
        today = timezone.localdate()
        self.attempt(
            negotiating.open_round,
            indicator=self.indicator,
            by=None,
            groups=[self.world.groups[one] for one in sorted(groups)],
            opens_on=today + timedelta(days=later),
            closes_on=None if days is None else today + timedelta(days=days),
            is_blind=is_blind,
        )

    @rule()
    def days_pass(self):
        """All that is there becomes a day older."""
        day = timedelta(days=1)
        for round in Round.objects.all():
            round.opens_on -= day
            round.closes_on = round.closes_on and round.closes_on - day
            round.save()
        for definition in Definition.objects.all():
            definition.created_at -= day
            definition.save()

    @rule(days=st.integers(0, 2))
    def extend(self, days):
        if self.round:
            day = timezone.localdate() + timedelta(days=days)
            self.attempt(negotiating.extend, round=self.round, by=None, closes_on=day)

    @rule(
        who=which, choice=st.sampled_from(Stance.Choice.values), reason=st.sampled_from(["", "So."])
    )
    def speak(self, who, choice, reason):
        if self.round:
            fields = {"choice": choice, "reason": reason}
            person = self.world.people[who]
            self.attempt(negotiating.take_stance, round=self.round, by=person, **fields)

    @rule(who=which)
    def hold(self, who):
        said = Stance.objects.current().filter(user=self.world.people[who], round=self.round)
        if self.round and said:
            self.attempt(negotiating.hold, stance=said[0], by=self.world.people[who])

    @rule()
    def answer(self):
        said = Stance.objects.current().filter(round=self.round, choice="object")
        if self.round and said:
            self.attempt(negotiating.answer_objection, stance=said[0], by=None, answer="So.")

    @rule()
    def check_gaming(self):
        review = {"review_on": date(2030, 1, 1)}
        self.attempt(
            negotiating.check_gaming, indicator=self.indicator, by=None, **GAMING, **review
        )

    @rule(name=st.sampled_from(["One", "Another"]))
    def amend(self, name):
        actions.amend(indicator=self.indicator, by=None, name=name)

    @rule(who=which, group=which)
    def move(self, who, group):
        """Somebody goes to another group; what they said stays where they said it."""
        membership = self.world.community.memberships.get(user=self.world.people[who])
        membership.stakeholder_group = self.world.groups[group]
        membership.save()

    @rule(missing=st.sampled_from(["", "", "gaming", "stance", "answer", "version"]))
    def nearly_agree(self, missing):
        """All that it takes, but for one thing."""
        self.open_round({0, 1, 2}, None, 0, False)
        if missing != "gaming":
            self.check_gaming()
        for who in range(3):
            if (missing, who) != ("stance", 0):
                choice = "object" if (missing, who) == ("answer", 0) else "support"
                self.speak(who, choice, "So.")
        if missing == "version":
            self.amend("A third")
        self.agree()

    @rule()
    def agree(self):
        if not self.round:
            return
        expected = self.may_be_agreed()
        assert self.attempt(deciding.agree, round=self.round, by=None, **SAID) == expected

    @rule(outcome=st.sampled_from(["change", "decline", "retire", "merge", "split"]))
    def decide(self, outcome):
        about = {"indicator": self.indicator}
        acts = {
            "change": lambda: self.round and (deciding.change, {"round": self.round}),
            "decline": lambda: (deciding.decline, about),
            "retire": lambda: (deciding.retire, about),
            "merge": lambda: (merge, about | {"into": self.world.other}),
            "split": lambda: (split, about | {"names": ["A", "B"]}),
        }
        if found := acts[outcome]():
            act, fields = found
            self.attempt(act, by=None, **fields, **SAID)

    @rule()
    def undo_merge(self):
        with contextlib.suppress(IndicatorMerge.DoesNotExist):
            merging = IndicatorMerge.objects.get(gone=self.world.indicator, undone_at=None)
            self.attempt(undo_merge, merge=merging, by=None)

    # What holds at every moment ----------------------------------------------------------------
    @invariant()
    def what_is_agreed_was_decided_so_on_the_version_in_force(self):
        if self.indicator.state == Indicator.State.AGREED:
            decisions = Decision.objects.filter(definition__indicator=self.world.indicator)
            newest = decisions.filter(undone_at=None).latest("pk")
            assert (newest.outcome, newest.definition) == ("agree", self.indicator.definition)

    @invariant()
    def nothing_that_was_said_is_lost(self):
        found = set(Stance.objects.values_list("pk", "reason", "choice", "definition"))
        assert found >= self.said
        self.said = found

    @invariant()
    def at_most_one_round_is_open(self):
        assert Round.objects.undecided().filter(indicator=self.world.indicator).count() <= 1


def make_world():
    community = make_community()
    groups = [
        people.add_group(community=community, name=name, axis=axis)
        for name, axis in (("A", "horizontal"), ("B", "vertical"), ("C", "vertical"))
    ]
    persons = [make_member(community) for _ in groups]
    for person, group in zip(persons, groups, strict=True):
        community.memberships.filter(user=person).update(stakeholder_group=group)
    return SimpleNamespace(
        community=community,
        groups=groups,
        people=persons,
        indicator=make_indicator(community),
        other=make_indicator(community),
    )


def test_no_order_of_acts_agrees_without_the_preconditions(db):
    world = make_world()
    run_state_machine_as_test(lambda: NegotiationMachine(world))
