"""Adopting a preset makes ordinary rows."""

import pytest

from indicators.actions import adopt
from valuecreation.framework import SCHEMES, STARTER_INDICATORS

pytestmark = pytest.mark.django_db


def test_a_scheme_becomes_the_communitys_own_cycles(cast):
    rows = cast.community.cycles.values_list("position", "key", "name", "kind", "has_capitals")
    assert list(rows) == [
        (1, "immediate", "Immediate value", "stage", False),
        (2, "potential", "Potential value", "stage", True),
        (3, "applied", "Applied value", "stage", False),
        (4, "realized", "Realized value", "stage", False),
        (5, "reframing", "Reframing value", "stage", False),
    ]
    assert [row.question for row in cast.community.cycles.all()] == [
        str(cycle.question) for cycle in SCHEMES["2011"].cycles
    ]


def test_the_whole_starter_library_becomes_indicators_to_negotiate(cast):
    for preset in STARTER_INDICATORS:
        adopt(community=cast.community, by=cast.facilitator, preset=preset)
    rows = cast.community.indicators.select_related("definition", "cycle").order_by("pk")
    assert [
        (row.code, row.cycle.key, row.capital, row.state, str(row), row.definition.number)
        for row in rows
    ] == [
        (preset.code, preset.cycle, preset.capital, "proposed", str(preset.name), 1)
        for preset in STARTER_INDICATORS
    ]
    assert cast.neighbour.indicators.count() == 0


def test_adopting_twice_makes_a_second_one_with_a_code_of_its_own(cast):
    preset = STARTER_INDICATORS[0]
    codes = [
        adopt(community=cast.community, by=cast.facilitator, preset=preset).code for _ in range(2)
    ]
    assert codes == [preset.code, f"{preset.code}-2"]
