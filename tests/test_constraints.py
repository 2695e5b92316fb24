"""States that must never exist are refused by the database itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from communities.models import Membership, Teller
from communities.permissions import Role
from indicators.models import Definition, Observation
from stories.models import Link, Story

from .make import make_indicator, make_story, make_user

pytestmark = pytest.mark.django_db


def refused(write):
    """The name of the constraint that refuses the write."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return error.value.__cause__.diag.constraint_name


def test_an_address_has_one_account_whatever_its_case(cast):
    user = make_user()
    same = type(user)(email=f"  {user.email.upper()} ", name="Other")
    with pytest.raises(ValidationError, match="already in use"):
        same.full_clean(exclude=["password"])
    assert refused(same.save) == "communities_user_email_key"
    assert type(user).objects.get(email=f" {user.email.title()}") == user


def test_a_membership_has_known_roles(cast):
    for roles in ([], ["king"]):
        new = Membership(community=cast.community, user=cast.stranger, roles=roles)
        assert refused(new.save) == "membership_has_known_roles"
    Membership.objects.create(
        community=cast.community, user=cast.stranger, roles=[Role.MEMBER, Role.FUNDER]
    )


def test_a_story_that_only_the_teller_may_see_stays_a_draft(cast):
    story = make_story(cast.community, cast.member)

    def submit():
        Story.objects.filter(pk=story.pk).update(status="submitted", audience=0)

    assert refused(submit) == "only_me_stays_a_draft"


def test_a_guest_has_a_name_and_a_person_an_account(cast):
    guest = Teller(community=cast.community, kind="guest")
    assert refused(guest.save) == "guest_has_a_name"
    nobody = Teller(community=cast.community, kind="user")
    assert refused(nobody.save) == "teller_kind_says_who"


def test_a_link_stays_within_its_story(cast):
    one = make_story(cast.community, cast.member)
    other = make_story(cast.community, cast.member)
    link = Link(story=one, from_step=one.steps.get(), to_step=other.steps.get())
    assert refused(link.save) == "link_to_step_within_one_story"


def test_an_observation_is_under_a_definition_of_its_indicator(cast):
    one, other = make_indicator(cast.community), make_indicator(cast.community)
    row = Observation(
        indicator=one,
        definition=other.definition,
        kind=Definition.Kind.NUMBER,
        value=1,
        start="2026-01-01",
        end="2026-01-31",
    )
    assert refused(row.save) == "observation_under_its_definition"


def test_an_observation_fits_its_kind(cast):
    indicator = make_indicator(cast.community)
    row = Observation(
        indicator=indicator,
        definition=indicator.definition,
        kind=Definition.Kind.NUMBER,
        words="many",
        start="2026-01-01",
        end="2026-01-31",
    )
    assert refused(row.save) == "observation_fits_its_kind"
