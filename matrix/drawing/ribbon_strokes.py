"""Ribbons as SVG: each is a link with its shape, in which the lower edge is dashed where it was hoped for only."""

from itertools import groupby
from math import atan2, copysign, degrees, hypot

from .faces import num
from .inputs import Picture, esc
from .labels import names, ribbon_label, ribbon_tellers
from .layout import GROUND, Grid
from .ribbons import Way, Weave

CROWDED = 300  # ribbons; above it the narrow ones are bare lines
NARROW = 6.0  # px
EASY = 12  # px that a pointer hits easily
STRIP = 1.2  # px of what is dashed, where the ribbon has room for it
STUB = 11  # px
ROUND = 0.5523  # handles of a cubic that is a quarter of a circle, by its radius
Point = tuple[float, float]


def ribbons(woven: Weave, picture: Picture, grid: Grid, prefix: str) -> list[str]:
    """The widest first; after them the stubs of what is left out, what is lifted, and rings where trails broke."""
    named = names(picture)
    crowded = len(woven.ways) > CROWDED
    bare = [way for way in woven.ways if crowded and way.width <= NARROW]
    parts = ['<g class="ribbons">', *_stubs(woven, grid)]
    for way in woven.ways[: len(woven.ways) - len(bare)]:
        label = f'aria-label="{esc(ribbon_label(way.ribbon, named, picture.words))}"'
        boxes = f' data-boxes="{way.ribbon.start} {way.ribbon.end}"'
        parts += [
            _open(way, label, f" c-{way.start.column.colour}", boxes),
            _filled(way, grid, prefix),
            _close(way),
        ]
    parts += _bare(bare, named, picture, grid, prefix)
    parts.append('</g><g class="above" data-above="" aria-hidden="true"></g>')
    return parts + _rings(grid, prefix)


def _open(way: Way, label: str, colour: str = "", boxes: str = "") -> str:
    ribbon = way.ribbon
    kind = "ribbon stitched" if ribbon.stitched else "ribbon"
    tag, target = ("a", f' href="{esc(ribbon.href)}"') if ribbon.href else ("g", ' role="img"')
    return f'<{tag} class="{kind}{colour}" data-ribbon="{ribbon.start}-{ribbon.end}"{boxes}{target} {label}>'


def _close(way: Way) -> str:
    return "</a>" if way.ribbon.href else "</g>"


def _filled(way: Way, grid: Grid, prefix: str) -> str:
    """The shape; what is dashed, by gaps in it; its chevron; and what a pointer hits."""
    parts = [f'<path class="body" d="{_body(way, grid)}"/>']
    strip = hoped_width(way)
    if strip:
        parts.append(_gaps(way, strip, grid, GROUND))
    parts.append(_chevron(way, grid, prefix))
    if way.width < EASY:
        parts.append(f'<path class="hit" d="{_line(way, grid, 0, GROUND)}"/>')
    return "".join(parts)


def _bare(
    ways: list[Way],
    named: dict[int, str],
    picture: Picture,
    grid: Grid,
    prefix: str,
) -> list[str]:
    """Lines of one width and colour together, without casing. Names are written once: labels refer to them."""
    if not ways:
        return []
    boxes = sorted({box for way in ways for box in (way.ribbon.start, way.ribbon.end)})
    counts = sorted({way.ribbon.tellers for way in ways})
    parts = [f'<defs><text id="{prefix}to">{"←" if grid.mirrored else "→"}</text>']
    parts += [f'<text id="{prefix}{box}">{esc(named[box])}</text>' for box in boxes]
    parts += [
        f'<text id="{prefix}k{count}">{esc(ribbon_tellers(count, picture.words))}</text>'
        for count in counts
    ]
    parts.append("</defs>")
    ways = sorted(ways, key=lambda way: (-way.width, way.start.column.colour, way.index))
    for (width, colour), group in groupby(ways, lambda w: (w.width, w.start.column.colour)):
        parts.append(f'<g class="bare c-{colour}" stroke-width="{num(width)}">')
        for way in group:
            ribbon, strip = way.ribbon, hoped_width(way)
            label = f'aria-labelledby="{prefix}{ribbon.start} {prefix}to {prefix}{ribbon.end} {prefix}k{ribbon.tellers}"'
            hoped = ' class="hoped"' if strip == width else ""
            parts += [_open(way, label), f'<path{hoped} d="{_line(way, grid, 0, 0)}"/>']
            if 1 <= strip < width:
                parts.append(_gaps(way, strip, grid, 0))
            parts += [_chevron(way, grid, prefix), _close(way)]
        parts.append("</g>")
    return parts


def hoped_width(way: Way) -> float:
    """px of the ribbon that are dashed: the share of its tellers who don't tell it as happened; 0 without any.

    What would be too thin to see is a third of the ribbon, which still shows that most was told as happened.
    """
    hoped, tellers = way.ribbon.hoped, way.ribbon.tellers
    if hoped <= 0:
        return 0
    if hoped >= tellers:
        return way.width
    return max(way.width * hoped / tellers, min(STRIP, way.width / 3))


def _gaps(way: Way, strip: float, grid: Grid, inset: float) -> str:
    """The dashes of the lower edge (of an arc, the outer one) as gaps in the ribbon, a hair wider than what they cut."""
    whole = strip >= way.width
    offset = 0 if whole else (way.width - strip) / 2 + 0.3
    across = strip + (1.2 if whole else 0.6)
    return (
        f'<path class="gaps" d="{_line(way, grid, offset, inset)}" stroke-width="{num(across)}"/>'
    )


# -- paths -------------------------------------------------------------------------------------------------------------


def _points(way: Way, grid: Grid) -> list[Point]:
    """Where it leaves and enters boxes and channels, in px as drawn, with one decimal: so what is relative stays exact."""
    a, b = way.start, way.end
    points = [(a.x + a.w if way.side_out > 0 else a.x, way.y_out)]
    for (_, slot, _), y in zip(way.gaps, way.ys, strict=True):
        left, right = grid.left(slot), grid.left(slot) + grid.box
        points += [(right, y), (left, y)] if way.back else [(left, y), (right, y)]
    points.append((b.x + b.w if way.side_in > 0 else b.x, way.y_in))
    if grid.mirrored:
        points = [(grid.x(x), y) for x, y in points]
    return [(round(x, 1), round(y, 1)) for x, y in points]


def _body(way: Way, grid: Grid) -> str:
    """The outline: along one edge, across the end, back along the other."""
    width, half = round(way.width, 1), round(way.width / 2, 1)
    points = _points(way, grid)
    x, y = points[0]
    if way.hops:
        down = copysign(1, points[1][1] - y)
        there = _arc(way, grid, half)
        back = _arc(way, grid, half - width, -1)
        return f"M{num(x)} {num(y - down * half)}{there}v{num(-down * width)}{back}z"
    there = _lane(points, -half, GROUND)
    back = _lane(points[::-1], width - half, GROUND)
    return f"M{num(x)} {num(y - half)}{there}v{num(width)}{back}z"


def _line(way: Way, grid: Grid, offset: float, inset: float) -> str:
    """One line along the ribbon, `offset` px below its middle (in an arc: outside it)."""
    points, offset = _points(way, grid), round(offset, 1)
    x, y = points[0]
    if way.hops:
        down = copysign(1, points[1][1] - y)
        return f"M{num(x)} {num(y - down * offset)}{_arc(way, grid, offset)}"
    return f"M{num(x)} {num(y + offset)}{_lane(points, offset, inset)}"


def _lane(points: list[Point], offset: float, inset: float) -> str:
    """A line beside the middle of the ribbon: cubics in gutters, level in channels and `inset` px beside boxes.

    Below the middle it goes down before the middle does and up after it, so that the ribbon is as wide where it is
    steep as where it is level. At an angle t in the middle, edges that are offset by o along y keep their distance
    when they are moved by 4/3 o tan(t/2) along x; they never leave the gutter.
    """
    parts = []
    level = 0.0
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        dx, dy = x1 - x0, y1 - y0
        if i % 2 or abs(dy) < 0.05:
            level += dx
            continue
        beside = copysign(inset, dx)
        across = dx - 2 * beside
        steep = 2 * abs(dy) / abs(across)
        moved = offset * 4 / 3 * (hypot(1, steep) - 1) / steep
        most = abs(across) / 2
        moved = min(max(moved, -most), most)
        handle = num(across / 2 - (moved if dx * dy > 0 else -moved))
        level += beside
        rise = num(dy)
        ahead = f"h{num(level)}" if level else ""
        parts.append(f"{ahead}c{handle} 0 {handle} {rise} {num(across)} {rise}")
        level = beside
    if level:
        parts.append(f"h{num(level)}")
    return "".join(parts).replace(" -", "-")


def _arc(way: Way, grid: Grid, offset: float, turn: int = 1) -> str:
    """A line along an arc within one column, `offset` px outside its middle: out, round, down, round and in again.

    All lines of an arc turn around the same two points, so that it is as wide everywhere. `turn` -1 runs backwards.
    """
    dy = round(way.y_in, 1) - round(way.y_out, 1)
    depth = _depth(way, grid)
    radius = round(min(depth, abs(dy) / 2), 1)
    out, r = depth - radius, max(radius + offset, 0)
    side, down = _bulge(way, grid) * r, copysign(r, turn * dy)
    level = _bulge(way, grid) * out
    upright = copysign(abs(dy) + 2 * offset - 2 * r, turn * dy)
    return (
        f"h{num(level)}c{num(ROUND * side)} 0 {num(side)} {num((1 - ROUND) * down)} {num(side)} {num(down)}v{num(upright)}"
        f"c0 {num(ROUND * down)} {num((ROUND - 1) * side)} {num(down)} {num(-side)} {num(down)}h{num(-level)}"
    )


def _depth(way: Way, grid: Grid) -> float:
    """How far the middle of an arc stands out: as threads do, but never so far that it touches the next column."""
    wanted = min(0.62 * grid.gutter, 20 + 0.14 * abs(way.y_in - way.y_out))
    half = way.width / 2
    return round(min(max(wanted, half + 4), grid.gutter - 4 - half), 1)


def _bulge(way: Way, grid: Grid) -> int:
    return -way.side_out if grid.mirrored else way.side_out


# -- marks -------------------------------------------------------------------------------------------------------------


def _chevron(way: Way, grid: Grid, prefix: str) -> str:
    """On what goes back or stays in its column; within the ribbon where that has room for it."""
    if not (way.back or way.hops):
        return ""
    (x0, y0), (x1, y1) = _points(way, grid)[:2]
    if way.hops:
        x, turn = x0 + _bulge(way, grid) * _depth(way, grid), 90 if y1 > y0 else -90
    else:
        x = (x0 + x1) / 2
        dx = (x1 - x0 - copysign(2 * GROUND, x1 - x0)) / 2  # the tangent's, up to a factor
        turn = round(degrees(atan2(y1 - y0, dx)))
    kind = "chevron within" if way.width > NARROW + 4 else "chevron"
    return f'<use href="#{prefix}chevron" class="{kind}" transform="translate({num(x)} {num((y0 + y1) / 2)}) rotate({turn})"/>'


def _stubs(woven: Weave, grid: Grid) -> list[str]:
    """Short dotted lines where a box has more links than are drawn."""
    if not woven.stubs:
        return []
    data = "".join(
        f"M{num(grid.x(x))} {num(y)}h{-side * STUB if grid.mirrored else side * STUB}"
        for x, y, side in woven.stubs
    )
    return [f'<path class="stubs" aria-hidden="true" d="{data}"/>']


def _rings(grid: Grid, prefix: str) -> list[str]:
    """At the lower end corner of a box: how many trails broke here. The box says so in its label."""
    boxes = [box for box in grid.boxes.values() if box.face.broke > 0]
    if not boxes:
        return []
    parts = ['<g class="rings" aria-hidden="true">']
    for box in boxes:
        x, y = box.x + box.w, box.y + box.h - 1
        parts.append(
            f'<use href="#{prefix}broke" class="broke" x="{num(grid.x(x))}" y="{num(y)}"/>'
            f'<text class="number" x="{num(grid.x(x + 8.5))}" y="{num(y + 6)}">{box.face.broke}</text>'
        )
    return [*parts, "</g>"]
