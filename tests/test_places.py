"""The stored order of the boxes: made once, kept by stories, joined by new indicators."""

import pytest

from matrix import sync
from matrix.models import Box

from .make import make_indicator, make_published, make_step

pytestmark = pytest.mark.django_db


def order_of(community, cycle):
    rows = Box.objects.filter(indicator__cycle__key=cycle, community=community).order_by("place")
    return list(rows.values_list("indicator__code", flat=True))


@pytest.fixture
def crossed(cast):
    """Two pairs that would cross in the order in which the indicators were made."""
    made = {}
    for cycle, names in (("immediate", "ab"), ("potential", "dc")):
        for name in names:
            made[name] = make_indicator(cast.community, cycle, name=name)
    tell(cast, made, "a", "c")
    tell(cast, made, "b", "d")
    sync.sync(cast.community)
    return made


def tell(cast, made, start, end):
    steps = [
        make_step(cast.community, "immediate", made[start]),
        make_step(cast.community, "potential", made[end]),
    ]
    make_published(cast.community, cast.member, steps, [(0, 1)])


def test_the_first_order_has_no_crossing(cast, crossed):
    first, second = order_of(cast.community, "immediate"), order_of(cast.community, "potential")
    assert (first, second) in [(["a", "b"], ["c", "d"]), (["b", "a"], ["d", "c"])]
    assert not Box.objects.filter(community=cast.community, place=None).exists()


def test_a_community_without_links_has_no_order_yet(cast):
    make_indicator(cast.community)
    make_published(cast.community, cast.member)
    sync.sync(cast.community)
    assert set(Box.objects.values_list("place", flat=True)) == {None}


def test_a_story_never_moves_a_box(cast, crossed):
    before = dict(Box.objects.values_list("pk", "place"))
    for _ in range(3):
        tell(cast, crossed, "a", "d")
        tell(cast, crossed, "b", "c")
    sync.sync(cast.community)
    assert dict(Box.objects.values_list("pk", "place")) == before


def test_a_new_indicator_joins_without_changing_the_order_of_the_others(cast, crossed):
    before = order_of(cast.community, "potential")
    crossed["e"] = make_indicator(cast.community, "potential", name="e")
    tell(cast, crossed, "a", "e")
    sync.sync(cast.community)
    after = order_of(cast.community, "potential")
    assert [code for code in after if code != "e"] == before
    last = Box.objects.get(cycle__key="potential", community=cast.community)
    others = Box.objects.filter(indicator__cycle__key="potential")
    assert all(last.place > other.place for other in others)
