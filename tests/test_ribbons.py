"""The drawn matrix with ribbons: which are drawn, how wide, that none crosses a box, and what they say."""

import random
import re
import time
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix.drawing import (
    Column,
    Face,
    Picture,
    Ribbon,
    Words,
    draw,
    drawn_ribbons,
    loom,
    ribbon_signs,
    slots_of,
    width_samples,
)
from matrix.drawing.layout import grid
from matrix.drawing.ribbon_strokes import CROWDED, hoped_width
from matrix.drawing.ribbons import HEAVIEST, THINNEST, WIDEST, scale, weave

from .test_picture import (
    NASTY,
    SVG,
    assert_nothing_overlaps,
    make_face,
    make_picture,
    make_thread,
    tree,
)


def make_ribbon(start, end, tellers=3, stories=None, **more):
    stories = tellers if stories is None else stories
    return Ribbon(start, end, tellers, stories, href=f"/links/{start}/{end}/", **more)


def make_woven(*ribbons, **more):
    """make_picture with these ribbons, given as Ribbon or as (start, end, tellers)."""
    ribbons = tuple(r if isinstance(r, Ribbon) else make_ribbon(*r) for r in ribbons)
    return make_picture(ribbons=ribbons, **more)


def laid(picture):
    drawn = grid(picture, "m-")
    return drawn, weave(picture, drawn)


def links_of(svg):
    return [e for e in tree(svg).iter() if "data-ribbon" in e.attrib]


# -- what is drawn -------------------------------------------------------------------------------------------------------


def test_the_smallest_threshold_of_tellers_that_keeps_the_count():
    ribbons = [(1, 4, 9), (1, 5, 5), (2, 4, 5), (2, 5, 3), (3, 4, 3), (3, 5, 1)]
    for most, count, least in ((6, 6, 1), (5, 5, 3), (4, 3, 5), (3, 3, 5), (2, 1, 9), (1, 1, 9)):
        drawn, total, told_by = drawn_ribbons(make_woven(*ribbons, most=most))
        assert (len(drawn), total, told_by) == (count, 6, least)
        assert all(r.tellers >= least for r in drawn)


def test_of_too_many_with_as_many_tellers_the_first_are_drawn():
    ribbons = (
        make_ribbon(3, 4, 2, 2),
        make_ribbon(2, 4, 2, 9),
        make_ribbon(1, 5, 2, 2),
        make_ribbon(1, 4, 2, 2),
        make_ribbon(1, 6, 1, 1),
    )
    drawn, total, least = drawn_ribbons(make_woven(*ribbons, most=3))
    assert [(r.start, r.end) for r in drawn] == [(2, 4), (1, 4), (1, 5)]
    assert (total, least) == (5, 2)


def test_a_ribbon_to_its_own_box_or_out_of_the_picture_is_neither_drawn_nor_counted():
    picture = make_woven((1, 1, 9), (1, 12345, 9), (12345, 1, 9), (1, 4, 2))
    assert drawn_ribbons(picture) == ([picture.ribbons[3]], 1, 2)
    assert [e.attrib["data-ribbon"] for e in links_of(draw(picture))] == ["1-4"]


def test_without_any_that_can_be_drawn_there_is_none():
    picture = make_woven((1, 1, 9))
    assert drawn_ribbons(picture) == ([], 0, 0)
    assert drawn_ribbons(make_woven((1, 4, 9), most=0)) == ([], 1, 0)
    assert drawn_ribbons(make_picture()) == ([], 0, 0)
    assert links_of(draw(picture)) == [] and width_samples(picture) == []
    assert tree(draw(replace(Picture("Empty", ""), ribbons=(make_ribbon(1, 2),))))


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(0, 30))
def test_a_lower_threshold_would_draw_too_many(tellers, most):
    faces = tuple(make_face(i) for i in range(1, 32))
    columns = (Column("a", "A", faces=(make_face(99),)), Column("b", "B", faces=faces))
    ribbons = tuple(make_ribbon(99, i, n) for i, n in enumerate(tellers, 1))
    drawn, total, least = drawn_ribbons(Picture("", "", columns, ribbons=ribbons, most=most))
    assert total == len(tellers) and len(drawn) <= most
    left_out = sorted(set(ribbons) - set(drawn), key=lambda r: -r.tellers)
    if drawn and left_out:
        next_lower = left_out[0].tellers
        if next_lower < least:
            assert sum(n >= next_lower for n in tellers) > most
        else:  # even the highest threshold has too many
            assert least == max(tellers) and len(drawn) == most


def test_ribbons_are_drawn_in_place_of_threads():
    picture = make_woven((1, 4, 3), threads=[make_thread(1, 1, 4)])
    root = tree(draw(picture))
    assert root.findall(f".//{SVG}a[@data-thread]") == []
    assert len(root.findall(f".//{SVG}a[@data-ribbon]")) == 1
    assert root.find(f"{SVG}g[@data-above]") is not None
    assert "trail" not in draw(picture)


# -- words ---------------------------------------------------------------------------------------------------------------


def test_a_ribbon_is_a_link_that_says_what_was_told():
    names = ((1, "Worth my time"), (2, "A peer was asked"), (3, "Night transfers"))
    stages = tuple(Column(name, name, faces=(make_face(id, name),)) for id, name in names)
    ribbons = (make_ribbon(1, 2, 12, 15, hoped=2), make_ribbon(3, 2, 1, 1), Ribbon(2, 3, 0, 4))
    root = tree(draw(Picture("Circle", "", stages, ribbons=ribbons)))
    first, second, third = (e for e in root.iter() if "data-ribbon" in e.attrib)
    assert first.tag == f"{SVG}a" and first.attrib["class"].split()[0] == "ribbon"
    assert first.attrib["data-ribbon"] == "1-2" and first.attrib["data-boxes"] == "1 2"
    assert first.attrib["href"] == "/links/1/2/"
    assert first.attrib["aria-label"] == (
        "From Worth my time to A peer was asked: 12 tellers, 15 stories, 2 of them do not tell it as happened"
    )
    assert second.attrib["aria-label"] == (
        "From Night transfers to A peer was asked: 1 teller, 1 story"
    )
    assert third.tag == f"{SVG}g" and third.attrib["role"] == "img"  # without an address
    assert third.attrib["aria-label"] == (
        "From A peer was asked to Night transfers: teller not known, 4 stories"
    )


def test_a_box_without_an_indicator_is_named_by_its_cycle():
    (link,) = links_of(draw(make_woven((1, -2, 3))))
    assert "no indicator yet (Stage 1)" in link.attrib["aria-label"]
    assert link.attrib["data-ribbon"] == "1--2"


def test_a_box_says_how_many_trails_broke_here_and_shows_a_ring():
    stages = tuple(
        Column(name, name, faces=(make_face(i, tellers=4, stories=5, broke=n),))
        for i, (name, n) in enumerate((("a", 4), ("b", 1), ("c", 0)), 1)
    )
    picture = Picture("Circle", "", stages, ribbons=(make_ribbon(1, 2),))
    root = tree(draw(picture))
    labels = [root.find(f".//{SVG}a[@data-box='{i}']").attrib["aria-label"] for i in (1, 2, 3)]
    assert labels[0].endswith("4 trails broke here.") and labels[1].endswith("1 trail broke here.")
    assert "broke" not in labels[2]
    rings = root.find(f"{SVG}g[@class='rings']")
    assert rings.attrib["aria-hidden"] == "true" and root[-1] is rings
    assert "".join(rings.itertext()) == "41"
    threads = draw(replace(picture, ribbons=(), threads=(make_thread(1, 1, 2),)))
    assert 'class="rings"' not in threads


def test_focus_goes_by_cycle_then_from_the_widest_ribbon_to_the_narrowest():
    picture = make_woven((1, 4, 2), (2, 5, 9), (7, 4, 5), (1, 5, 9))
    links = [e.attrib for e in tree(draw(picture)).iter(f"{SVG}a")]
    assert ["data-box" in a for a in links] == sorted(
        ("data-box" in a for a in links), reverse=True
    )
    assert [a["data-ribbon"] for a in links if "data-ribbon" in a] == ["1-5", "2-5", "7-4", "1-4"]


def test_every_word_of_a_ribbon_comes_from_words():
    marked = {
        name: (lambda n: f"§{n}")
        if callable(value)
        else "§" + re.sub(r"[^{}]*(\{\w+\})?[^{}]*", r"\1", value)
        for name in Words.__slots__
        for value in [getattr(Words(), name)]
        if name not in ("comma", "stop")
    }
    ribbons = (make_ribbon(1, 4, hoped=1), make_ribbon(1, -2, 0, 2))
    picture = replace(make_woven(*ribbons), words=Words(**marked))
    face = replace(picture.columns[1].faces[0], broke=3)
    column = replace(picture.columns[1], faces=(face, *picture.columns[1].faces[1:]))
    picture = replace(picture, columns=(picture.columns[0], column, *picture.columns[2:]))
    root = tree(draw(picture))
    said = " ".join([*root.itertext(), *(e.attrib.get("aria-label", "") for e in root.iter())])
    assert not re.search(r"teller|stories|number|told|yet|hoped|target|From|them|trail", said)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("most", [95, 1000])
def test_any_text_gives_well_formed_xml(text, most):
    faces = [Face(i, text, f"/i/?q={text}", state="stories") for i in range(1, 41)]
    columns = (
        Column("a", text, faces=tuple(faces[:20])),
        Column("b", text, faces=tuple(faces[20:])),
    )
    ribbons = tuple(
        Ribbon(a, b, a, b, href=f"?q={text}&a=1") for a in range(1, 21) for b in range(21, 41)
    )
    svg = draw(Picture(text, text, columns, ribbons=ribbons, most=most))
    assert tree(svg) and "<script" not in svg and not re.search(r"\s(style|on\w+)=", svg)


# -- widths --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("faces", "level"), [(3, "L"), (7, "M"), (15, "S")])
def test_the_heaviest_side_of_a_box_is_as_wide_as_its_level_has_room(faces, level):
    a, b = 1, 1 + faces
    picture = make_woven((a, b, 60), (a, b + 1, 40), (a + 1, b, 10), faces=faces)
    drawn, woven = laid(picture)
    assert drawn.level == level
    assert scale(picture, drawn)[0] * 100 == pytest.approx(HEAVIEST[level])
    widths = {(w.ribbon.start, w.ribbon.end): w.width for w in woven.ways}
    assert widths[a, b] + widths[a, b + 1] == pytest.approx(HEAVIEST[level], abs=0.11)


def test_a_teller_is_at_most_3_px_and_a_ribbon_at_least_1_3():
    _, few = laid(make_woven((1, 4, 2), (2, 5, 1)))
    assert [w.width for w in few.ways] == [2 * WIDEST, WIDEST]
    _, many = laid(make_woven((1, 4, 2000), (2, 5, 1), (3, 5, 0)))
    assert [w.width for w in many.ways] == [60, THINNEST, THINNEST]


def test_what_is_hoped_for_is_a_dashed_share_of_the_same_ribbon():
    picture = make_woven(
        make_ribbon(1, 4, 10, hoped=4), make_ribbon(2, 5, 4, hoped=4), (3, 6, 4), most=9
    )
    _, woven = laid(picture)
    part, whole, none = woven.ways
    assert hoped_width(part) == pytest.approx(part.width * 0.4)
    assert (hoped_width(whole), hoped_width(none)) == (whole.width, 0)
    gaps = [e.findall(f"{SVG}path[@class='gaps']") for e in links_of(draw(picture))]
    assert [len(found) for found in gaps] == [1, 1, 0]


def test_a_stitched_ribbon_is_marked_and_wide_enough_to_be_an_outline():
    picture = make_woven((1, 4, 900), make_ribbon(2, 5, 1, stitched=True))
    assert [e.attrib["class"].split()[:2] for e in links_of(draw(picture))] == [
        ["ribbon", "c-immediate"],
        ["ribbon", "stitched"],
    ]
    assert laid(picture)[1].ways[1].width > 3


# -- geometry ------------------------------------------------------------------------------------------------------------

PIECE = re.compile(r"([Mchvz])([^Mchvz]*)")


def trace(data):
    """Points along a path of M, c, h, v and z, ten for each curve."""
    points = []
    for command, rest in PIECE.findall(data):
        n = [float(x) for x in re.findall(r"-?[\d.]+", rest)]
        x, y = points[-1] if points else (0, 0)
        if command == "M":
            points.append((n[0], n[1]))
        elif command == "h":
            points += [(x + n[0] * k / 10, y) for k in range(1, 11)]
        elif command == "v":
            points += [(x, y + n[0] * k / 10) for k in range(1, 11)]
        elif command == "c":
            (a, b), (c, d), (e, f) = n[:2], n[2:4], n[4:]
            for k in range(1, 11):
                t, u = k / 10, 1 - k / 10
                points.append(
                    (
                        x + 3 * u * u * t * a + 3 * u * t * t * c + t**3 * e,
                        y + 3 * u * u * t * b + 3 * u * t * t * d + t**3 * f,
                    )
                )
    return points


def assert_ports_hold(drawn, woven):
    """Ports lie within their box side, those of one side apart; what passes a gap lies within it, apart too."""
    ports, lanes = defaultdict(list), defaultdict(list)
    for way in woven.ways:
        ports[way.ribbon.start, way.side_out].append((way.y_out, way.width))
        ports[way.ribbon.end, way.side_in].append((way.y_in, way.width))
        assert len(way.gaps) == len(way.ys)
        for key, y in zip(way.gaps, way.ys, strict=True):
            lanes[key].append((y, way.width))
    for (face, _), found in ports.items():
        box = drawn.boxes[face]
        assert_apart(found, box.y + 4.9, box.y + box.h - 4.9)
    for key, found in lanes.items():
        top, bottom = drawn.gap(key)
        assert_apart(found, top + 3.9, bottom - 3.9)
    for _, y, _ in woven.stubs:
        assert any(box.y < y < box.y + box.h for box in drawn.boxes.values())


def assert_apart(found, top, bottom):
    found.sort()
    assert top <= found[0][0] - found[0][1] / 2 and found[-1][0] + found[-1][1] / 2 <= bottom
    for (y, w), (z, v) in zip(found, found[1:], strict=False):
        assert y + w / 2 < z - v / 2


def assert_none_cross_at_ports(woven):
    """Ribbons of one side go on in the order of their ports: to the next channel, or to the box at the other end."""
    sides = defaultdict(list)
    for way in woven.ways:
        if not way.hops:
            ys = [way.y_out, *way.ys, way.y_in]
            sides[way.ribbon.start, way.side_out].append((ys[0], ys[1]))
            sides[way.ribbon.end, way.side_in].append((ys[-1], ys[-2]))
    for ports in sides.values():
        goals = [goal for _, goal in sorted(ports)]
        assert goals == sorted(goals)


def assert_ribbons_keep_out(drawn, woven, svg):
    """As drawn: every ribbon starts and ends at the sides of its boxes, and nothing of it lies on any box."""
    known = defaultdict(list)
    for way in woven.ways:
        known[f"{way.ribbon.start}-{way.ribbon.end}"].append(way)
    boxes = [
        (drawn.x(box.x, box.w), box.y, box.w, box.h)
        for area in drawn.regions
        for stack in area.stacks
        for box in stack
    ]
    links = links_of(svg)
    assert len(links) == len(woven.ways)
    for link in links:
        points = trace(link.find(f"{SVG}path").attrib["d"])
        for x, y in points:
            assert 0 <= x <= drawn.width and 0 <= y <= drawn.height
            assert not any(
                left + 0.3 < x < left + w - 0.3 and top + 0.3 < y < top + h - 0.3
                for left, top, w, h in boxes
            )
        assert any(
            near(points, side_x(drawn, way.start, way.side_out), way.y_out, way.width)
            and near(points, side_x(drawn, way.end, way.side_in), way.y_in, way.width)
            for way in known[link.attrib["data-ribbon"]]
        )


def side_x(drawn, box, side):
    return drawn.x(box.x + box.w if side > 0 else box.x)


def near(points, x, y, width):
    """A point of the path lies at this port."""
    return any(abs(a - x) < 0.2 and abs(b - y) <= width / 2 + 0.2 for a, b in points)


FACES = [*range(1, 16), -1, -3, 901, 902, 903, 904, 12345]  # the last one isn't drawn

any_ribbon = st.builds(
    lambda a, b, tellers, stories, hoped, stitched: make_ribbon(
        a, b, tellers, stories, hoped=hoped, stitched=stitched
    ),
    st.sampled_from(FACES),
    st.sampled_from(FACES),
    st.one_of(st.integers(0, 5), st.integers(0, 3000)),
    st.integers(0, 9),
    st.integers(0, 6),
    st.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(any_ribbon, min_size=1, max_size=60),
    st.integers(1, 7),
    st.booleans(),
    st.booleans(),
    st.sampled_from([3, 95]),
)
def test_any_graph_is_drawn(ribbons, stages, bands, mirrored, most):
    picture = make_woven(*ribbons, stages=stages, bands=bands, right_to_left=mirrored, most=most)
    svg = draw(picture)
    assert svg == draw(picture)
    assert "nan" not in svg.lower().replace("nance", "") and "inf" not in svg
    drawn, woven = laid(picture)
    assert [way.ribbon for way in sorted(woven.ways, key=lambda w: w.index)] == drawn_ribbons(
        picture
    )[0]
    assert_nothing_overlaps(drawn)
    assert_ports_hold(drawn, woven)
    assert_none_cross_at_ports(woven)
    assert_ribbons_keep_out(drawn, woven, svg)
    assert tree(loom(picture))
    width_samples(picture)


@pytest.mark.parametrize("mirrored", [False, True])
def test_more_than_can_be_filled_one_by_one_are_lines(mirrored):
    ribbons = [(a, b, 1 + a * b % 7) for a in range(1, 41) for b in range(41, 61)]
    ribbons += [(b, a, 2) for a in range(1, 21) for b in range(21, 31)] + [(1, 2, 300)]
    picture = make_woven(*ribbons, faces=20, bands=False, most=2000, right_to_left=mirrored)
    assert drawn_ribbons(picture)[1] == len(ribbons) > CROWDED
    svg = draw(picture)
    drawn, woven = laid(picture)
    assert_nothing_overlaps(drawn)
    assert_ports_hold(drawn, woven)
    assert_ribbons_keep_out(drawn, woven, svg)
    root = tree(svg)
    texts = {e.attrib["id"]: "".join(e.itertext()) for e in root.iter() if "id" in e.attrib}
    wide, *bare = links_of(svg)
    assert wide.attrib["aria-label"].endswith(": 300 tellers, 300 stories")
    name = "Wounds healed within six weeks"
    for link in bare:
        said = [texts[id] for id in link.attrib["aria-labelledby"].split()]
        assert said[:3] == [name, "←" if mirrored else "→", name] and len(said) == 4
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids)) and 'class="hit"' not in svg


@pytest.mark.parametrize(("start", "end"), [(1, 28), (14, 15), (28, 1), (15, 14)])
def test_a_wide_ribbon_that_is_steep_stays_in_its_gutter_and_keeps_its_width(start, end):
    picture = make_woven((start, end, 90), faces=14)
    drawn, woven = laid(picture)
    svg = draw(picture)
    assert_ribbons_keep_out(drawn, woven, svg)
    points = trace(links_of(svg)[0].find(f"{SVG}path").attrib["d"])
    middle = (drawn.boxes[start].y + drawn.boxes[end].y) / 2 + drawn.boxes[start].h / 2
    crossing = [  # where an edge passes half of its height: nearly upright there
        a + (b - a) * (middle - y) / (z - y)
        for (a, y), (b, z) in zip(points, points[1:], strict=False)
        if min(y, z) <= middle < max(y, z)
    ]
    assert len(crossing) == 2
    assert abs(crossing[0] - crossing[1]) > 0.85 * woven.ways[0].width


def test_a_skipped_column_is_passed_through_a_gap_that_makes_room():
    drawn, woven = laid(make_woven((1, 13, 9), (2, 14, 9), (14, 1, 9)))
    for way in woven.ways:
        slots = [slot for _, slot, _ in way.gaps]
        assert slots == ([3, 2, 1] if way.back else [1, 2, 3])
        for key in way.gaps:
            top, bottom = drawn.gap(key)
            assert bottom - top >= way.width + 8


def test_ports_are_stacked_by_the_other_end():
    _, woven = laid(make_woven((1, 6, 3), (1, 4, 3), (1, 5, 3), (3, 5, 3), (2, 5, 3)))
    ways = {(w.ribbon.start, w.ribbon.end): w for w in woven.ways}
    assert ways[1, 4].y_out < ways[1, 5].y_out < ways[1, 6].y_out
    assert ways[1, 5].y_in < ways[2, 5].y_in < ways[3, 5].y_in


def test_arcs_of_one_column_enclose_each_other():
    _, woven = laid(make_woven((1, 2, 2), (1, 3, 2), (1, 5, 2), bands=False))
    ways = {w.ribbon.end: w for w in woven.ways}
    assert ways[5].y_out < ways[3].y_out < ways[2].y_out  # the nearest is the innermost


@pytest.mark.parametrize(
    ("start", "end", "sides"),
    [(1, 4, (1, -1)), (4, 1, (-1, 1)), (1, 2, (1, 1)), (4, 5, (1, 1)), (13, 14, (-1, -1))],
)
def test_a_ribbon_leaves_towards_its_goal(start, end, sides):
    picture = make_woven((start, end, 3))
    (way,) = laid(picture)[1].ways
    assert (way.side_out, way.side_in) == sides
    assert ("chevron" in draw(picture).split("</defs>", 1)[1]) == (sides != (1, -1))


def test_a_box_grows_to_hold_its_ports():
    few, many = (
        laid(make_woven(*((1, 4 + i % 3, 1) for i in range(count))))[0].boxes[1].h
        for count in (2, 50)
    )
    assert few < many and many > 50 * THINNEST


def test_links_left_out_have_a_stub_on_their_side():
    ribbons = [(1, 4, 9), (1, 5, 1), (7, 5, 1)]
    drawn, woven = laid(make_woven(*ribbons, most=1))
    at = {(x, side) for x, _, side in woven.stubs}
    one, five, seven = (drawn.boxes[i] for i in (1, 5, 7))
    assert at == {(one.x + one.w, 1), (five.x, -1), (five.x + five.w, 1), (seven.x, -1)}
    assert 'class="stubs"' in draw(make_woven(*ribbons, most=1))
    assert 'class="stubs"' not in draw(make_woven(*ribbons))


def test_right_to_left_is_the_mirror_image():
    ribbons = ((1, 4, 3), (2, 13, 2), (7, 1, 4), (4, 5, 2))
    picture = make_woven(*ribbons)
    drawn = grid(picture, "m-")
    plain, mirrored = (
        [trace(e.find(f"{SVG}path").attrib["d"]) for e in links_of(draw(p))]
        for p in (picture, replace(picture, right_to_left=True))
    )
    for there, back in zip(plain, mirrored, strict=True):
        assert [(drawn.width - x, y) for x, y in there] == [
            pytest.approx(point, abs=0.15) for point in back
        ]


def test_bands_stand_where_their_ribbons_are():
    picture = make_woven((13, 901, 9), (901, 10, 1), (10, 903, 2))
    at = slots_of(picture)
    assert (at[901], at[903]) == (4, 3)  # by tellers


# -- legend and budget ---------------------------------------------------------------------------------------------------


def test_signs_are_small_hidden_drawings():
    samples = width_samples(make_woven((1, 4, 30), (1, 5, 3)))
    assert [count for count, _ in samples] == [5, 10, 20]
    assert [count for count, _ in width_samples(make_woven((1, 4, 1)))] == [1]
    # Where all of them are drawn as thin as can be, the largest stands for them.
    crowded = make_woven(*((1, face, 400) for face in range(4, 16)))
    thin = width_samples(crowded)
    assert len({svg for _, svg in thin}) == len(thin)
    for svg in [*ribbon_signs().values(), *(svg for _, svg in samples)]:
        assert tree(svg).attrib["aria-hidden"] == "true"
        assert "style=" not in svg and " id=" not in svg


def spread(faces, count):
    """`count` ribbons: most to the next column, some over one, some back; few with many tellers."""
    chance, found = random.Random(1), {}
    while len(found) < count:
        start = chance.randrange(5 * faces)
        column = start // faces + chance.choice((1, 1, 1, 2, -1))
        if 0 <= column < 5:
            pair = start + 1, column * faces + 1 + chance.randrange(faces)
            tellers = 1 + 40 // chance.randint(1, 40)
            found[pair] = make_ribbon(*pair, tellers, hoped=chance.choice((0, 0, 0, 1)))
    return found.values()


@pytest.mark.parametrize(
    ("faces", "count", "seconds", "size"), [(12, 95, 0.03, 150_000), (40, 1500, 0.06, 420_000)]
)
def test_ribbons_stay_within_budget(faces, count, seconds, size):
    picture = make_woven(*spread(faces, count), faces=faces, bands=False, most=count)
    assert len(drawn_ribbons(picture)[0]) == count
    draw(picture)
    taken = []
    for _ in range(5):
        start = time.process_time()
        svg = draw(picture)
        taken.append(time.process_time() - start)
    assert min(taken) < 4 * seconds
    assert len(svg.encode()) < size
