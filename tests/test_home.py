"""The front page, and home for each role."""

import pytest
from django.urls import reverse

from communities.actions import add_member
from communities.permissions import Role
from stories import actions, offering

from .make import make_community, make_indicator, make_published, make_story

pytestmark = pytest.mark.django_db


def desks(client):
    return [
        (str(desk.community), desk.drafts, desk.returned, desk.waiting, desk.negotiated)
        for desk in client.get("/").context["desks"]
    ]


@pytest.fixture
def busy(cast):
    """Two drafts, one story that waits and one that came back; an indicator; the same next door."""
    for community, teller in (
        (cast.community, cast.member),
        (cast.neighbour, cast.neighbours_facilitator),
    ):
        make_indicator(community)
        for _ in range(2):
            make_story(community, teller)
        actions.submit(story=make_story(community, teller), by=None, others="nobody")
        returned = actions.submit(story=make_story(community, teller), by=None, others="nobody")
        actions.return_(story=returned, by=None, note="Who was there?")


def test_a_member_sees_what_waits_for_them(cast, busy, client):
    client.force_login(cast.member)
    assert desks(client) == [("Wound care circle", 2, 1, None, None)]
    page = client.get("/").content.decode()
    assert reverse("stories:tell", args=[cast.community.slug]) in page


def test_what_others_wrote_down_waits_for_its_teller(cast, client):
    client.force_login(cast.member)
    indicator = make_indicator(cast.community)
    [told, withdrawn] = [make_published(cast.community, cast.member) for _each in range(2)]
    actions.withdraw(story=withdrawn, by=cast.member)
    steps = [story.steps.get() for story in (told, withdrawn)]
    offering.offer(indicator=indicator, steps=steps, by=cast.facilitator)
    assert client.get("/").context["desks"][0].to_confirm == 1
    assert "1 of your stories asks whether it is so" in client.get("/").content.decode()


def test_a_facilitator_sees_the_state_of_their_community(cast, busy, client):
    client.force_login(cast.facilitator)
    assert desks(client) == [("Wound care circle", 0, 0, 1, 1)]


def test_a_funder_of_one_community_goes_to_its_matrix(cast, client):
    client.force_login(cast.funder)
    assert client.get("/").url == reverse("matrix:matrix", args=[cast.community.slug])


def test_a_stranger_is_told_what_to_do_next(cast, client):
    client.force_login(cast.stranger)
    assert "Ask the person who told you about this site" in client.get("/").content.decode()


def test_home_makes_the_same_number_of_queries_at_1_and_3_communities(
    cast, busy, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    for count in (1, 3):
        while cast.facilitator.memberships.count() < count:
            community = make_community()
            add_member(community=community, user=cast.facilitator, roles=[Role.FACILITATOR])
            make_indicator(community)
        with django_assert_num_queries(7):
            client.get("/")


def test_anybody_reads_what_this_is_and_whose_method_it_is(client):
    landing, about = client.get("/"), client.get(reverse("about"))
    assert (landing.status_code, about.status_code) == (200, 200)
    assert "Enter as Member" in landing.content.decode()
    assert "independent, and not endorsed by the authors" in about.content.decode()


def test_who_has_told_nothing_may_say_that_they_would_rather_not(cast, client):
    client.force_login(cast.member)
    assert client.get("/").context["desks"][0].may_decline
    client.post(reverse("people:decline_to_tell", args=[cast.community.slug]))
    assert not client.get("/").context["desks"][0].may_decline
    client.force_login(cast.facilitator)
    assert client.get("/").context["desks"][0].may_decline
    make_story(cast.community, cast.facilitator)
    assert not client.get("/").context["desks"][0].may_decline
