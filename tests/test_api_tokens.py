"""Tokens: what they may, until when, and how they are made and taken back."""

import re
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.forms import CharField
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from communities import actions
from communities.api.once import forget_keys
from communities.models import Community, KeyedAnswer, Token
from communities.permissions import SCOPES, TABLE, Permission, Role, Scope
from stories.models import Story

from .api import Asking
from .make import make_community, make_indicator, make_published

pytestmark = pytest.mark.django_db
REQUIRED = "This field is required."
HOME = "communities/wound-care/"


def test_a_token_is_kept_as_its_hash_alone(cast):
    token, secret = actions.make_token(user=cast.member, name="Laptop", scope="read")
    assert secret.startswith("vct_") and len(secret) > 40
    row = Token.objects.values().get(pk=token.pk)
    assert secret not in repr(row)
    assert (token.ending, token.used_at) == (secret[-4:], None)


def test_scopes_hold_one_another_and_the_last_all():
    read, tell, everything = (SCOPES[scope] for scope in Scope)
    assert read < tell < everything == set(Permission)
    assert tell - {Permission.SEE_PEOPLE} <= TABLE[Role.MEMBER]


def test_a_token_may_less_than_its_person(cast):
    for scope, expected in (("read", 403), ("tell", 403), ("facilitate", 200)):
        asking = Asking(cast.facilitator, scope)
        asking.get(f"{HOME}members/")
        assert asking.status == expected
    for user, expected in ((cast.member, 403), (cast.stranger, 404), (cast.funder, 403)):
        asking = Asking(user)
        asking.get(f"{HOME}members/")
        assert asking.status == expected


def test_a_token_is_good_for_the_communities_chosen(cast):
    actions.add_member(community=cast.neighbour, user=cast.member, roles=["member"])
    asking = Asking(cast.member, communities=[cast.neighbour])
    assert [one["slug"] for one in asking.get("communities/")] == ["night-shift"]
    asking.get(HOME)
    assert asking.status == 404
    asking.get("communities/night-shift/")
    assert asking.status == 200
    assert len(Asking(cast.member).get("communities/")) == 2


@pytest.mark.parametrize(
    ("end", "expected"),
    [("revoke", 401), ("expire", 401), ("deactivate", 401), ("leave", 404), ("remove", 404)],
)
def test_a_token_ends_at_the_next_request(cast, end, expected):
    asking = Asking(cast.member)
    asking.get(HOME)
    assert asking.status == 200
    membership = cast.community.memberships.get(user=cast.member)
    if end == "revoke":
        actions.revoke_token(token=asking.token)
    elif end == "expire":
        Token.objects.update(expires_at=timezone.now())
    elif end == "deactivate":
        actions.deactivate(user=cast.member)
    elif end == "leave":
        actions.leave(membership=membership)
    else:
        actions.remove(membership=membership, by=cast.facilitator)
    problem = asking.get(HOME)
    assert (asking.status, problem["status"]) == (expected, expected)
    if expected == 401:
        assert asking.last["WWW-Authenticate"] == "Bearer"
        assert problem["detail"] == "This token is not known, has expired or was revoked."


def test_its_use_is_noted_once_a_minute(cast):
    asking = Asking(cast.member)
    asking.get(HOME)
    first = Token.objects.get().used_at
    asking.get(HOME)
    assert first and Token.objects.get().used_at == first
    Token.objects.update(used_at=first - timedelta(minutes=2))
    asking.get(HOME)
    assert Token.objects.get().used_at > first


def test_a_person_makes_and_revokes_tokens_on_a_page(cast, client):
    client.force_login(cast.member)
    sent = {"name": "Laptop", "scope": "tell", "days": "30", "communities": [cast.community.pk]}
    answer = client.post(reverse("tokens"), sent)
    secret = re.search(r"vct_[\w-]+", answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    assert secret not in client.get(reverse("tokens")).content.decode()
    asked = Client(headers={"Authorization": f"Bearer {secret}"})
    assert asked.get(f"/api/v1/{HOME}").status_code == 200
    token = Token.objects.get()
    assert (token.scope, token.chosen) == ("tell", {cast.community.pk})
    client.force_login(cast.funder)
    assert client.post(reverse("revoke_token", args=[token.pk])).status_code == 404
    client.force_login(cast.member)
    assert client.post(reverse("revoke_token", args=[token.pk])).status_code == 302
    assert asked.get(f"/api/v1/{HOME}").status_code == 401
    foreign = client.post(reverse("tokens"), sent | {"communities": [cast.neighbour.pk]})
    assert foreign.status_code == 422


def test_the_command_prints_a_new_token(cast):
    out = StringIO()
    call_command("api_token", cast.member.email.upper(), "--scope", "read", stdout=out)
    asked = Client(headers={"Authorization": f"Bearer {out.getvalue().strip()}"})
    assert asked.get(f"/api/v1/{HOME}").status_code == 200
    for arguments in (["nobody@example.org"], [cast.member.email, "--community", "nowhere"]):
        with pytest.raises(CommandError):
            call_command("api_token", *arguments)
    with pytest.raises(CommandError, match="communities that you belong to"):
        call_command("api_token", cast.member.email, "--community", "night-shift")


def test_a_session_needs_its_token_against_forgery(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.facilitator)
    assert client.get(f"/api/v1/{HOME}").status_code == 200
    answer = client.post(f"/api/v1/{HOME}tellers/", {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_sent_twice_with_a_key_it_is_made_once(cast):
    asking = Asking(cast.member, "tell")
    story = {"title": "Once", "steps": [{"cycle": "immediate", "text": "We met."}]}
    first = asking.post(f"{HOME}stories/", story, idempotency_key="abc")
    again = asking.post(f"{HOME}stories/", story, idempotency_key="abc")
    assert (asking.status, again, asking.last["Idempotency-Replayed"]) == (201, first, "true")
    other = asking.post(f"{HOME}stories/", story | {"title": "Two"}, idempotency_key="abc")
    assert (asking.status, other["detail"]) == (
        409,
        "This Idempotency-Key was used for another request. Use a new one.",
    )
    theirs = Asking(cast.facilitator)
    theirs.post(f"{HOME}stories/", story, idempotency_key="abc")
    assert theirs.status == 201
    assert Story.objects.count() == 2
    KeyedAnswer.objects.update(created_at=timezone.now() - timedelta(hours=24))
    assert forget_keys() == 2
    asking.post(f"{HOME}stories/", story, idempotency_key="abc")
    assert Story.objects.count() == 3


def test_what_was_refused_may_be_sent_again_with_its_key(cast):
    asking = Asking(cast.member, "tell")
    wrong = asking.post(f"{HOME}stories/", {"titel": "x"}, idempotency_key="abc")
    assert wrong["status"] == 400
    asking.post(f"{HOME}stories/", {"title": "x"}, idempotency_key="abc")
    assert asking.status == 201


def test_a_key_does_not_bring_back_what_its_teller_took_back(cast):
    asking = Asking(cast.facilitator)
    story = {
        "title": "Lent",
        "audience": "members",
        "teller": cast.member.pk,
        "told": True,
        "told_where": "Ward",
        "told_on": "2026-03-05",
        "steps": [{"cycle": "immediate", "text": "We met."}],
    }
    made = asking.post(f"{HOME}stories/", story, idempotency_key="abc")
    Asking(cast.member).post(f"{HOME}stories/{made['id']}/withdraw/")
    asking.post(f"{HOME}stories/", story, idempotency_key="abc")
    assert asking.status == 404
    assert "Lent" not in asking.last.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_with_one_key_make_one(cast):
    asking = [Asking(cast.member, "tell") for _ in range(4)]
    story = {"title": "Once", "steps": [{"cycle": "immediate", "text": "We met."}]}

    def send(one):
        try:
            one.post(f"{HOME}stories/", story, idempotency_key="abc")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in asking]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.status for one in asking] == [201] * 4
    assert Story.objects.count() == 1


def test_whoever_asks_too_often_is_told_when_to_come_back(cast, settings):
    settings.API_RATES = {"read": "2/m", "write": "1/m", "nobody": "1/m"}
    asking = Asking(cast.member, "tell")
    answers = [asking.get(HOME) and asking.status for _ in range(3)]
    assert answers == [200, 200, 429]
    assert 0 < int(asking.last["Retry-After"]) <= 60
    asking.post(f"{HOME}stories/", {})
    assert asking.status == 201
    other = Asking(cast.funder)
    other.get(HOME)
    assert other.status == 200


def test_what_is_wrong_is_said_in_the_persons_language(cast):
    cast.member.language = "es"
    cast.member.save()
    asking = Asking(cast.member, "tell", **{"Accept-Language": "en"})
    problem = asking.post(f"{HOME}stories/", {"steps": [{}]})
    with translation.override("es"):
        on_a_page = str(CharField().error_messages["required"])
    assert problem["errors"] == {"steps.0.cycle": [on_a_page]} != {"steps.0.cycle": [REQUIRED]}


def test_an_answer_is_the_same_in_every_language(cast):
    make_published(cast.community, cast.member, attribution="anonymous")
    make_indicator(cast.community)
    paths = ["communities/", HOME, f"{HOME}stories/", f"{HOME}indicators/", f"{HOME}matrix/"]
    english, arabic = (Asking(cast.member, **{"Accept-Language": one}) for one in ("en", "ar"))
    assert [english.get(path) for path in paths] == [arabic.get(path) for path in paths]


def test_a_community_is_founded_by_whoever_may(cast, settings):
    settings.FOUNDERS = [cast.stranger.email]
    new = {"name": "Chronic pain", "purpose": "Learning.", "scheme": "2011"}
    asking = Asking(cast.stranger)
    made = asking.post("communities/", new, idempotency_key="k")
    assert (asking.status, made["slug"], made["language"]) == (201, "chronic-pain", "en")
    assert asking.post("communities/", new, idempotency_key="k") == made
    whole = asking.get("communities/chronic-pain/")
    assert whole["roles"] == ["member", "facilitator"]
    assert [one["key"] for one in whole["cycles"]][:2] == ["immediate", "potential"]
    for user, scope in ((cast.member, "facilitate"), (cast.stranger, "tell")):
        other = Asking(user, scope)
        other.post("communities/", new)
        assert other.status == 403
    wrong = asking.post("communities/", new | {"scheme": "1999"})
    assert list(wrong["errors"]) == ["scheme"]
    assert Community.objects.count() == 3


def test_people_are_looked_after(cast):
    asking = Asking(cast.facilitator)
    members = {one["name"]: one for one in asking.get(f"{HOME}members/")["results"]}
    assert sorted(members) == ["Farid", "Fumiko", "Mira"]
    assert "email" not in members["Mira"]
    farid = f"{HOME}members/{members['Farid']['id']}/"
    early = asking.patch(farid, {"stakeholder_group": 1})
    assert early["errors"] == {"stakeholder_group": ["There is no such field here."]}
    group = actions.add_group(community=cast.community, name="Nurses", axis="horizontal")
    mira = f"{HOME}members/{members['Mira']['id']}/"
    assert asking.patch(mira, {"stakeholder_group": group.pk})["stakeholder_group"] == group.pk
    assert asking.patch(mira, {"roles": ["funder"]})["roles"] == ["funder"]
    assert "needs at least one facilitator" in asking.delete(farid)["detail"]
    asking.delete(mira)
    assert asking.status == 204
    people = [{"email": "Rosa@Example.org", "name": "Rosa"}, {"email": "rosa@example.org"}]
    sent = {"people": people, "roles": ["member"], "stakeholder_group": group.pk, "days": 9}
    [made] = asking.post(f"{HOME}invitations/", sent)["invitations"]
    assert (made["email"], made["name"], made["is_open"]) == ("rosa@example.org", "Rosa", True)
    assert asking.post(f"{HOME}invitations/{made['id']}/revoke/")["is_open"] is False
    assert asking.post(f"{HOME}invitations/{made['id']}/resend/")["is_open"] is True
    assert asking.get(f"{HOME}invitations/")["results"][0]["id"] == made["id"]
    foreign = actions.add_group(community=cast.neighbour, name="Others", axis="horizontal")
    wrong = asking.post(f"{HOME}invitations/", sent | {"stakeholder_group": foreign.pk})
    assert wrong["errors"] == {"stakeholder_group": ["Choose a group of this community."]}
    guest = asking.post(f"{HOME}tellers/", {"name": "Noor", "email": "noor@example.org"})
    assert guest == {"id": guest["id"], "kind": "guest", "user": None, "name": "Noor"}
    assert asking.get(f"{HOME}tellers/")["results"] == [guest]


def test_an_unknown_address_is_answered_as_a_problem(client):
    answer = client.get("/api/v1/nothing/")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [("{", "application/json", 400), ("a=b", "application/x-www-form-urlencoded", 415)],
)
def test_what_cannot_be_read_is_a_problem(cast, content, content_type, expected):
    asking = Asking(cast.member)
    answer = asking.client.post(f"/api/v1/{HOME}stories/", content, content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (expected, "application/problem+json")


def test_the_public_page_is_read_by_programs_too(client):
    make_community("Open", "open", is_public=True)
    answer = client.get("/api/v1/communities/open/")
    assert (answer.status_code, answer.json()["stakeholder_groups"]) == (200, [])
