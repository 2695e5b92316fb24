"""Two people who act in the same moment: a community keeps a facilitator, an address its limit."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from communities import actions

from .make import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each act was refused with, or None."""
    start, refused = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
        except ValidationError as error:
            refused[place] = error.messages[0]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_facilitators_who_leave_one_stays(cast):
    other = make_member(cast.community, "facilitator")
    members = [cast.community.memberships.get(user=user) for user in (cast.facilitator, other)]
    refused = at_once(*(lambda one=one: actions.leave(membership=one) for one in members))
    assert refused.count(None) == 1
    left = cast.community.memberships.filter(roles__contains=["facilitator"])
    assert left.count() == 1


def test_an_address_for_one_lets_one_in(cast):
    invitation = actions.make_address(
        community=cast.community, roles=["member"], by=cast.facilitator, uses_allowed=1
    )
    people = [make_user(), make_user()]
    refused = at_once(
        *(lambda one=one: actions.accept(invitation=invitation, user=one) for one in people)
    )
    assert refused.count(None) == 1
    assert sum(cast.community.has_member(one) for one in people) == 1


def test_somebody_who_comes_twice_at_once_is_in_once(cast):
    one, two = (
        actions.make_address(community=cast.community, roles=["member"], by=cast.facilitator)
        for _ in range(2)
    )
    user = make_user()
    refused = at_once(
        lambda: actions.accept(invitation=one, user=user),
        lambda: actions.accept(invitation=two, user=user),
    )
    assert refused == [None, None]
    assert cast.community.memberships.filter(user=user).count() == 1
