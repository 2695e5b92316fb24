"""The drawn matrix: nothing overlaps, every thread reaches its boxes, text fits, any text and any graph are drawn."""

import re
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as settings_of_django
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix.drawing import (
    Column,
    Face,
    Invitation,
    Link,
    Picture,
    Ribbon,
    Thread,
    Visit,
    Words,
    chart,
    crossings,
    draw,
    insert,
    lanes,
    loom,
    mini_trail,
    order,
    shape,
    signs,
    slots_of,
)
from matrix.drawing.faces import LEFT, RIGHT, TYPE, compose
from matrix.drawing.inputs import COLOURS, SHAPES, STATES, TENSES, VALUES
from matrix.drawing.layout import grid
from matrix.drawing.measure import cut, lines, width
from matrix.drawing.routing import route
from matrix.drawing.strokes import Artist

SVG = "{http://www.w3.org/2000/svg}"
NASTY = [
    "</script><script>alert(1)</script>",
    "\"quoted\" & 'single' <b>",
    "مؤشر القيمة المحققة في المجتمع",
    "共同体の学習による価値の指標を測る",
    "👩‍⚕️🩹 wound care 🏥",
    "x" * 200,
    "tab\tnew\nline \x00\x08 \ud800 end",
    "",
    " ",
    "{number} {0} %s",
]


def make_face(id, name="Wounds healed within six weeks", **more):
    return Face(id=id, name=name, href=f"/indicators/{id}/", **more)


def make_picture(faces=3, threads=(), stages=5, bands=True, **more):
    """Five stages of `faces` boxes each, ids 1.. by column, and two bands of two."""
    columns = []
    for i in range(stages):
        column = [
            make_face(1 + i * faces + k, tellers=2, stories=3, state="stories")
            for k in range(faces)
        ]
        column.append(make_face(-1 - i, "", stories=1, unplaced=True, state="stories"))
        columns.append(
            Column(
                f"stage{i}",
                f"Stage {i}",
                "What happened?",
                colour=COLOURS[i % 8],
                shape=SHAPES[i % 8],
                faces=tuple(column),
            )
        )
    if bands:
        columns.insert(
            0,
            Column(
                "strategic",
                "Strategic",
                kind="side",
                colour="strategic",
                shape="flag",
                before=True,
                faces=(make_face(901), make_face(902)),
            ),
        )
        columns.append(
            Column(
                "enabling",
                "Enabling",
                kind="side",
                colour="enabling",
                shape="plinth",
                faces=(make_face(903), make_face(904)),
            )
        )
    return Picture("Matrix", "What there is", tuple(columns), tuple(threads), **more)


def make_thread(number, *faces, links=None, **more):
    visits = tuple(f if isinstance(f, Visit) else Visit(f, step=i) for i, f in enumerate(faces))
    return Thread(
        number, f"Story {number}", "Edda", f"/stories/{number}/", visits=visits, links=links, **more
    )


def tree(svg):
    return ElementTree.fromstring(svg)


# -- structure ---------------------------------------------------------------------------------------------------------


def test_a_box_and_a_thread_are_links_with_a_full_label():
    face = make_face(
        1,
        tellers=2,
        stories=3,
        value="63 %",
        target="65 %",
        direction="up",
        state="both",
        series=(1, 2),
        goal=3,
    )
    thread = make_thread(5, 1, Visit(2, "hoped", step=1))
    stages = (
        Column("a", "Realized value", faces=(face,)),
        Column("b", "Reframing", faces=(make_face(2),)),
    )
    root = tree(draw(Picture("Circle", "2 indicators", stages, (thread,))))
    assert root.attrib["class"] == "matrix-picture" and root.attrib["role"] == "group"
    assert root.attrib["aria-labelledby"] == "m-title m-sentence"
    box = root.find(f".//{SVG}a[@data-box='1']")
    assert box.attrib["href"] == "/indicators/1/"
    assert box.attrib["aria-label"] == (
        "Wounds healed within six weeks. Realized value. 2 tellers, 3 stories. 63 %, target 65 %, more is wanted. Numbers and stories."
    )
    line = root.find(f".//{SVG}a[@data-thread='5']")
    assert line.attrib["href"] == "/stories/5/" and line.attrib["data-boxes"] == "1 2"
    assert (
        line.attrib["aria-label"]
        == "Story 5: Story 5, told by Edda: Realized value, hoped for Reframing"
    )


def test_focus_goes_by_cycle_then_by_thread_number():
    picture = make_picture(
        threads=[make_thread(3, 1, 4), make_thread(1, 2, 5, mine=True), make_thread(2, 4, 1)]
    )
    links = [a.attrib for a in tree(draw(picture)).iter(f"{SVG}a")]
    boxes = [int(a["data-box"]) for a in links if "data-box" in a]
    assert boxes == [
        f.id for c in picture.columns for f in sorted(c.faces, key=lambda f: f.unplaced)
    ]
    assert [a["data-thread"] for a in links if "data-thread" in a] == ["1", "2", "3"]
    assert ["data-box" in a for a in links] == sorted(
        ("data-box" in a for a in links), reverse=True
    )


def test_both_drawings_stand_in_one_page():
    picture = make_picture(threads=[make_thread(1, 1, 4)])
    ids = [
        e.attrib["id"]
        for svg in (draw(picture), loom(picture))
        for e in tree(svg).iter()
        if "id" in e.attrib
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("svg", [draw, loom])
def test_every_reference_has_its_target_and_no_style_or_script_is_inline(svg):
    text = svg(make_picture(threads=[make_thread(n, n, n + 3, n + 9, 903) for n in (1, 2, 3)]))
    root = tree(text)
    ids = {e.attrib["id"] for e in root.iter() if "id" in e.attrib}
    assert {e.attrib["href"][1:] for e in root.iter(f"{SVG}use")} <= ids
    assert not re.search(r"\s(style|on\w+)=", text)


def test_an_own_story_is_painted_last_and_stays_in_order():
    root = tree(draw(make_picture(threads=[make_thread(1, 1, 4, mine=True), make_thread(2, 2, 5)])))
    above = root.find(f"{SVG}g[@data-above]")
    assert [use.attrib["href"] for use in above] == ["#m-t1"]


def test_an_empty_community_shows_its_columns_and_what_may_be_done():
    column = Column(
        "a",
        "Immediate",
        "What happened?",
        invitations=(Invitation("Add the first indicator", "/add/"),),
    )
    picture = Picture("Empty", "Nothing yet", (column, Column("b", "Potential")))
    for svg in (draw(picture), loom(picture)):
        text = "".join(tree(svg).itertext())
        assert "Add the first indicator" in text and "nothing here yet" in text
        assert [a.attrib["href"] for a in tree(svg).iter(f"{SVG}a")] == ["/add/"]
    assert tree(draw(Picture("Empty", "")))
    assert tree(loom(Picture("Empty", "")))


def test_no_value_is_never_drawn_as_zero():
    box = tree(draw(make_picture(faces=1, bands=False))).find(f".//{SVG}a[@data-box='1']")
    text = "".join(box.itertext())
    assert "no numbers yet" in text and "0" not in text


def test_every_word_comes_from_words():
    marked = {
        name: (lambda n: f"§{n}")
        if callable(value)
        else "§" + re.sub(r"[^{}]*(\{\w+\})?[^{}]*", r"\1", value)
        for name in Words.__slots__
        for value in [getattr(Words(), name)]
        if name not in ("comma", "stop")
    }
    picture = replace(make_picture(threads=[make_thread(1, 1, 4)]), words=Words(**marked))
    for svg in (draw(picture), loom(picture)):
        said = " ".join(
            [*tree(svg).itertext(), *(e.attrib.get("aria-label", "") for e in tree(svg).iter())]
        )
        assert not re.search(r"teller|stories|number|told|yet|hoped|target", said)


# -- geometry ------------------------------------------------------------------------------------------------------------


def placed(picture):
    drawn = grid(picture, "m-")
    trails = route(picture, drawn)
    return drawn, trails


def assert_nothing_overlaps(drawn):
    for slot in range(drawn.slots):
        stack = [b for area in drawn.regions for b in area.stacks[slot]]
        for above, below in zip(stack, stack[1:], strict=False):
            assert above.y + above.h <= below.y - 3.9
    for above, below in zip(drawn.regions, drawn.regions[1:], strict=False):
        assert above.y + above.h <= below.y
    for area in drawn.regions:
        for box in (b for stack in area.stacks for b in stack):
            assert area.y < box.y and box.y + box.h < area.y + area.h
    assert drawn.regions[-1].y + drawn.regions[-1].h <= drawn.height


def assert_threads_reach(drawn, trails):
    """Every lane lies within its tray, lanes of one tray are apart, channels within their gap."""
    taken = {}
    for trail in trails:
        assert [s.index for s in trail.stops] == sorted(s.index for s in trail.stops)
        for stop in trail.stops:
            for y in {stop.y_in, stop.y_out} if stop.lanes else ():
                assert stop.box.tray <= y <= stop.box.y + stop.box.h
                taken.setdefault(stop.box.face.id, []).append(y)
        for way in trail.routes:
            for key, y in zip(way.gaps, way.ys, strict=True):
                top, bottom = drawn.gap(key)
                assert top <= y <= bottom
    for ys in taken.values():
        ys.sort()
        assert all(b - a > drawn.lane - 0.01 for a, b in zip(ys, ys[1:], strict=False))


def test_a_thread_is_drawn_from_box_to_box_in_told_order():
    thread = make_thread(1, 1, 4, 10, 7)
    drawn, trails = placed(make_picture(threads=[thread]))
    strokes = Artist(drawn, trails).draw(trails[0])
    assert list(strokes.paths) == [("solid", "")]
    numbers = [float(n) for n in re.findall(r"H(-?[\d.]+)", strokes.data(("solid", "")))]
    edges = [drawn.boxes[f].x + drawn.box for f in (1, 4)] + [drawn.boxes[10].x]
    passed = iter(numbers)
    assert all(any(n >= edge for n in passed) for edge in edges)
    assert (
        strokes.paths[("solid", "")][0].startswith("M")
        and strokes.data(("solid", "")).count("M") == 1
    )
    kinds = [m.kind for m in strokes.marks]
    assert kinds.count("disc") == 1 and kinds.count("bar") == 1 and kinds.count("chevron") == 1


def test_no_line_where_no_link_was_told():
    apart = make_thread(1, 1, Visit(4, joined=False, step=1))
    drawn, trails = placed(make_picture(threads=[apart]))
    strokes = Artist(drawn, trails).draw(trails[0])
    assert trails[0].routes == []
    assert [m.kind for m in strokes.marks].count("disc") == 2  # both parts can be looked up
    for piece in strokes.data(("solid", "")).split("M")[1:]:
        xs = [float(n) for n in re.findall(r"[\d.]+", piece)][::2]
        assert max(xs) - min(xs) < drawn.box


def test_what_did_not_happen_stops_in_the_gutter_and_its_box_is_not_touched():
    thread = make_thread(9, 1, Visit(4, "did_not_happen", step=1))
    drawn, trails = placed(make_picture(threads=[thread]))
    assert drawn.boxes[4].lanes == 0
    strokes = Artist(drawn, trails).draw(trails[0])
    ring = next(m for m in strokes.marks if m.kind == "broke")
    assert drawn.boxes[1].x + drawn.box < ring.x < drawn.boxes[4].x


def test_a_trail_that_broke_is_a_double_line_with_its_ring_in_the_box():
    thread = make_thread(3, 1, Visit(4, "happened", "none_created", step=1))
    drawn, trails = placed(make_picture(threads=[thread]))
    strokes = Artist(drawn, trails).draw(trails[0])
    assert set(strokes.paths) == {("solid", ""), ("double", "")}
    ring = next(m for m in strokes.marks if m.kind == "broke")
    assert drawn.boxes[4].x < ring.x < drawn.boxes[4].x + drawn.box


def test_a_skipped_column_is_passed_through_a_gap():
    drawn, trails = placed(make_picture(threads=[make_thread(n, n, 12 + n) for n in (1, 2, 3)]))
    for trail in trails:
        for way in trail.routes:
            assert [slot for _, slot, _ in way.gaps] == [1, 2, 3]
            for (_, slot, _), y in zip(way.gaps, way.ys, strict=True):
                stack = [b for area in drawn.regions for b in area.stacks[slot]]
                assert not any(b.y <= y <= b.y + b.h for b in stack)


def test_bands_stand_where_their_links_are_and_where_they_are_stored():
    picture = make_picture(threads=[make_thread(1, 13, 901), make_thread(2, 10, 903)])
    at = slots_of(picture)
    assert (at[901], at[903]) == (4, 3)
    stored = replace(
        picture.columns[0],
        faces=(replace(picture.columns[0].faces[0], slot=1), picture.columns[0].faces[1]),
    )
    assert slots_of(replace(picture, columns=(stored, *picture.columns[1:])))[901] == 1


def test_a_new_story_never_moves_a_box_to_another_place():
    before = make_picture(threads=[make_thread(1, 1, 4)], bands=False)
    after = replace(before, threads=(*before.threads, make_thread(2, 3, 5, 15)))
    stacks = [
        [[b.face.id for b in s] for area in placed(p)[0].regions for s in area.stacks]
        for p in (before, after)
    ]
    assert stacks[0] == stacks[1]


@pytest.mark.parametrize(("boxes", "level"), [(6, "L"), (7, "M"), (14, "M"), (15, "S")])
def test_the_fullest_column_sets_the_level_of_detail(boxes, level):
    assert f'data-level="{level}"' in draw(make_picture(faces=boxes))


def test_threads_are_numbered_up_to_24_and_coloured_above():
    few = make_picture(threads=[make_thread(n, 1, 4) for n in range(1, 25)])
    many = make_picture(threads=[make_thread(n, 1, 4) for n in range(1, 26)])
    assert 'class="disc-n"' in draw(few) and "many" not in draw(few)
    assert 'class="disc-n"' not in draw(many) and 'class="line solid c-immediate"' in draw(many)


# -- text ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["L", "M", "S"])
@pytest.mark.parametrize(
    "name",
    [n for n in NASTY if n.strip()]
    + ["Can name someone to call about a hard wound in the middle of a night shift"],
)
def test_text_fits_its_box(level, name):
    for more in (
        {
            "value": "1 234 567,89 Stunden je Mitglied",
            "target": "9 999 999 Stunden",
            "direction": "down",
            "state": "both",
        },
        {"value": "63 %", "target": "65 %", "direction": "up", "state": "both"},
        {"state": "stories", "negotiating": True},
        {"state": "empty", "tellers": 0, "stories": 0},
        {"unplaced": True},
    ):
        face = replace(
            make_face(1, name, tellers=12345, stories=98765, series=(1, 5, 2), goal=4), **more
        )
        words = Words(
            tellers=lambda n: f"{n} erzählende Mitglieder",
            no_numbers="noch keine Zahlen von niemandem erhoben",
        )
        content = compose(face, Column("a", "A"), level, 172, words, "m-")
        for text in content.texts:
            left = text.x - text.width if text.end else text.x
            assert left >= LEFT - 0.01 and left + text.width <= 172 - RIGHT + 0.01, text
            assert text.y < content.height
            assert text.css.split()[0] in TYPE


def test_a_value_without_room_for_its_unit_is_drawn_as_its_number():
    face = make_face(1, tellers=2, stories=3, state="both", value="3,571\u00a0contributions")
    drawn = {
        level: [
            text.text
            for text in compose(face, Column("a", "A"), level, 172, Words(), "m-").texts
            if text.css.startswith("value")
        ]
        for level in ("L", "M")
    }
    assert drawn == {"L": ["3,571\u00a0contributions"], "M": ["3,571"]}


@given(st.text(max_size=120), st.floats(20, 300))
def test_a_cut_text_fits_and_keeps_its_start(text, room):
    short = cut(text, room, 12, True)
    assert width(short, 12, True) <= room + 1e-6
    broken = lines(text, [room, room, room], 12, True)
    assert len(broken) <= 3 and all(
        width(line, 12, True) <= room + 1e-6 for line in broken if len(line) > 1
    )


@pytest.mark.parametrize("text", NASTY)
def test_any_text_gives_well_formed_xml(text):
    face = Face(
        1,
        text,
        f"/i/?q={text}",
        1,
        2,
        1,
        text,
        text,
        "up",
        (1.0, float("nan"), float("inf")),
        float("nan"),
        "both",
        True,
        True,
    )
    columns = (
        Column("a", text, text, faces=(face,)),
        Column("b", text, text, "side", faces=(replace(face, id=2),)),
        Column("c", text, invitations=(Invitation(text, text),)),
    )
    thread = Thread(1, text, text, text, True, (Visit(1), Visit(2)), note=text)
    picture = Picture(text, text, columns, (thread,))
    for svg in (draw(picture), loom(picture), mini_trail(thread, picture)):
        root = tree(svg)
        assert not list(root.iter("script")) and not list(root.iter(f"{SVG}script"))
        assert "<script" not in svg


# -- any graph -----------------------------------------------------------------------------------------------------------

FACES = [*range(1, 16), -1, -3, 901, 902, 903, 904, 12345]  # the last one isn't drawn


@st.composite
def threads(draw_):
    result = []
    for number in range(1, draw_(st.integers(0, 30)) + 1):
        visit = st.builds(
            Visit,
            st.sampled_from(FACES),
            st.sampled_from(TENSES),
            st.sampled_from(VALUES),
            st.booleans(),
            st.one_of(st.none(), st.integers(0, 4)),
        )
        visits = draw_(st.lists(visit, max_size=7))
        link = st.builds(
            Link,
            st.integers(-1, 8),
            st.integers(-1, 8),
            st.sampled_from(TENSES),
            st.sampled_from(VALUES),
        )
        links = draw_(st.one_of(st.none(), st.lists(link, max_size=9).map(tuple)))
        result.append(
            Thread(
                number,
                f"Story {number}",
                "",
                f"/s/{number}",
                draw_(st.booleans()),
                tuple(visits),
                links,
            )
        )
    return result


@settings(max_examples=60, deadline=None)
@given(threads(), st.integers(1, 6), st.booleans(), st.booleans())
def test_any_graph_is_drawn(found, stages, bands, mirrored):
    picture = make_picture(threads=found, stages=stages, bands=bands, right_to_left=mirrored)
    svg = draw(picture)
    root = tree(svg)
    assert svg == draw(picture)
    assert "nan" not in svg.lower().replace("nance", "") and "inf" not in svg
    assert len(root.findall(f".//{SVG}a[@data-thread]")) == len(picture.shown_threads())
    assert len(tree(loom(picture)).findall(f".//{SVG}a[@data-thread]")) == len(lanes(picture)) <= 5
    drawn, trails = placed(picture)
    assert_nothing_overlaps(drawn)
    assert_threads_reach(drawn, trails)
    for thread in found:
        tree(mini_trail(thread, picture))


@pytest.mark.parametrize(
    "links",
    [
        (Link(0, 1), Link(1, 2), Link(2, 0)),
        (Link(0, 1), Link(0, 2), Link(0, 3)),
        (Link(0, 3), Link(1, 3), Link(2, 3)),
        (Link(3, 0),),
        (Link(0, 0), Link(1, 1)),
        (Link(0, 1), Link(1, 0)),
        ((0, 1, "hoped", "unset"),),
    ],
)
def test_loops_branches_and_links_back(links):
    picture = make_picture(threads=[make_thread(1, 1, 4, 10, 4, links=links)])
    drawn, trails = placed(picture)
    assert_nothing_overlaps(drawn)
    assert_threads_reach(drawn, trails)
    assert tree(draw(picture)) and tree(loom(picture))


def test_two_touches_of_one_step_are_one_step_in_words_and_in_the_mini_trail():
    visits = (Visit(1, step=0), Visit(4, step=1), Visit(5, step=1), Visit(7, step=2))
    thread = make_thread(1, *visits, links=(Link(0, 1), Link(0, 2), Link(1, 3), Link(2, 3)))
    picture = make_picture(threads=[thread])
    root = tree(draw(picture))
    assert (
        root.find(f".//{SVG}a[@data-thread='1']")
        .attrib["aria-label"]
        .endswith(": Stage 0, Stage 1, Stage 2")
    )
    mini = mini_trail(thread, picture)
    assert mini.count('class="tone') == 3 and mini.count('class="line') == 2


# -- the loom --------------------------------------------------------------------------------------------------------------


def test_numbers_of_what_did_not_happen_stand_clear_of_the_rings_in_the_gutter():
    failed = [make_thread(n, 1, Visit(face, "did_not_happen")) for n, face in ((17, 4), (14, 5))]
    failed.append(make_thread(23, 2, Visit(6, "did_not_happen")))
    picture = make_picture(threads=failed)
    drawn = grid(picture, "")
    trails = route(picture, drawn)
    artist = Artist(drawn, trails)
    marks = [mark for trail in trails for mark in artist.draw(trail).marks]
    rings = [mark for mark in marks if mark.kind == "broke"]
    numbers = [mark for mark in marks if mark.kind == "number"]
    assert len(rings) == len(numbers) == 3
    for one in numbers:
        assert one.anchor == ""
        for ring in rings:
            # Letters reach 6 px up from where they stand, and begin there.
            assert one.x > ring.x + 6 or not ring.y - 6 < one.y < ring.y + 12


def test_a_lifted_thread_stands_out_from_the_beginning():
    threads = [make_thread(n, 1, 4, lifted=n == 2, mine=n == 3) for n in range(1, 9)]
    picture = make_picture(threads=threads)
    assert [t.number for t in lanes(picture)] == [2, 3, 8, 7, 6]
    for svg in (draw(picture), loom(picture)):
        root = tree(svg)
        assert root.attrib["data-lifted"] == "2"
        assert "lifting" in root.attrib["class"].split()
        found = root.findall(f".//{SVG}a[@data-thread]//{SVG}g[@id]")
        lifted = [one for one in found if "lifted" in one.attrib.get("class", "").split()]
        assert [one.attrib["id"][-2:] for one in lifted] == ["t2"]
    # Painted once more above the others, by a copy that a script may take away.
    copies = re.findall(r'<use href="#m-(t\d+)"( data-copy="")?/>', draw(picture))
    assert copies == [("t3", ""), ("t2", ' data-copy=""')]
    plain = draw(make_picture(threads=[make_thread(1, 1, 4)]))
    assert "lifting" not in plain and "data-lifted" not in plain and "data-copy" not in plain


def test_a_cycles_name_in_the_loom_is_not_cut_for_a_word_that_a_sign_says():
    words = Words(tellers=lambda count: f"{count} personas que cuentan")
    picture = make_picture(words=words)
    column = replace(picture.columns[1], name="Immediate value", tellers=10)
    html = loom(replace(picture, columns=(column,)))
    assert ">Immediate value<" in html and "10 personas" not in html
    assert re.search(r'<use href="#l-person" class="m-solid"', html)
    assert "10 tellers" in loom(replace(make_picture(), columns=(column,)))


def test_the_loom_shows_own_stories_then_the_newest():
    picture = make_picture(threads=[make_thread(n, 1, 4, mine=n == 2) for n in range(1, 9)])
    assert [t.number for t in lanes(picture)] == [2, 8, 7, 6, 5]


def test_every_row_of_the_loom_is_a_link_at_least_44_high():
    root = tree(loom(make_picture()))
    rows = root.findall(f".//{SVG}a[@data-box]")
    assert len(rows) == 5 * 4 + 4
    assert all(float(row.find(f"{SVG}rect").attrib["height"]) >= 44 for row in rows)


def test_beads_carry_the_told_order_only_where_a_trail_goes_back_up():
    down = loom(make_picture(threads=[make_thread(1, 1, 4, 7)]))
    up = loom(make_picture(threads=[make_thread(1, 7, 4, 10)]))
    beads = re.compile(r'<text class="disc-n"[^>]*>(\d+)</text>')
    assert beads.findall(down) == ["1"]  # the chip
    assert beads.findall(up) == ["1", "1", "2", "3"]


# -- order, key, budget ------------------------------------------------------------------------------------------------------


def test_order_uncrosses_and_keeps_regions_and_the_last_box():
    links = [(1, 6, 1), (2, 5, 1), (3, 4, 3)]
    assert order([[1, 2, 3], [4, 5, 6]], links) in ([[3, 2, 1], [4, 5, 6]], [[1, 2, 3], [6, 5, 4]])
    assert order([[1, 2, 3], [4, 5, 6]], links, last=[6, 3])[1][-1] == 6
    kept = order([[1, 2, 3], [4, 5, 6]], links, regions={6: 1, 4: -1})
    assert kept[1] == [4, 5, 6]
    assert order([], []) == [] and order([[1], []], [(1, 99, 1), (1, 1, 2)]) == [[1], []]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.integers(1, 5)), max_size=60))
@settings(max_examples=60, deadline=None)
def test_order_keeps_every_box_and_never_makes_it_worse(links):
    columns = [list(range(i * 5, i * 5 + 5)) for i in range(4)]
    found = order(columns, links)
    assert [sorted(c) for c in found] == columns
    assert found == order(columns, links)
    assert crossings(found, links) <= crossings(columns, links)


def test_crossings_are_counted_as_by_hand():
    assert crossings([[1, 2], [3, 4]], [(1, 4, 2), (2, 3, 3)]) == 6
    assert crossings([[1, 2], [3, 4]], [(1, 3, 2), (2, 4, 3), (1, 4, 1)]) == 0
    assert (
        crossings([[1, 2], [9], [3, 4]], [(1, 4, 1), (2, 3, 1)]) == 0.25
    )  # at half weight each; lines meet in the middle column


def test_a_new_indicator_moves_no_other():
    columns, links = [[1, 2, 3], [4, 5, 6]], [(1, 4, 1), (2, 5, 1), (3, 6, 1), (3, 7, 2)]
    found = insert(columns, links, 7, 1)
    assert found[0] == [1, 2, 3] and [b for b in found[1] if b != 7] == [4, 5, 6]
    assert crossings(found, links) == 0
    assert insert(columns, [], 7, 1, last=[6])[1] == [4, 5, 7, 6]


def test_signs_and_shapes_are_small_hidden_drawings():
    for svg in [
        *signs().values(),
        *(shape(s, c, 16) for s, c in zip(SHAPES, COLOURS, strict=True)),
    ]:
        assert tree(svg).attrib["aria-hidden"] == "true"
        assert "style=" not in svg and " id=" not in svg
    assert set(STATES) <= set(signs())


@pytest.mark.parametrize("goal", [None, 12.0, float("nan")])
def test_a_chart_draws_every_value_within_its_frame(goal):
    assert chart([], goal) == chart([3.0], goal) == ""
    root = tree(chart([3.0, 12.0, 7.5], goal))
    line = next(one for one in root.iter("path") if one.get("class") == "m-spark")
    points = [float(n) for n in re.findall(r"[-\d.]+", line.get("d"))]
    # The largest at the top, the smallest at the bottom, from one side to the other.
    assert points == [8, 88, 160, 8, 312, 48]
    goals = [one for one in root.iter("path") if one.get("class") == "m-goal"]
    assert len(goals) == (goal == 12.0)


def test_the_pages_stylesheet_has_no_class_of_the_drawing():
    """A rule for something else of that name would be obeyed within the drawing too."""
    picture = make_picture(threads=[make_thread(1, 1, 4, 7)])
    woven = make_picture(ribbons=(Ribbon(1, 4, 3, 3, hoped=1), Ribbon(4, 7, 2, 2)))
    drawn = draw(picture) + loom(picture) + draw(woven)
    used = {name for found in re.findall(r'class="([^"]+)"', drawn) for name in found.split()}
    page = Path(settings_of_django.BASE_DIR, "static/css/site.css").read_text()
    bare = set(re.findall(r"(?:^|[,}]\s*)\.([\w-]+)(?=[\s,{:])", page, re.M))
    # Of this one the colour alone is set, which is that of text in HTML.
    assert used & bare - {"muted"} == set()


def test_sixty_boxes_and_sixty_threads_stay_within_budget():
    found = [
        make_thread(n, 1 + n % 12, 13 + n * 7 % 12, 25 + n * 5 % 12, 37 + n * 11 % 12, 49 + n % 12)
        for n in range(1, 61)
    ]
    picture = make_picture(faces=12, threads=found)
    draw(picture)
    taken = []
    for _ in range(5):
        start = time.process_time()
        svg = draw(picture)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.15  # 0.03 s on a quiet machine
    assert len(svg.encode()) < 150_000
