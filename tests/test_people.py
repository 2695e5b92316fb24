"""The people of a community: roles, groups, leaving, removing; a facilitator always stays."""

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from communities import actions
from communities.models import Act, AuditEntry, Membership
from communities.permissions import Role
from indicators.negotiating import open_round

from .make import make_indicator, make_member, make_user

pytestmark = pytest.mark.django_db


def address(cast, name, *args):
    return reverse(f"people:{name}", args=[cast.community.slug, *args])


def membership_of(cast, user):
    return cast.community.memberships.get(user=user)


def acts(community):
    entries = community.audit_entries.order_by("pk").exclude(act=Act.ADD_MEMBER)
    return list(entries.values_list("act", "about", "about_id", "actor_id"))


def entered(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_list_holds_names_and_roles_and_no_address(cast, client):
    client.force_login(cast.member)
    answer = client.get(address(cast, "people"))
    shown = [(str(one.user), one.roles) for one in answer.context["page"]]
    assert shown == [("Farid", ["facilitator"]), ("Fumiko", ["funder"]), ("Mira", ["member"])]
    assert "@example.org" not in answer.content.decode()
    assert "Change" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_the_list_makes_the_same_number_of_queries_at_1_and_3_members(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    client.get(address(cast, "people"))
    with django_assert_num_queries(5):
        client.get(address(cast, "people"))
    make_member(cast.community)
    make_member(cast.community)
    with django_assert_num_queries(5):
        client.get(address(cast, "people"))


def test_a_facilitator_changes_roles_and_group(cast, client):
    nurses = actions.add_group(community=cast.community, name="Nurses", axis="horizontal")
    member = membership_of(cast, cast.member)
    client.force_login(cast.facilitator)
    sent = {"roles": ["funder", "member"], "stakeholder_group": nurses.pk}
    answer = client.post(address(cast, "member", member.pk), sent)
    assert answer.url == address(cast, "people")
    member.refresh_from_db()
    assert (member.roles, member.stakeholder_group) == (["member", "funder"], nurses)
    assert acts(cast.community)[-2:] == [
        ("change_roles", "user", cast.member.pk, cast.facilitator.pk),
        ("change_group", "user", cast.member.pk, cast.facilitator.pk),
    ]


def test_a_member_without_a_role_is_refused_at_the_field(cast, client):
    client.force_login(cast.facilitator)
    answer = client.post(address(cast, "member", membership_of(cast, cast.member).pk), {})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"roles": ["Choose at least one."]}


def test_a_group_of_another_community_cannot_be_chosen(cast, client):
    foreign = actions.add_group(community=cast.neighbour, name="Nurses", axis="horizontal")
    actions.add_group(community=cast.community, name="Doctors", axis="horizontal")
    client.force_login(cast.facilitator)
    sent = {"roles": ["member"], "stakeholder_group": foreign.pk}
    answer = client.post(address(cast, "member", membership_of(cast, cast.member).pk), sent)
    assert list(answer.context["form"].errors) == ["stakeholder_group"]


@pytest.mark.parametrize("way", ["change", "remove", "leave", "deactivate"])
def test_the_last_facilitator_stays(cast, way):
    last = membership_of(cast, cast.facilitator)
    acts_ = {
        "change": lambda: actions.change_member(
            membership=last, roles=["member"], stakeholder_group=None, by=cast.facilitator
        ),
        "remove": lambda: actions.remove(membership=last, by=cast.facilitator),
        "leave": lambda: actions.leave(membership=last),
        "deactivate": lambda: actions.deactivate(user=cast.facilitator),
    }
    with pytest.raises(ValidationError, match="needs at least one facilitator"):
        acts_[way]()
    assert membership_of(cast, cast.facilitator).roles == ["facilitator"]
    other = make_member(cast.community, Role.FACILITATOR)
    last.refresh_from_db()
    acts_[way]()
    assert membership_of(cast, other).roles == ["facilitator"]


def test_a_closed_account_is_no_facilitator_who_stays(cast):
    other = make_member(cast.community, Role.FACILITATOR)
    actions.deactivate(user=other)
    with pytest.raises(ValidationError, match="needs at least one facilitator"):
        actions.leave(membership=membership_of(cast, cast.facilitator))


def test_the_last_facilitator_reads_why_they_stay(cast, client):
    client.force_login(cast.facilitator)
    answer = client.post(address(cast, "leave"), follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "“Wound care circle” needs at least one facilitator. Give somebody else that role first."
    ]


@pytest.mark.parametrize("way", ["leave", "remove", "deactivate"])
def test_whoever_is_out_is_out_at_the_next_request(cast, way):
    member, facilitator = entered(cast.member), entered(cast.facilitator)
    matrix = reverse("matrix:matrix", args=[cast.community.slug])
    api = reverse("api:matrix", args=[cast.community.slug])
    assert (member.get(matrix).status_code, member.get(api).status_code) == (200, 200)
    if way == "leave":
        assert member.post(address(cast, "leave")).url == "/"
    elif way == "remove":
        facilitator.post(address(cast, "remove", membership_of(cast, cast.member).pk))
    else:
        actions.deactivate(user=cast.member)
    expected = (302, 401) if way == "deactivate" else (404, 404)
    assert (member.get(matrix).status_code, member.get(api).status_code) == expected


def test_groups_are_kept_by_facilitators(cast, client):
    client.force_login(cast.facilitator)
    groups = address(cast, "groups")
    client.post(groups, {"name": "Nurses", "axis": "horizontal"})
    client.post(groups, {"name": "Hospital", "axis": "vertical"})
    nurses, hospital = cast.community.stakeholder_groups.order_by("pk")
    client.post(address(cast, "group", nurses.pk), {"name": "Midwives", "axis": "horizontal"})
    client.post(address(cast, "delete_group", hospital.pk))
    assert [str(one) for one in client.get(groups).context["groups"]] == ["Midwives"]
    twice = client.post(groups, {"name": "Midwives", "axis": "vertical"})
    assert twice.status_code == 422
    assert "There is a group of this name already." in twice.content.decode()


def test_a_group_that_people_belong_to_stays(cast, client):
    nurses = actions.add_group(community=cast.community, name="Nurses", axis="horizontal")
    actions.change_member(
        membership=membership_of(cast, cast.member),
        roles=["member"],
        stakeholder_group=nurses,
        by=cast.facilitator,
    )
    client.force_login(cast.facilitator)
    answer = client.post(address(cast, "delete_group", nurses.pk), follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "People belong to “Nurses”, so it stays."
    ]


def test_a_member_may_say_that_they_would_rather_not_tell(cast, client):
    client.force_login(cast.member)
    client.post(address(cast, "decline_to_tell"))
    assert membership_of(cast, cast.member).declined_to_tell_at
    assert cast.member.pk not in AuditEntry.objects.exclude(act="add_member").values_list(
        "about_id", flat=True
    )


def test_the_audit_shows_todays_names_and_outlives_the_people(cast, client):
    gone = make_member(cast.community, name="Ruth")
    number = gone.pk
    actions.remove(membership=membership_of(cast, gone), by=cast.facilitator)
    gone.delete()
    client.force_login(cast.facilitator)
    page = client.get(address(cast, "audit")).content.decode()
    assert "Ruth" not in page
    assert f"(number {number})" in page
    assert AuditEntry.objects.filter(act=Act.REMOVE, about_id=number).exists()


def test_the_audit_holds_ids_and_no_text():
    kept = {field.name: field.get_internal_type() for field in AuditEntry._meta.concrete_fields}
    assert kept == {
        "id": "BigAutoField",
        "community": "ForeignKey",
        "at": "DateTimeField",
        "actor_id": "BigIntegerField",
        "act": "CharField",
        "about": "CharField",
        "about_id": "BigIntegerField",
        "roles": "ArrayField",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE communities_auditentry SET actor_id = 1",
        "DELETE FROM communities_auditentry",
    ],
)
def test_the_database_keeps_the_audit_as_it_was_written(cast, statement):
    before = list(AuditEntry.objects.values())
    assert before
    with pytest.raises((InternalError, ProgrammingError), match="only ever added"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(AuditEntry.objects.values()) == before


def test_a_neighbours_members_and_groups_are_not_there(cast, client):
    foreign = Membership.objects.get(user=cast.neighbours_facilitator)
    group = actions.add_group(community=cast.neighbour, name="Nurses", axis="horizontal")
    client.force_login(cast.facilitator)
    for name, pk in (("member", foreign.pk), ("group", group.pk)):
        assert client.get(address(cast, name, pk)).status_code == 404
    assert client.post(address(cast, "remove", foreign.pk)).status_code == 404


def test_somebody_who_has_no_place_here_makes_no_difference(cast):
    assert not cast.community.has_member(make_user())


def test_a_group_that_has_spoken_for_an_indicator_stays(cast):
    nurses = actions.add_group(community=cast.community, name="Nurses", axis="horizontal")
    indicator = make_indicator(cast.community)
    open_round(indicator=indicator, by=cast.facilitator, groups=[nurses])
    with pytest.raises(ValidationError, match="so it stays"):
        actions.delete_group(group=nurses, by=cast.facilitator)
    assert cast.community.stakeholder_groups.get() == nurses
    assert not AuditEntry.objects.filter(act=Act.DELETE_GROUP).exists()
