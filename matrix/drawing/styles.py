"""What a stylesheet says of each element of a drawing: rules, variables and inheritance, colours as #rrggbb."""

import re
import xml.etree.ElementTree as ElementTree
from functools import lru_cache

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

# What a shape and what a letter inherit, with the value that holds where nothing is said.
PAINT = {
    "fill": "#000000",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "paint-order": "normal",
    "shape-rendering": "auto",
    "clip-rule": "nonzero",
}
LETTERS = {
    "font-size": "medium",
    "font-weight": "400",
    "font-style": "normal",
    "text-anchor": "start",
    "letter-spacing": "normal",
    "direction": "ltr",
}
INHERITED = PAINT | LETTERS | {"visibility": "visible", "color": "#000000"}
# What holds for one element and is not inherited.
OWN = {
    "opacity": "1",
    "display": "inline",
    "clip-path": "none",
    "mask": "none",
    "filter": "none",
    "vector-effect": "none",
    "stop-color": "#000000",
    "stop-opacity": "1",
    "text-decoration": "none",
    "dominant-baseline": "auto",
}
COLOURED = {"fill", "stroke", "color", "stop-color"}
_PX = re.compile(r"(?<=\d)px\b")
_MIXED = re.compile(r"color-mix\(in srgb, *(\S+) +([\d.]+)% *, *(\S+)\)")


class CannotBeWritten(Exception):
    """The stylesheet says something for which plain attributes have no word here."""


@lru_cache(maxsize=4)
def _matcher(css: str, medium: str) -> cssselect2.Matcher:
    """Every rule that holds for the medium; those of other media and of pressing match nothing."""
    matcher = cssselect2.Matcher()
    for rule in _rules(tinycss2.parse_stylesheet(css, True, True), medium):
        declared = [
            (
                d.name if d.name.startswith("--") else d.lower_name,
                tuple(_trimmed(d.value)),
                d.important,
            )
            for d in tinycss2.parse_blocks_contents(rule.content, True, True)
            if d.type == "declaration"
        ]
        for selector in cssselect2.compile_selector_list(rule.prelude):
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declared)
    return matcher


def _rules(nodes: list, medium: str):
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword == "media":
            media = {one.strip() for one in tinycss2.serialize(node.prelude).lower().split(",")}
            if media & {medium, "all"}:
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True), medium)


def _trimmed(value: list) -> list:
    """A value without the white space around it and without comments."""
    kept = [token for token in value if token.type != "comment"]
    while kept and kept[0].type == "whitespace":
        kept.pop(0)
    while kept and kept[-1].type == "whitespace":
        kept.pop()
    return kept


class Styles:
    """The declarations that hold for each element of `root`, the stronger ones after the weaker."""

    def __init__(self, root: ElementTree.Element, css: str, medium: str):
        self.declared = {}
        matcher = _matcher(css, medium)
        for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            found = [
                (important, rank, name, value)
                for rank, match in enumerate(matcher.match(wrapped), start=1)
                for name, value, important in match[-1]
            ]
            found += [
                (False, 0, name, tuple(tinycss2.parse_component_value_list(value)))
                for name, value in wrapped.etree_element.attrib.items()
                if name in INHERITED or name in OWN
            ]
            found.sort(key=lambda one: one[:2])
            self.declared[wrapped.etree_element] = {name: value for _, _, name, value in found}

    def of(self, element, inherited: dict) -> tuple[dict, dict]:
        """(what holds for it and is inherited, variables included; what holds for it alone)."""
        declared = self.declared[element]
        style, own = dict(inherited), {}
        mine = {name: value for name, value in declared.items() if name.startswith("--")}
        for name, value in mine.items():
            style[name] = self._resolved(value, inherited | mine)
        if "color" in declared:
            style["color"] = self._value("color", declared["color"], style)
        for name, value in declared.items():
            if name in INHERITED and name != "color":
                style[name] = self._value(name, value, style)
            elif name in OWN:
                own[name] = self._value(name, value, {**style, name: OWN[name]})
        return style, {name: value for name, value in own.items() if value != OWN[name]}

    def _resolved(self, value: tuple, variables: dict) -> tuple | None:
        """A value with every var() replaced; None where one of them is nowhere said."""
        found: list = []
        for token in value:
            if token.type != "function":
                found.append(token)
                continue
            if token.lower_name != "var":
                inner = self._resolved(tuple(token.arguments), variables)
                if inner is None:
                    return None
                found.append(tinycss2.ast.FunctionBlock(0, 0, token.name, list(inner)))
                continue
            name, otherwise = _split(token.arguments)
            known = variables.get(name)
            known = self._resolved(known, variables) if known is not None else None
            if known is None and otherwise is not None:
                known = self._resolved(otherwise, variables)
            if known is None:
                return None
            found += known
        return tuple(found)

    def _value(self, name: str, value: tuple, style: dict) -> str:
        resolved = self._resolved(value, style)
        if resolved is None:
            return style[name]
        text = _PX.sub("", tinycss2.serialize(resolved)).strip()
        if text in ("inherit", "unset"):
            return style[name]
        if text == "initial":
            return (INHERITED | OWN)[name]
        if name in COLOURED and text != "none" and not text.startswith("url("):
            return _colour(text, style)
        if name == "font-weight":
            return {"normal": "400", "bold": "700"}.get(text, text)
        return text


def _split(arguments: list) -> tuple[str, tuple | None]:
    """The arguments of var(): a name, and what holds where it is nowhere said."""
    tokens = _trimmed(arguments)
    for i, token in enumerate(tokens):
        if token.type == "literal" and token.value == ",":
            return tokens[0].value, tuple(_trimmed(tokens[i + 1 :]))
    return tokens[0].value, None


def _colour(text: str, style: dict) -> str:
    """#rrggbb; "none" for what is wholly transparent."""
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return _mixed(_colour(mixed[1], style), float(mixed[2]) / 100, _colour(mixed[3], style))
    colour = parse_color(text)
    if colour == "currentcolor":
        return style["color"]
    if colour is None:
        raise CannotBeWritten(f"{text} is no colour that paper knows")
    if colour.alpha == 0:
        return "none"
    if colour.alpha != 1:
        raise CannotBeWritten(f"{text} is see-through: say it as opacity")
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour.to("srgb").coordinates)


def _mixed(one: str, part: float, other: str) -> str:
    """So much of one #rrggbb and the rest of the other."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)
