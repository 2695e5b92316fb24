"""The cast: a member, a facilitator, a funder, a stranger; one community and a neighbouring one."""

import os
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

from communities.permissions import Role

from .make import make_community, make_member, make_user

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile(
    "soak",
    max_examples=400,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=SLOW_IS_FINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def cast(db):
    return make_cast()


def make_cast():
    community = make_community("Wound care circle", "wound-care")
    neighbour = make_community("Night shift", "night-shift")
    return SimpleNamespace(
        community=community,
        neighbour=neighbour,
        member=make_member(community, Role.MEMBER, name="Mira"),
        facilitator=make_member(community, Role.FACILITATOR, name="Farid"),
        funder=make_member(community, Role.FUNDER, name="Fumiko"),
        stranger=make_user("Stella"),
        neighbours_facilitator=make_member(neighbour, Role.FACILITATOR, name="Nadia"),
    )
