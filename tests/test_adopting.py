"""Adopting a preset makes ordinary rows."""

import pytest
from django.core.exceptions import ValidationError

from indicators.actions import adopt
from valuecreation.framework import SCHEMES, STARTER_INDICATORS

from .make import make_community

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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_starter_library_of_a_scheme_becomes_indicators_to_negotiate(scheme):
    community = make_community(scheme=scheme)
    cycles = {cycle.key for cycle in SCHEMES[scheme].cycles}
    fitting = [preset for preset in STARTER_INDICATORS if preset.cycle in cycles]
    for preset in fitting:
        adopt(community=community, by=None, preset=preset)
    rows = community.indicators.select_related("definition", "cycle").order_by("pk")
    assert [
        (row.code, row.cycle.key, row.capital, row.state, str(row), row.definition.number)
        for row in rows
    ] == [
        (preset.code, preset.cycle, preset.capital, "proposed", str(preset.name), 1)
        for preset in fitting
    ]


def test_a_preset_of_a_cycle_that_a_community_lacks_is_refused(cast):
    side = next(preset for preset in STARTER_INDICATORS if preset.cycle == "strategic")
    with pytest.raises(ValidationError, match="needs a cycle that this community does not have"):
        adopt(community=cast.community, by=cast.facilitator, preset=side)
    assert cast.community.indicators.count() == 0


def test_adopting_twice_makes_a_second_one_with_a_code_of_its_own(cast):
    preset = STARTER_INDICATORS[0]
    codes = [
        adopt(community=cast.community, by=cast.facilitator, preset=preset).code for _ in range(2)
    ]
    assert codes == [preset.code, f"{preset.code}-2"]
