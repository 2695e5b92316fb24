"""The matrix as somebody reads it: the sums of `build` beside the indicators and their numbers.

Page, table and JSON all show a `Reading`; none of them counts by itself.
"""

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from communities.models import Community, Cycle
from communities.permissions import Audience
from indicators.models import Indicator, Observation, Target
from indicators.standing import silent_of
from stories.models import Step, Story

from . import build
from .filtering import Filter
from .models import Box
from .statement import Statement

# So many changes that take something away are taken into account while a page is read. While there are
# more, no figures are shown rather than wrong ones.
MOST_NARROWING = 2000
FILTERED_SECONDS = 24 * 3600
NOTHING = SimpleNamespace(**dict.fromkeys(build.COLUMNS, 0))
MOST_THREADS = 60
EVERYTHING = Filter()


class AddingUp(Exception):
    """More was taken away than a page can take into account: the worker has to add it up first."""


@contextmanager
def one_moment():
    """All that is read within is read as of one moment, whatever is committed meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@dataclass(frozen=True)
class State:
    """What is stored of a community's matrix, and what is not yet. Two readings of one audience
    and language under the same `mark` are the same."""

    built_version: int
    built_at: datetime | None
    behind: bool
    failed: bool
    mark: str
    narrowing: int


# The first part has one row at all times, so there is one for a community without a Matrix too.
STATE = """
SELECT coalesce(built_version, 0), built_at, coalesce(last_error, '') <> '', pending.*
FROM (
    SELECT count(*), count(*) FILTER (WHERE narrows),
        string_agg(id::text, ',' ORDER BY id) FILTER (WHERE narrows)
    FROM matrix_pending WHERE community_id = %s
) AS pending LEFT JOIN matrix_matrix ON community_id = %s
"""


def state_of(community):
    """What is stored and what is pending, read by one statement: so it is of one moment, within
    `one_moment` or not. Of a community that was never added up, version 0."""
    asked = Statement(STATE, (community.pk, community.pk))
    version, built_at, failed, pending, narrowing, marks = asked.rows()[0]
    behind = pending > 0
    parts = community.pk, version, behind, failed, marks
    return State(
        built_version=version,
        built_at=built_at,
        behind=behind,
        failed=failed,
        narrowing=narrowing,
        mark=hashlib.sha256(repr(parts).encode()).hexdigest()[:32],
    )


@dataclass
class BoxReading:
    """A box with its sums; `indicator` is None for "told here, no indicator yet"."""

    pk: int
    cycle: Cycle
    cell: SimpleNamespace
    indicator: Indicator | None = None
    observations: list[Observation] = field(default_factory=list)
    target: Target | None = None
    # The groups without whose word it was agreed.
    silent: list[str] = field(default_factory=list)
    comes_from: list[tuple["BoxReading", SimpleNamespace]] = field(default_factory=list)
    leads_to: list[tuple["BoxReading", SimpleNamespace]] = field(default_factory=list)

    @property
    def observation(self):
        """The newest value in force."""
        return self.observations[-1] if self.observations else None

    @property
    def state(self):
        """both / numbers / stories / empty. No data is never 0."""
        if self.observations:
            return "both" if self.cell.stories else "numbers"
        return "stories" if self.cell.stories else "empty"


@dataclass
class CycleReading:
    cycle: Cycle
    cell: SimpleNamespace
    boxes: list[BoxReading]
    no_indicator: BoxReading


@dataclass
class Reading:
    community: Community
    audience: Audience
    chosen: Filter
    state: State
    whole: SimpleNamespace
    cycles: list[CycleReading]
    # The one cycle that is shown, where not all are; and what is not shown then.
    cycle: Cycle | None = None
    beside: list[CycleReading] = field(default_factory=list)

    @property
    def boxes(self):
        return boxes_of(self.cycles)

    def box_of(self, indicator):
        found = (box for box in self.boxes.values() if box.indicator == indicator)
        return next(found, None)

    def stories(self, **place):
        """The stories behind the whole, or behind a sum of `build.stories`."""
        narrowed = self.state.narrowing > 0
        if not place and self.cycle:
            place = {"cycle": self.cycle.pk}
        return build.stories(self.community, self.audience, self.chosen, narrowed=narrowed, **place)


def boxes_of(cycles):
    return {box.pk: box for one in cycles for box in (*one.boxes, one.no_indicator) if box.pk}


def read(community, audience, chosen=EVERYTHING, cycle=None):
    """The matrix for an audience, or its one cycle, in a constant number of queries; AddingUp when it
    can't be said now."""
    state = state_of(community)
    sums = sums_of(community, audience, chosen, state)
    places = Box.objects.filter(community=community).order_by(F("place").asc(nulls_last=True), "pk")
    boxes = list(places)
    numbers = observations_of(community)
    targets = targets_of(community)
    silent = silent_of(community)
    indicators = {one.pk: one for one in community.indicators.drawn().in_reading_order()}
    by_cycle = defaultdict(list)
    no_indicator = {}
    for box in boxes:
        cell = sums.get((box.pk, 0, 0), NOTHING)
        if box.cycle_id:
            no_indicator[box.cycle_id] = box.pk, cell
        elif indicator := indicators.get(box.indicator_id):
            reading = BoxReading(
                pk=box.pk,
                cycle=indicator.cycle,
                cell=cell,
                indicator=indicator,
                observations=[one for one in numbers[indicator.pk] if chosen.holds(one)],
                target=targets.get(indicator.definition_id),
                silent=silent.get(indicator.pk, []),
            )
            if indicator.is_offered or reading.state != "empty":
                by_cycle[indicator.cycle_id].append(reading)
    cycles = [
        CycleReading(
            cycle=cycle,
            cell=sums.get((0, 0, cycle.pk), NOTHING),
            boxes=by_cycle[cycle.pk],
            no_indicator=BoxReading(
                no_indicator.get(cycle.pk, (0, NOTHING))[0],
                cycle,
                no_indicator.get(cycle.pk, (0, NOTHING))[1],
            ),
        )
        for cycle in community.cycles.all()
    ]
    reading = Reading(community, audience, chosen, state, sums.get((0, 0, 0), NOTHING), cycles)
    join_pairs(reading, sums)
    if cycle:
        reading.cycle = cycle
        reading.beside = [one for one in cycles if one.cycle != cycle]
        reading.cycles = [one for one in cycles if one.cycle == cycle]
        reading.whole = reading.cycles[0].cell
    return reading


def whole_of(community, audience):
    """The sums of all that an audience may open."""
    current = "SELECT * FROM (" + build.current(community, audience)
    rows = (current + ") AS whole WHERE u = 0 AND v = 0 AND cycle = 0").rows()
    return by_key(rows).get((0, 0, 0), NOTHING)


def undrawn(indicator):
    """The box of one that is not in the matrix: declined, merged, or retired and never used."""
    observations = list(indicator.observations.in_their_order())
    return BoxReading(0, indicator.cycle, NOTHING, indicator, observations)


def sayable(state):
    """The same state; AddingUp where more was taken away than can be taken into account."""
    if state.narrowing > MOST_NARROWING:
        raise AddingUp
    return state


def sums_of(community, audience, chosen=EVERYTHING, state=None):
    """{(u, v, cycle): sums} as `build.current` gives them, or of what is chosen `build.filtered`: that
    takes a while where there are very many stories, so it is kept."""
    state = sayable(state or state_of(community))
    if not chosen:
        return by_key(build.current(community, audience).rows())
    key = f"filtered:{state.mark}:{int(audience)}:{chosen.mark(community, audience)}"
    rows = cache.get(key)
    if rows is None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '32MB'")
        rows = build.filtered(community, audience, chosen, narrowed=state.narrowing > 0).rows()
        cache.set(key, rows, FILTERED_SECONDS)
    return by_key(rows)


def happened_pairs(community, audience):
    """[(u, v, claims, tellers)] of what was told to have happened, as `sums_of` has them."""
    sayable(state_of(community))
    current = build.current(community, audience)
    rows = "SELECT u, v, happened_claims, happened_tellers FROM (" + current
    return (rows + ") AS pair WHERE v <> 0 AND happened_claims > 0 ORDER BY u, v").rows()


def by_key(rows):
    width = len(build.KEY)
    return {
        row[1:width]: SimpleNamespace(**dict(zip(build.COLUMNS, row[width:], strict=True)))
        for row in rows
    }


def join_pairs(reading, sums):
    boxes = reading.boxes
    pairs = [(key[0], key[1], pair) for key, pair in sums.items() if key[1]]
    for u, v, pair in sorted(pairs, key=lambda one: (-one[2].tellers, -one[2].stories, one[:2])):
        if u in boxes and v in boxes:
            boxes[u].leads_to.append((boxes[v], pair))
            boxes[v].comes_from.append((boxes[u], pair))


def observations_of(community):
    """{indicator: its values in force, oldest first}."""
    rows = Observation.objects.filter(indicator__community=community).in_their_order()
    found = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def targets_of(community):
    """{definition in force: its newest target}."""
    rows = Target.objects.filter(definition__indicator__community=community)
    return {row.definition_id: row for row in rows.order_by("end", "pk")}


@dataclass(frozen=True)
class Visit:
    """A counted step at one of its boxes; `step` counts the counted steps from 0."""

    step: int
    box: int
    tense: str
    value: str


@dataclass
class Thread:
    story: Story
    number: int
    visits: list[Visit]
    links: list[tuple[int, int, str, str]]

    @property
    def broke(self):
        lost = {Step.Value.NONE_CREATED, Step.Value.NEGATIVE}
        return any(v.value in lost or v.tense == Step.Tense.DID_NOT_HAPPEN for v in self.visits)


def threads(reading, own=(), one=None):
    """Of the stories that the sums count: this `one` (an id), these `own`, and the newest; oldest first,
    as trails through the boxes."""
    first = [When(pk=one, then=0)] if one else []
    first += [When(pk__in=own, then=1)] if own else []
    order = Case(*first, default=2) if first else Value(0)
    stories = reading.stories().with_trail().order_by(order, "-published_at", "-pk")
    drawn = sorted(stories[:MOST_THREADS], key=lambda story: (story.published_at, story.pk))
    return [thread(reading, story, number) for number, story in enumerate(drawn, start=1)]


def thread(reading, story, number=1):
    """A `with_trail` story's trail through the boxes; of a part, as far as it is asked for."""
    every = [*reading.cycles, *reading.beside]
    no_indicator = {one.cycle.pk: one.no_indicator.pk for one in every}
    boxes = {box.indicator.pk: box.pk for box in boxes_of(every).values() if box.indicator}
    return Thread(story, number, *trail_of(story, boxes, no_indicator, reading.chosen))


def trail_of(story, boxes, no_indicator, chosen=EVERYTHING):
    """(visits, links) of a story's counted parts; links by index of the visits they join."""
    visits, places = [], defaultdict(list)
    steps = [step for step in story.steps.all() if step.is_counted]
    for number, step in enumerate(steps):
        if not chosen.lets_through(step.tense, step.value):
            continue
        touched = [
            boxes[touch.indicator_id]
            for touch in step.touches.all()
            if touch.is_counted and touch.indicator_id in boxes
        ]
        for box in touched or [no_indicator[step.cycle_id]]:
            places[step.pk].append(len(visits))
            visits.append(Visit(number, box, step.tense, step.value))
    links = [
        (start, end, build.tense_of(visits[start].tense, visits[end].tense), visits[end].value)
        for link in story.links.all()
        if link.is_counted
        for start in places[link.from_step_id]
        for end in places[link.to_step_id]
    ]
    return visits, links
