"""Widths of text without a font: a table of advances, and fitting a name into lines."""

import unicodedata
from functools import lru_cache

from .inputs import clean

# Advances in hundredths of an em, measured on Noto Sans Regular, which is wider than most interface fonts:
# what fits here fits in the reader's font too.
_GROUPS = {
    17: "\u2009‘’\u202f",
    22: "'¸",
    26: " ijl\xa0ìíîïĩīĭįıĵĺļľł",
    27: "!,.:;J¡·Ĵŀ",
    28: "`´",
    30: "()",
    31: "‹›",
    32: "-",
    33: "[]ſ",
    34: "IfÌÍÎÏĨĪĬĮİ",
    35: "²³¹",
    36: "tªţťŧ“”",
    37: "/\\",
    38: "{}º•",
    41: '"rŕŗř',
    42: "„",
    43: "?°¿г",
    44: "_",
    47: "zźżž",
    48: "csçćĉċčśŝşšст",
    49: "зэ",
    50: "¯–",
    51: "vy§«»ýÿŷу†",
    52: "FLĳĹĻĽĿŁγГ",
    53: "kxķĸкх",
    55: "*S|¦ŚŜŞŠ",
    56: "ETaeÈÉÊËàáâãäåèéêëāăąĒēĔĕĖėĘęĚěŢŤŦаея−",
    57: "$+0123456789<=>YZ^~¢£¤¥¬±×Ý÷ŶŸŹŻŽ€",
    58: "¨вдл",
    59: "Xь",
    60: "PVoÞðòóôõöøōŏőδбо",
    61: "bdgpqþďĝğġģĲαБрч",
    62: "KRhnuµñùúûüđĥħĶńņňŋŔŖŘũūŭůűųп",
    63: "CÇßĆĈĊČβц",
    64: "AÀÁÂÃÄÅĀĂĄАийн",
    65: "#B¶В",
    69: "ŉД",
    70: "ъ",
    72: "ф",
    73: "&DGUÐÙÚÛÜĎĐĜĞĠĢŨŪŬŮŰŲ",
    74: "H¼ĤĦ",
    75: "жм",
    76: "NÑŃŅŇŊ",
    77: "½™△▽",
    78: "OQ¾ÒÓÔÕÖØŌŎŐы",
    79: "wŵ…",
    83: "%©®",
    84: "ю",
    86: "æ",
    88: "Æ",
    90: "@ш",
    91: "Mщ",
    93: "WmŒŴ",
    95: "œ",
    100: "—→",
    118: "‰",
}
_ADVANCE = {char: width / 100 for width, chars in _GROUPS.items() for char in chars}
BOLD = 1.07
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _advance(char: str) -> float:
    """Width of one character in em; unknown letters 0.65, wide ones and emoji 1, combining marks 0."""
    known = _ADVANCE.get(char)
    if known is not None:
        return known
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F") or category == "So":
        return 1.0
    return 0.65


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in px of `text` at `size` px."""
    return sum(map(_advance, text)) * size * (BOLD if bold else 1.0)


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """`text`, or as much of it as fits into `room` px with an ellipsis."""
    lead = " " if text.startswith(" ") else ""  # a run that goes on in a line
    text = lead + clean(text)
    if width(text, size, bold) <= room:
        return text
    left = room - width(ELLIPSIS, size, bold)
    kept = _head(text, left, size, bold)
    return kept.rstrip() + ELLIPSIS if left > 0 else ELLIPSIS


def _head(text: str, room: float, size: float, bold: bool) -> str:
    """The longest start of `text` that fits; it never parts a letter from its combining marks."""
    used, end = 0.0, 0
    scale = size * (BOLD if bold else 1.0)
    for i, char in enumerate(text):
        used += _advance(char) * scale
        if used > room:
            break
        end = i + 1
    # an invisible joiner at the cut would bind to the ellipsis
    while end and end < len(text) and unicodedata.category(text[end - 1]) == "Cf":
        end -= 1
    return text[:end]


def lines(text: str, rooms: list[float], size: float, bold: bool = False) -> list[str]:
    """Breaks `text` into at most len(rooms) lines, each within its room in px.

    Breaks at spaces, else within a word; what is left after the last line is cut with an ellipsis.
    """
    rest = clean(text)
    result: list[str] = []
    for number, room in enumerate(rooms):
        if not rest:
            break
        if number == len(rooms) - 1 or width(rest, size, bold) <= room:
            result.append(cut(rest, room, size, bold))
            break
        line = ""
        for word in rest.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold) > room:
                break
            line = longer
        if not line:  # one word wider than the line
            line = _head(rest, room, size, bold) or rest[0]
        result.append(line)
        rest = rest[len(line) :].lstrip(" ")
    return result or [""]
