"""A drawing on paper as shapes and lines of text apart.

What turns shapes into PDF takes one font for a `<text>`: a name of several scripts comes out as boxes. So
its letters are set by what sets the rest of the page, at the places where the drawing has them.
"""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from .paper import NAMESPACE, CannotBeWritten

_STEP = re.compile(r"(\w+)\(([^)]*)\)")
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
_MIRRORED = {"left": "right", "right": "left", "center": "center"}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look; `fill` is #rrggbb, or #rrggbbaa where they are see-through. A `halo` of that
    colour and width in px lies beneath them, "" for none."""

    text: str
    size: float
    weight: int
    italic: bool
    fill: str
    halo: str
    halo_width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line whose baseline is at `y`; `x` is its left edge, its centre or its right edge, as `align` says."""

    x: float
    y: float
    align: str
    right_to_left: bool
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Lettered:
    """Shapes as SVG, lines in the order in which they are painted, and the size of both in px."""

    width: float
    height: float
    svg: str
    lines: list[Line] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)


def lettered(svg: str) -> Lettered:
    """Parts the letters of an `on_paper` drawing from its shapes."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(n) for n in root.get("viewBox").split())
    found = Lettered(width, height, "")
    found.fonts = {
        name.strip(" '\"")
        for one in root.iter()
        for name in one.attrib.pop("font-family", "").split(",")
        if name.strip()
    }
    look = {"direction": root.get("direction", "ltr")}
    _collect(root, look, (1.0, 0.0, 0.0), found)
    ElementTree.register_namespace("", NAMESPACE)
    found.svg = ElementTree.tostring(root, encoding="unicode")
    return found


def _collect(element, look: dict, place: tuple[float, float, float], found: Lettered) -> None:
    """Takes the texts out of `element`. `place` is (scale, x, y) of where it stands."""
    for child in list(element):
        tag = child.tag.rpartition("}")[2]
        if tag == "text":
            line = _line(child, _look(child, look), place)
            if line.runs and line not in found.lines:  # a lifted thread is there twice
                found.lines.append(line)
            element.remove(child)
        elif tag == "g" and any(one.tag.endswith("}text") for one in child.iter()):
            _collect(child, _look(child, look), _moved(place, child.get("transform", "")), found)


def _look(element, outer: dict) -> dict:
    opacity = float(outer.get("opacity", 1)) * float(element.get("opacity", 1))
    return {**outer, **element.attrib, "opacity": str(opacity)}


def _line(text, look: dict, place: tuple[float, float, float]) -> Line:
    scale, x, y = _moved(place, text.get("transform", ""))
    align = _ANCHORS[look.get("text-anchor", "start")]
    mirrored = look["direction"] == "rtl"
    return Line(
        x=round(x + scale * float(text.get("x", 0)), 2),
        y=round(y + scale * float(text.get("y", 0)), 2),
        align=_MIRRORED[align] if mirrored else align,
        right_to_left=mirrored,
        runs=tuple(run for run in _runs(text, look, scale) if run.text),
    )


def _runs(element, look: dict, scale: float):
    yield _run(element.text, look, scale)
    for child in element:
        yield from _runs(child, _look(child, look), scale)
        yield _run(child.tail, look, scale)


def _run(text: str | None, look: dict, scale: float) -> Run:
    fill, opacity = look.get("fill", "#000000"), float(look["opacity"])
    opacity *= float(look.get("fill-opacity", 1))
    return Run(
        text=text or "",
        size=round(scale * float(look.get("font-size", 16)), 3),
        weight=int(look.get("font-weight", 400)),
        italic=look.get("font-style", "normal") != "normal",
        fill=fill if opacity >= 1 else f"{fill}{round(255 * opacity):02x}",
        halo=look.get("stroke", "none").removeprefix("none"),
        halo_width=round(scale * float(look.get("stroke-width", 1)), 3),
    )


def _moved(place: tuple[float, float, float], transform: str) -> tuple[float, float, float]:
    """`place` after a transform of moves and scales; letters are never turned."""
    scale, x, y = place
    for kind, numbers in _STEP.findall(transform):
        values = [float(n) for n in re.split(r"[\s,]+", numbers.strip())]
        if kind == "translate":
            x += scale * values[0]
            y += scale * (values[1] if len(values) > 1 else 0)
        elif kind == "scale" and len(set(values)) == 1:
            scale *= values[0]
        else:
            raise CannotBeWritten(f"letters within {kind}({numbers})")
    return scale, x, y
