"""The drawing for paper: the same as on the page without a stylesheet, as SVG, PNG and PDF, in any script."""

import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageChops

from communities.permissions import Audience
from matrix import paper, typesetting
from matrix.drawing import Ribbon, Visit, draw, loom, signs
from matrix.drawing.lettering import lettered
from matrix.drawing.paper import on_paper, tokens
from matrix.drawing.styles import CannotBeWritten
from matrix.filtering import Filter
from matrix.paper import Caption, pdf, png, slide, stylesheet

from .test_picture import NASTY, SVG, make_picture, make_thread

CAPTION = Caption(("11 tellers", "12 stories", "as of 25 November 2026", "as members see it"))
SCRIPTS = "Wound care مؤشر القيمة 共同体の学習 한국어 हिन्दी 👩‍⚕️🩹"
NO_FONT = "\U000103a0"  # Old Persian
COLOUR = re.compile(r"#[0-9a-f]{6}")


def told(**more):
    threads = [
        make_thread(1, 1, 4, 7, 10),
        make_thread(2, 2, 5, Visit(8, "hoped", step=2)),
        make_thread(3, 1, Visit(4, "happened", "negative", step=1)),
        make_thread(4, 3, Visit(6, "did_not_happen", step=1)),
        make_thread(5, 10, 2, 903, 7),
    ]
    return make_picture(threads=threads, **more)


def woven():
    ribbons = (
        Ribbon(1, 4, 9, 12, hoped=3, href="/p/"),
        Ribbon(5, 2, 4, 4),
        Ribbon(4, 8, 2, 3, stitched=True),
    )
    return replace(make_picture(), ribbons=ribbons)


def many():
    return make_picture(5, [make_thread(n, 1 + n % 5, 6 + n % 4, 11 + n % 5) for n in range(1, 30)])


PICTURES = {
    "threads": told,
    "own": lambda: replace(told(), threads=(*told().threads, make_thread(6, 12, 1, mine=True))),
    "lifted": lambda: replace(
        told(), threads=(*told().threads, make_thread(6, 12, 1, lifted=True))
    ),
    "many": many,
    "ribbons": woven,
    "right to left": lambda: told(right_to_left=True),
}


@pytest.fixture(params=PICTURES)
def picture(request):
    return PICTURES[request.param]()


@pytest.fixture(params=[False, True], ids=["light", "grey"])
def grey(request):
    return request.param


def elements(svg):
    return list(ElementTree.fromstring(svg).iter())


def drawn_texts(svg):
    """What is to be read, in order; names in <defs> are there for labels only."""
    root = ElementTree.fromstring(svg)
    aside = {text for defs in root.iter(f"{SVG}defs") for text in defs.iter(f"{SVG}text")}
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text") if text not in aside]


# -- plain attributes ------------------------------------------------------------------------------


def test_nothing_of_the_page_is_left(picture, grey):
    found = elements(on_paper(draw(picture), stylesheet(), grey=grey))
    tags = {one.tag.removeprefix(SVG) for one in found}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text", "tspan"}
    names = {name for one in found for name in one.attrib}
    assert names & {"class", "style", "href", "id", "role", "tabindex"} == set()
    assert [name for name in names if name.startswith(("aria-", "data-", "on"))] == []
    assert [value for one in found for value in one.attrib.values() if "var(" in value] == []


def test_every_colour_is_literal(picture, grey):
    found = elements(on_paper(draw(picture), stylesheet(), grey=grey))
    colours = {one.get(name) for one in found for name in ("fill", "stroke")} - {None, "none"}
    assert colours and all(COLOUR.fullmatch(colour) for colour in colours)
    painted = [
        one for one in found if one.tag.removeprefix(SVG) in ("path", "rect", "circle", "text")
    ]
    assert all("fill" in one.attrib for one in painted)


def test_grey_is_grey(picture):
    colours = set(COLOUR.findall(on_paper(draw(picture), stylesheet(), grey=True)))
    assert {
        colour for colour in colours if len({colour[1:3], colour[3:5], colour[5:]}) > 1
    } == set()
    assert colours >= {"#333333", "#111111"}


def test_the_texts_are_those_of_the_page(picture, grey):
    # What is lifted is painted twice.
    plain = tuple(replace(one, mine=False, lifted=False) for one in picture.threads)
    svg = draw(replace(picture, threads=plain))
    assert drawn_texts(on_paper(svg, stylesheet(), grey=grey)) == drawn_texts(svg)


@pytest.mark.browser
def test_it_looks_as_on_the_page(page, picture, grey):
    """Chromium with the stylesheet is the judge of what it says."""
    page.set_viewport_size({"width": 1240, "height": 1400})
    page.emulate_media(media="print" if grey else "screen")
    svg = draw(picture)
    size = "width: 1232px !important; height: auto !important; max-height: none !important"
    # Which letters stand in for those that a machine lacks, the page and the paper say for themselves.
    html = (
        "<style>body { margin: 0; --m-font: 'Noto Sans', sans-serif }"
        f" svg {{ display: block; {size} }}"
    )
    seen = []
    for style, drawing in (
        (stylesheet(), svg),
        ("", on_paper(svg, stylesheet(), grey=grey)),
    ):
        page.set_content(f"{html} {style}</style>{drawing}")
        seen.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    far = ImageChops.difference(*seen).convert("L").point(lambda value: 255 * (value > 8))
    assert far.getbbox() is None


def test_a_sign_is_painted_as_where_it_is_used():
    """The ring of a broken trail is the same path each time; its colour comes from around."""
    svg = on_paper(draw(told()), stylesheet())
    rings = [one.attrib for one in elements(svg) if one.get("r") == "5.6"]
    assert {ring["stroke"] for ring in rings} == {"#a8320b"} and len(rings) == 2
    rings = [one.attrib for one in elements(svg) if one.get("r") == "4.2"]
    assert {ring["stroke"] for ring in rings} == {"#3c4657"}


def test_what_the_stylesheet_does_not_say_is_noticed():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path class="a" d="M0 0"/></svg>'
    )
    with pytest.raises(CannotBeWritten):
        on_paper(svg, ".a { fill: CanvasText }")
    with pytest.raises(CannotBeWritten):
        on_paper(svg.replace('<path class="a" d="M0 0"/>', '<use href="#nowhere"/>'), "")


@pytest.mark.parametrize(
    ("css", "fill"),
    [
        (".a { fill: red } .b { fill: blue }", "#0000ff"),
        (".a.b { fill: red } .b { fill: blue }", "#ff0000"),
        (".a { fill: red !important } .a.b { fill: blue }", "#ff0000"),
        ("g { --x: red } .a { fill: var(--x, blue) }", "#ff0000"),
        (".a { fill: var(--x, blue) }", "#0000ff"),
        (".a { fill: var(--x) }", "#00ff00"),
        (":root { --x: var(--y) } g { --y: red } .a { fill: var(--x, blue) }", "#0000ff"),
        (
            ".a:hover { fill: red } @media (prefers-color-scheme: dark) { .a { fill: red } }",
            "#00ff00",
        ),
        (".a { fill: color-mix(in srgb, #ff0000 50%, #0000ff) }", "#800080"),
        (".a { color: red; fill: currentColor }", "#ff0000"),
        ("@media print { .a { fill: red } } @media screen { .a { fill: blue } }", "#0000ff"),
    ],
)
def test_rules_hold_as_in_a_browser(css, fill):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g fill="#0f0"><path class="a b" d="M0 0"/></g></svg>'
    assert [one.get("fill") for one in elements(on_paper(svg, css)) if one.get("d")] == [fill]


def test_the_loom_and_the_signs_can_be_written_too(grey):
    for svg in (loom(told()), *signs().values()):
        assert "var(" not in on_paper(svg, stylesheet(), grey=grey)


def test_letters_stand_where_the_drawing_has_them():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" font-family="Noto Sans"><g transform="translate(10 20)">'
        '<g transform="scale(2)"><text x="3" y="4" font-size="5" text-anchor="end">a<tspan font-weight="700">b</tspan></text></g></g></svg>'
    )
    parted = lettered(svg)
    assert "text" not in parted.svg and parted.fonts == {"Noto Sans"}
    (line,) = parted.lines
    assert (line.x, line.y, line.align) == (16, 28, "right")
    assert [(run.text, run.size, run.weight) for run in line.runs] == [
        ("a", 10, 400),
        ("b", 10, 700),
    ]


# -- slides ----------------------------------------------------------------------------------------


def test_a_slide_says_what_it_shows(picture, grey):
    texts = drawn_texts(slide(picture, CAPTION, grey=grey))
    text = " ".join(texts)
    for said in (
        picture.title,
        "as of 25 November 2026 · as members see it",
        "numbers and stories",
    ):
        assert said in text
    assert any("Contribution as told; not proof of impact." in one for one in texts)
    assert set(drawn_texts(draw(picture))) <= set(texts)


def test_a_slide_is_a_picture(picture):
    data = png(slide(picture, CAPTION), width=640)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    with Image.open(io.BytesIO(data)) as image:
        assert image.width == 640 and image.height > 300
        assert len(image.convert("RGB").getcolors(maxcolors=1_000_000)) > 100


def test_letters_of_every_script_are_set():
    """No two of these look alike, as they would if each were the box of a missing letter."""
    names = ["مؤشر", "共同体", "한국어", "हिन्दी", "🩹🩹", "ไทยไท", "עברית"]
    seen = {
        png(slide(replace(make_picture(stages=1, bands=False), title=name), CAPTION), width=700)
        for name in names
    }
    assert len(seen) == len(names)
    assert (
        typesetting._without_glyph(names, {"fonts": typesetting.families(""), "lang": "en"}) == []
    )


def test_a_font_that_does_not_come_along_is_refused():
    svg = slide(make_picture(), CAPTION).replace("Noto Sans", "Comic Sans")
    with pytest.raises(typesetting.CannotBeSet, match="Comic Sans"):
        png(svg)


def test_what_is_typed_is_never_markup():
    """Typst would stop at these, or write something else."""
    picture = replace(make_picture(), title='#panic("no") $x$ *b* @nowhere <a> \\ #import "a.typ"')
    assert png(slide(picture, CAPTION)) and b"/Count 1" in pdf(picture, CAPTION)


# -- walls -----------------------------------------------------------------------------------------


def pages(data):
    return len(re.findall(rb"/Type\s*/Page\b", data))


@pytest.mark.parametrize(
    ("size", "across", "high"), [("a4", 842, 595), ("a3", 1191, 842), ("a2", 1684, 1191)]
)
def test_a_sheet_is_one_landscape_page(size, across, high, grey):
    data = pdf(told(), CAPTION, size, grey=grey)
    assert data.startswith(b"%PDF-") and pages(data) == 1
    box = [round(float(n)) for n in re.search(rb"/MediaBox\s*\[([^\]]+)\]", data)[1].split()]
    assert box == [0, 0, across, high]


def test_a_sheet_is_tagged_and_titled():
    data = pdf(told(), CAPTION)
    assert b"/StructTreeRoot" in data and b"pdfuaid:part" in data and b"/Figure" in data
    assert b'<rdf:li xml:lang="x-default">Matrix</rdf:li>' in data


def test_any_picture_is_one_page(picture):
    assert pages(pdf(picture, CAPTION)) == 1


@pytest.mark.parametrize("text", [SCRIPTS, NO_FONT, *NASTY])
def test_any_text_is_one_page(text):
    """In the names, in the key, in the title: 24 stories of it, each through all columns."""
    plain = make_picture(3)
    threads = tuple(
        replace(make_thread(n, *range(1 + n % 3, 16, 3), 901, 903), title=text, teller=text)
        for n in range(1, 25)
    )
    columns = tuple(
        replace(c, name=text, faces=tuple(replace(f, name=text) for f in c.faces))
        for c in plain.columns
    )
    picture = replace(plain, title=text or "Matrix", columns=columns, threads=threads)
    assert pages(pdf(picture, CAPTION)) == 1
    assert png(slide(picture, CAPTION), width=300)


def test_a_letter_that_no_font_has_is_named():
    texts = typesetting._without_glyph(
        [f"a{NO_FONT}b"], {"fonts": typesetting.families(""), "lang": "en"}
    )
    assert texts == [NO_FONT]
    assert "U+103A0" in paper.without_glyph(texts)


def test_what_is_seen_is_also_said():
    said = paper._in_words(draw(told()))
    assert said.count("Wounds healed within six weeks.") == 19
    assert "Story 1: Story 1, told by Edda: Stage 0, Stage 1, Stage 2, Stage 3" in said
    assert "From Wounds healed within six weeks to " in paper._in_words(draw(woven()))


def test_every_audience_has_its_words():
    assert len({paper.seen_by(audience) for audience in Audience}) == len(Audience)


def test_colours_beside_a_drawing_are_those_of_the_page():
    assert tokens(stylesheet())["--m-ink"] == "#1d2430"
    assert tokens(stylesheet(), grey=True)["--m-ink"] == "#111111"


def test_a_caption_says_of_whom_of_when_and_for_whom():
    state = SimpleNamespace(built_at=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))
    reading = SimpleNamespace(
        community=SimpleNamespace(zone=ZoneInfo("Europe/Berlin")),
        audience=Audience.MEMBERS,
        chosen=Filter(),
        state=state,
        whole=SimpleNamespace(tellers=11, stories=12, unknown_stories=0),
        cycles=[SimpleNamespace(boxes=[1, 2]), SimpleNamespace(boxes=[3])],
    )
    said = "11 tellers · 12 stories · 3 indicators · as of Nov. 26, 2026 · as members see it"
    assert paper.caption(reading).line == said
    reading.chosen = Filter(language="es")
    assert "3 indicators · a selection of the stories · as of" in paper.caption(reading).line
    assert paper.caption(reading, "", "Not all are drawn.").notes == ("Not all are drawn.",)
