"""Tidying the drawing: the picture before and after to choose from, and only then boxes move."""

import re

import pytest
from django.urls import reverse

from matrix import places, sync
from matrix.models import Box

from .make import make_community, make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossed(cast):
    """A → D and B → C, stored so that they cross."""
    community = cast.community
    cycles = {"A": "immediate", "B": "immediate", "C": "applied", "D": "applied"}
    rows = {name: make_indicator(community, cycle, name) for name, cycle in cycles.items()}
    for start, end in ("AD", "BC"):
        steps = [make_step(community, cycles[one], rows[one]) for one in (start, end)]
        make_published(community, make_member(community), steps, [(0, 1)])
    sync.sync(community)
    for place, name in enumerate("ABCD"):
        Box.objects.filter(indicator=rows[name]).update(place=place)
    return community


def address(community):
    return reverse("matrix:tidy", args=[community.slug])


def order(community):
    boxes = Box.objects.filter(community=community, indicator__isnull=False).order_by("place", "pk")
    return [str(box) for box in boxes.select_related("indicator__definition")]


def test_both_are_shown_and_nothing_moves_before_it_is_chosen(cast, client, crossed):
    client.force_login(cast.facilitator)
    html = client.get(address(crossed)).content.decode()
    assert re.findall(r'class="muted">(\d+) crossing', html) == ["1", "0"]
    assert html.count('data-picture="matrix"') == 2
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert order(crossed) == ["A", "B", "C", "D"]


def test_what_would_stand_where_is_said_in_words_too(cast, client, crossed):
    client.force_login(cast.facilitator)
    html = client.get(address(crossed)).content.decode()
    lists = re.findall(r"<h3[^>]*>.*?</svg>\s*([^<]*)</h3>\s*<ol[^>]*>(.*?)</ol>", html, re.S)
    (cycle, rows), *others = lists
    assert others == []
    said = [
        " ".join(re.sub("<[^>]+>", "", row).split()) for row in re.findall("<li>.*?</li>", rows)
    ]
    assert sorted(said) == [f"{name} (now in place {place})" for name, place in places_in(cycle)]
    assert "As it stands: 1 crossing. Tidied: 0 crossings. 2 boxes would move." in html


def places_in(cycle):
    return {"Immediate value": [("A", 1), ("B", 2)], "Applied value": [("C", 1), ("D", 2)]}[cycle]


def hint(client, community, **asked):
    html = client.get(reverse("matrix:matrix", args=[community.slug]), asked).content.decode()
    return re.findall(r"would have (\d+) % fewer crossings", html)


def test_facilitators_are_told_when_much_fewer_would_cross(cast, client, crossed):
    client.force_login(cast.facilitator)
    assert hint(client, crossed) == ["100"]
    # Of the whole alone, and to nobody else.
    assert (
        hint(client, crossed, tense="happened") == hint(client, crossed, audience="members") == []
    )
    client.force_login(cast.member)
    assert hint(client, crossed) == []
    client.force_login(cast.facilitator)
    client.post(address(crossed))
    assert hint(client, crossed) == []


def test_a_little_fewer_is_not_worth_telling(crossed, monkeypatch):
    monkeypatch.setattr(places.drawing, "crossings", lambda columns, links: 100)
    monkeypatch.setattr(places, "fresh", lambda *_given: places.Order([], 76))
    assert places.fewer_crossings(crossed) == 0
    monkeypatch.setattr(places, "fresh", lambda *_given: places.Order([], 75))
    assert places.fewer_crossings(crossed) == 25
    monkeypatch.setattr(places, "MOST_LINKS", 1)
    assert places.fewer_crossings(crossed) == 0


def test_what_is_chosen_is_stored_and_drawn(cast, client, crossed):
    client.force_login(cast.facilitator)
    page = reverse("matrix:matrix", args=[crossed.slug])
    before = client.get(page, headers={"HX-Request": "true"})["ETag"]
    assert client.post(address(crossed)).status_code == 302
    assert places.orders(crossed)[0].crossings == 0
    again = client.get(page, headers={"HX-Request": "true", "If-None-Match": before})
    assert again.status_code == 200
    assert (
        "It is as tidy as can be: nothing would move."
        in client.get(address(crossed)).content.decode()
    )


def test_without_links_nothing_would_move(client):
    community = make_community()
    facilitator = make_member(community, "facilitator")
    make_indicator(community)
    client.force_login(facilitator)
    html = client.get(address(community)).content.decode()
    assert "It is as tidy as can be: nothing would move." in html
    assert html.count('data-picture="matrix"') == 1
    assert '<form method="post" class="buttons">' not in html


def test_queries_do_not_grow(cast, client, crossed, django_assert_num_queries):
    client.force_login(cast.facilitator)
    for _round in range(2):
        with django_assert_num_queries(19):
            client.get(address(crossed))
        for _each in range(2):
            make_indicator(crossed)
            make_published(crossed, make_member(crossed))
        sync.sync(crossed)
