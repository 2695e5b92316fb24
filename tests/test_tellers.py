"""Two tellers who are one person; and how many were asked, and told."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from communities import actions
from communities.permissions import Audience
from matrix import reading, sync
from stories.asked import asked
from stories.models import Story, TellerMerge
from stories.tellers import match_teller, merge_tellers, undo_merge

from .make import make_indicator, make_member, make_published, make_step, make_story
from .oracle import differences

pytestmark = pytest.mark.django_db


def guest(cast, name=""):
    return actions.add_guest_teller(community=cast.community, name=name)


def signed(community):
    stories = Story.objects.filter(community=community).with_people().order_by("pk")
    return [(one.told_by, str(one.teller)) for one in stories]


def tellers_in_matrix(cast, audience=Audience.FUNDERS):
    """Tellers, stories, and those whose teller is not known; read before and after the sync."""
    found = []
    for _ in range(2):
        whole = reading.read(cast.community, audience).whole
        found.append((whole.tellers, whole.stories, whole.unknown_stories))
        sync.sync(cast.community)
    assert differences(cast.community) == []
    return found


def test_an_unknown_teller_turns_out_to_be_a_member(cast):
    used = make_indicator(cast.community)
    step = [make_step(cast.community, "immediate", used)]
    make_published(cast.community, guest(cast), step)
    make_published(cast.community, cast.member, step)
    sync.sync(cast.community)
    assert tellers_in_matrix(cast) == [(1, 2, 1)] * 2
    unknown = cast.community.tellers.get(kind="unknown")
    merge = match_teller(teller=unknown, user=cast.member, by=cast.facilitator)
    # What is narrowed is read at once, what is added when the worker was there.
    assert tellers_in_matrix(cast)[1] == (1, 2, 0)
    undo_merge(merge=merge, by=cast.facilitator)
    assert tellers_in_matrix(cast)[1] == (1, 2, 1)


def test_nobody_is_named_by_being_matched(cast):
    make_published(cast.community, guest(cast))
    make_published(cast.community, guest(cast, "Rosa"))
    make_published(cast.community, guest(cast, "Rosa"), attribution="anonymous")
    before = signed(cast.community)
    assert [name for name, _ in before] == ["Not known", "Rosa", "somebody who stays unnamed"]
    merges = [
        match_teller(teller=one, user=cast.member, by=cast.facilitator)
        for one in cast.community.tellers.exclude(kind="user").order_by("pk")
    ]
    assert signed(cast.community) == [
        ("somebody who stays unnamed", "Mira"),
        ("Rosa", "Mira"),
        ("somebody who stays unnamed", "Mira"),
    ]
    for merge in reversed(merges):
        undo_merge(merge=merge, by=cast.facilitator)
    assert signed(cast.community) == before
    assert cast.community.tellers.filter(merged_into=None).count() == 4


def test_the_person_who_was_matched_has_the_rights_of_the_teller(cast, client):
    story = make_story(cast.community, guest(cast, "Rosa"), by=cast.facilitator)
    client.force_login(cast.member)
    page = reverse("stories:story", args=[cast.community.slug, story.pk])
    assert client.get(page).status_code == 404
    merge = match_teller(teller=story.teller, user=cast.member, by=cast.facilitator)
    assert client.get(page).status_code == 200
    undo_merge(merge=merge, by=cast.facilitator)
    assert client.get(page).status_code == 404


def test_undoing_leaves_what_the_teller_chose_since(cast):
    story = make_published(cast.community, guest(cast, "Rosa"))
    merge = match_teller(teller=story.teller, user=cast.member, by=cast.facilitator)
    Story.objects.update(pseudonym="Kestrel")
    undo_merge(merge=merge, by=cast.facilitator)
    assert signed(cast.community) == [("Kestrel", "Rosa")]


def test_undoing_twice_changes_nothing(cast):
    make_published(cast.community, guest(cast, "Rosa"))
    rosa = cast.community.tellers.get(name="Rosa")
    merge = match_teller(teller=rosa, user=cast.member, by=cast.facilitator)
    first = undo_merge(merge=merge, by=cast.facilitator).undone_at
    assert undo_merge(merge=merge, by=cast.facilitator).undone_at == first


def test_what_is_not_two_tellers_of_one_community_is_refused(cast):
    rosa, hers, unknown = guest(cast, "Rosa"), guest(cast, "Rosa M"), guest(cast)
    foreign = actions.add_guest_teller(community=cast.neighbour, name="Rosa")
    mira = actions.teller_of(community=cast.community, user=cast.member)
    farid = actions.teller_of(community=cast.community, user=cast.facilitator)
    by = {"by": cast.facilitator}
    merge_tellers(kept=rosa, gone=hers, **by)
    for kept, gone, words in (
        (rosa, rosa, "one teller already"),
        (rosa, foreign, "two communities"),
        (rosa, hers, "joined to another"),
        (hers, unknown, "joined to another"),
        (mira, farid, "has an account"),
        (unknown, rosa, "Nobody knows who that is"),
    ):
        with pytest.raises(ValidationError, match=words):
            merge_tellers(kept=kept, gone=gone, **by)
    with pytest.raises(ValidationError, match="Choose a member"):
        match_teller(teller=unknown, user=cast.stranger, **by)
    assert TellerMerge.objects.count() == 1


def test_a_later_joining_is_undone_first(cast):
    one, two = guest(cast, "One"), guest(cast, "Two")
    first = merge_tellers(kept=one, gone=two, by=cast.facilitator)
    second = match_teller(teller=one, user=cast.member, by=cast.facilitator)
    with pytest.raises(ValidationError, match="Undo that first"):
        undo_merge(merge=first, by=cast.facilitator)
    undo_merge(merge=second, by=cast.facilitator)
    assert undo_merge(merge=first, by=cast.facilitator).undone_at


def test_the_page_lists_joins_and_undoes(cast):
    story = make_published(cast.community, guest(cast, "Rosa"), title="The lamp")
    make_story(cast.community, guest(cast), by=cast.facilitator, title="A draft")
    client = Client()
    client.force_login(cast.facilitator)
    page = reverse("stories:tellers", args=[cast.community.slug])
    shown = client.get(page).context["tellers"]
    assert [(str(one), [str(s) for s in told]) for one, told in shown] == [
        ("Not known", []),
        ("Rosa", ["The lamp"]),
    ]
    address = reverse("stories:merge", args=[cast.community.slug, story.teller.pk])
    for wrong in ({}, {"into": "user-x"}, {"into": "user-²"}, {"into": "user-" + "9" * 30}):
        answer = client.post(address, wrong, follow=True)
        assert [str(one) for one in answer.context["messages"]] == ["Choose who it is."]
    assert client.post(address, {"into": f"user-{cast.stranger.pk}"}).status_code == 404
    client.post(address, {"into": f"user-{cast.member.pk}"})
    merge = TellerMerge.objects.get()
    assert (merge.kept.user, merge.stories) == (cast.member, [story.pk])
    assert list(client.get(page).context["merges"]) == [merge]
    client.post(reverse("stories:undo_merge", args=[cast.community.slug, merge.pk]))
    merge.refresh_from_db()
    assert merge.undone_at and not client.get(page).context["merges"]


def test_the_page_makes_the_same_number_of_queries_at_1_and_3_tellers(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    page = reverse("stories:tellers", args=[cast.community.slug])
    make_published(cast.community, guest(cast, "One"))
    with django_assert_num_queries(8):
        client.get(page)
    for name in ("Two", "Three"):
        make_published(cast.community, guest(cast, name))
    with django_assert_num_queries(8):
        client.get(page)


# Who was asked -----------------------------------------------------------------------------------
def group_of(cast, name, people):
    group = actions.add_group(community=cast.community, name=name, axis="horizontal")
    members = [make_member(cast.community) for _ in range(people)]
    for one in members:
        actions.change_member(
            membership=cast.community.memberships.get(user=one),
            roles=["member"],
            stakeholder_group=group,
            by=cast.facilitator,
        )
    return group, members


def row(one):
    return (one.name, one.people, one.invited, one.came, one.said_no, one.told, one.rather_not)


def test_numbers_go_by_group_and_never_by_person(cast):
    nurses, members = group_of(cast, "Nurses", 3)
    group_of(cast, "Porters", 1)
    terms = {"roles": ["member"], "by": cast.facilitator, "stakeholder_group": nurses}
    people = [("", f"p{number}@example.org") for number in range(3)]
    invited = actions.invite(community=cast.community, people=people, **terms).new
    actions.accept(invitation=invited[0], user=cast.stranger)
    actions.decline(invitation=invited[1])
    poster = actions.make_address(community=cast.community, **terms)
    actions.accept(invitation=poster, user=cast.neighbours_facilitator)
    for user in members[:2]:
        make_published(cast.community, user)
    make_published(cast.community, members[0])
    make_story(cast.community, members[2])
    for user in members[1:]:
        actions.decline_to_tell(membership=cast.community.memberships.get(user=user))
    make_published(cast.community, cast.member, attribution="anonymous")
    rows, total = asked(cast.community)
    assert [row(one) for one in rows] == [
        # Whoever told a story does not count among those who would rather not.
        ("Nurses", 5, 4, 2, 1, 2, 1),
        ("Smaller groups, and people in none", 4, 0, 0, 0, 1, 0),
    ]
    assert row(total) == ("All together", 9, 4, 2, 1, 3, 1)


def test_too_few_people_are_not_pointed_at_not_even_by_subtraction(cast):
    group_of(cast, "Nurses", 3)
    for user in (cast.funder, cast.facilitator):
        nurses = cast.community.stakeholder_groups.get()
        membership = cast.community.memberships.get(user=user)
        actions.change_member(
            membership=membership,
            roles=membership.roles,
            stakeholder_group=nurses,
            by=cast.facilitator,
        )
    make_published(cast.community, cast.member)
    rows, total = asked(cast.community)
    assert [row(one)[-2:] for one in (*rows, total)] == [(0, 0), (None, None), (None, None)]


def test_the_numbers_make_the_same_number_of_queries_at_1_and_3_groups(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    page = reverse("stories:numbers", args=[cast.community.slug])
    group_of(cast, "Nurses", 3)
    with django_assert_num_queries(8):
        client.get(page)
    group_of(cast, "Porters", 3)
    group_of(cast, "Cooks", 3)
    with django_assert_num_queries(8):
        client.get(page)


def test_beside_a_guest_stand_only_the_stories_told_under_their_name(cast, client):
    rosa = guest(cast, "Rosa")
    make_published(cast.community, rosa, title="Named")
    make_published(cast.community, rosa, title="Unnamed", attribution="anonymous")
    make_published(
        cast.community, rosa, title="Other", attribution="pseudonym", pseudonym="Kestrel"
    )
    client.force_login(cast.facilitator)
    page = reverse("stories:tellers", args=[cast.community.slug])
    shown = client.get(page).context["tellers"]
    assert [(str(one), [str(s) for s in told]) for one, told in shown] == [("Rosa", ["Named"])]
