"""The order of the boxes in each column: as few crossings as can be had cheaply, the same for the same input.

Layers are the column slots from left to right. A region's boxes stay together (bands above, the stages, bands
below), and boxes named in `last` stay last in theirs. Used only when no order is stored: see `insert` for a new box.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

SWEEPS = 12
EXCHANGE_UP_TO = 90  # boxes; above that exchanging costs more than it mends
MANY_LINKS = 150

Edge = tuple[int, int, float]


def order(
    columns: Sequence[Sequence[int]],
    links: Iterable[tuple[int, int, float]],
    regions: Mapping[int, int] | None = None,
    last: Collection[int] = (),
) -> list[list[int]]:
    """Box ids per column, from box ids per column and (from id, to id, distinct tellers).

    `regions` maps an id to its region's rank from top to bottom (default 0). Links to unknown ids are dropped;
    links within one column don't matter. Ties go by id.
    """
    last = set(last)
    ranks = regions or {}
    fixed = {b: (ranks.get(b, 0), b in last) for column in columns for b in column}
    layers = [sorted(column, key=lambda b: (*fixed[b], b)) for column in columns]
    edges = _edges(layers, links)
    if not edges:
        return layers
    best, fewest = layers, _crossings(layers, edges)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        layers = _sweep(layers, edges, fixed, sweep)
        count = _crossings(layers, edges)
        if count < fewest:
            best, fewest = layers, count
    if fewest and sum(map(len, best)) <= EXCHANGE_UP_TO:
        best = _exchange(best, edges, fixed, fewest, passes=3 if len(edges) <= MANY_LINKS else 1)
    return best


def insert(
    columns: Sequence[Sequence[int]],
    links: Iterable[tuple[int, int, float]],
    box: int,
    column: int,
    regions: Mapping[int, int] | None = None,
    last: Collection[int] = (),
) -> list[list[int]]:
    """The stored order with one new box at the place with fewest crossings; no other box moves."""
    ranks, links = regions or {}, list(links)
    there = columns[column]
    places = [
        i
        for i in range(len(there) + 1)
        if (
            i == 0
            or (
                ranks.get(there[i - 1], 0) <= ranks.get(box, 0)
                and not _closes(there[i - 1], box, ranks, last)
            )
        )
        and (i == len(there) or ranks.get(there[i], 0) >= ranks.get(box, 0))
    ]
    best: tuple[float, list[list[int]]] | None = None
    for place in reversed(places):  # of equal places the lowest: what is known stays on top
        tried = [list(c) for c in columns]
        tried[column].insert(place, box)
        count = _crossings(tried, _edges(tried, links))
        if best is None or count < best[0]:
            best = count, tried
    return (
        best[1] if best else [[*c, box] if i == column else list(c) for i, c in enumerate(columns)]
    )


def crossings(columns: Sequence[Sequence[int]], links: Iterable[tuple[int, int, float]]) -> float:
    """Weighted crossings of an order, summed over the gutters: what "Tidy the drawing" compares."""
    return _crossings(columns, _edges(columns, links))


def _closes(before: int, box: int, ranks: Mapping[int, int], last: Collection[int]) -> bool:
    """True when `before` ends its region, so that `box` of the same region can't come after it."""
    return before in last and box not in last and ranks.get(before, 0) == ranks.get(box, 0)


def _edges(layers: Sequence[Sequence[int]], links: Iterable[tuple[int, int, float]]) -> list[Edge]:
    """Links between two columns, left end first, summed; the weight is tellers ÷ column distance."""
    at = {box: i for i, layer in enumerate(layers) for box in layer}
    total: dict[tuple[int, int], float] = defaultdict(float)
    for start, end, weight in links:
        if start in at and end in at and at[start] != at[end]:
            left, right = (start, end) if at[start] < at[end] else (end, start)
            total[left, right] += weight / (at[right] - at[left])
    return [(a, b, w) for (a, b), w in sorted(total.items())]


def _sweep(layers, edges, fixed, number):
    """One barycentre sweep; even ones left to right, neighbours cycling over left, right, both, both."""
    mode = ("left", "right", "both", "both")[number % 4]
    place = {
        box: (i, (j + 0.5) / len(layer))
        for i, layer in enumerate(layers)
        for j, box in enumerate(layer)
    }
    near: dict[int, list[tuple[int, float, bool]]] = defaultdict(list)
    for a, b, w in edges:
        near[a].append((b, w, False))
        near[b].append((a, w, True))
    result = [list(layer) for layer in layers]
    turns = range(len(result)) if number % 2 == 0 else range(len(result) - 1, -1, -1)
    for i in turns:
        layer = result[i]
        centre = {}
        for box in layer:
            used = [
                (place[o][1], w)
                for o, w, left in near[box]
                if mode == "both" or left == (mode == "left")
            ]
            weight = sum(w for _, w in used)
            centre[box] = sum(y * w for y, w in used) / weight if weight else place[box][1]
        layer.sort(key=lambda b: (*fixed[b], round(centre[b], 9), b))
        for j, box in enumerate(layer):
            place[box] = i, (j + 0.5) / len(layer)
    return result


def _crossings(layers: Sequence[Sequence[int]], edges: list[Edge]) -> float:
    """Weighted crossings; a long link is a straight line through the gutters it passes. O(m log m) a gutter."""
    place = {
        box: (i, (j + 0.5) / len(layer))
        for i, layer in enumerate(layers)
        for j, box in enumerate(layer)
    }
    gutters: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for a, b, w in edges:
        (i, y), (j, z) = place[a], place[b]
        slope = (z - y) / (j - i)
        # lines that meet in a column they skip keep their order there, and cross after it
        tie = 1e-6 * y
        for gutter in range(i, j):
            left = y + slope * (gutter - i) + tie if gutter > i else y
            right = y + slope * (gutter - i + 1) + tie if gutter + 1 < j else z
            gutters[gutter].append((left, right, w))
    return round(sum(map(_count, gutters.values())), 6)


def _count(lines: list[tuple[float, float, float]]) -> float:
    """Sum of weight × weight over crossing pairs of (left y, right y, weight), with a Fenwick tree on the right."""
    lines = sorted((round(a, 9), round(b, 9), w) for a, b, w in lines)
    rank = {y: i for i, y in enumerate(sorted({b for _, b, _ in lines}), start=1)}
    size = len(rank)
    tree = [0.0] * (size + 1)
    seen = total = 0.0
    i = 0
    while i < len(lines):
        j = i
        while (
            j < len(lines) and lines[j][0] == lines[i][0]
        ):  # equal left ends don't cross each other
            j += 1
        for _, b, w in lines[i:j]:
            k, below = rank[b], 0.0
            while k:
                below += tree[k]
                k -= k & -k
            total += w * (seen - below)
        for _, b, w in lines[i:j]:
            k = rank[b]
            while k <= size:
                tree[k] += w
                k += k & -k
            seen += w
        i = j
    return total


def _exchange(layers, edges, fixed, fewest, passes):
    """Exchanges neighbours where their own links then cross less, as long as the whole count falls.

    Exchanging two neighbours changes only the crossings between their own links, so a pair is judged by these alone.
    """
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b, w in edges:
        near[a].append((b, w))
        near[b].append((a, w))
    best = [list(layer) for layer in layers]
    for _ in range(passes):
        tried = [list(layer) for layer in best]
        place = {
            b: (i, (j + 0.5) / len(layer))
            for i, layer in enumerate(tried)
            for j, b in enumerate(layer)
        }
        for layer in tried:
            for j in range(len(layer) - 1):
                above, below = layer[j], layer[j + 1]
                if fixed[above] == fixed[below] and _gain(above, below, near, place) > 1e-9:
                    layer[j], layer[j + 1] = below, above
                    place[above], place[below] = place[below], place[above]
        count = _crossings(tried, edges)
        if count >= fewest:
            break
        best, fewest = tried, count
    return best


def _gain(above: int, below: int, near, place) -> float:
    """Weighted crossings fewer when `below` stands above `above`."""
    here = place[above][0]
    gain = 0.0
    for side in (-1, 1):
        ends = [
            [(place[o][1], w) for o, w in near[box] if (place[o][0] - here) * side > 0]
            for box in (above, below)
        ]
        gain += sum(v * w for y, v in ends[0] for z, w in ends[1] if y > z)
        gain -= sum(v * w for y, v in ends[0] for z, w in ends[1] if y < z)
    return gain
