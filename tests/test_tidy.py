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


def test_what_is_chosen_is_stored_and_drawn(cast, client, crossed):
    client.force_login(cast.facilitator)
    page = reverse("matrix:matrix", args=[crossed.slug])
    before = client.get(page, headers={"HX-Request": "true"})["ETag"]
    assert client.post(address(crossed)).status_code == 302
    assert places.orders(crossed)[0].crossings == 0
    again = client.get(page, headers={"HX-Request": "true", "If-None-Match": before})
    assert again.status_code == 200
    assert "It is as tidy as can be." in client.get(address(crossed)).content.decode()


def test_without_links_nothing_would_move(client):
    community = make_community()
    facilitator = make_member(community, "facilitator")
    make_indicator(community)
    client.force_login(facilitator)
    assert "It is as tidy as can be." in client.get(address(community)).content.decode()


def test_queries_do_not_grow(cast, client, crossed, django_assert_num_queries):
    client.force_login(cast.facilitator)
    for _round in range(2):
        with django_assert_num_queries(21):
            client.get(address(crossed))
        for _each in range(2):
            make_indicator(crossed)
            make_published(crossed, make_member(crossed))
        sync.sync(crossed)
