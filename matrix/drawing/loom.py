"""The phone form: a row for each box, and at most five stories as straight lanes at the left. No crossings, so no order."""

from dataclasses import dataclass

from .faces import (
    GLYPH,
    SIGN,
    TYPE,
    Content,
    finite,
    fit,
    fit_value,
    num,
    sparkline,
    split_count,
    told_without,
    wide,
)
from .inputs import Column, Face, Picture, Thread, Visit, Words, broke, chosen_links, clean, esc
from .labels import label, lifts, notes, thread_label
from .layout import acts, invites
from .marks import definitions
from .measure import lines
from .strokes import stroke

PREFIX = "l-"
WIDTH, LANES, LANE = 360, 5, 24
FIRST = 26  # x of the first lane
START, END = 142, 350  # x of the words of a row
CHIPS, SECTION, ROW = 36, 30, 44  # heights: the chips on top, a cycle's head, a row at least


@dataclass(slots=True)
class Row:
    """A box as a row."""

    face: Face
    column: Column
    content: Content
    y: float
    h: float


def loom(picture: Picture) -> str:
    """The SVG for narrow screens, 360 units wide."""
    chosen = lanes(picture)
    lifting, lifted = lifts(chosen)
    direction = f' direction="{"rtl" if picture.right_to_left else "ltr"}"'
    rows, heads, height = _rows(picture, CHIPS if chosen else 0)
    by_face = {row.face.id: row for row in rows}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="matrix-loom{lifting}" role="group" data-picture="loom"{lifted}{direction} aria-labelledby="{PREFIX}title {PREFIX}sentence"',
        f' viewBox="0 0 {WIDTH} {num(height)}" width="{WIDTH}" height="{num(height)}">',
        f'<title id="{PREFIX}title">{esc(picture.title)}</title><desc id="{PREFIX}sentence">{esc(picture.sentence)}</desc>',
        *definitions(PREFIX),
        '<g class="scene" aria-hidden="true">',
        *(part for column, y in heads for part in _section(column, y, picture)),
        *(
            f'<path class="warp" d="M{num(_x(FIRST + i * LANE, picture))} {CHIPS - 2}V{num(height)}"/>'
            for i in range(len(chosen))
        ),
        '</g><g class="boxes">',
        *(_row(row, picture) for row in rows),
        f'</g><g class="threads" role="group" aria-label="{esc(picture.words.lanes_shown)}">',
        *(
            _lane(thread, _x(FIRST + i * LANE, picture), by_face, picture)
            for i, thread in enumerate(chosen)
        ),
        "</g></svg>",
    ]
    return "".join(parts)


def _x(x: float, picture: Picture, across: float = 0) -> float:
    """The x to draw at: mirrored for scripts that run from right to left."""
    return WIDTH - x - across if picture.right_to_left else x


def lanes(picture: Picture) -> list[Thread]:
    """At most five stories: the lifted one, one's own, then the newest, which are those with the highest numbers."""
    return sorted(picture.shown_threads(), key=lambda t: (not t.lifted, not t.mine, -t.number))[
        :LANES
    ]


def _rows(picture: Picture, y: float) -> tuple[list[Row], list[tuple[Column, float]], float]:
    """Rows and heads from top to bottom: bands above, stages, bands below, as in the picture."""
    above = [c for c in picture.columns if c.kind == "side" and c.before]
    stages = [c for c in picture.columns if c.kind != "side"]
    below = [c for c in picture.columns if c.kind == "side" and not c.before]
    rows, heads = [], []
    for column in [*above, *stages, *below]:
        heads.append((column, y))
        y += SECTION
        faces = sorted(column.faces, key=lambda f: f.unplaced)
        if invites(column):
            faces = [
                Face(id=None, name=act.label, href=act.href, unplaced=True)
                for act in acts(column, picture)
            ]
        for face in faces:
            content = _words(face, picture)
            height = max(ROW, content.height)
            rows.append(Row(face, column, content, y, height))
            y += height
    return rows, heads, y + 8


def _section(column: Column, y: float, picture: Picture) -> list[str]:
    content = Content()
    count, room = clean(picture.words.tellers(column.tellers)), END - START - 26
    number = split_count(count)[0]
    if number and wide(clean(column.name), "row") + wide(count, "count") > room:
        # The name is not cut for a word that a sign says as well.
        taken = content.say(END, y + 20, number, "count muted", end=True) + GLYPH
        content.use(END - taken + 5.5, y + 16, f"{PREFIX}person", "m-solid")
    else:
        taken = content.say(END, y + 20, fit(count, 90, "count"), "count muted", end=True)
    content.say(START + 18, y + 20.5, fit(column.name, room - taken, "row"), "row cycle")
    return [
        f'<g class="c-{column.colour}"><rect class="ground" y="{num(y)}" width="{WIDTH}" height="{SECTION}"/>',
        f'<rect class="tone" x="{num(_x(0, picture, 4))}" y="{num(y)}" width="4" height="{SECTION}"/>',
        f'<use href="#{PREFIX}s-{column.shape}" class="tone" x="{num(_x(START + 6, picture))}" y="{num(y + 15.5)}"/>',
        content.svg(WIDTH if picture.right_to_left else 0),
        "</g>",
    ]


def _words(face: Face, picture: Picture) -> Content:
    """A row's words: name and tellers at the left, value, sparkline and target at the right."""
    words, content = picture.words, Content()
    space = END - START
    if face.id is None:  # an invitation
        css = "count-b act" if face.href else "note em"
        content.say(START, 27, fit(face.name, space, css), css)
        return content
    if face.unplaced:
        content.say(START, 27, told_without(face, space, words), "note em")
        return content
    side = min(max(58, wide(clean(face.value), "row") + 8), space * 0.45) if face.value else 58
    y = 20.0
    name_room = space - side - 6 if face.value else space - 30
    for i, line in enumerate(lines(face.name, [name_room, *[space - side - 6] * 2], *TYPE["row"])):
        y += 17 if i else 0
        content.say(START, y, line, "row")
    for note in notes(face, words):
        y += 15
        content.say(START, y, fit(note, space - side - 6, "note"), "note em")
    y += 17
    if face.state == "empty":
        content.say(START, y, fit(words.nothing, space, "note"), "note em")
    elif face.tellers or face.stories:
        _told(content, face, y, space - side - 6, words)
    else:
        content.say(START, y, fit(words.no_story, space - side - 6, "note"), "note em")
    content.height = y + 12
    _figures(content, face, y, side, words)
    return content


def _figures(content: Content, face: Face, y: float, side: float, words: Words) -> None:
    """The right of a row, `side` px wide: value, sparkline, target with its direction; else the state sign."""
    if not face.value:
        content.use(END - SIGN, 10, f"{PREFIX}state-{face.state}", across=SIGN)
        if face.state != "empty":
            note = fit(words.no_numbers_short, side + 4, "note")
            content.say(END, y, note, "note em", end=True)
        return
    content.say(END, 20, fit_value(face.value, side, "row"), "row", end=True)
    if finite(face):
        sparkline(content, face, END + 2, 26, 45, 10)
    if face.target:
        base = max(52, y)
        content.height = max(content.height, base + 10)
        taken = content.say(END, base, fit(face.target, side - 14, "note"), "note", end=True)
        if face.direction in ("up", "down"):
            sign = "more" if face.direction == "up" else "less"
            content.use(END - taken - 9, base - 4, PREFIX + sign, "m-sign")


def _told(content: Content, face: Face, y: float, room: float, words: Words) -> None:
    """Person glyph, **4** tellers · 4 stories; of these words, those there is room for."""
    sign, kind = ("person", "m-solid") if face.tellers else ("thread", "m-stroke")
    lead = words.tellers(face.tellers) if face.tellers else words.stories(face.stories)
    rest = words.stories(face.stories) if face.tellers else words.teller_unknown
    number, word = split_count(clean(lead))
    content.use(START + 5.5, y - 4, PREFIX + sign, kind)
    room -= GLYPH + wide(number, "count-b")
    if number and wide(word, "count") > room:
        word = ""  # the sign before the number says it
    word = fit(word, room, "count")
    tail = f" · {clean(rest)}"
    tail = tail if wide(word + tail, "count") <= room else ""
    content.say(START + GLYPH, y, number, "count-b", runs=((word, "count"), (tail, "count muted")))


def _row(row: Row, picture: Picture) -> str:
    tag = "a" if row.face.href else "g"
    target = f' href="{esc(row.face.href)}"' if row.face.href else ' role="img"'
    known = "" if row.face.id is None else f' data-box="{row.face.id}"'
    words = row.face.name if row.face.id is None else label(row.face, row.column, picture.words)
    left = START - 8
    return "".join(
        [
            f'<{tag} class="box {row.face.state} c-{row.column.colour}"{known}{target}',
            f' aria-label="{esc(words)}" transform="translate(0 {num(row.y)})">',
            f'<rect class="edge" x="{num(_x(left, picture, WIDTH - left))}" width="{WIDTH - left}" height="{num(row.h)}"/>',
            f'<path class="rule" d="M{num(_x(START, picture))} {num(row.h)}H{num(_x(WIDTH, picture))}"/>',
            f'<g aria-hidden="true">{row.content.svg(WIDTH if picture.right_to_left else 0)}</g></{tag}>',
        ]
    )


# -- lanes -----------------------------------------------------------------------------------------------------------


def _lane(thread: Thread, x: float, rows: dict[int, Row], picture: Picture) -> str:
    """One story: its chip on top, its links as straight lines, its visits as beads."""
    spots = _spots(thread, rows)
    links = [link for link in chosen_links(thread) if link.start in spots and link.end in spots]
    leaves = {link.start for link in links}
    parts = []
    marks = []
    unreached = set()
    for link in links:
        y, goal = spots[link.start], spots[link.end]
        if link.tense == "did_not_happen" and link.end not in leaves:
            goal = (y + goal) / 2
            unreached.add(link.end)
            marks.append(f'<use href="#{PREFIX}broke" class="broke" x="{num(x)}" y="{num(goal)}"/>')
        kind = stroke(link.tense, link.value)
        path = f"M{num(x)} {num(y)}V{num(goal)}"
        if kind == "double":
            parts.append(f'<path class="lost" d="{path}"/><path class="core" d="{path}"/>')
        else:
            parts.append(f'<path class="line {kind}" d="{path}"/>')
    reached = {link.end for link in links if link.end not in unreached}
    numbered = _goes_up(thread, spots)
    order = 0
    for i, y in spots.items():
        order += 1
        if i in unreached and i not in reached:
            continue
        marks.append(_bead(thread.visits[i], x, y, i not in leaves, str(order) if numbered else ""))
    top = min(spots.values())
    bottom = max(spots.values())
    chip = x - 10.5
    return "".join(
        [
            f'<a class="thread" data-thread="{thread.number}" data-boxes="{" ".join(dict.fromkeys(str(thread.visits[i].face) for i in spots))}"',
            f' href="{esc(thread.href)}" aria-label="{esc(thread_label(thread, picture))}"><g id="{PREFIX}t{thread.number}" class="trail{" mine" * thread.mine}{" lifted" * thread.lifted}">',
            f'<rect class="hit" x="{num(x - LANE / 2)}" y="0" width="{LANE}" height="{ROW}"/>',
            f'<rect class="chip" x="{num(chip)}" y="8" width="21" height="21" rx="4"/><text class="disc-n" x="{num(x)}" y="21.8">{thread.number}</text>',
            *parts,
            *marks,
            f'</g><path class="hit" d="M{num(x)} {num(top)}V{num(bottom)}"/></a>',
        ]
    )


def _spots(thread: Thread, rows: dict[int, Row]) -> dict[int, float]:
    """y of every visit by its index. Visits of one row stand below each other within it."""
    here: dict[int, list[int]] = {}
    for i, visit in enumerate(thread.visits):
        if visit.face in rows:
            here.setdefault(visit.face, []).append(i)
    spots = {}
    for face, visits in here.items():
        row = rows[face]
        step = min(15.0, (row.h - 14) / max(1, len(visits) - 1))
        for k, i in enumerate(visits):
            spots[i] = row.y + row.h / 2 + (k - (len(visits) - 1) / 2) * step
    return dict(sorted(spots.items()))


def _goes_up(thread: Thread, spots: dict[int, float]) -> bool:
    """Told order isn't the order from top to bottom: then beads carry it."""
    ys = list(spots.values())
    return any(b < a for a, b in zip(ys, ys[1:], strict=False)) or any(
        spots[link.end] < spots[link.start]
        for link in chosen_links(thread)
        if link.start in spots and link.end in spots
    )


def _bead(visit: Visit, x: float, y: float, last: bool, order: str) -> str:
    """Disc happened, ring hoped, × broke; with the told order in it where the trail goes back up."""
    if visit.tense == "did_not_happen" or (
        visit.tense == "happened" and broke(visit.value) and last
    ):
        return f'<use href="#{PREFIX}broke" class="broke" x="{num(x)}" y="{num(y)}"/>'
    kind = "ring" if visit.tense == "hoped" else "disc"
    if not order:
        return f'<circle class="{"m-open" if kind == "ring" else "disc"}" cx="{num(x)}" cy="{num(y)}" r="{4.4 if kind == "ring" else 4.2}"/>'
    return (
        f'<circle class="{"m-open" if kind == "ring" else "disc"}" cx="{num(x)}" cy="{num(y)}" r="7"/>'
        f'<text class="{"disc-n open" if kind == "ring" else "disc-n"}" x="{num(x)}" y="{num(y + 3.2)}">{order}</text>'
    )
