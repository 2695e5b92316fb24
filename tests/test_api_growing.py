"""The cost of an answer does not grow with what there is to tell."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import actions as people
from communities.models import Token
from indicators import negotiating
from indicators.actions import record_observation
from matrix import sync

from .api import Asking
from .make import make_indicator, make_published, make_step

pytestmark = pytest.mark.django_db
HOME = "communities/wound-care/"
# Who asks is two queries (the token with its communities, the membership); what they ask the rest.
LISTS = {
    "communities/": 3,
    HOME: 6,
    f"{HOME}members/": 5,
    f"{HOME}invitations/": 5,
    f"{HOME}tellers/": 5,
    f"{HOME}indicators/": 5,
    f"{HOME}stories/": 11,
    f"{HOME}indicators/visits/comments/": 6,
    f"{HOME}indicators/visits/stances/": 10,
    f"{HOME}indicators/visits/rounds/": 7,
    f"{HOME}indicators/visits/observations/": 6,
    f"{HOME}indicators/visits/definitions/": 6,
    f"{HOME}pairs/": 15,
    f"{HOME}matrix/": 15,
}


@pytest.fixture
def visits(cast):
    return make_indicator(cast.community, "applied", "Visits", code="visits")


def add_more(cast, visits, number):
    group = people.add_group(community=cast.community, name=f"Group {number}", axis="horizontal")
    guest = people.add_guest_teller(community=cast.community, name=f"Guest {number}")
    people.invite(
        community=cast.community,
        people=[("", f"guest{number}@example.org")],
        roles=["member"],
        by=cast.facilitator,
        stakeholder_group=group,
    )
    user = people.add_person(email=f"more{number}@example.org", name=f"More {number}")
    people.add_member(
        community=cast.community, user=user, roles=["member"], stakeholder_group=group
    )
    people.add_member(
        community=people.found_community(slug=f"more-{number}", name="More", scheme="2011"),
        user=cast.facilitator,
        roles=["member"],
    )
    other = make_indicator(cast.community, "immediate", f"Other {number}")
    steps = [
        make_step(cast.community, "immediate", other),
        make_step(cast.community, "applied", visits),
    ]
    make_published(cast.community, guest, steps, [(0, 1)])
    round = visits.rounds.undecided().first() or negotiating.open_round(
        indicator=visits, by=cast.facilitator, groups=[group]
    )
    negotiating.ask(round, [group] if not round.asked.filter(pk=group.pk).exists() else [])
    negotiating.take_stance(round=round, by=user, choice="support", reason="We learn.")
    negotiating.comment(indicator=visits, by=user, text="Yes.")
    day = timezone.localdate().replace(month=1, day=number)
    record_observation(indicator=visits, by=cast.facilitator, start=day, end=day, value=number)


def test_lists_make_the_same_number_of_queries_at_1_and_3_rows(cast, visits):
    asking = Asking(cast.facilitator)
    asking.get(HOME)
    add_more(cast, visits, 1)
    for more in ((), (2, 3)):
        for number in more:
            add_more(cast, visits, number)
        sync.sync(cast.community)
        Token.objects.update(used_at=timezone.now())
        found = {}
        for path in LISTS:
            with CaptureQueriesContext(connection) as asked:
                asking.get(path)
            assert asking.status == 200
            found[path] = len(asked)
        assert found == LISTS
