"""Whatever people do, in whatever order: the matrix adds up, and what was taken away is gone.

A machine does the acts of the product in a community, with its worker behind by any number of
acts, and after each one compares what readers get with the oracle. A community beside it must not
notice.
"""

import os
import threading
from collections import Counter
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from communities import actions as communities
from communities.permissions import Audience
from indicators import actions as indicators
from indicators import deciding, negotiating
from indicators.models import Indicator
from matrix import build, reading, sync, tasks
from matrix.filtering import Filter
from matrix.models import Cell, Claim, Matrix, Pair, Pending
from stories import actions as stories
from stories import merging, offering
from stories.models import IndicatorMerge, Link, Part, Step, Story, Touch
from stories.rights import ACTS, Status
from stories.trail import WrittenLink, WrittenStep

from .make import make_community, make_indicator, make_published, make_step, make_user
from .oracle import claims_of, differences, matrix_of, stored_of

CYCLES = ["immediate", "potential", "applied"]
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
OPEN = [audience for audience in Audience if audience > Audience.ME]

SAID = {"rationale": "No.", "how": "other"}

# Which one of those there are: the machine takes it modulo their number.
any_one = st.integers(0, 59)
written_step = st.tuples(
    st.none() | any_one,  # the stored step that it replaces
    any_one,  # its cycle
    st.sampled_from(Step.Tense.values),
    st.sampled_from(Step.Value.values),
    st.sets(any_one, max_size=2),  # the indicators it touches
)
trails = st.lists(written_step, min_size=1, max_size=4)
joints = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4)
told_stories = st.fixed_dictionaries(
    {
        "teller": any_one,
        "trail": trails,
        "joints": joints,
        "audience": st.sampled_from(OPEN),
        "told": st.booleans(),
    }
)


def one_of(choices, number):
    return choices[number % len(choices)]


def some(act):
    """A rule's condition: there is a story in a state that allows the act."""
    return precondition(lambda machine: machine.statuses & ACTS[act].when)


def in_turn(number):
    """A costly invariant's condition: at every third step, or at every one of a long run."""
    return precondition(lambda machine: LONG or machine.turn % 3 == number)


class MatrixMachine(RuleBasedStateMachine):
    def __init__(self, world):
        super().__init__()
        self.community, self.tellers = world.community, world.tellers
        self.neighbour, self.neighbours = world.neighbour, world.neighbours
        self.group = world.group
        self.cycles = [self.community.cycles.get(key=key) for key in CYCLES]
        self.statuses = frozenset()
        self.turn = 0
        self.begin_run()

    def begin_run(self):
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    # What there is to choose from --------------------------------------------------------------
    def stories(self):
        return Story.objects.filter(community=self.community).order_by("pk")

    def stories_for(self, act):
        return list(self.stories().filter(status__in=ACTS[act].when))

    def story_for(self, act, which):
        return one_of(self.stories_for(act), which)

    def parts(self, model, which=0):
        """The parts of a kind whose story their teller may revise now; mostly, where there are any,
        those of published stories."""
        story = "step__story" if model is Touch else "story"
        parts = model.objects.filter(
            **{f"{story}__community": self.community},
            **{f"{story}__status__in": ACTS["revise"].when},
        ).order_by("pk")
        published = list(parts.filter(**{f"{story}__status": Status.PUBLISHED}))
        return published if published and which % 4 else list(parts)

    def indicators(self, *states):
        found = self.community.indicators.order_by("pk")
        return list(found.filter(state__in=states or Indicator.DRAWN))

    def written(self, trail, story=None):
        free = list(story.steps.all()) if story else []
        steps = []
        for replaced, cycle, tense, value, touched in trail:
            step = None
            if replaced is not None and free:
                step = free.pop(replaced % len(free))
            kept = [touch.indicator for touch in step.touches.all()] if step else []
            choices = [*self.indicators(), *kept]
            steps.append(
                WrittenStep(
                    cycle=one_of(self.cycles, cycle),
                    text="Something happened.",
                    tense=tense,
                    value=value,
                    indicators=[one_of(choices, which) for which in touched] if choices else [],
                    step=step,
                )
            )
        return steps

    def joined(self, joints, steps):
        return [
            WrittenLink(start, end)
            for start, end in sorted(joints)
            if start != end and max(start, end) < len(steps)
        ]

    # Stories -----------------------------------------------------------------------------------
    @initialize(written=st.lists(told_stories, min_size=2, max_size=4), work=st.booleans())
    def begin(self, written, work):
        for words in written:
            self.tell_and_publish(words)
        if work:
            sync.sync(self.community)

    @rule(words=told_stories, audience=st.sampled_from(Audience))
    def tell(self, words, audience):
        self.draft(**words | {"audience": audience})

    @rule(words=told_stories)
    def tell_and_publish(self, words):
        story = self.draft(**words)
        stories.publish(
            story=stories.submit(story=story, by=None, others="nobody"), by=None, others="nobody"
        )

    def draft(self, teller, trail, joints, audience, told):
        steps = self.written(trail)
        return stories.tell(
            community=self.community,
            teller=one_of(self.tellers, teller),
            by=None,
            steps=steps,
            links=self.joined(joints, steps),
            told=told,
            title="A story",
            audience=audience,
        )

    @some("revise")
    @rule(
        which=any_one,
        trail=trails,
        joints=joints,
        audience=st.none() | st.sampled_from(Audience),
    )
    def revise(self, which, trail, joints, audience):
        story = self.story_for("revise", which)
        steps = self.written(trail, story)
        self.take_away(
            story,
            stories.revise,
            version=story.version,
            steps=steps,
            links=self.joined(joints, steps),
            **({} if audience is None else {"audience": audience}),
        )

    @some("submit")
    @rule(which=any_one)
    def submit(self, which):
        story = self.story_for("submit", which)
        if story.audience == Audience.ME:
            with pytest.raises(ValidationError):
                stories.submit(story=story, by=None, others="nobody")
        else:
            stories.submit(story=story, by=None, others="nobody")

    @some("publish")
    @rule(which=any_one)
    def publish(self, which):
        stories.publish(story=self.story_for("publish", which), by=None, others="nobody")

    @some("publish")
    @rule(which=any_one)
    def publish_and_undo(self, which):
        story = self.story_for("publish", which)
        before = stories.reviewed(story)
        published = stories.publish(story=story, by=None, others="nobody")
        stories.undo(story=published, by=None, version=published.version, before=before)

    @some("return")
    @rule(which=any_one)
    def return_(self, which):
        stories.return_(story=self.story_for("return", which), by=None, note="Whose gate is it?")

    @some("hide")
    @rule(which=any_one)
    def hide(self, which):
        self.take_away(self.story_for("hide", which), stories.hide, note="It names somebody.")

    @some("withdraw")
    @rule(which=any_one)
    def withdraw(self, which):
        self.take_away(self.story_for("withdraw", which), stories.withdraw)

    @some("change_audience")
    @rule(which=any_one, audience=st.sampled_from(Audience))
    def change_audience(self, which, audience):
        self.take_away(
            self.story_for("change_audience", which), stories.change_audience, audience=audience
        )

    # Parts of stories --------------------------------------------------------------------------
    @rule(which=any_one, indicator=any_one)
    def touch(self, which, indicator):
        free = [
            (step, indicator)
            for step in self.parts(Step, which)
            for indicator in self.indicators()
            if not step.touches.filter(indicator=indicator).exists()
        ]
        if free:
            step, indicator = one_of(free, which)
            stories.touch(step=step, indicator=indicator, by=None)

    @rule(which=any_one)
    def untouch(self, which):
        if touches := self.parts(Touch, which):
            touch = one_of(touches, which)
            self.take_away(touch.step.story, stories.untouch, touch=touch)

    @rule(which=any_one)
    def link(self, which):
        taken = set(Link.objects.values_list("from_step", "to_step"))
        steps = self.parts(Step, which)
        free = [
            (start, end)
            for start in steps
            for end in steps
            if start.story_id == end.story_id and start != end and (start.pk, end.pk) not in taken
        ]
        if free:
            start, end = one_of(free, which)
            stories.link(from_step=start, to_step=end, by=None)

    @rule(which=any_one)
    def unlink(self, which):
        if links := self.parts(Link, which):
            link = one_of(links, which)
            self.take_away(link.story, stories.unlink, link=link)

    @rule(which=any_one, kind=st.sampled_from([Step, Touch, Link]))
    def confirm(self, which, kind):
        waiting = [part for part in self.parts(kind, which) if not part.is_counted]
        if waiting:
            stories.confirm(part=one_of(waiting, which), by=None)

    @some("revise")
    @rule(which=any_one)
    def confirm_all(self, which):
        story = self.story_for("revise", which)
        for part in [
            *story.steps.all(),
            *Touch.objects.filter(step__story=story),
            *story.links.all(),
        ]:
            # Saying which part of a split it was, takes out what was proposed for the whole.
            is_there = type(part).objects.filter(pk=part.pk).exists()
            if is_there and part.status == Part.Status.PROPOSED:
                stories.confirm(part=part, by=None)

    @rule(which=any_one, kind=st.sampled_from([Step, Touch, Link]))
    def reject(self, which, kind):
        if parts := self.parts(kind, which):
            part = one_of(parts, which)
            story = part.step.story if kind is Touch else part.story
            self.take_away(story, stories.reject, part=part)

    # Indicators --------------------------------------------------------------------------------
    @precondition(lambda machine: len(machine.indicators()) < 5)
    @rule(cycle=any_one)
    def propose(self, cycle):
        make_indicator(self.community, one_of(CYCLES, cycle))

    @precondition(lambda machine: machine.indicators())
    @rule(which=any_one, cycle=any_one, name=st.sampled_from(["One", "Another"]))
    def amend(self, which, cycle, name):
        indicators.amend(
            indicator=one_of(self.indicators(), which),
            by=None,
            cycle=one_of(self.cycles, cycle),
            name=name,
        )

    @precondition(lambda machine: machine.indicators())
    @rule(which=any_one)
    def decline(self, which):
        deciding.decline(indicator=one_of(self.indicators(), which), by=None, **SAID)

    @rule(which=any_one)
    def retire(self, which):
        if in_use := self.indicators(Indicator.State.PROPOSED):
            deciding.retire(indicator=one_of(in_use, which), by=None, **SAID)

    @rule(which=any_one, into=any_one)
    def merge(self, which, into):
        offered = self.indicators(Indicator.State.PROPOSED)
        if len(offered) > 1:
            gone = offered.pop(which % len(offered))
            merging.merge(indicator=gone, into=one_of(offered, into), by=None, **SAID)

    @rule(which=any_one)
    def undo_merge(self, which):
        merges = IndicatorMerge.objects.filter(
            gone__community=self.community, undone_at=None
        ).exclude(kept__state=Indicator.State.MERGED)
        if merges := list(merges.order_by("pk")):
            merging.undo_merge(merge=one_of(merges, which), by=None)

    @precondition(lambda machine: len(machine.indicators()) < 5)
    @rule(which=any_one)
    def split(self, which):
        if offered := self.indicators(Indicator.State.PROPOSED):
            names = ["By day", "By night"]
            merging.split(indicator=one_of(offered, which), names=names, by=None, **SAID)

    @rule(which=any_one)
    def talk_again(self, which):
        aside = self.indicators(Indicator.State.DECLINED, Indicator.State.RETIRED)
        aside = [one for one in aside if not one.rounds.undecided()]
        if aside and len(self.indicators()) < 5:
            indicator = one_of(aside, which)
            negotiating.open_round(indicator=indicator, by=None, groups=[self.group])

    @rule(which=any_one, steps=any_one)
    def offer(self, which, steps):
        offered = self.indicators(Indicator.State.PROPOSED)
        if offered and (found := self.parts(Step, steps)):
            indicator = one_of(offered, which)
            offering.offer(indicator=indicator, steps=[one_of(found, steps)], by=None)

    # The worker --------------------------------------------------------------------------------
    @rule()
    def add_up(self):
        sync.sync(self.community)
        self.stored_equals_recomputed()

    @rule()
    def add_up_one_batch(self):
        sync.sync_batch(self.community)

    @rule()
    def rebuild(self):
        sync.rebuild(self.community)
        self.stored_equals_recomputed()

    def stored_equals_recomputed(self):
        assert not sync.behind(self.community)
        assert differences(self.community) == []
        assert sync.check(self.community) == []

    # What is refused changes nothing -------------------------------------------------------------
    @rule(which=any_one, act=st.sampled_from(["submit", "publish", "hide", "withdraw"]))
    def refuse_at_another_time(self, which, act):
        others = list(self.stories().exclude(status__in=ACTS[act].when))
        if others:
            said = {"hide": {"note": "It names somebody."}, "withdraw": {}}
            said = said.get(act, {"others": "nobody"})
            with pytest.raises(ValidationError):
                getattr(stories, act)(story=one_of(others, which), by=None, **said)

    @some("revise")
    @rule(which=any_one, trail=trails)
    def refuse_a_stale_text(self, which, trail):
        story = self.story_for("revise", which)
        with pytest.raises(stories.Stale):
            stories.revise(
                story=story,
                by=None,
                version=story.version - 1,
                steps=self.written(trail, story),
                links=[],
            )

    @some("revise")
    @rule(which=any_one)
    def refuse_the_neighbours_indicator(self, which):
        steps = self.story_for("revise", which).steps.all()
        with pytest.raises(ValidationError):
            stories.touch(step=steps[0], indicator=self.neighbour.indicators.first(), by=None)

    # What holds at every moment ------------------------------------------------------------------
    def take_away(self, story, act, **fields):
        """Does the act; the story then counts with what is left of it, the worker still behind."""
        if act in {stories.untouch, stories.unlink, stories.reject}:
            act(by=None, **fields)
        else:
            act(story=story, by=None, **fields)
        story = self.stories().get(pk=story.pk)
        left = claims_of(story) if story.is_counted else []
        found = [
            (claim["u"], claim["v"], claim["audience"], claim["tense"], claim["value"])
            for claim in self.claims()
            if claim["story"] == story.pk
        ]
        assert Counter(found) == Counter(
            (u, v, story.audience, tense, value) for (u, v, cycle), tense, value in left if u
        )

    def claims(self):
        rows = build.claims(self.community).rows()
        return [dict(zip([*build.CLAIM, "facets"], row, strict=True)) for row in rows]

    @invariant()
    def the_database_would_commit(self):
        connection.check_constraints()
        self.statuses = frozenset(self.stories().values_list("status", flat=True))
        self.turn += 1

    @in_turn(0)
    @invariant()
    def the_sums_with_all_that_is_pending_are_right(self):
        pending = Pending.objects.filter(community=self.community)
        with reading.one_moment():
            if pending.filter(whole=True).exists():
                return
            ids = build.Statement.of(pending.filter(story__isnull=False).values("story"))
            found = sync.by_key(build.current(self.community, ids=ids).rows())
            right = matrix_of(self.community)
        assert found == {key: tuple(numbers.values()) for key, numbers in right.items()}

    @in_turn(1)
    @invariant()
    def nothing_is_counted_for_more_than_it_is_open_to(self):
        with reading.one_moment():
            self.what_is_counted_is_open()

    def what_is_counted_is_open(self):
        """Neither in the leaves nor in a list of stories; a list is as long as its sum says, and no
        sum is negative. The lists: of one audience and a fifth of its sums, in turn."""
        open_to = dict(self.stories().filter(status=Status.PUBLISHED).values_list("pk", "audience"))
        for claim in self.claims():
            assert claim["audience"] <= open_to.get(claim["story"], Audience.ME)
        audience = one_of(OPEN, self.turn)
        may_open = {pk for pk, widest in open_to.items() if widest >= audience}
        assert may_open == set(
            Story.objects.counted_for(audience)
            .filter(community=self.community)
            .values_list("pk", flat=True)
        )
        rows = sync.by_key(build.current(self.community).rows())
        seen = {key: dict(zip(build.COLUMNS, row, strict=True)) for key, row in rows.items()}
        for numbers in [*seen.values(), *stored_of(self.community).values()]:
            assert min(numbers.values()) >= 0
        keys = sorted(key for key in seen if key[0] == audience)
        for _audience, u, v, cycle in keys[self.turn % 5 :: 5]:
            listed = build.stories(
                self.community, audience, Filter(), u=u or None, v=v, cycle=cycle or None
            )
            found = set(listed.values_list("pk", flat=True))
            assert len(found) == seen[audience, u, v, cycle]["stories"]
            assert found <= may_open

    @in_turn(2)
    @invariant()
    def the_neighbour_notices_nothing(self):
        assert state_of(self.neighbour) == self.neighbours


class WorkersMachine(MatrixMachine):
    """The same acts, committed, while two workers add them up. Their own connections end with them."""

    def __init__(self):
        super().__init__(make_world())

    def begin_run(self):
        self.over = threading.Event()
        self.workers = [threading.Thread(target=self.work) for _ in range(2)]
        for worker in self.workers:
            worker.start()

    def work(self):
        try:
            while not self.over.is_set():
                tasks.sync(self.community.pk)
                # Leaves the processor to the acts.
                self.over.wait(0.02)
        finally:
            connections.close_all()

    def stored_equals_recomputed(self):
        """At the end; until then the workers have the last word."""

    def teardown(self):
        self.over.set()
        for worker in self.workers:
            worker.join()
        sync.sync(self.community)
        super().stored_equals_recomputed()
        assert not Matrix.objects.filter(community=self.community).exclude(attempts=0).exists()


def make_world():
    """The community with four tellers and three indicators, and the neighbour."""
    mira, noor = make_user("Mira"), make_user("Noor")
    neighbour = make_neighbour(mira)
    community = make_community()
    for cycle in CYCLES:
        make_indicator(community, cycle)
    sync.sync(community)
    return SimpleNamespace(
        community=community,
        group=communities.add_group(community=community, name="All", axis="horizontal"),
        tellers=[
            communities.teller_of(community=community, user=mira),
            communities.teller_of(community=community, user=noor),
            communities.add_guest_teller(community=community, name="Rosa"),
            communities.add_guest_teller(community=community, name=""),
        ],
        neighbour=neighbour,
        neighbours=state_of(neighbour),
    )


def make_neighbour(mira):
    """Told by one of the same people; one story added up, one not yet."""
    neighbour = make_community("Night shift")
    indicator = make_indicator(neighbour, "immediate")
    steps = [make_step(neighbour, "immediate", indicator), make_step(neighbour, "potential")]
    make_published(neighbour, mira, steps, [(0, 1)])
    sync.sync(neighbour)
    make_published(neighbour, mira, steps[:1])
    return neighbour


def state_of(community):
    """All that the matrix keeps of a community, as it stands in the tables."""
    return {
        model: list(model.objects.filter(community=community).order_by("pk").values())
        for model in (Cell, Pair, Claim, Pending)
    }


def test_whatever_people_do_the_matrix_adds_up(request, db, monkeypatch):
    # script/soak takes it in.
    assert request.node.get_closest_marker("hypothesis")
    # Small batches: a few acts already leave the worker half way.
    monkeypatch.setattr(sync, "BATCH", 3)
    world = make_world()
    run_state_machine_as_test(lambda: MatrixMachine(world))


@pytest.mark.django_db(transaction=True)
def test_while_two_workers_add_up(monkeypatch):
    monkeypatch.setattr(sync, "BATCH", 3)
    # Each example begins with a community of its own.
    examples = settings(max_examples=200 if LONG else 3)
    run_state_machine_as_test(WorkersMachine, settings=examples)
