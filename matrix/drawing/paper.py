"""The drawing once more for paper: what the stylesheet says, written as plain attributes, for what knows no CSS."""

import xml.etree.ElementTree as ElementTree

import tinycss2

from .styles import INHERITED, LETTERS, PAINT, CannotBeWritten, Styles

NAMESPACE = "http://www.w3.org/2000/svg"
# The widths in measure.py are those of Noto Sans; who has no such font gets another without serifs.
FAMILY = "Noto Sans, sans-serif"

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
# Named by an id, wherever they stand: they keep it, and are drawn where they are named only.
NAMED = {"clipPath", "mask", "pattern", "linearGradient", "radialGradient", "filter", "marker"}
# What says where and how large; everything else on an element is for the page.
PLACED = set(
    "d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points transform viewBox offset pathLength "
    "gradientUnits gradientTransform patternUnits patternTransform patternContentUnits clipPathUnits maskUnits "
    "preserveAspectRatio textLength lengthAdjust".split()
)


def on_paper(svg: str, css: str, *, grey: bool = False) -> str:
    """The same drawing with every style of the stylesheet `css` as a plain attribute, colours as #rrggbb.

    No classes, no variables, no references, nothing to press. With `grey` the rules for print hold, else
    those for a light screen. A `use` becomes what it refers to: the same sign is painted in many ways.
    """
    root = ElementTree.fromstring(svg)
    written = _Writer(root, css, "print" if grey else "screen").write()
    return ElementTree.tostring(written, encoding="unicode", short_empty_elements=True)


def tokens(css: str, *, grey: bool = False) -> dict[str, str]:
    """The colours of the stylesheet by name ("--m-ink"), for what stands beside a drawing on paper."""
    root = ElementTree.Element("svg")
    style, _ = Styles(root, css, "print" if grey else "screen").of(root, INHERITED)
    return {
        name: tinycss2.serialize(value)
        for name, value in style.items()
        if name.startswith("--") and value
    }


class _Writer:
    """Walks through the drawing as it is painted, a `use` leading to what it refers to."""

    def __init__(self, root: ElementTree.Element, css: str, medium: str):
        self.root = root
        self.ids = {one.get("id"): one for one in root.iter() if one.get("id")}
        self.styles = Styles(root, css, medium)

    def write(self) -> ElementTree.Element:
        style, _ = self.styles.of(self.root, INHERITED)
        place = _placed(self.root) | {"font-family": FAMILY}
        out = ElementTree.Element("svg", {"xmlns": NAMESPACE} | place)
        outer = dict(INHERITED)
        if style["direction"] != outer["direction"]:
            outer["direction"] = style["direction"]
            out.set("direction", style["direction"])
        for child in self.root:
            if _tag(child) in ("title", "desc"):
                ElementTree.SubElement(out, _tag(child)).text = "".join(child.itertext())
        self._inside(self.root, style, outer, out)
        return out

    def _inside(self, element, style: dict, written: dict, out: ElementTree.Element) -> None:
        for child in element:
            self._one(child, style, written, out)

    def _one(self, element, inherited: dict, written: dict, out: ElementTree.Element) -> None:
        """Writes one element into `out`. `written` is what the attributes around it say already."""
        tag = _tag(element)
        style, own = self.styles.of(element, inherited)
        if own.pop("display", "") == "none":
            return
        if tag == "use":
            self._use(element, style, written, _grouped(out, _moved(element), own))
        elif tag in ("g", "a"):
            at = _grouped(out, _placed(element).get("transform", ""), own)
            self._inside(element, style, written, at)
        elif tag == "svg":
            self._inside(element, style, written, _grouped(out, _framed(element), own))
        elif tag in SHAPES:
            said = _said(style, written, PAINT)
            if said:
                ElementTree.SubElement(out, tag, _placed(element) | said | own)
        elif tag == "text":
            said = _said(style, written, PAINT | LETTERS)
            if said:
                text = ElementTree.SubElement(out, "text", _placed(element) | said | own)
                self._letters(element, style, written | said, text)
        elif tag == "defs":
            for child in element:
                if _tag(child) in NAMED:
                    self._one(child, style, written, out)
        elif tag in NAMED:
            named = ElementTree.SubElement(out, tag, _placed(element) | {"id": element.get("id")})
            for child in element:
                if _tag(child) == "stop":
                    _, of_stop = self.styles.of(child, style)
                    ElementTree.SubElement(named, "stop", _placed(child) | of_stop)
                else:
                    self._one(child, style, written, named)

    def _use(self, element, style: dict, written: dict, out: ElementTree.Element) -> None:
        target = self.ids.get(element.get("href", "").removeprefix("#"))
        if target is None:
            raise CannotBeWritten(f"there is no {element.get('href')}")
        self._one(target, style, written, out)

    def _letters(self, element, style: dict, written: dict, out: ElementTree.Element) -> None:
        out.text = element.text
        for child in element:
            inner, own = self.styles.of(child, style)
            if own.pop("display", "") == "none":
                continue
            said = _said(inner, written, PAINT | LETTERS) or {"fill": "none"}
            said = {name: value for name, value in said.items() if written[name] != value}
            run = ElementTree.SubElement(out, "tspan", _placed(child) | said | own)
            self._letters(child, inner, written | said, run)
            run.tail = child.tail


def _said(style: dict, written: dict, names: dict) -> dict[str, str]:
    """What has to be said beyond what is `written`, the colours always; {} for what nobody would see."""
    if style["visibility"] != "visible" or style["fill"] == style["stroke"] == "none":
        return {}
    return {
        name: style[name]
        for name in names
        if (style[name] != written[name] or name == "fill")
        and (style["stroke"] != "none" or not name.startswith("stroke-"))
    }


def _tag(element) -> str:
    return element.tag.rpartition("}")[2]


def _placed(element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name in PLACED}


def _grouped(out, transform: str, own: dict) -> ElementTree.Element:
    """A group within `out`, or `out` itself where a group would say nothing."""
    said = ({"transform": transform} if transform else {}) | own
    return ElementTree.SubElement(out, "g", said) if said else out


def _moved(use) -> str:
    x, y = use.get("x", "0"), use.get("y", "0")
    moved = f"translate({x} {y})" if (float(x), float(y)) != (0, 0) else ""
    return f"{use.get('transform', '')} {moved}".strip()


def _framed(svg) -> str:
    """A drawing within a drawing: where it stands, and its scale."""
    x, y = float(svg.get("x", 0)), float(svg.get("y", 0))
    box = [float(n) for n in svg.get("viewBox", "").split()]
    if not box:
        return f"translate({x:g} {y:g})"
    across = float(svg.get("width", box[2])) / box[2] if box[2] else 1
    high = float(svg.get("height", box[3])) / box[3] if box[3] else 1
    scale = min(across, high)
    parts = [f"translate({x:g} {y:g})" if x or y else ""]
    parts += [f"scale({scale:g})" if scale != 1 else ""]
    parts += [f"translate({-box[0]:g} {-box[1]:g})" if box[0] or box[1] else ""]
    return " ".join(filter(None, parts))
