"""Who sees a story: the query against the table of the design, said again in plain Python, for every
state, audience, hand that wrote it and viewer."""

import itertools

import pytest

from communities import actions as people
from communities.models import Teller
from communities.permissions import Audience
from communities.viewer import Viewer
from stories.models import Status, Story

from .make import make_member

pytestmark = pytest.mark.django_db
ROLES = {
    "facilitator": ("facilitator",),
    "member": ("member",),
    "funder": ("funder",),
    "member and funder": ("member", "funder"),
}
NARROWEST = {"facilitator": 1, "member": 2, "funder": 3}


def sees(story, viewer):
    """The table of the design, for one story and one viewer."""
    user, roles = viewer.user, viewer.roles
    audience = min((NARROWEST[role] for role in roles), default=4)
    if story.is_stub:
        return "facilitator" in roles
    if user and story.teller.user == user:
        return True
    if story.audience == Audience.ME:
        return False
    helped = user is not None and user in (story.elicitor, story.recorder)
    if story.status == Status.DRAFT:
        return helped and story.sitting_open
    if story.status in (Status.SUBMITTED, Status.RETURNED):
        return helped or "facilitator" in roles
    if story.status == Status.PUBLISHED:
        return "facilitator" in roles or story.audience >= audience
    if story.status == Status.HIDDEN:
        return "facilitator" in roles
    return False


@pytest.fixture
def world(cast):
    """A story in every state there can be, by a member, a guest and somebody not known; with and
    without helpers; and one next door of each."""
    helpers = [make_member(cast.community, "funder"), make_member(cast.community, "funder")]
    for community in (cast.community, cast.neighbour):
        tellers = [
            people.teller_of(community=community, user=cast.member),
            people.add_guest_teller(community=community, name="Rosa"),
            Teller.objects.create(community=community, kind="unknown"),
        ]
        Story.objects.bulk_create(
            Story(
                community=community,
                teller=teller,
                title="Told",
                status=status,
                audience=audience,
                sitting_open=open_,
                is_stub=is_stub,
                elicitor=helpers[0] if helped else None,
                recorder=helpers[1] if helped else None,
                published_at="2026-01-01T00:00Z" if status == Status.PUBLISHED else None,
            )
            for teller, status, audience, open_, helped, is_stub in itertools.product(
                tellers, Status, Audience, (False, True), (False, True), (False, True)
            )
            if (audience > Audience.ME or status in (Status.DRAFT, Status.WITHDRAWN))
            and (status == Status.DRAFT or not is_stub)
        )
    members = {name: make_member(cast.community, *roles) for name, roles in ROLES.items()}
    viewers = [Viewer(cast.community), Viewer.of(cast.member, cast.community)]
    viewers += [Viewer.of(one, cast.community) for one in (*helpers, *members.values())]
    return viewers


def test_visible_to_is_the_table(cast, world):
    stories = list(Story.objects.select_related("teller__user", "elicitor", "recorder"))
    for viewer in world:
        shown = set(Story.objects.visible_to(viewer).values_list("pk", flat=True))
        expected = {
            one.pk for one in stories if one.community_id == cast.community.pk and sees(one, viewer)
        }
        assert shown == expected, viewer


@pytest.mark.parametrize("audience", list(Audience)[1:])
def test_what_counts_for_an_audience_is_what_it_may_open(cast, world, audience):
    counted = set(Story.objects.counted_for(audience).values_list("pk", flat=True))
    assert counted == {
        one.pk
        for one in Story.objects.all()
        if one.status == Status.PUBLISHED and one.audience >= audience
    }


def test_nobody_has_told_a_guests_story(cast, world):
    assert not Story.objects.told_by(None).exists()


def test_a_former_member_is_a_stranger(cast):
    people.leave(membership=cast.community.memberships.get(user=cast.member))
    assert Viewer.of(cast.member, cast.community) is None
