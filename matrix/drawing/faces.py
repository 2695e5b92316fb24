"""What stands on a box: name, tellers, value and signs, fitted by measured widths. Positions are px from its corner."""

import math
import re
from dataclasses import dataclass, field, replace

from .inputs import Column, Face, Words, clean, esc
from .labels import notes
from .measure import cut, lines, width

LEFT, RIGHT = 12, 10  # room left for the colour bar, and at the right edge
SIGN = 20.5  # width of the state sign; a first line keeps 22 + 2 free for it
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"  # what stands between has its own direction
GLYPH = 15  # person or thread sign with its space

# size and boldness of each kind of text; static/css/picture.css says the same
TYPE = {
    "name": (12, True),
    "name-m": (11, True),
    "name-s": (10.5, True),
    "count": (11, False),
    "count-b": (11, True),
    "note": (10.5, False),
    "value": (13, True),
    "value-m": (11, True),
    "cycle": (15, True),
    "band": (13.5, True),
    "row": (13.5, True),
    "number": (8.5, True),
    "disc": (9, True),
}


@dataclass(slots=True)
class Text:
    """One line of text; `x` is its start, or its end when `end`. `css` names its TYPE plus further classes.

    `runs` are further (text, css) that follow in the same line, so that a narrower font leaves no holes.
    """

    x: float
    y: float
    text: str
    css: str
    end: bool = False
    runs: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> float:
        return wide(self.text, self.css) + sum(wide(text, css) for text, css in self.runs)

    def mirrored(self, across: float) -> "Text":
        """The same within `across` px from right to left: the text's own direction turns start and end around,
        so only its x is mirrored. Words of another script keep their order, up to their full stop."""
        text = self.text if self.runs or not self.text else f"{ISOLATE}{self.text}{END_OF_ISOLATE}"
        return replace(self, x=across - self.x, text=text)

    def svg(self) -> str:
        anchor = ' text-anchor="end"' if self.end else ""
        if self.runs:
            first = f'<tspan class="{self.css}">{esc(self.text)}</tspan>' if self.text else ""
            # a run's leading space would be trimmed as the edge of a text
            rest = "".join(
                f'<tspan class="{css}">{" " * text.startswith(" ")}{esc(text)}</tspan>'
                for text, css in self.runs
            )
            return f'<text x="{num(self.x)}" y="{num(self.y)}"{anchor}>{first}{rest}</text>'
        return f'<text class="{self.css}" x="{num(self.x)}" y="{num(self.y)}"{anchor}>{esc(self.text)}</text>'


@dataclass(slots=True)
class Content:
    """The words of a box: its height above the tray in px, its texts and its signs."""

    height: float = 0
    texts: list[Text] = field(default_factory=list)
    signs: list[tuple[float, float, str]] = field(
        default_factory=list
    )  # x, width, SVG with {x} for its x

    def say(
        self,
        x: float,
        y: float,
        text: str,
        css: str,
        end: bool = False,
        runs: tuple[tuple[str, str], ...] = (),
    ) -> float:
        """Adds a line of text; returns its width."""
        line = Text(x, y, text, css, end, runs)
        self.texts.append(line)
        return line.width

    def use(self, x: float, y: float, id: str, css: str = "", across: float = 0) -> None:
        """Adds a sign; `x` is its middle, or its left edge where it is `across` px wide."""
        kind = f' class="{css}"' if css else ""
        self.signs.append((x, across, f'<use href="#{id}"{kind} x="{{x}}" y="{num(y)}"/>'))

    def svg(self, mirrored: float = 0) -> str:
        """The content; `mirrored` is the width within which x runs from right to left, for scripts that do."""
        signs = [
            body.replace("{x}", num(mirrored - x - w if mirrored else x))
            for x, w, body in self.signs
        ]
        texts = [t.mirrored(mirrored) if mirrored else t for t in self.texts]
        return "".join([*signs, *(t.svg() for t in texts)])


def num(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text[-2:] == ".0" else text


def fit(text: str, room: float, css: str) -> str:
    return cut(text, room, *TYPE[css.split()[0]])


def fit_value(text: str, room: float, css: str) -> str:
    """A value whose unit has no room is drawn as its number: the label and the table have both."""
    number = text.rpartition("\u00a0")[0]
    return fit(number if number and wide(clean(text), css) > room else text, room, css)


def wide(text: str, css: str) -> float:
    return width(text, *TYPE[css.split()[0]])


def split_count(text: str) -> tuple[str, str]:
    """ "12 tellers" as ("12", " tellers"), so that the number can be bold; ("", text) when it doesn't lead."""
    found = re.match(r"\d[\d.,'’\u00a0\u202f]*(?=\s|$)", text)
    return (found[0], text[found.end() :]) if found else ("", text)


def compose(
    face: Face, column: Column, level: str, room: float, words: Words, prefix: str
) -> Content:
    """The words of a box `room` px wide at level of detail L, M or S."""
    content = Content()
    if face.unplaced:
        baseline = 12.5 if level == "S" else 15
        content.say(LEFT, baseline, told_without(face, room - LEFT - RIGHT, words), "note em")
        content.height = 18 if level == "S" else 23
        return content
    content.use(
        room - RIGHT - SIGN, 4 if level == "S" else 9, f"{prefix}state-{face.state}", across=SIGN
    )
    {"L": _large, "M": _medium, "S": _small}[level](content, face, room, words, prefix)
    return content


def told_without(face: Face, room: float, words: Words) -> str:
    """ "no indicator yet · 36 stories"; where that is too long, the number stays."""
    if not face.stories:
        return fit(words.no_indicator, room, "note")
    whole = clean(f"{words.no_indicator} · {words.stories(face.stories)}")
    if wide(whole, "note") <= room:
        return whole
    number = f" · {face.stories}"
    return fit(words.no_indicator, room - wide(number, "note"), "note") + number


def _large(content: Content, face: Face, room: float, words: Words, prefix: str) -> None:
    space = room - LEFT - RIGHT
    y = 18.5
    for i, line in enumerate(lines(face.name, [space - 24, space, space], *TYPE["name"])):
        y += 15 if i else 0
        content.say(LEFT, y, line, "name")
    for note in notes(face, words):
        y += 14.5
        content.say(LEFT, y, fit(note, space, "note"), "note em")
    if face.state == "empty":
        y += 15
        content.say(LEFT, y, fit(words.nothing, space, "note"), "note em")
        content.height = y + 11
        return
    y += 15.5
    if face.stories or face.tellers:
        _people(content, face, LEFT, y, space, words, prefix)
    else:
        content.say(LEFT, y, fit(words.no_story, space, "note"), "note em")
    y += 17.5
    if face.value:
        _value(content, face, y, room, words, prefix)
    else:
        content.say(LEFT, y, fit(words.no_numbers, space, "note"), "note em")
    content.height = y + 11


def _medium(content: Content, face: Face, room: float, words: Words, prefix: str) -> None:
    space = room - LEFT - RIGHT
    y = 16.5
    for i, line in enumerate(lines(face.name, [space - 24, space], *TYPE["name-m"])):
        y += 13.5 if i else 0
        content.say(LEFT, y, line, "name-m")
    y += 15
    content.height = y + 8
    if face.state == "empty":
        content.say(LEFT, y, fit(words.nothing, space, "note"), "note em")
        return
    right = room - RIGHT
    if face.value:
        right -= sparkline(content, face, right, y - 9, 28, 11)
        target = f" /{clean(face.target)}" if face.target else ""
        people = (
            wide(words.no_story, "note")
            if not face.stories and not face.tellers
            else _signs_width(face)
        )
        room = right - LEFT - people - 8
        value = fit_value(face.value, max(room, 40), "value-m")
        runs = (
            ((target, "note"),)
            if target and wide(value, "value-m") + wide(target, "note") <= room
            else ()
        )
        right -= content.say(right, y, value, "value-m", end=True, runs=runs) + 8
    else:
        note = fit(words.no_numbers_short, space * 0.5, "note")
        right -= content.say(right, y, note, "note em", end=True) + 8
    if face.stories or face.tellers:
        _signs(content, face, LEFT, y, prefix)
    else:
        content.say(LEFT, y, fit(words.no_story, right - LEFT, "note"), "note em")


def _small(content: Content, face: Face, room: float, words: Words, prefix: str) -> None:
    content.height = 18
    right = room - RIGHT - SIGN - 6
    if face.tellers:
        right -= content.say(right, 13, str(face.tellers), "count-b", end=True)
        content.use(right - 8, 9.5, f"{prefix}person", "m-solid")
        right -= 18
    content.say(LEFT, 13, fit(face.name, right - LEFT, "name-s"), "name-s")


def _people(
    content: Content, face: Face, x: float, y: float, space: float, words: Words, prefix: str
) -> None:
    """Person glyph, **4** tellers · 4 stories; signs in place of words where these are too long."""
    if face.tellers:
        number, rest = split_count(clean(words.tellers(face.tellers)))
        tail = " · " + clean(words.stories(face.stories))
    else:  # nobody is known to have told them: stories lead, and the words say so
        number, rest = split_count(clean(words.stories(face.stories)))
        tail = " · " + clean(words.teller_unknown)
    if GLYPH + wide(number, "count-b") + wide(rest + tail, "count") > space:
        if face.tellers:
            _signs(content, face, x, y, prefix)
            return
        room = space - GLYPH - wide(number, "count-b")
        rest, tail = (
            (rest, fit(tail, room - wide(rest, "count"), "count"))
            if wide(rest, "count") < room - 20
            else (fit(rest, room, "count"), "")
        )
    sign, kind = ("person", "m-solid") if face.tellers else ("thread", "m-stroke")
    content.use(x + 5.5, y - 4, prefix + sign, kind)
    content.say(x + GLYPH, y, number, "count-b", runs=((rest, "count"), (tail, "count muted")))


def _signs(content: Content, face: Face, x: float, y: float, prefix: str) -> None:
    """Person 71, thread sign 83."""
    for sign, kind, css, count in (
        ("person", "m-solid", "count-b", face.tellers),
        ("thread", "m-stroke", "count muted", face.stories),
    ):
        content.use(x + 5.5, y - 4, prefix + sign, kind)
        x += GLYPH
        x += content.say(x, y, str(count), css) + 7


def _signs_width(face: Face) -> float:
    return 2 * GLYPH + 7 + wide(str(face.tellers), "count-b") + wide(str(face.stories), "count")


def _value(content: Content, face: Face, y: float, room: float, words: Words, prefix: str) -> None:
    """Value, ▵ or ▿ with the target, sparkline; what has no room goes: first the word, then sparkline, then target."""
    right = room - RIGHT
    target = clean(words.target.format(target=face.target)) if face.target else ""
    sign = 11 if face.direction in ("up", "down") else 0
    gap = 7 if target or sign else 0
    head = wide(clean(face.value), "value") + gap + sign
    spark = 43 if finite(face) else 0
    plans = [
        (target, spark),
        (f"/{clean(face.target)}" if face.target else "", spark),
        (target, 0),
        ("", spark),
        ("", 0),
    ]
    target, spark = next(
        (p for p in plans if head + wide(p[0], "note") + p[1] <= right - LEFT), plans[-1]
    )
    if spark:
        sparkline(content, face, right, y - 11, 40, 15)
    x = LEFT + content.say(
        LEFT, y, fit_value(face.value, right - LEFT - (sign + gap), "value"), "value"
    )
    if sign and x + 8 + sign <= right:
        name = "more" if face.direction == "up" else "less"
        content.use(x + gap + 4, y - 4.5, prefix + name, "m-sign")
    if target:
        content.say(x + gap + sign, y, target, "note")


def finite(face: Face) -> list[float]:
    """The series without what can't be drawn."""
    return [v for v in face.series if isinstance(v, (int, float)) and math.isfinite(v)]


def sparkline(
    content: Content, face: Face, right: float, top: float, across: float, high: float
) -> float:
    """A sparkline ending at `right`, with the goal dotted; returns the width used with its space, 0 without values."""
    values = finite(face)
    if not values:
        return 0
    parts = spark(
        values, face.goal, 0, 0, across, high
    )  # time runs from left to right in every script
    content.signs.append(
        (
            right - across - 2,
            across,
            f'<g transform="translate({{x}} {num(top)})">{"".join(parts)}</g>',
        )
    )
    return across + 6


def spark(
    values: list[float], goal: float | None, x: float, top: float, across: float, high: float
) -> list[str]:
    """Sparkline parts: one scale for values and goal, the last value as a dot."""
    aim = goal if isinstance(goal, (int, float)) and math.isfinite(goal) else None
    every = values + ([aim] if aim is not None else [])
    low, span = min(every), max(every) - min(every)

    def level(value: float) -> float:
        part = (value - low) / span if span and math.isfinite(span) else 0.5
        return top + high - part * high

    step = across / max(1, len(values) - 1)
    points = [
        (x + i * step if len(values) > 1 else x + across, level(v)) for i, v in enumerate(values)
    ]
    parts = []
    if aim is not None:
        parts.append(f'<path class="m-goal" d="M{num(x)} {num(level(aim))}h{num(across)}"/>')
    if len(points) > 1:
        parts.append(
            '<path class="m-spark" d="M' + "L".join(f"{num(a)} {num(b)}" for a, b in points) + '"/>'
        )
    parts.append(
        f'<circle class="m-solid" cx="{num(points[-1][0])}" cy="{num(points[-1][1])}" r="2"/>'
    )
    return parts
