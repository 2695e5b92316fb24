"""Where trails break, and what is missing: each number leads to its list, each gap to an act."""

import re
from datetime import date

import pytest
from django.urls import reverse

from communities.actions import invite
from indicators import actions as indicators
from matrix import sync

from .make import make_community, make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    community = cast.community
    rows = {
        name: make_indicator(community, "applied", name) for name in ("Told", "Counted", "Bare")
    }
    indicators.record_observation(
        indicator=rows["Counted"],
        by=cast.facilitator,
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        value=3,
    )
    for fields in (
        {"value": "none_created"},
        {"value": "none_created"},
        {"value": "negative"},
        {"tense": "hoped"},
        {"tense": "did_not_happen"},
    ):
        steps = [make_step(community), make_step(community, "applied", rows["Told"], **fields)]
        make_published(community, cast.member, steps, [(0, 1)])
    sync.sync(community)
    return rows


def page(client, cast):
    return client.get(reverse("matrix:missing", args=[cast.community.slug]))


def test_each_number_of_breaks_is_the_length_of_its_list(cast, client, told):
    client.force_login(cast.funder)
    html = page(client, cast).content.decode()
    found = re.findall(r'<a href="([^"#]+)#stories-here">(\d+)</a>', html)
    assert [int(count) for _address, count in found] == [2, 1, 1, 1]
    for address, count in found:
        assert client.get(address).context["page"].paginator.count == int(count)


def gaps(answer):
    return {
        gap.title: [(name, act and act.label) for name, _href, act in gap.rows]
        for gap in answer.context["gaps"]
    }


def test_each_gap_offers_what_this_reader_may_do(cast, client, told):
    nobody = ["Potential value", "Realized value", "Reframing value"]
    groups = [(name, None) for name in sorted(names_of_groups(cast))]
    expected = {
        "Numbers without a story": [("Counted", "Tell a story")],
        "Stories without a number": [("Told", "Talk about it")],
        "Nothing told or counted yet": [("Bare", "Talk about it")],
        "Told without an indicator": [
            ("Immediate value, no indicator yet", "Propose an indicator")
        ],
        "Kinds of value of which nobody has told": [(name, "Tell a story") for name in nobody],
        "Groups of which nobody has told under their own name": groups,
    }
    client.force_login(cast.member)
    assert gaps(page(client, cast)) == {title: rows for title, rows in expected.items() if rows}
    client.force_login(cast.facilitator)
    seen = gaps(page(client, cast))
    assert seen["Stories without a number"] == [("Told", "Enter a number")]
    client.force_login(cast.funder)
    seen = gaps(page(client, cast))
    assert seen["Numbers without a story"] == [("Counted", None)]
    assert seen["Told without an indicator"] == [("Immediate value, no indicator yet", None)]


def names_of_groups(cast):
    return cast.community.stakeholder_groups.values_list("name", flat=True)


def test_told_from_invited_is_for_those_who_invite(cast, client, told):
    invite(
        community=cast.community,
        people=[("Vera", "vera@example.org")],
        roles=["member"],
        by=cast.facilitator,
    )
    people = cast.community.memberships.count() + 1
    client.force_login(cast.facilitator)
    said = f"Of {people} people here or invited, 1 told a story that counts."
    assert said in page(client, cast).content.decode()
    client.force_login(cast.member)
    assert "here or invited" not in page(client, cast).content.decode()


def test_a_community_without_anything(client):
    community = make_community()
    client.force_login(make_member(community))
    answer = client.get(reverse("matrix:missing", args=[community.slug]))
    assert "No trail that is open here breaks" in answer.content.decode()
    assert len(gaps(answer)["Kinds of value of which nobody has told"]) == 5


def test_queries_do_not_grow(cast, client, told, django_assert_num_queries):
    client.force_login(cast.facilitator)
    for _round in range(2):
        with django_assert_num_queries(16):
            page(client, cast)
        for _each in range(2):
            make_indicator(cast.community)
            make_published(cast.community, make_member(cast.community))
        sync.sync(cast.community)
