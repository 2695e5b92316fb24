"""The matrix away from the page: as a picture for slides, with its date, and as one sheet for a wall."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.permissions import Audience

from . import drawing, words
from .drawing.faces import END_OF_ISOLATE, ISOLATE, num
from .drawing.inputs import clean, esc
from .drawing.layout import FEW
from .drawing.lettering import lettered
from .drawing.measure import cut, lines, width
from .drawing.paper import NAMESPACE, on_paper, tokens
from .legend import legend_of
from .typesetting import UNKNOWN, as_data, set_pdf, set_png

# Sheets, and how much larger than on A4 everything is.
SHEETS = {"a4": 1, "a3": 297 / 210, "a2": 2}
MOST_CODES = 12
MOST_HIGH_ON_A4 = 640  # px of a drawing of level L; above it its letters get too small
# Letters of up to four bytes: a text in a PDF for archives has room for 32,767 bytes.
MOST_SAID = 7000

# In px of the slide.
SIDE, TITLE, LINE, BETWEEN_ROWS = 30, 24, 14, 10
# In pt of the A4 sheet: of the title, of a story in the key, of its trail, of its teller.
TITLE_ROOM, STORY_ROOM, TRAIL_ROOM, TELLER_ROOM, KEY_TYPE = 430, 222, 100, 64, 7.5
TRAIL_SCALE = 0.55


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said beside a picture that leaves its page: `facts` in one line, each of `notes` in its own."""

    facts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def line(self):
        return " · ".join(clean(fact) for fact in self.facts if fact)


def caption(reading, *notes):
    """Of a `Reading`: "11 tellers · 12 stories · 21 indicators · as of 25 November 2026 · as members see it"."""
    indicators = sum(len(one.boxes) for one in reading.cycles)
    counted = ngettext("%(count)d indicator", "%(count)d indicators", indicators)
    return Caption(
        facts=(
            words.sources(reading.whole),
            words.stories(reading.whole.stories),
            counted % {"count": indicators},
            _("a selection of the stories") if reading.chosen else "",
            as_of(reading.state, reading.community),
            seen_by(reading.audience),
        ),
        notes=tuple(note for note in notes if note),
    )


def as_of(state, community):
    """The day alone, by the community's calendar: who looks at a wall asks for no minutes."""
    if not state.built_at:
        return words.as_of(state, community)
    day = timezone.localtime(state.built_at, community.zone)
    return _("as of %(date)s") % {"date": date_format(day, "DATE_FORMAT")}


def seen_by(audience):
    return {
        Audience.ME: _("as its teller sees it"),
        Audience.FACILITATORS: _("as facilitators see it"),
        Audience.MEMBERS: _("as members see it"),
        Audience.FUNDERS: _("as members and funders see it"),
        Audience.PUBLIC: _("as everybody sees it"),
    }[audience]


def contribution():
    return _("Contribution as told; not proof of impact.")


def stylesheet():
    with open(finders.find("css/picture.css"), encoding="utf-8") as file:
        return file.read()


# -- for slides ------------------------------------------------------------------------------------


def slide(picture, caption, *, svg="", grey=False):
    """One SVG with title, line, drawing, legend and what it is no proof of. `svg` is the page's drawing
    where it is another than `drawing.draw(picture)`."""
    svg = svg or drawing.draw(picture)
    across, high = _size(svg)
    parts, y = [], 14.0

    def say(text, size, weight=400, ink="ink"):
        nonlocal y
        y += size * 1.35
        x = across - SIDE if picture.right_to_left else SIDE
        parts.append(
            f'<text x="{num(x)}" y="{num(y)}" font-size="{size}" font-weight="{weight}" '
            f'fill="var(--m-{ink})">{esc(isolated(text) if picture.right_to_left else text)}</text>'
        )

    for line in lines(picture.title, [across - 2 * SIDE] * 2, TITLE, True):
        say(line, TITLE, 700)
    for line in lines(caption.line, [across - 2 * SIDE] * 2, LINE):
        say(line, LINE, ink="muted")
    y += 14
    parts.append(_standing(svg, 0, y))
    y += high + 12
    rows, y = _legend_rows(picture, y, across)
    parts += rows
    for note in (*caption.notes, contribution()):
        say(cut(note, across - 2 * SIDE, LINE), LINE, ink="muted")
    y += 20
    size = f"{num(across)} {num(y)}"
    direction = "rtl" if picture.right_to_left else "ltr"
    said = f"{caption.line}. {contribution()}"
    whole = (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {size}" width="{num(across)}" height="{num(y)}" direction="{direction}">'
        f"<title>{esc(picture.title)}</title><desc>{esc(said)}</desc>"
        f'<rect width="{num(across)}" height="{num(y)}" fill="var(--m-bg)"/>{"".join(parts)}</svg>'
    )
    return on_paper(whole, stylesheet(), grey=grey)


def _legend_rows(picture, y, across):
    """The legend as SVG from `y` on, and where it ends."""
    parts, x, mirrored = [], SIDE, picture.right_to_left
    rows = [[]]
    for signs, meaning in legend_of(picture):
        sizes = [_size(sign) for sign in signs]
        whole = sum(wide + 6 for wide, _high in sizes) + width(meaning, 12)
        if x > SIDE and x + whole > across - SIDE:
            x = SIDE
            rows.append([])
        rows[-1].append((x, list(zip(signs, sizes, strict=True)), meaning))
        x += whole + 22
    for row in rows:
        tall = max(high for _x, signs, _words in row for _sign, (_wide, high) in signs)
        middle = y + tall / 2
        for x, signs, meaning in row:
            for sign, (wide, high) in signs:
                left = across - x - wide if mirrored else x
                parts.append(_standing(sign, left, middle - high / 2))
                x += wide + 6
            parts.append(
                f'<text x="{num(across - x if mirrored else x)}" y="{num(middle + 4.5)}" font-size="12" '
                f'fill="var(--m-muted)">{esc(meaning)}</text>'
            )
        y += tall + BETWEEN_ROWS
    return parts, y


def _size(svg):
    """Width and height of an SVG of ours, in px."""
    opening = svg[: svg.index(">")]
    return tuple(
        float(re.search(rf'\s{name}="([\d.]+)"', opening)[1]) for name in ("width", "height")
    )


def _standing(svg, x, y):
    return svg.replace("<svg ", f'<svg x="{num(x)}" y="{num(y)}" ', 1)


def png(svg, width=1920):
    """A `slide`, or any drawing `on_paper`, as PNG `width` px wide."""
    drawn = lettered(svg)
    return set_png("picture.typ", {"drawing": as_data(drawn)}, ppi=72 * width / drawn.width)


# -- for walls -------------------------------------------------------------------------------------


def pdf(picture, caption, size="a4", *, svg="", grey=True):
    """The matrix on one landscape sheet, tagged, with the key of its stories where these have numbers."""
    svg = svg or _fitting(picture, size)
    css = stylesheet()

    def plain(part):
        return as_data(lettered(on_paper(part, css, grey=grey)))

    threads = picture.shown_threads()
    named = not picture.ribbons and len(threads) <= FEW
    notes = list(caption.notes)
    if not named:
        notes.append(_("The stories are named on the page of the matrix."))
    colours = tokens(css, grey=grey)
    data = {
        "paper": size,
        "scale": SHEETS[size],
        "right_to_left": picture.right_to_left,
        "ink": colours["--m-ink"],
        "muted": colours["--m-muted"],
        "hair": colours["--m-hair"],
        "title": clean(picture.title) or caption.line,
        "heading": isolated(cut(picture.title, TITLE_ROOM, 14, True)),
        "line": " · ".join(isolated(clean(fact)) for fact in caption.facts if fact),
        "contribution": contribution(),
        "alt": f"{caption.line}. {_in_words(svg)}",
        "drawing": plain(svg),
        "legend": [
            {"signs": [plain(sign) for sign in signs], "words": meaning}
            for signs, meaning in legend_of(picture)
        ],
        "key": [_story(one, picture, plain) for one in threads] if named else [],
        "notes": notes,
    }
    result, missing = set_pdf("wall.typ", data)
    if missing:
        data["notes"] = [*notes, without_glyph(missing)]
        result, _missing = set_pdf("wall.typ", data)
    return result


def _fitting(picture, size):
    """The drawing with as much in its boxes as can be read on the sheet: on A4 no more than level M."""
    svg = drawing.draw(picture)
    too_much = size == "a4" and 'data-level="L"' in svg and _size(svg)[1] > MOST_HIGH_ON_A4
    return drawing.draw(picture, level="M") if too_much else svg


def _story(thread, picture, plain):
    """A story in the key: what is too long for two lines of its place ends in "…"."""
    trail = plain(drawing.mini_trail(thread, picture))
    part = min(TRAIL_SCALE, TRAIL_ROOM / max(trail["width"], 1))
    teller = cut(thread.teller, TELLER_ROOM, KEY_TYPE)
    room = STORY_ROOM - trail["width"] * part - width(teller, KEY_TYPE)
    return {
        "disc": plain(_disc(thread.number)),
        "title": [isolated(one) for one in lines(thread.title, [room] * 2, KEY_TYPE, True)],
        "trail": trail,
        "part": part,
        "teller": isolated(teller),
    }


def _disc(number):
    """A story's number as its thread has it."""
    return (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 14 14" width="14" height="14"><g class="trail">'
        f'<circle class="disc" cx="7" cy="7" r="7"/><text class="disc-n" x="7" y="10.2">{number}</text></g></svg>'
    )


def isolated(text):
    """People's words have a direction of their own, whatever stands around them."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}"


def _in_words(svg):
    """What a drawing says to those who do not see it: the label of every box, thread and ribbon, as far
    as there is room for it; the rest is in the table on the page."""
    root = ElementTree.fromstring(svg)
    ids = {one.get("id"): "".join(one.itertext()) for one in root.iter() if one.get("id")}
    labels = []
    for one in root.iter():
        if one is not root and one.get("aria-labelledby"):
            labels.append(" ".join(ids[id] for id in one.get("aria-labelledby").split()))
        elif one.get("aria-label"):
            labels.append(one.get("aria-label"))
    said = " ".join(labels)
    return said if len(said) <= MOST_SAID else said[: MOST_SAID - 1] + "…"


def without_glyph(missing):
    codes = [" ".join(f"U+{ord(letter):04X}" for letter in one) for one in missing[:MOST_CODES]]
    return _("%(sign)s stands for a character that no font here has: %(codes)s") % {
        "sign": UNKNOWN,
        "codes": ", ".join(codes) + ("…" if len(missing) > MOST_CODES else ""),
    }
