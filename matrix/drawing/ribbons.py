"""Ribbons, one for each pair of boxes: which are drawn, how wide, on which sides, at which ports, through which gaps.

A ribbon is as wide as it has tellers. Nothing here draws.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from .inputs import Picture, Ribbon
from .layout import Box, Gap, Grid, invites
from .routing import LEFT, RIGHT, gap_middles, gaps_passed

HEAVIEST = {"L": 60, "M": 52, "S": 26}  # px of the box side with most tellers, by level of detail
WIDEST, THINNEST = 3.0, 1.3  # px a teller at most, px drawn at least
OUTLINED = 3.2  # a stitched ribbon shows its two edges
BETWEEN = 1.4  # px between two ports, and between two ribbons in a channel
PORT_PAD = 5.0  # px of a box side above its first port and below its last: the corners are round
STUB = 5.0  # px that the stub of what is left out takes below the ports
ROUNDS = 2  # channels make room, room moves boxes

Side = tuple[int, int]  # box id, LEFT or RIGHT


@dataclass(slots=True)
class Way:
    """A ribbon on the grid. `width` in px; `y_out`, `y_in` and `ys` (one for each gap) are the middle of its width.

    `back`: to an earlier column. `hops`: within one column, by an arc outside it.
    """

    ribbon: Ribbon
    start: Box
    end: Box
    index: int
    side_out: int = RIGHT
    side_in: int = LEFT
    width: float = THINNEST
    y_out: float = 0
    y_in: float = 0
    gaps: list[Gap] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    back: bool = False
    hops: bool = False


@dataclass(slots=True)
class Weave:
    """All ways, the widest first; and where links are left out: x, y and side of each stub."""

    ways: list[Way]
    stubs: list[tuple[float, float, int]]


def drawn_ribbons(picture: Picture) -> tuple[list[Ribbon], int, int]:
    """The ribbons that are drawn, how many there are in all, and the least tellers of a drawn one (0 without any)."""
    drawn, left_out = _chosen(picture)
    least = min((ribbon.tellers for ribbon in drawn), default=0)
    return drawn, len(drawn) + len(left_out), least


def _chosen(picture: Picture) -> tuple[list[Ribbon], list[Ribbon]]:
    """What is drawn and what is left out, each by tellers. What leads to itself or out of the picture is in neither."""
    known = {
        face.id
        for column in picture.columns
        if column.kind == "side" or not invites(column)
        for face in column.faces
    }
    ranked = sorted(
        (r for r in picture.ribbons if r.start != r.end and r.start in known and r.end in known),
        key=lambda r: (-r.tellers, -r.stories, r.start, r.end),
    )
    count = max(0, picture.most)
    if count < len(ranked):
        first_out = ranked[count].tellers
        # all of as many tellers are drawn or none, unless there are none with more
        count = next((i for i, r in enumerate(ranked) if r.tellers <= first_out), 0) or count
    return ranked[:count], ranked[count:]


def weave(picture: Picture, grid: Grid) -> Weave:
    """Lays every ribbon that is drawn, and places the grid's boxes around them."""
    drawn, left_out = _chosen(picture)
    ways = [_way(ribbon, i, grid) for i, ribbon in enumerate(drawn)]
    unit = _unit(ways, grid.level)
    for way in ways:
        least = OUTLINED if way.ribbon.stitched else THINNEST
        way.width = max(least, round(unit * way.ribbon.tellers, 1))
    ports = _ports(ways)
    stubs = _stub_sides(left_out, grid)
    _grow(ports, stubs, grid)
    grid.place()
    _centre(ways)
    for _ in range(ROUNDS):
        _choose_gaps(ways, grid)
        grid.place()
        _centre(ways)
        _order_channels(ways, grid)
        _order_ports(ports, stubs, grid)
    _order_channels(ways, grid)
    _order_ports(ports, stubs, grid)
    ways.sort(key=lambda way: (-way.width, way.index))
    return Weave(ways, _stubs(ports, stubs, grid))


def scale(picture: Picture, grid: Grid) -> tuple[float, int]:
    """px of one teller, and the most tellers of a ribbon that is drawn."""
    ways = [_way(ribbon, i, grid) for i, ribbon in enumerate(_chosen(picture)[0])]
    return _unit(ways, grid.level), max((way.ribbon.tellers for way in ways), default=0)


def _way(ribbon: Ribbon, index: int, grid: Grid) -> Way:
    way = Way(ribbon, grid.boxes[ribbon.start], grid.boxes[ribbon.end], index)
    way.side_out, way.side_in = _sides(way.start, way.end, grid)
    way.back = way.end.slot < way.start.slot
    way.hops = way.end.slot == way.start.slot
    return way


def _sides(start: Box, end: Box, grid: Grid) -> tuple[int, int]:
    """Where a ribbon leaves and where it enters. An arc stands in a gutter, since the margin may be narrower than it."""
    if end.slot > start.slot:
        return RIGHT, LEFT
    if end.slot < start.slot:
        return LEFT, RIGHT
    side = LEFT if 0 < start.slot == grid.slots - 1 else RIGHT
    return side, side


def _unit(ways: list[Way], level: str) -> float:
    """px of one teller."""
    loads: dict[Side, int] = defaultdict(int)
    for way in ways:
        loads[way.start.face.id, way.side_out] += way.ribbon.tellers
        loads[way.end.face.id, way.side_in] += way.ribbon.tellers
    heaviest = max(loads.values(), default=0)
    return min(WIDEST, HEAVIEST[level] / heaviest) if heaviest > 0 else WIDEST


# -- ports -----------------------------------------------------------------------------------------------------------

Ports = dict[Side, list[tuple[Way, bool]]]  # the ribbon, and whether it leaves here


def _ports(ways: list[Way]) -> Ports:
    ports: Ports = defaultdict(list)
    for way in ways:
        ports[way.start.face.id, way.side_out].append((way, True))
        ports[way.end.face.id, way.side_in].append((way, False))
    return ports


def _stub_sides(left_out: list[Ribbon], grid: Grid) -> list[Side]:
    """The sides at which links are left out."""
    found: dict[Side, None] = {}
    for ribbon in left_out:
        side_out, side_in = _sides(grid.boxes[ribbon.start], grid.boxes[ribbon.end], grid)
        found[ribbon.start, side_out] = None
        found[ribbon.end, side_in] = None
    return list(found)


def _stacked(ends: list[tuple[Way, bool]]) -> float:
    """px that the ports of one side take."""
    return sum(way.width for way, _ in ends) + BETWEEN * max(0, len(ends) - 1)


def _grow(ports: Ports, stubs: list[Side], grid: Grid) -> None:
    """A box is at least as tall as the ports of its sides."""
    stubbed = set(stubs)
    for side in [*ports, *stubs]:
        need = _stacked(ports.get(side, [])) + 2 * PORT_PAD + STUB * (side in stubbed)
        box = grid.boxes[side[0]]
        box.least = max(box.least, need)


def _middle(box: Box) -> float:
    return box.y + box.h / 2


def _centre(ways: list[Way]) -> None:
    """Every end in the middle of its side, as long as its port isn't known."""
    for way in ways:
        way.y_out, way.y_in = _middle(way.start), _middle(way.end)


def _first(side: Side, ends: list[tuple[Way, bool]], stubbed: set[Side], grid: Grid) -> float:
    """y of the top of the first port: ports, and the stub below them, stand in the middle of the side."""
    return _middle(grid.boxes[side[0]]) - (_stacked(ends) + STUB * (side in stubbed)) / 2


def _order_ports(ports: Ports, stubs: list[Side], grid: Grid) -> None:
    """Ports of every side from top to bottom by where they lead."""
    # all by where the others are now, before any is moved; ranks of one side differ, so ways aren't compared
    ranked = {
        side: sorted([(_rank(way, out), way, out) for way, out in ends])
        for side, ends in ports.items()
    }
    stubbed = set(stubs)
    for side, ends in ranked.items():
        y = _first(side, ports[side], stubbed, grid)
        for _, way, out in ends:
            if out:
                way.y_out = y + way.width / 2
            else:
                way.y_in = y + way.width / 2
            y += way.width + BETWEEN


def _rank(way: Way, out: bool) -> tuple[int, float, int]:
    """By the y of the other end, or of the channel before it. Arcs lie outside, the nearest ones outermost:
    so they enclose each other and cross nothing."""
    if way.hops:
        here, other = (way.start, way.end) if out else (way.end, way.start)
        return (-1 if other.y < here.y else 1), -other.y, way.index
    if way.ys:
        return 0, way.ys[0] if out else way.ys[-1], way.index
    return 0, way.y_in if out else way.y_out, way.index


def _stubs(ports: Ports, stubs: list[Side], grid: Grid) -> list[tuple[float, float, int]]:
    stubbed, result = set(stubs), []
    for side in stubs:
        box, ends = grid.boxes[side[0]], ports.get(side, [])
        y = _first(side, ends, stubbed, grid) + _stacked(ends) + STUB / 2 + BETWEEN * bool(ends)
        result.append((box.x + box.w if side[1] == RIGHT else box.x, y, side[1]))
    return result


# -- channels --------------------------------------------------------------------------------------------------------


def _choose_gaps(ways: list[Way], grid: Grid) -> None:
    """A channel for every ribbon in each column that it skips, as wide as what passes."""
    middles = gap_middles(grid)
    channels: dict[Gap, float] = defaultdict(float)
    for way in ways:
        if way.hops:
            continue
        way.gaps = gaps_passed(way.start, way.end, way.y_out, way.y_in, middles)
        for key in way.gaps:
            channels[key] += way.width + BETWEEN
    grid.channels = dict(channels)


def _order_channels(ways: list[Way], grid: Grid) -> None:
    """Ribbons in every channel by the mean y of where the piece that passes comes from and goes to."""
    middles = {key: sum(grid.gap(key)) / 2 for key in grid.channels}
    passing: dict[Gap, list[tuple[float, int, Way, int]]] = defaultdict(list)
    for way in ways:
        points = [way.y_out, *(middles[key] for key in way.gaps), way.y_in]
        way.ys = points[1:-1]
        for i, key in enumerate(way.gaps):
            passing[key].append(((points[i] + points[i + 2]) / 2, way.index, way, i))
    for key, lanes in passing.items():
        lanes.sort(key=lambda lane: lane[:2])
        y = middles[key] - (sum(way.width + BETWEEN for *_, way, _ in lanes) - BETWEEN) / 2
        for *_, way, i in lanes:
            way.ys[i] = y + way.width / 2
            y += way.width + BETWEEN
