"""PDF and PNG by Typst: without a browser and a network, in fonts that come along, text as data, never as markup."""

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import typst
from django.utils.translation import get_language

from .drawing.lettering import Lettered

FOLDER = Path(__file__).parent / "typst"
LATIN, EMOJI, SYMBOLS = "Noto Sans", "Noto Emoji", "Noto Sans Symbols"
HAN = "Noto Sans CJK"
# Han letters look different in each of these; kana and hangul say which one is meant.
KANA, HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\u1100-\u11ff\uac00-\ud7af]")
# For archives and for screen readers. Letters that no font has are errors in these.
STANDARDS = ["a-2a", "ua-1"]
UNKNOWN = "\ufffd"  # no wider than a letter: what was fitted still fits
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class CannotBeSet(Exception):
    """A font is missing, or Typst finds something to complain of."""


@lru_cache(maxsize=1)
def fonts():
    packages = (manimgx_fonts, manimgx_fonts_cjk)
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(package.__file__).parent) for package in packages],
    )
    require(found.families(), {LATIN, EMOJI, SYMBOLS, *(f"{HAN} {one}" for one in ("SC", "JP"))})
    return found


def require(families, names):
    missing = sorted(names - set(families) - {"sans-serif"})
    if missing:
        raise CannotBeSet(f"unknown font family: {', '.join(missing)}")


def families(text):
    """Every family, in the order in which a letter is looked for."""
    han = f"{HAN} {'JP' if KANA.search(text) else 'KR' if HANGUL.search(text) else 'SC'}"
    last = [han, EMOJI, SYMBOLS]
    scripts = [one for one in fonts().families() if HAN not in one and one not in last]
    return sorted(scripts, key=lambda one: (one != LATIN, one)) + last


def set_pdf(template, data):
    """(PDF, the characters that no font has: UNKNOWN stands in their place)."""
    data, missing = _ready(data)
    return _compile(template, data, format="pdf", pdf_standards=STANDARDS), missing


def set_png(template, data, ppi):
    data, _ = _ready(data)
    return _compile(template, data, format="png", ppi=ppi)


def as_data(drawn: Lettered):
    require(fonts().families(), drawn.fonts)
    return {name: value for name, value in asdict(drawn).items() if name != "fonts"}


def _ready(data):
    """The data with fonts and language, and UNKNOWN for every letter that no font has."""
    texts = sorted(set(_texts(data)))
    setting = {
        "fonts": families("".join(texts)),
        "lang": (get_language() or "en").split("-")[0],
    }
    missing = _without_glyph(texts, setting)
    return _replaced(data, missing) | setting, missing


def _texts(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name != "svg":
                yield from _texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _texts(value)


def _replaced(data, missing):
    if isinstance(data, str):
        for letters in missing:
            data = data.replace(letters, UNKNOWN)
        return data
    if isinstance(data, dict):
        return {n: v if n == "svg" else _replaced(v, missing) for n, v in data.items()}
    if isinstance(data, (list, tuple)):
        return [_replaced(value, missing) for value in data]
    return data


def _without_glyph(texts, setting):
    try:
        _compile("probe.typ", {"texts": texts} | setting, format="pdf", pdf_standards=["a-2u"])
    except typst.TypstError as error:
        found = _NO_GLYPH.findall(error.diagnostic)
        if not found:
            raise
        # the longest first: a letter may be a part of what stands for several
        return sorted({_unescaped(one) for one in found}, key=lambda one: (-len(one), one))
    return []


def _unescaped(text):
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def _compile(template, data, **how):
    compiler = typst.Compiler(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    result, warnings = compiler.compile_with_warnings(**how)
    if warnings:
        raise CannotBeSet("; ".join(warning.message for warning in warnings))
    return result
