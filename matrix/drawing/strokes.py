"""From routes to paths: the lines, beads and marks of one thread, in px, grouped by stroke and colour."""

import re
from dataclasses import dataclass, field
from math import atan2, degrees

from .faces import num
from .inputs import broke
from .layout import GROUND, MARGIN, Grid
from .routing import LEFT, RIGHT, Route, Stop, Trail

DISC, STAGGER = 7, 16
_COMMAND = re.compile(r"([MHCA])([^MHCA]*)")
_LEVEL = re.compile(r"H[\d.-]+(?=H)")
Style = tuple[
    str, str
]  # stroke ("solid", "dash", "double") and colour ("" where threads are neutral)


@dataclass(slots=True)
class Mark:
    """A sign on a thread: kind is disc, bead, bar, ring, broke, chevron or number; `turn` in degrees."""

    kind: str
    x: float
    y: float
    turn: float = 0
    text: str = ""
    anchor: str = ""  # of a number: "end" or "middle", else its start


@dataclass(slots=True)
class Strokes:
    """Path data by style, in order of first use, and marks in paint order."""

    paths: dict[Style, list[str]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    _at: dict[Style, tuple[float, float]] = field(default_factory=dict)

    def begin(self, style: Style, x: float, y: float) -> list[str]:
        """The pieces of a style, standing at x, y; a piece that goes on where the last one ended needs no move."""
        pieces = self.paths.setdefault(style, [])
        here = round(x, 1), round(y, 1)
        if self._at.get(style) != here:
            pieces.append(f"M{num(x)} {num(y)}")
        return pieces

    def data(self, style: Style) -> str:
        """The path data of a style. Of level pieces in a row the last one says it all: none turns around."""
        return _LEVEL.sub("", "".join(self.paths[style]))

    def end(self, style: Style, x: float, y: float) -> None:
        self._at[style] = round(x, 1), round(y, 1)


def mirror(data: str, across: float) -> str:
    """Path data of M, H, C and A within `across` px, seen in a mirror."""
    parts = []
    for command, rest in _COMMAND.findall(data):
        n = [float(number) for number in rest.split()]
        if command == "A":  # radii, turn, large arc, sweep, end
            n = [n[0], n[1], n[2], n[3], 1 - n[4], across - n[5], n[6]]
        else:
            n = [across - v if i % 2 == 0 else v for i, v in enumerate(n)]
        parts.append(command + " ".join(map(num, n)))
    return "".join(parts)


def stroke(tense: str, value: str) -> str:
    """hoped and failed are dashed, whatever their value; without value a line is double."""
    if tense != "happened":
        return "dash"
    return "double" if broke(value) else "solid"


class Artist:
    """Draws the threads of one grid. Keeps which ends and rings are taken, so that marks don't cover each other."""

    def __init__(self, grid: Grid, trails: list[Trail]):
        self.grid = grid
        self.scale = 1 if grid.numbered else 0.6
        self.taken: list[tuple[float, float]] = []
        self.discs = self._stagger(trails)
        self.disc_sides = {(stop.box.face.id, side) for stop, side in self._starts(trails)}
        self.ends = self._stagger_ends(trails)

    # -- where marks stand ---------------------------------------------------------------------------------------

    def _starts(self, trails: list[Trail]):
        """Starting stops with the side at which the disc stands: opposite to where the thread leaves; 0 is the middle."""
        for trail in trails:
            for stop in trail.stops:
                if stop.starts and stop.lanes == 1:
                    sides = stop.sides_in | stop.sides_out
                    yield stop, 0 if len(sides) == 2 else RIGHT if sides == {LEFT} else LEFT

    def _stagger(self, trails: list[Trail]) -> dict[int, float]:
        """x of the start disc by id(stop): neighbours in adjacent lanes are 16 px apart."""
        result: dict[int, float] = {}
        last: dict[tuple[int, int], tuple[float, bool]] = {}
        starts = sorted(self._starts(trails), key=lambda s: (s[0].box.face.id, s[1], s[0].y))
        for stop, side in starts:
            box, key = stop.box, (stop.box.face.id, side)
            y, moved = last.get(key, (-1e9, True))
            moved = not moved if stop.y - y < 2 * DISC + 0.5 else False
            last[key] = stop.y, moved
            inset = 14 + STAGGER * moved
            result[id(stop)] = (
                box.x + box.w / 2 + STAGGER * moved
                if not side
                else box.x + inset
                if side == LEFT
                else box.x + box.w - inset
            )
        return result

    def _stagger_ends(self, trails: list[Trail]) -> dict[int, tuple[float, int]]:
        """x of the end mark by id(stop), and the side of its number."""
        result: dict[int, tuple[float, int]] = {}
        last: dict[tuple[int, int], tuple[float, bool]] = {}
        ends = []
        for trail in trails:
            for stop in trail.stops:
                if stop.ends:
                    sides = stop.sides_in
                    ends.append(
                        (stop, LEFT if sides == {RIGHT} else RIGHT if sides != {LEFT, RIGHT} else 0)
                    )
        for stop, side in sorted(ends, key=lambda s: (s[0].box.face.id, s[1], s[0].y)):
            box, key = stop.box, (stop.box.face.id, side)
            inset = 22.0
            if (box.face.id, side) in self.disc_sides:  # leave the place to the discs
                inset = 54.0
            elif side == LEFT:
                inset = 27.0
            if self._mark(stop) == "broke":  # these are wider than a lane
                y, moved = last.get(key, (-1e9, True))
                moved = not moved if stop.y - y < 11.5 else False
                last[key] = stop.y, moved
                inset += 24 * moved
            x = (
                box.x + box.w / 2
                if not side
                else box.x + inset
                if side == LEFT
                else box.x + box.w - inset
            )
            result[id(stop)] = x, side or RIGHT
        return result

    @staticmethod
    def _mark(stop: Stop) -> str:
        """How a thread ends in a box."""
        if stop.visit.tense == "did_not_happen" or (
            stop.visit.tense == "happened" and broke(stop.visit.value)
        ):
            return "broke"
        return "ring" if stop.visit.tense == "hoped" else "bar"

    def _span(self, stop: Stop) -> tuple[float, float]:
        """x from left to right between which a single lane runs."""
        box, sides = stop.box, stop.sides_in | stop.sides_out
        tips = [self.discs[id(stop)]] if stop.starts else []
        tips += [self.ends[id(stop)][0]] if stop.ends else []
        if not tips:
            tips = [box.x + box.w / 2]
        low = box.x if LEFT in sides else min(tips)
        high = box.x + box.w if RIGHT in sides else max(tips)
        return low, high

    # -- drawing -------------------------------------------------------------------------------------------------

    def draw(self, trail: Trail) -> Strokes:
        """The strokes of one thread: stop, ways out, next stop, in told order."""
        strokes = Strokes()
        for stop in trail.stops:
            if stop.lanes:
                self._stop(stop, strokes)
            for way in stop.ways_out:
                self._way(way, strokes)
        strokes.marks.sort(
            key=lambda m: ("chevron", "bead", "bar", "ring", "broke", "disc", "number").index(
                m.kind
            )
        )
        return strokes

    def _style(self, stop: Stop, tense: str, value: str) -> Style:
        """In the tray and on the way: the cycle that the line leaves gives the colour where there are many threads."""
        kind = stroke(tense, value)
        return kind, "" if self.grid.numbered or kind == "double" else stop.box.column.colour

    def _stop(self, stop: Stop, strokes: Strokes) -> None:
        box, number = stop.box, str(stop.thread.number)
        style = self._style(stop, stop.visit.tense, stop.visit.value)
        middle = box.x + box.w / 2
        if stop.lanes == 2:
            self._turn(stop, style, strokes)
            return
        low, high = self._span(stop)
        # drawn in travelling direction, so that the next piece goes on without a move
        a, b = (low, high) if RIGHT in stop.sides_out or RIGHT not in stop.sides_in else (high, low)
        strokes.begin(style, a, stop.y).append(f"H{num(b)}")
        strokes.end(style, b, stop.y)
        if stop.starts:
            strokes.marks.append(Mark("disc", self.discs[id(stop)], stop.y, text=number))
        if stop.ends:
            x, side = self.ends[id(stop)]
            strokes.marks.append(Mark(self._mark(stop), x, stop.y))
            strokes.marks.append(
                Mark(
                    "number",
                    x + 9 * side,
                    stop.y + 3,
                    text=number,
                    anchor="end" if side == LEFT else "",
                )
            )
        elif not stop.starts:
            kind = "broke" if stop.visit.tense == "did_not_happen" else "bead"
            strokes.marks.append(Mark(kind, middle, stop.y))

    def _turn(self, stop: Stop, style: Style, strokes: Strokes) -> None:
        """In and out on the same side: two lanes joined by a half circle 16 px from the far edge."""
        box = stop.box
        shared = RIGHT if RIGHT in stop.sides_in & stop.sides_out else LEFT
        edge, other = (box.x + box.w, box.x) if shared == RIGHT else (box.x, box.x + box.w)
        turn = other + 16 * shared
        r = abs(stop.y_out - stop.y_in) / 2
        pieces = strokes.begin(style, edge, stop.y_in)
        down = stop.y_out > stop.y_in
        sweep = int(down != (shared == RIGHT))
        pieces.append(
            f"H{num(turn)}A{num(r)} {num(r)} 0 0 {sweep} {num(turn)} {num(stop.y_out)}H{num(edge)}"
        )
        strokes.end(style, edge, stop.y_out)
        for sides, y in ((stop.sides_in, stop.y_in), (stop.sides_out, stop.y_out)):
            if -shared in sides:  # a second arm on the far side
                strokes.begin(style, turn, y).append(f"H{num(other)}")
                strokes.end(style, other, y)
        kind = "disc" if stop.starts else "bead"
        strokes.marks.append(Mark(kind, turn - r * shared, stop.y, text=str(stop.thread.number)))

    def _way(self, way: Route, strokes: Strokes) -> None:
        a, b = way.start.box, way.end.box
        style = self._style(way.start, way.link.tense, way.link.value)
        x = a.x + a.w if way.side_out == RIGHT else a.x
        y = way.start.y_out
        pieces = strokes.begin(style, x, y)
        if way.half:
            self._half(way, x, y, pieces, strokes)
            strokes._at.pop(style, None)
            return
        goal = b.x + b.w if way.side_in == RIGHT else b.x
        if way.hops:
            depth = self._depth(way.side_out, a.slot, abs(way.end.y_in - y)) * 4 / 3 * way.side_out
            pieces.append(
                f"C{num(x + depth)} {num(y)} {num(goal + depth)} {num(way.end.y_in)} {num(goal)} {num(way.end.y_in)}"
            )
            turn = 90 if way.end.y_in >= y else -90
            strokes.marks.append(Mark("chevron", x + depth * 3 / 4, (y + way.end.y_in) / 2, turn))
        else:
            points = [(x, y)]
            for (_, slot, _), lane in zip(way.gaps, way.ys, strict=True):
                left, right = self.grid.left(slot), self.grid.left(slot) + self.grid.box
                points += (
                    [(left, lane), (right, lane)] if goal > x else [(right, lane), (left, lane)]
                )
            points.append((goal, way.end.y_in))
            for i in range(0, len(points) - 1, 2):
                if i:
                    pieces.append(f"H{num(points[i][0])}")
                pieces.append(_curve(points[i], points[i + 1]))
            if way.back:
                strokes.marks.append(_chevron(points[0], points[1]))
        strokes.end(style, goal, way.end.y_in)

    def _outer(self, side: int, slot: int) -> bool:
        """On that side of the column there is no gutter, only the margin."""
        return slot == (0 if side == LEFT else self.grid.slots - 1)

    def _depth(self, side: int, slot: int, dy: float) -> float:
        """How far an arc stands out of its column."""
        most = MARGIN - 8 if self._outer(side, slot) else 0.62 * self.grid.gutter
        return min(most, 20 + 0.14 * dy)

    def _half(self, way: Route, x: float, y: float, pieces: list[str], strokes: Strokes) -> None:
        """Hoped for, did not happen: it stops half way in the gutter, and the box is not touched."""
        outer = self._outer(way.side_out, way.start.box.slot)
        reach = (MARGIN - 9 if outer else self.grid.gutter / 2) * way.side_out
        dy = max(-22.0, min(22.0, (way.end.box.y + way.end.box.h / 2 - y) / 2))
        tip_x, tip_y = x + reach, y + dy
        for _ in range(8):  # rings and numbers of neighbouring lanes would cover each other
            if all(abs(tip_x - tx) > 11 or abs(tip_y - ty) > 23 for tx, ty in self.taken):
                break
            tip_y += 24 if dy >= 0 else -24
        self.taken.append((tip_x, tip_y))
        pieces.append(
            f"C{num(x + reach * 0.7)} {num(y)} {num(tip_x - reach * 0.25)} {num(y + (tip_y - y) * 0.4)} {num(tip_x)} {num(tip_y)}"
        )
        strokes.marks.append(Mark("broke", tip_x, tip_y))
        number = str(way.start.thread.number)
        if outer:
            below = 14.5 if dy >= 0 else -8.5
            strokes.marks.append(Mark("number", tip_x, tip_y + below, text=number, anchor="middle"))
            return
        # Beyond the ring, where its own line does not come and rings above and below have theirs.
        anchor = "end" if way.side_out == LEFT else ""
        aside = tip_x + 9 * way.side_out
        strokes.marks.append(Mark("number", aside, tip_y + 3, text=number, anchor=anchor))


def _curve(a: tuple[float, float], b: tuple[float, float]) -> str:
    """One cubic across a gutter, level for 8 px at both ends and with both handles in the middle."""
    (x0, y0), (x1, y1) = a, b
    if abs(y1 - y0) < 0.05:
        return f"H{num(x1)}"
    inset = GROUND if x1 > x0 else -GROUND
    middle = num((x0 + x1) / 2)
    return f"H{num(x0 + inset)}C{middle} {num(y0)} {middle} {num(y1)} {num(x1 - inset)} {num(y1)}H{num(x1)}"


def _chevron(a: tuple[float, float], b: tuple[float, float]) -> Mark:
    """In the middle of a gutter curve, along its tangent."""
    (x0, y0), (x1, y1) = a, b
    inset = GROUND if x1 > x0 else -GROUND
    dx = (x1 - x0 - 2 * inset) * 0.5  # the cubic's tangent in the middle, up to a factor
    return Mark("chevron", (x0 + x1) / 2, (y0 + y1) / 2, round(degrees(atan2(y1 - y0, dx))))
