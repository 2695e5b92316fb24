"""Asking people in: by a list, by an address; coming in; what no longer lets anybody in."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import actions
from communities.models import Invitation, User

from .make import make_member, make_user

pytestmark = pytest.mark.django_db
TERMS = {"roles": ["member"], "days": "30"}


def address(cast, name, *args):
    return reverse(f"people:{name}", args=[cast.community.slug, *args])


def invited(cast, email="guest@example.org", **fields):
    fields = {"roles": ["member"], "by": cast.facilitator} | fields
    return actions.invite(community=cast.community, people=[("", email)], **fields).new[0]


def shared(cast, **fields):
    fields = {"roles": ["member"], "by": cast.facilitator} | fields
    return actions.make_address(community=cast.community, **fields)


def roles_of(cast, user):
    return cast.community.memberships.get(user=user).roles


def test_a_pasted_list_invites_each_address_once(cast, client):
    client.force_login(cast.facilitator)
    pasted = f"A B <A@x.org>; c@y.org\na@x.org\nMira <{cast.member.email}>"
    answer = client.post(address(cast, "invite"), TERMS | {"people": pasted}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "2 people are invited. 1 is here already."
    ]
    rows = cast.community.invitations.order_by("email")
    assert list(rows.values_list("email", "name", "roles", "uses_allowed", "invited_by")) == [
        ("a@x.org", "A B", ["member"], 1, cast.facilitator.pk),
        ("c@y.org", "", ["member"], 1, cast.facilitator.pk),
    ]


def test_a_wrong_line_invites_nobody_and_keeps_what_was_typed(cast, client):
    client.force_login(cast.facilitator)
    pasted = "a@x.org\nb@x\n"
    answer = client.post(address(cast, "invite"), TERMS | {"people": pasted})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"people": ["Line 2: “b@x” is not an e-mail address."]}
    assert "a@x.org\nb@x" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_file_from_a_spreadsheet_invites(cast, client):
    client.force_login(cast.facilitator)
    file = SimpleUploadedFile("team.csv", "\ufeffName;Mail\r\nZoë;z@x.org\r\n".encode("utf-8"))
    client.post(address(cast, "invite"), TERMS | {"file": file})
    assert list(Invitation.objects.values_list("email", "name")) == [("z@x.org", "Zoë")]


def test_a_list_of_nobody_is_refused(cast, client):
    client.force_login(cast.facilitator)
    answer = client.post(address(cast, "invite"), TERMS | {"people": " \n"})
    assert answer.context["form"].errors == {"people": ["Give at least one address."]}


def test_inviting_again_opens_the_same_invitation(cast):
    first = invited(cast)
    actions.revoke(invitation=first, by=cast.facilitator)
    again = actions.invite(
        community=cast.community,
        people=[("Guest", "GUEST@example.org ".strip().lower())],
        roles=["funder"],
        by=cast.facilitator,
    ).again
    assert [(one.pk, one.secret, one.roles, one.is_open) for one in again] == [
        (first.pk, first.secret, ["funder"], True)
    ]


def test_who_has_not_come_is_on_top(cast, client):
    came, waits = invited(cast, "came@example.org"), invited(cast, "waits@example.org")
    actions.accept(invitation=came, user=make_user())
    revoked = invited(cast, "revoked@example.org")
    actions.revoke(invitation=revoked, by=cast.facilitator)
    client.force_login(cast.facilitator)
    page = client.get(address(cast, "invitations")).context["page"]
    assert [(one.email, str(one.state)) for one in page] == [
        (waits.email, "not come yet"),
        (revoked.email, "taken back"),
        (came.email, "came"),
    ]


def test_the_list_makes_the_same_number_of_queries_at_1_and_3(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    invited(cast)
    with django_assert_num_queries(6):
        client.get(address(cast, "invitations"))
    invited(cast, "two@example.org")
    shared(cast)
    with django_assert_num_queries(6):
        client.get(address(cast, "invitations"))


def test_an_address_has_a_code_and_makes_nobody_a_facilitator(cast, client):
    client.force_login(cast.facilitator)
    answer = client.post(address(cast, "make_address"), TERMS | {"uses_allowed": "2"}, follow=True)
    invitation = Invitation.objects.get()
    assert f"http://127.0.0.1:8000/join/{invitation.secret}/" in answer.content.decode()
    assert "<svg" in answer.context["code"]
    refused = client.post(address(cast, "make_address"), TERMS | {"roles": ["facilitator"]})
    assert list(refused.context["form"].errors) == ["roles"]
    with pytest.raises(ValidationError, match="invited by mail"):
        shared(cast, roles=["facilitator"])


def test_the_database_alone_does_not_tell_the_secret(cast):
    invitation = shared(cast)
    stored = [str(value) for value in Invitation.objects.values().get(pk=invitation.pk).values()]
    assert not any(invitation.secret in value for value in stored)


def test_an_address_lets_in_as_many_as_it_says(cast):
    invitation = shared(cast, uses_allowed=2, roles=["member", "funder"])
    first, second, third = make_user(), make_user(), make_user()
    for user in (first, first, second):
        actions.accept(invitation=invitation, user=user)
    with pytest.raises(ValidationError, match="no longer open"):
        actions.accept(invitation=invitation, user=third)
    invitation.refresh_from_db()
    assert (roles_of(cast, first), invitation.uses) == (["member", "funder"], 2)


CLOSED = {
    "revoked": lambda cast, one: actions.revoke(invitation=one, by=cast.facilitator),
    "declined": lambda cast, one: actions.decline(invitation=one),
    "used": lambda cast, one: actions.accept(invitation=one, user=make_user()),
    "expired": lambda cast, one: Invitation.objects.update(expires_at=timezone.now()),
}


@pytest.mark.parametrize("how", CLOSED)
def test_a_closed_invitation_and_a_forged_one_get_the_same_answer(cast, client, how):
    invitation = invited(cast)
    CLOSED[how](cast, invitation)
    closed = client.get(reverse("join", args=[invitation.secret]))
    forged = client.get(reverse("join", args=["0" * 64]))
    assert (closed.status_code, forged.status_code) == (410, 410)
    # But for the address in the language form, and its token.
    plain = [
        answer.content.decode().split("<main")[1].split("</main>")[0] for answer in (closed, forged)
    ]
    assert plain[0] == plain[1]
    with pytest.raises(ValidationError):
        actions.accept(invitation=invitation, user=make_user())


def test_whoever_was_removed_comes_back_only_by_mail(cast):
    gone = make_member(cast.community)
    poster = shared(cast)
    actions.remove(membership=cast.community.memberships.get(user=gone), by=cast.facilitator)
    with pytest.raises(ValidationError, match="invite you by mail"):
        actions.accept(invitation=poster, user=gone)
    actions.accept(invitation=invited(cast, gone.email), user=gone)
    assert roles_of(cast, gone) == ["member"]


@pytest.mark.parametrize("way", ["remove", "leave", "deactivate"])
def test_the_addresses_of_a_facilitator_who_is_out_let_nobody_in(cast, way):
    other = make_member(cast.community, "facilitator")
    poster = shared(cast, by=other)
    if way == "deactivate":
        actions.deactivate(user=other)
    elif way == "leave":
        actions.leave(membership=cast.community.memberships.get(user=other))
    else:
        actions.remove(membership=cast.community.memberships.get(user=other), by=cast.facilitator)
    with pytest.raises(ValidationError, match="no longer open"):
        actions.accept(invitation=poster, user=make_user())


def test_somebody_signed_in_joins_with_one_button(cast, client):
    client.force_login(cast.stranger)
    page = reverse("join", args=[shared(cast).secret])
    assert client.get(page).status_code == 200
    answer = client.post(page)
    assert answer.url == reverse("matrix:matrix", args=[cast.community.slug])
    assert roles_of(cast, cast.stranger) == ["member"]


def test_whoever_signs_in_on_the_way_is_in(cast, client):
    cast.stranger.set_password("a quiet corridor at night")
    cast.stranger.save()
    page = reverse("join", args=[shared(cast).secret])
    to_sign_in = client.post(page, {"way": "password"}).url
    assert to_sign_in == f"{reverse('account_login')}?next={page.replace('/', '%2F')}"
    client.post(
        to_sign_in,
        {"login": cast.stranger.email, "password": "a quiet corridor at night", "next": page},
    )
    assert roles_of(cast, cast.stranger) == ["member"]


def test_looking_at_an_invitation_joins_nobody(cast, client):
    page = reverse("join", args=[shared(cast).secret])
    client.get(page)
    client.force_login(cast.stranger)
    assert not cast.community.has_member(cast.stranger)


def test_a_new_person_gets_an_account_of_their_address(cast, client):
    page = reverse("join", args=[shared(cast).secret])
    answer = client.post(page, {"way": "code", "name": "Ada", "email": " ADA@Example.org "})
    assert answer.url.startswith(reverse("account_confirm_login_code"))
    assert User.objects.get(email="ada@example.org").name == "Ada"
    assert not cast.community.has_member(User.objects.get(email="ada@example.org"))


def test_a_known_and_an_unknown_address_get_the_same_answer(cast):
    page = reverse("join", args=[shared(cast).secret])
    closed = make_user()
    actions.deactivate(user=closed)
    answers = [
        Client().post(page, {"way": "code", "name": "Ada", "email": email})
        for email in (cast.member.email, "new@example.org", closed.email)
    ]
    assert len({(one.status_code, one.url) for one in answers}) == 1


def test_what_is_missing_is_said_at_the_field(cast, client):
    page = reverse("join", args=[shared(cast).secret])
    answer = client.post(page, {"way": "code", "name": "Ada", "email": "ada"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]
    assert 'value="Ada"' in answer.content.decode()


def test_no_thank_you_is_kept_and_closes_it(cast, client):
    invitation = invited(cast)
    assert client.post(reverse("decline", args=[invitation.secret])).status_code == 200
    invitation.refresh_from_db()
    assert (invitation.is_open, str(invitation.state)) == (False, "said no")
    assert client.post(reverse("decline", args=[invitation.secret])).status_code == 410


def test_an_invitation_of_the_neighbour_is_not_there(cast, client):
    foreign = actions.make_address(
        community=cast.neighbour, roles=["member"], by=cast.neighbours_facilitator
    )
    client.force_login(cast.facilitator)
    assert client.get(address(cast, "invitation", foreign.pk)).status_code == 404
    for act in ("resend", "revoke"):
        assert client.post(address(cast, act, foreign.pk)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_open


def test_an_expired_one_is_open_again_when_sent_again(cast):
    invitation = invited(cast, days=3)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    actions.resend(invitation=invitation, by=cast.facilitator)
    assert invitation.is_open


def test_who_invites_very_often_is_asked_to_pause_alone(cast, client):
    other = make_member(cast.community, "facilitator")
    client.force_login(cast.facilitator)
    answers = [client.post(address(cast, "make_address"), TERMS) for _ in range(31)]
    assert [one.status_code for one in answers] == [302] * 30 + [429]
    assert "A short pause, please" in answers[-1].content.decode()
    client.force_login(other)
    assert client.post(address(cast, "make_address"), TERMS).status_code == 302
