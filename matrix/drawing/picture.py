"""The matrix as one SVG: grounds, heads and bands, then the boxes, then the threads, or ribbons in their place."""

import re

from .faces import Content, fit, num, split_count, wide
from .inputs import Column, Picture, clean, esc
from .labels import label, lifts, thread_label
from .layout import GROUND, Box, Grid, Region, grid
from .marks import definitions
from .measure import lines
from .ribbon_strokes import ribbons
from .ribbons import weave
from .routing import Trail, route
from .strokes import Artist, Mark, Strokes, Style, mirror

PREFIX = "m-"
_IDS = re.compile(
    rf'((?:\bid="|href="#|aria-labelledby="|(?<=title) (?={PREFIX}sentence")))(?:{PREFIX})'
)


def draw(picture: Picture, level: str = "", prefix: str = "") -> str:
    """The SVG for screens of 640 px and more: at least 1232 units wide, as tall as it needs. A `prefix` of its ids
    lets it stand beside another one."""
    drawn = grid(picture, PREFIX, level)
    if picture.ribbons:
        told = ribbons(weave(picture, drawn), picture, drawn, PREFIX)
    else:
        told = _threads(picture, drawn, route(picture, drawn))
    parts = [*_open(picture, drawn), *definitions(PREFIX), *_scene(picture, drawn)]
    parts.append('<g class="boxes">')
    for column in picture.columns:  # focus order: cycle by cycle
        parts += [_box(box, picture, drawn) for box in _in_order(column, drawn)]
    parts += ["</g>", *told, "</svg>"]
    svg = "".join(parts)
    return _IDS.sub(rf"\1{prefix}{PREFIX}", svg) if prefix else svg


def _open(picture: Picture, drawn: Grid) -> list[str]:
    size = f"{num(drawn.width)} {num(drawn.height)}"
    kind = "matrix-picture" + (" wide" if drawn.width > 1232 else "")
    lifting, lifted = lifts(() if picture.ribbons else picture.shown_threads())
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}{lifting}" role="group" data-picture="matrix"{lifted} data-level="{drawn.level}" direction="{"rtl" if drawn.mirrored else "ltr"}"',
        f' aria-labelledby="{PREFIX}title {PREFIX}sentence" viewBox="0 0 {size}" width="{num(drawn.width)}" height="{num(drawn.height)}">',
        f'<title id="{PREFIX}title">{esc(picture.title)}</title><desc id="{PREFIX}sentence">{esc(picture.sentence)}</desc>',
    ]


# -- what stands behind ----------------------------------------------------------------------------------------------


def _scene(picture: Picture, drawn: Grid) -> list[str]:
    """Grounds of the columns, heads, bands. The heads are read as text, the grounds not at all."""
    parts = ['<g class="scene" aria-hidden="true">']
    for area in drawn.regions:
        if area.band:
            parts += _band(area, picture, drawn)
            continue
        for slot, column in enumerate(area.columns):
            across = drawn.box + 2 * GROUND
            x = drawn.x(drawn.left(slot) - GROUND, across)
            parts.append(
                f'<rect class="ground" x="{num(x)}" y="{num(area.y)}" width="{num(across)}" height="{num(area.h)}" rx="9"/>'
            )
            parts += _head(column, slot, picture, drawn)
    return [*parts, "</g>"]


def _head(column: Column, slot: int, picture: Picture, drawn: Grid) -> list[str]:
    """Rule, shape and name, question in at most two lines, tellers and stories."""
    words, x = picture.words, drawn.x(drawn.left(slot), drawn.box)
    content = Content()
    content.use(9, 24, f"{PREFIX}s-{column.shape}", "tone")
    room = drawn.box - 24
    size = "cycle" if wide(clean(column.name), "cycle") <= room else "band"
    content.say(22, 29, fit(column.name, room, size), size)
    for i, line in enumerate(lines(column.question, [drawn.box - 4] * 2, 10.5)):
        if line:
            content.say(2, 46 + 13 * i, line, "note question")
    here = clean(words.stories_here.format(stories=words.stories(column.stories)))
    _counts(content, 2, 77, clean(words.tellers(column.tellers)), f" · {here}", drawn.box - 4)
    return [
        f'<g class="c-{column.colour}" transform="translate({num(x)} 0)">',
        f'<rect class="tone" y="2" width="{num(drawn.box)}" height="4" rx="2"/>',
        content.svg(drawn.box if drawn.mirrored else 0),
        "</g>",
    ]


def _counts(content: Content, x: float, y: float, tellers: str, rest: str, room: float) -> None:
    """**9** tellers, and what follows in muted ink."""
    number, word = split_count(tellers)
    room -= wide(number, "count-b")
    word = fit(word, room, "count") if wide(word, "count") > room else word
    rest = rest if wide(word + rest, "count") <= room else ""
    content.say(x, y, number, "count-b", runs=((word, "count"), (rest, "count muted")))


def _band(area: Region, picture: Picture, drawn: Grid) -> list[str]:
    """A side cycle: its outline over all columns, its words within column 1, because threads cross the rest."""
    column = area.columns[0]
    y, x = area.y, drawn.left(0)
    across = drawn.left(drawn.slots - 1) + drawn.box - x + 2 * GROUND
    left = drawn.x(x - GROUND, across)
    name = fit(column.name, drawn.box - 60, "band")
    start = x + 22 + wide(name, "band") + 9
    dashed = " dashed" if column.before else ""
    content = Content()
    content.use(x + 9, y + 16, f"{PREFIX}s-{column.shape}", "tone")
    content.say(x + 22, y + 20.5, name, "band")
    _counts(
        content,
        start,
        y + 20.5,
        clean(picture.words.tellers(column.tellers)),
        "",
        x + drawn.box - start,
    )
    return [
        f'<g class="c-{column.colour}"><rect class="band{dashed}" x="{num(left)}" y="{num(y)}" width="{num(across)}" height="{num(area.h)}" rx="9"/>',
        content.svg(drawn.width if drawn.mirrored else 0),
        "</g>",
    ]


# -- boxes -----------------------------------------------------------------------------------------------------------


def _in_order(column: Column, drawn: Grid) -> list[Box]:
    """A cycle's boxes: by slot, then from top to bottom."""
    return [
        b
        for area in drawn.regions
        if column in area.columns
        for stack in area.stacks
        for b in stack
        if b.column is column
    ]


def _box(box: Box, picture: Picture, drawn: Grid) -> str:
    face = box.face
    kinds = ["box", face.state]
    kinds += (
        ["unplaced"] * face.unplaced
        + ["negotiating"] * face.negotiating
        + ["retired"] * face.retired
    )
    kinds += ["invitation"] if box.invitation else []
    x = drawn.x(box.x, box.w)
    tag = "a" if face.href else "g"
    parts = [
        f'<{tag} class="{" ".join(kinds)} c-{box.column.colour}" transform="translate({num(x)} {num(box.y)})"',
        f' data-box="{face.id}"' if face.id is not None else "",
        f' href="{esc(face.href)}"' if face.href else ' role="img"',
        f' aria-label="{esc(face.name if box.invitation else label(face, box.column, picture.words))}">',
        f'<rect class="edge" width="{num(box.w)}" height="{num(box.h)}" rx="7"/>',
    ]
    if box.lanes and not face.unplaced:
        top, w, h = box.content.height, box.w - 1, box.h - 0.5
        parts.append(
            f'<path class="tray" d="M.5 {num(top)}H{num(w + 0.5)}V{num(h - 6.5)}a6.5 6.5 0 0 1-6.5 6.5H7a6.5 6.5 0 0 1-6.5-6.5z"/>'
        )
    if not face.unplaced:
        high = (box.content.height if box.lanes else box.h) - (4 if drawn.level == "S" else 16)
        bar = num(drawn.box - 3.5) if drawn.mirrored else "-.5"
        parts.append(
            f'<rect class="tone" x="{bar}" y="{2 if drawn.level == "S" else 8}" width="4" height="{num(high)}"/>'
        )
    # a box that has grown for its ribbons has its words in its middle
    low = num((box.h - box.content.height) / 2) if not box.lanes else "0"
    lowered = f' transform="translate(0 {low})"' if low != "0" else ""
    parts.append(
        f'<g aria-hidden="true"{lowered}>{box.content.svg(box.w if drawn.mirrored else 0)}</g>'
    )
    if any(t.text.endswith("…") for t in box.content.texts):
        parts.append(f"<title>{esc(face.name or picture.words.no_indicator)}</title>")
    return "".join([*parts, f"</{tag}>"])


# -- threads ---------------------------------------------------------------------------------------------------------


def _threads(picture: Picture, drawn: Grid, trails: list[Trail]) -> list[str]:
    """Threads by number, and above them the reader's own and the lifted one once more: painted last, but in focus
    order by number."""
    artist = Artist(drawn, trails)
    parts = ['<g class="threads">']
    for trail in trails:
        parts.append(_thread(trail, artist.draw(trail), picture, drawn))
    parts.append('</g><g class="above" data-above="" aria-hidden="true">')
    parts += [f'<use href="#{PREFIX}t{t.thread.number}"/>' for t in trails if t.thread.mine]
    parts += [
        f'<use href="#{PREFIX}t{t.thread.number}" data-copy=""/>' for t in trails if t.thread.lifted
    ]
    return [*parts, "</g>"]


def _thread(trail: Trail, strokes: Strokes, picture: Picture, drawn: Grid) -> str:
    thread, words = trail.thread, picture.words
    key = f"{PREFIX}t{thread.number}"
    boxes = " ".join(dict.fromkeys(str(stop.box.face.id) for stop in trail.stops))
    parts = [
        f'<a class="thread" data-thread="{thread.number}" data-boxes="{boxes}" href="{esc(thread.href)}"',
        f' aria-label="{esc(thread_label(thread, picture))}" data-title="{esc(words.card_title.format(number=thread.number, title=thread.title))}"',
        f' data-told="{esc(words.told_by.format(teller=thread.teller))}"' if thread.teller else "",
        f' data-note="{esc(thread.note)}"' if thread.note else "",
        f'><defs><g id="{key}-p">',
    ]
    styles = list(strokes.paths)
    parts += [
        f'<path id="{key}-{i}" d="{_data(strokes, style, drawn)}"/>'
        for i, style in enumerate(styles)
    ]
    parts.append(
        f'</g></defs><g id="{key}" class="trail{" many" * (not drawn.numbered)}{" mine" * thread.mine}{" lifted" * thread.lifted}"><use href="#{key}-p" class="case"/>'
    )
    for i, (kind, colour) in enumerate(styles):
        tone = f" c-{colour}" if colour else ""
        if kind == "double":
            parts.append(
                f'<use href="#{key}-{i}" class="lost"/><use href="#{key}-{i}" class="core"/>'
            )
        else:
            parts.append(f'<use href="#{key}-{i}" class="line {kind}{tone}"/>')
    parts += [_mark(mark, drawn) for mark in strokes.marks]
    parts.append(f'</g><use href="#{key}-p" class="hit"/></a>')
    return "".join(parts)


def _data(strokes: Strokes, style: Style, drawn: Grid) -> str:
    return mirror(strokes.data(style), drawn.width) if drawn.mirrored else strokes.data(style)


def _mark(mark: Mark, drawn: Grid) -> str:
    """One sign on a thread; smaller where lanes are narrow, and no numbers there."""
    x, y = num(drawn.x(mark.x)), num(mark.y)
    small = not drawn.numbered
    if mark.kind == "bead":
        return f'<circle class="bead" cx="{x}" cy="{y}" r="{1.2 if small else 2.2}"/>'
    if mark.kind == "disc":
        if small:
            return f'<circle class="bead" cx="{x}" cy="{y}" r="2"/>'
        return f'<circle class="disc" cx="{x}" cy="{y}" r="7"/><text class="disc-n" x="{x}" y="{num(mark.y + 3.2)}">{mark.text}</text>'
    if mark.kind == "number":
        anchor = f' text-anchor="{mark.anchor}"' if mark.anchor else ""
        return "" if small else f'<text class="number" x="{x}" y="{y}"{anchor}>{mark.text}</text>'
    angle = (180 - mark.turn if drawn.mirrored else mark.turn) if mark.kind == "chevron" else 0
    turn = f" rotate({num(angle)})" if angle else ""
    scale = " scale(.55)" if small and mark.kind != "chevron" else ""
    if not turn and not scale:
        return f'<use href="#{PREFIX}{mark.kind}" class="{mark.kind}" x="{x}" y="{y}"/>'
    return f'<use href="#{PREFIX}{mark.kind}" class="{mark.kind}" transform="translate({x} {y}){turn}{scale}"/>'
