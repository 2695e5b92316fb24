"""The way of each thread: on which side it leaves a box, in which lane it runs, through which gaps it passes.

A story is a graph, so lines come from its links; its visits are the places where it stops. Nothing here draws.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from .inputs import Link, Picture, Thread, Visit, chosen_links
from .layout import Box, Gap, Grid

LEFT, RIGHT = -1, 1
TRAY_TOP = 3.0  # px of a tray above its first lane
ROUNDS = 4  # of lane ordering; more changed nothing in trials


@dataclass(slots=True)
class Stop:
    """A visit in its box. `lanes` is 0 (only hoped for and never reached), 1, or 2 (a U-turn: in and out lane)."""

    thread: Thread
    index: int
    visit: Visit
    box: Box
    ways_in: list["Route"] = field(default_factory=list)
    ways_out: list["Route"] = field(default_factory=list)
    lanes: int = 1
    y_in: float = 0
    y_out: float = 0

    @property
    def sides_in(self) -> set[int]:
        return {r.side_in for r in self.ways_in if not r.half}

    @property
    def sides_out(self) -> set[int]:
        return {r.side_out for r in self.ways_out}

    @property
    def starts(self) -> bool:
        """Gets the disc: the first visit told, or one to which no link leads."""
        return self.lanes > 0 and (self.index == 0 or not self.ways_in)

    @property
    def ends(self) -> bool:
        return self.lanes > 0 and not self.ways_out

    @property
    def y(self) -> float:
        return (self.y_in + self.y_out) / 2


@dataclass(slots=True)
class Route:
    """A link from stop to stop. `half`: it was hoped for, did not happen and led no further: it stops in the gutter.

    `gaps` are the gaps passed in skipped columns, in travelling order; `ys` the y of its lane in each.
    """

    link: Link
    start: Stop
    end: Stop
    side_out: int = RIGHT
    side_in: int = LEFT
    half: bool = False
    gaps: list[Gap] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)

    @property
    def back(self) -> bool:
        return self.end.box.slot < self.start.box.slot

    @property
    def hops(self) -> bool:
        """Within one column: an arc outside it."""
        return self.end.box.slot == self.start.box.slot


@dataclass(slots=True)
class Trail:
    """A thread with its stops in told order and its routes in link order."""

    thread: Thread
    stops: list[Stop]
    routes: list[Route]


def route(picture: Picture, grid: Grid) -> list[Trail]:
    """Routes every thread and places the grid's boxes around them; visits of boxes that aren't drawn are left out."""
    trails = [_trail(thread, grid) for thread in picture.shown_threads()]
    trails = [t for t in trails if t.stops]
    stops = [stop for trail in trails for stop in trail.stops]
    routes = [r for trail in trails for r in trail.routes]
    for stop in stops:
        stop.box.lanes += stop.lanes
    grid.place()
    for stop in stops:
        stop.y_in = stop.y_out = stop.box.tray + (stop.box.h - stop.box.content.height) / 2
    for rounds in (2, ROUNDS):  # channels make room, room moves boxes; two passes are enough
        _choose_gaps(routes, grid)
        grid.place()
        _order_lanes(stops, grid, rounds)
    _order_channels(routes, grid)
    return trails


def _trail(thread: Thread, grid: Grid) -> Trail:
    at = {
        i: Stop(thread, i, visit, grid.boxes[visit.face])
        for i, visit in enumerate(thread.visits)
        if visit.face in grid.boxes
    }
    links = [
        link
        for link in chosen_links(thread)
        if link.start in at and link.end in at and link.start != link.end
    ]
    leaves = {link.start for link in links}
    reached = {link.end for link in links}
    routes = []
    for link in links:
        way = Route(link, at[link.start], at[link.end])
        way.half = link.tense == "did_not_happen" and link.end not in leaves
        if way.back:
            way.side_out, way.side_in = LEFT, RIGHT
        elif way.hops:
            # on the left where the thread starts, which saves a turn; else on the right
            side = LEFT if link.start not in reached and _goes_right(link.end, links, at) else RIGHT
            way.side_out = way.side_in = side
        way.start.ways_out.append(way)
        way.end.ways_in.append(way)
        routes.append(way)
    for stop in at.values():
        if stop.ways_in and all(r.half for r in stop.ways_in):
            stop.lanes = 0
        else:
            stop.lanes = 2 if stop.sides_in & stop.sides_out else 1
    return Trail(thread, list(at.values()), routes)


def _goes_right(index: int, links: list[Link], at: dict[int, Stop]) -> bool:
    """The trail goes on from this visit to a later column, or ends there."""
    onward = [at[link.end].box.slot - at[index].box.slot for link in links if link.start == index]
    return not onward or max(onward) > 0


def _choose_gaps(routes: list[Route], grid: Grid) -> None:
    """A channel for every route in each column that it skips."""
    middles = gap_middles(grid)
    channels: dict[Gap, float] = defaultdict(float)
    for way in routes:
        way.gaps = []
        if not way.half:
            way.gaps = gaps_passed(
                way.start.box, way.end.box, way.start.y_out, way.end.y_in, middles
            )
        for key in way.gaps:
            channels[key] += grid.pitch
    grid.channels = dict(channels)


Middles = list[tuple[float, list[float], list[Gap]]]


def gap_middles(grid: Grid) -> Middles:
    """By slot: the x of its middle, and from top to bottom the y of the middle of every gap, with the gap."""
    result = []
    for slot in range(grid.slots):
        keys = grid.gaps(slot)
        ys = [sum(grid.gap(key)) / 2 for key in keys]
        result.append((grid.left(slot) + grid.box / 2, ys, keys))
    return result


def gaps_passed(a: Box, b: Box, y: float, goal: float, middles: Middles) -> list[Gap]:
    """From a (at y) to b (at goal): in each column skipped, the gap nearest to the straight line from the last point."""
    step = RIGHT if b.slot > a.slot else LEFT
    x, end = (a.x + a.w, b.x) if step == RIGHT else (a.x, b.x + b.w)
    gaps = []
    for slot in range(a.slot + step, b.slot, step):
        here, ys, keys = middles[slot]
        ideal = y + (goal - y) * (here - x) / (end - x)
        i = bisect_left(ys, ideal)
        if i == len(ys) or i and ideal - ys[i - 1] <= ys[i] - ideal:  # of equals the upper one
            i -= 1
        gaps.append(keys[i])
        x, y = here, ys[i]
    return gaps


def _order_lanes(stops: list[Stop], grid: Grid, rounds: int) -> None:
    """Lanes in every tray by the mean y of where a visit comes from and goes to."""
    trays: dict[int, list[Stop]] = defaultdict(list)
    for stop in stops:
        if stop.lanes:
            trays[stop.box.face.id].append(stop)
        stop.y_in = stop.y_out = stop.box.tray + (stop.box.h - stop.box.content.height) / 2
    middles = {key: sum(grid.gap(key)) / 2 for key in grid.channels}
    order = sorted(
        trays.values(), key=lambda tray: (tray[0].box.slot, tray[0].box.region, tray[0].box.y)
    )
    for number in range(
        rounds
    ):  # there and back again: each tray sees what its neighbours just became
        for tray in order if number % 2 == 0 else order[::-1]:
            _order_tray(tray, middles, grid.lane)


def _order_tray(tray: list[Stop], middles: dict[Gap, float], lane: float) -> None:
    ranked = {}
    for stop in tray:
        came = [middles[r.gaps[-1]] if r.gaps else r.start.y_out for r in stop.ways_in]
        goes = [middles[r.gaps[0]] if r.gaps else r.end.y_in for r in stop.ways_out]
        both = came + goes
        mean = sum(both) / len(both) if both else stop.y
        rising = stop.lanes < 2 or sum(came) / len(came) <= sum(goes) / len(goes)
        ranked[id(stop)] = round(mean, 3), rising
    tray.sort(key=lambda s: (ranked[id(s)][0], s.thread.number, s.index))
    y = tray[0].box.tray + TRAY_TOP - lane / 2
    for stop in tray:
        y += lane
        stop.y_in = stop.y_out = y
        if stop.lanes == 2:  # the arm nearer its neighbour on that side
            stop.y_in, stop.y_out = (y, y + lane) if ranked[id(stop)][1] else (y + lane, y)
            y += lane


def _order_channels(routes: list[Route], grid: Grid) -> None:
    """Lanes in every channel by the mean y of both ends of the piece that passes."""
    passing: dict[Gap, list[tuple[float, int, int, Route, int]]] = defaultdict(list)
    middles = {key: sum(grid.gap(key)) / 2 for key in grid.channels}
    for n, way in enumerate(routes):
        way.ys = [middles[key] for key in way.gaps]
        for i, key in enumerate(way.gaps):
            before = way.start.y_out if i == 0 else middles[way.gaps[i - 1]]
            after = way.end.y_in if i == len(way.gaps) - 1 else middles[way.gaps[i + 1]]
            passing[key].append(((before + after) / 2, way.start.thread.number, n, way, i))
    for key, ways in passing.items():
        ways.sort(key=lambda w: w[:3])
        top, bottom = grid.gap(key)
        first = (top + bottom) / 2 - grid.pitch * (len(ways) - 1) / 2
        for lane, (*_, way, i) in enumerate(ways):
            way.ys[i] = first + lane * grid.pitch
