"""Small inline SVGs for the key and the legend: a trail in shapes, a cycle's shape, and every sign the picture uses."""

from .faces import num, spark
from .inputs import Column, Picture, Thread, Visit, broke, chosen_links
from .layout import grid
from .marks import (
    BROKEN_CROSS,
    BROKEN_RING,
    CHEVRON,
    LESS,
    MORE,
    PERSON,
    RING,
    SHAPE_PATHS,
    state_sign,
)
from .ribbons import THINNEST, scale
from .strokes import stroke

STEP = 25  # px between two shapes of a mini trail
LONGEST = 12  # steps shown in one


def shape(name: str, colour: str, size: float = 16, mark: str = "happened") -> str:
    """A cycle's shape in its colour, `size` px square: outlined where the mark is hoped, a ring with × where broken."""
    if mark == "broken":
        body = f'<g transform="translate(8 8)">{_broken()}</g>'
    else:
        hollow = " hollow" if mark == "hoped" else ""
        body = f'<path class="tone{hollow} c-{colour}" d="{SHAPE_PATHS.get(name, SHAPE_PATHS["circle"])}" transform="translate(8 8)"/>'
    return _svg("0 0 16 16", size, size, body)


def mini_trail(thread: Thread, picture: Picture) -> str:
    """The steps of a story as shapes in told order: outlined where hoped for, × where the trail broke.

    Neighbours are joined only where a link leads from one to the next.
    """
    steps, at = _steps(thread, picture)
    joined = {}
    for link in chosen_links(thread):
        a, b = at.get(link.start), at.get(link.end)
        if a is not None and b is not None and b - a == 1:
            joined.setdefault(a, link)
    onward = {at.get(link.start) for link in chosen_links(thread)}
    shown = steps[:LONGEST]
    parts = []
    for i in range(len(shown) - 1):
        if i not in joined:
            continue
        kind = stroke(joined[i].tense, joined[i].value)
        x = 8 + i * STEP
        if kind == "double":
            parts.append(f'<path class="lost" d="M{x + 8} 6h{STEP - 16}M{x + 8} 10h{STEP - 16}"/>')
        else:
            parts.append(f'<path class="line {kind}" d="M{x + 8} 8h{STEP - 16}"/>')
    for i, (column, visit) in enumerate(shown):
        parts.append(_step(column, visit, 8 + i * STEP, i not in onward))
    across = 16 + (len(shown) - 1) * STEP if shown else 0
    if len(steps) > LONGEST:
        parts.append(f'<path class="line dots" d="M{across + 4} 8h12"/>')
        across += 20
    return _svg(f"0 0 {across} 16", across, 16, f'<g class="trail mini">{"".join(parts)}</g>')


def _steps(thread: Thread, picture: Picture) -> tuple[list[tuple[Column, Visit]], dict[int, int]]:
    """The steps in told order, and the place of each visit's step among them."""
    columns = {face.id: column for column in picture.columns for face in column.faces}
    steps: list[tuple[Column, Visit]] = []
    at: dict[int, int] = {}
    places: dict[object, int] = {}
    for i, visit in enumerate(thread.visits):
        if visit.face not in columns:
            continue
        step = visit.step if visit.step is not None else ("visit", i)
        if step not in places:
            places[step] = len(steps)
            steps.append((columns[visit.face], visit))
        at[i] = places[step]
    return steps, at


def _step(column: Column, visit: Visit, x: float, last: bool) -> str:
    if visit.tense == "did_not_happen" or (
        last and visit.tense == "happened" and broke(visit.value)
    ):
        return f'<g transform="translate({num(x)} 8)">{_broken()}</g>'
    hollow = " hollow" if visit.tense == "hoped" else ""
    return f'<path class="tone{hollow} c-{column.colour}" d="{SHAPE_PATHS.get(column.shape, SHAPE_PATHS["circle"])}" transform="translate({num(x)} 8)"/>'


def _broken() -> str:
    return f'<g class="broke"><circle class="m-open" r="{BROKEN_RING}"/><path class="m-x" d="{BROKEN_CROSS}"/></g>'


def signs() -> dict[str, str]:
    """Every sign of the legend by name, about 16 px high, without words.

    start, happened, hoped, lost, failed, back, both, numbers, stories, empty, more, less, values, tellers.
    """

    def line(kind: str, across: float, start: float = 1) -> str:
        return f'<path class="line {kind}" d="M{num(start)} 8H{num(across)}"/>'

    def trail(across: float, body: str) -> str:
        return _svg(f"0 0 {num(across)} 16", across, 16, f'<g class="trail">{body}</g>')

    double = '<path class="lost" d="M1 8H36"/><path class="core" d="M1 8H36"/>'
    result = {
        "start": trail(
            44,
            f'{line("solid", 43)}<circle class="disc" cx="8" cy="8" r="7"/><text class="disc-n" x="8" y="11.2">3</text>',
        ),
        "happened": trail(36, f'{line("solid", 32)}<path class="bar" d="M32 3V13"/>'),
        "hoped": trail(36, f'{line("dash", 27)}<circle class="m-open" cx="31" cy="8" r="{RING}"/>'),
        "lost": trail(46, f'{double}<g transform="translate(39 8)">{_broken()}</g>'),
        "failed": trail(40, f'{line("dash", 27)}<g transform="translate(33 8)">{_broken()}</g>'),
        "back": trail(
            38,
            f'{line("solid", 37)}<path class="chevron" d="{CHEVRON}" transform="translate(18 8) rotate(180)"/>',
        ),
        "values": _svg(
            "0 0 46 16", 46, 16, "".join(spark([2, 3, 2.8, 4, 4.6, 5], 5.6, 1, 2, 40, 11))
        ),
        "more": _svg(
            "0 0 12 16", 12, 16, f'<path class="m-sign" d="{MORE}" transform="translate(6 8.5)"/>'
        ),
        "less": _svg(
            "0 0 12 16", 12, 16, f'<path class="m-sign" d="{LESS}" transform="translate(6 8.5)"/>'
        ),
        "tellers": _svg(
            "0 0 14 16", 14, 16, f'<path class="m-solid" d="{PERSON}" transform="translate(7 9)"/>'
        ),
    }
    for state in ("both", "numbers", "stories", "empty"):
        result[state] = _svg(
            "0 0 22 16", 22, 16, f'<g transform="translate(.5 3)">{"".join(state_sign(state))}</g>'
        )
    return result


SAMPLES = tuple(n * 10**k for k in range(7) for n in (1, 2, 5))


def width_samples(picture: Picture, most: int = 3) -> list[tuple[int, str]]:
    """How wide so many tellers are in this picture: up to `most` round numbers with a sign each, none without ribbons.
    Of numbers that are drawn equally thin, the largest."""
    unit, widest = scale(picture, grid(picture, ""))
    samples = []
    counts = [n for n in SAMPLES if n <= widest]
    thin = [n for n in counts if n * unit <= THINNEST]
    for count in (thin[-1:] + counts[len(thin) :])[-most:]:
        width = max(THINNEST, count * unit)
        high = max(16, width)
        bar = f'<path class="m-width" d="M0 {num((high - width) / 2)}h30v{num(width)}h-30z"/>'
        samples.append((count, _svg(f"0 0 30 {num(high)}", 30, high, bar)))
    return samples


def ribbon_signs() -> dict[str, str]:
    """What the legend of ribbons has besides `signs`: hoped, broke, back, stitched, left_out."""

    def ribbon(across: float, body: str, kind: str = "") -> str:
        return _svg(
            f"0 0 {num(across)} 16", across, 16, f'<g class="ribbon sample{kind}">{body}</g>'
        )

    def bar(high: float, across: float = 36) -> str:
        return f'<path class="body" d="M1 {num(8 - high / 2)}h{num(across)}v{num(high)}h{num(-across)}z"/>'

    return {
        "hoped": ribbon(38, f'{bar(9)}<path class="gaps" stroke-width="4.6" d="M1 10.8h36"/>'),
        "broke": _svg("0 0 14 16", 14, 16, f'<g transform="translate(7 8)">{_broken()}</g>'),
        "back": ribbon(
            38,
            f'{bar(3)}<path class="chevron" d="{CHEVRON}" transform="translate(18 8) rotate(180)"/>',
        ),
        "stitched": ribbon(38, bar(4), " stitched"),
        "left_out": ribbon(16, '<path class="stubs" d="M2 8h11"/>'),
    }


def _svg(box: str, across: float, high: float, body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="matrix-sign" viewBox="{box}" width="{num(across)}" height="{num(high)}" aria-hidden="true" focusable="false">{body}</svg>'
