"""Every URL × every role → what it answers. A URL that is missing from the table fails."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from communities import actions as people
from communities.actions import add_person, make_token
from communities.mail import stop_address
from communities.permissions import Audience
from indicators import actions as indicators
from indicators import negotiating
from matrix.snapshots import take
from stories.concerns import raise_concern
from stories.tellers import match_teller

from .crawling import names_of as kwargs_by_name
from .make import make_file, make_indicator, make_published, make_stub

ROLES = ["anonymous", "stranger", "member", "facilitator", "funder", "neighbour"]

# The people of the cast have no password yet: they set one, and have none to confirm or change.
# One line a URL: its name, the method, and the status for each of ROLES. A 302 for anonymous leads
# to the sign-in page; any other 302 is the answer of an act that was done.
TABLE = """
home                                  GET   200 200 200 200 302 200
about                                 GET   200 200 200 200 200 200
demo_enter                            POST  302 302 302 302 302 302
private_story                         GET   410 410 410 410 410 410
private_attachment                    GET   410 410 410 410 410 410
renew_private_address                 POST  200 200 200 200 200 200
stories:make_private_address          POST  302 404 403 302 403 404
own_value                             GET   302 200 200 200 200 200
receipt                               GET   200 200 200 200 200 200
found                                 GET   302 200 200 200 200 200
set_language                          POST  302 302 302 302 302 302
live                                  GET   200 200 200 200 200 200
negotiation                           GET   302 404 200 200 200 404
negotiations                          GET   302 404 200 200 200 404
calendar                              GET   302 404 200 200 200 404
propose                               GET   302 404 200 200 403 404
matrix:matrix                         GET   302 404 200 200 200 404
matrix:indicator                      GET   302 404 200 200 200 404
matrix:no_indicator                   GET   302 404 200 200 200 404
matrix:pair                           GET   302 404 200 200 200 404
matrix:paths                          GET   302 404 200 200 200 404
matrix:missing                        GET   302 404 200 200 200 404
matrix:snapshots                      GET   302 404 200 200 200 404
matrix:snapshots                      POST  302 404 403 422 403 404
matrix:snapshot                       GET   302 404 200 200 200 404
matrix:compare                        GET   302 404 200 200 200 404
matrix:file                           GET   302 404 200 200 200 404
matrix:periods                        GET   302 404 200 200 200 404
matrix:hopes                          GET   302 404 200 200 200 404
api:matrix                            GET   401 404 200 200 200 404
tokens                                GET   302 200 200 200 200 200
revoke_token                          POST  302 404 302 404 404 404
developers                            GET   200 200 200 200 200 200
api:schema                            GET   200 200 200 200 200 200
api:by_hand                           GET   200 200 200 200 200 200
api:communities                       GET   401 200 200 200 200 200
api:community                         GET   401 404 200 200 200 404
api:members                           GET   401 404 403 200 403 404
api:member                            GET   401 404 403 200 403 404
api:invitations                       GET   401 404 403 200 403 404
api:resend                            POST  401 404 403 200 403 404
api:revoke                            POST  401 404 403 200 403 404
api:tellers                           GET   401 404 403 200 403 404
api:indicators                        GET   401 404 200 200 200 404
api:indicator                         GET   401 404 200 200 200 404
api:amend                             POST  401 404 403 200 403 404
api:decide                            POST  401 404 403 400 403 404
api:decisions                         GET   401 404 200 200 200 404
api:definitions                       GET   401 404 200 200 200 404
api:rounds                            GET   401 404 200 200 200 404
api:stances                           GET   401 404 200 200 200 404
api:gaming_check                      GET   401 404 404 404 404 404
api:comments                          GET   401 404 200 200 200 404
api:targets                           GET   401 404 200 200 200 404
api:target                            PATCH 401 404 403 200 403 404
api:observations                      GET   401 404 200 200 200 404
api:observation                       PATCH 401 404 403 200 403 404
api:open                              POST  401 404 403 400 403 404
api:extend                            POST  401 404 403 409 403 404
api:hold                              POST  401 404 409 409 409 404
api:record                            POST  401 404 403 409 403 404
api:answer                            POST  401 404 403 409 403 404
api:retire                            POST  401 404 403 400 403 404
api:merge                             POST  401 404 403 400 403 404
api:split                             POST  401 404 403 400 403 404
api:undo_merge                        POST  401 404 403 409 403 404
api:stories                           GET   401 404 200 200 200 404
api:story                             GET   401 404 200 200 200 404
api:submit_story                      POST  401 404 409 403 403 404
api:publish_story                     POST  401 404 403 409 403 404
api:return_story                      POST  401 404 403 409 403 404
api:hide_story                        POST  401 404 403 400 403 404
api:withdraw_story                    POST  401 404 200 403 403 404
api:change_audience_story             POST  401 404 400 403 403 404
api:pairs                             GET   401 404 200 200 200 404
api:paths                             GET   401 404 400 400 400 404
api:upkeep                            GET   401 404 403 200 403 404
matrix:tidy                           GET   302 404 403 200 403 404
matrix:upkeep                         GET   302 404 403 200 403 404
join                                  GET   200 200 302 302 302 200
decline                               POST  200 200 200 200 200 200
people:people                         GET   302 404 200 200 403 404
people:member                         GET   302 404 403 200 403 404
people:remove                         POST  302 404 403 302 403 404
people:leave                          GET   302 404 200 200 200 404
people:decline_to_tell                POST  302 404 302 302 403 404
people:groups                         GET   302 404 403 200 403 404
people:group                          GET   302 404 403 200 403 404
people:delete_group                   POST  302 404 403 302 403 404
people:invitations                    GET   302 404 403 200 403 404
people:invite                         GET   302 404 403 200 403 404
people:make_address                   GET   302 404 403 200 403 404
people:invitation                     GET   302 404 403 200 403 404
people:resend                         POST  302 404 403 302 403 404
people:revoke                         POST  302 404 403 302 403 404
people:privacy                        GET   302 404 200 200 200 404
people:community                      GET   302 404 403 200 403 404
people:audit                          GET   302 404 403 200 403 404
stories:stories                       GET   302 404 200 200 200 404
stories:mine                          GET   302 404 200 200 403 404
stories:waiting                       GET   302 404 403 200 403 404
stories:tell                          GET   302 404 200 200 403 404
stories:tellers                       GET   302 404 403 200 403 404
stories:merge                         POST  302 404 403 302 403 404
stories:undo_merge                    POST  302 404 403 302 403 404
stories:numbers                       GET   302 404 403 200 403 404
stories:story                         GET   302 404 200 200 200 404
stories:attachment                    GET   302 404 200 200 200 404
stories:history                       GET   302 404 200 200 403 404
stories:offer                         GET   302 404 200 200 403 404
stories:drawing                       POST  302 404 200 200 403 404
stories:seen_by                       GET   302 404 200 403 403 404
stories:revise                        GET   302 404 200 403 403 404
stories:submit                        GET   302 404 302 403 403 404
stories:undo                          POST  302 404 403 302 403 404
stories:thanks                        GET   302 404 302 403 403 404
stories:publish                       GET   302 404 403 302 403 404
stories:autosave                      POST  302 404 400 400 403 404
stories:throw_away                    POST  302 404 302 302 403 404
stories:heard                         GET   302 404 200 200 403 404
stories:confirm                       POST  302 404 302 403 403 404
stories:forget                        POST  302 404 403 302 403 404
stories:about_me                      GET   302 404 200 200 200 404
stories:story_about_me                GET   302 404 200 200 200 404
stories:concerns                      GET   302 404 403 200 403 404
stories:answer                        POST  302 404 403 302 403 404
stories:return                        POST  302 404 403 302 403 404
stories:hide                          POST  302 404 403 302 403 404
stories:withdraw                      POST  302 404 302 403 403 404
stories:change_audience               POST  302 404 302 403 403 404
demo_mailbox                          GET   200 200 200 200 200 200
profile                               GET   302 200 200 200 200 200
stop_mails                            GET   200 200 200 200 200 200
account_login                         GET   200 302 302 302 302 302
account_request_login_code            GET   200 302 302 302 302 302
account_confirm_login_code            GET   302 302 302 302 302 302
account_logout                        POST  302 302 302 302 302 302
account_inactive                      GET   200 200 200 200 200 200
account_signup                        GET   200 302 302 302 302 302
account_reauthenticate                GET   302 403 403 403 403 403
account_change_password               GET   302 302 302 302 302 302
account_set_password                  GET   302 200 200 200 200 200
account_reset_password                GET   200 200 200 200 200 200
account_reset_password_from_key_done  GET   200 200 200 200 200 200
account_reset_password_from_key       GET   200 200 200 200 200 200
account_reset_password_done           GET   200 200 200 200 200 200
mfa_index                             GET   302 200 200 200 200 200
mfa_authenticate                      GET   302 302 302 302 302 302
mfa_reauthenticate                    GET   302 403 403 403 403 403
mfa_activate_totp                     GET   302 200 200 200 200 200
mfa_deactivate_totp                   GET   302 404 404 404 404 404
mfa_view_recovery_codes               GET   302 404 404 404 404 404
mfa_generate_recovery_codes           GET   302 200 200 200 200 200
mfa_download_recovery_codes           GET   302 404 404 404 404 404
mfa_list_webauthn                     GET   302 200 200 200 200 200
mfa_add_webauthn                      GET   302 200 200 200 200 200
mfa_reauthenticate_webauthn           GET   302 403 403 403 403 403
mfa_remove_webauthn                   GET   302 404 404 404 404 404
mfa_edit_webauthn                     GET   302 404 404 404 404 404
mfa_login_webauthn                    GET   302 302 302 302 302 302
usersessions_list                     GET   302 200 200 200 200 200
socialaccount_login_error             GET   401 401 401 401 401 401
socialaccount_login_cancelled         GET   200 200 200 200 200 200
socialaccount_signup                  GET   302 302 302 302 302 302
socialaccount_connections             GET   302 200 200 200 200 200
openid_connect_login                  GET   404 404 404 404 404 404
openid_connect_callback               GET   404 404 404 404 404 404
admin:index                           GET   302 403 403 200 403 200
admin:jsi18n                          GET   302 403 403 200 403 200
admin:app_list                        GET   302 403 403 200 403 200
admin:indicators_indicator_changelist GET   302 403 403 200 403 200
admin:indicators_indicator_add        GET   302 403 403 200 403 200
admin:indicators_indicator_change     GET   302 403 403 200 403 404
admin:indicators_indicator_act        GET   302 403 403 200 403 404
admin:indicators_indicator_history    GET   302 403 403 200 403 404
admin:indicators_indicator_delete     GET   302 403 403 403 403 403
admin:indicators_observation_changelist GET 302 403 403 200 403 200
admin:indicators_observation_add      GET   302 403 403 200 403 200
admin:indicators_observation_change   GET   302 403 403 200 403 404
admin:indicators_observation_history  GET   302 403 403 200 403 404
admin:indicators_observation_delete   GET   302 403 403 403 403 403
admin:indicators_target_changelist    GET   302 403 403 200 403 200
admin:indicators_target_add           GET   302 403 403 200 403 200
admin:indicators_target_change        GET   302 403 403 200 403 404
admin:indicators_target_history       GET   302 403 403 200 403 404
admin:indicators_target_delete        GET   302 403 403 403 403 403
admin:stories_story_changelist        GET   302 403 403 200 403 200
admin:stories_story_add               GET   302 403 403 403 403 403
admin:stories_story_change            GET   302 403 403 200 403 404
admin:stories_story_history           GET   302 403 403 200 403 404
admin:stories_story_delete            GET   302 403 403 403 403 403
"""
# Answers by what runs beside it, not by who asks: tests/test_health.py.
BESIDE_THE_TABLE = {"ready"}
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def names_of(resolver, *namespaces):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            own = [pattern.namespace] if pattern.namespace else []
            yield from names_of(pattern, *namespaces, *own)
        elif pattern.name:
            yield ":".join([*namespaces, pattern.name])


def test_every_url_stands_in_the_table():
    listed = {row[0] for row in ROWS} | BESIDE_THE_TABLE
    assert sorted(set(names_of(get_resolver())) ^ listed) == []


@pytest.fixture
def users(cast):
    add_person(email="member@example.org", name="Example")
    return {
        "anonymous": None,
        "stranger": cast.stranger,
        "member": cast.member,
        "facilitator": cast.facilitator,
        "funder": cast.funder,
        "neighbour": cast.neighbours_facilitator,
    }


@pytest.fixture
def things(cast):
    indicator = make_indicator(cast.community, name="Wounds healed")
    period = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
    invited = people.invite(
        community=cast.community,
        people=[("", "guest@example.org")],
        roles=["member"],
        by=cast.facilitator,
    )
    guests = [people.add_guest_teller(community=cast.community, name=name) for name in "AB"]
    group = people.add_group(community=cast.community, name="Nurses", axis="horizontal")
    return {
        "guest": guests[0],
        "merge": match_teller(teller=guests[1], user=cast.member, by=cast.facilitator),
        "member": cast.community.memberships.get(user=cast.member),
        "group": group,
        "talk": negotiating.open_round(
            indicator=make_indicator(cast.community),
            by=cast.facilitator,
            groups=[people.add_group(community=cast.community, name="Host", axis="vertical")],
            closes_on=cast.community.today,
        ),
        "invitation": invited.new[0],
        "indicator": indicator,
        "observation": indicators.record_observation(
            indicator=indicator, by=cast.facilitator, value=Decimal(63), **period
        ),
        "target": indicators.set_target(
            indicator=indicator, by=cast.facilitator, value=Decimal(65), **period
        ),
        "published": make_published(cast.community, cast.member, audience=Audience.FUNDERS),
        "stub": make_stub(cast.community, by=cast.facilitator),
        "concern": raise_concern(community=cast.community, words="That is my ward."),
        "token": make_token(user=cast.member, name="Laptop", scope="read")[0],
        "snapshot": take(community=cast.community, title="Autumn", by=cast.facilitator),
    }


def address_of(name, cast, things):
    slug = cast.community.slug
    if name.startswith("admin:") and name.endswith(("_change", "_history", "_delete")):
        thing = name.rsplit("_", 2)[1]
        row = things["published"] if thing == "story" else things[thing]
        return reverse(name, args=[row.pk])
    if name.startswith("people:"):
        act = name.split(":")[1]
        return reverse(name, args=[slug, things[OF[act]].pk] if act in OF else [slug])
    known = {
        "join": [things["invitation"].secret],
        "private_story": ["nothing"],
        "private_attachment": ["nothing", 1],
        "renew_private_address": ["nothing"],
        "decline": [things["invitation"].secret],
        "demo_enter": ["member"],
        "revoke_token": [things["token"].pk],
        "matrix:indicator": [slug, things["indicator"].code],
        "negotiation": [slug, things["indicator"].code],
        "negotiations": [slug],
        "calendar": [slug, things["talk"].indicator.code],
        "admin:indicators_indicator_act": [things["indicator"].pk, "gaming"],
        "matrix:no_indicator": [slug, "applied"],
        "matrix:pair": [slug, "~immediate", "~applied"],
        "matrix:snapshot": [slug, things["snapshot"].pk],
        "matrix:compare": [slug, things["snapshot"].pk],
        "matrix:file": [slug, "svg"],
        "stop_mails": [stop_address(cast.member, "story_published").split("/")[-2]],
        "mfa_remove_webauthn": [1],
        "mfa_edit_webauthn": [1],
        "openid_connect_login": ["sso"],
        "openid_connect_callback": ["sso"],
        "account_reset_password_from_key": ["1", "nothing"],
        "admin:app_list": ["stories"],
    }
    known |= {
        "stories:offer": [slug, things["indicator"].code],
        "stories:attachment": [slug, make_file(things["published"]).pk],
        "stories:merge": [slug, things["guest"].pk],
        "stories:forget": [slug, things["stub"].pk],
        "stories:answer": [slug, things["concern"].pk],
        "stories:seen_by": [slug, things["published"].pk, "public"],
        "stories:undo_merge": [slug, things["merge"].pk],
    }
    if name.startswith("api:"):
        return reverse(name, kwargs=kwargs_of(name, slug, things))
    if name in known:
        return reverse(name, args=known[name])
    if name.startswith("stories:") and name.split(":")[1] not in LISTS:
        return reverse(name, args=[slug, things["published"].pk])
    if name.startswith(("matrix:", "stories:", "api_", "propose")):
        return reverse(name, args=[slug])
    return reverse(name)


def kwargs_of(name, slug, things):
    """What stands in an address of the API."""
    kind = name.split(":")[1]
    of = "published" if kind.endswith("story") else OF_API.get(kind, kind)
    thing = things.get(of)
    values = {"slug": slug, "code": things["indicator"].code, "pk": getattr(thing, "pk", 0)}
    return {one: values[one] for one in dict(kwargs_by_name(get_resolver()))[name]}


OF_API = {"resend": "invitation", "revoke": "invitation", "storie": "published"}
# What the pages on one thing are about.
OF = {"member": "member", "remove": "member", "group": "group", "delete_group": "group"}
OF |= dict.fromkeys(["invitation", "resend", "revoke"], "invitation")
LISTS = {"stories", "mine", "waiting", "tell", "tellers", "numbers"}
LISTS |= {"heard", "about_me", "concerns", "autosave", "throw_away", "drawing"}


@pytest.mark.parametrize(("name", "method", *ROLES), ROWS, ids=[row[0] for row in ROWS])
def test_access(
    cast, users, things, name, method, anonymous, stranger, member, facilitator, funder, neighbour
):
    expected = [anonymous, stranger, member, facilitator, funder, neighbour]
    found = []
    for role in ROLES:
        # Each role finds everything as it was.
        with transaction.atomic():
            client = Client()
            if users[role]:
                client.force_login(users[role])
            answer = client.generic(method, address_of(name, cast, things))
            transaction.set_rollback(True)
        found.append(str(answer.status_code))
        if role == "anonymous" and answer.status_code == 302 and method == "GET":
            assert answer.url.startswith("/accounts/login/")
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


def test_a_demo_entry_without_the_demo_switch_is_not_there(cast, settings):
    settings.DEMO = False
    assert Client().post(reverse("demo_enter", args=["member"])).status_code == 404


def test_a_person_who_was_deactivated_is_out_at_the_next_request(cast, client):
    client.force_login(cast.member)
    address = reverse("matrix:matrix", args=[cast.community.slug])
    assert client.get(address).status_code == 200
    cast.member.is_active = False
    cast.member.save()
    assert client.get(address).status_code == 302


def test_a_person_who_left_is_out_at_the_next_request(cast, client):
    client.force_login(cast.member)
    address = reverse("matrix:matrix", args=[cast.community.slug])
    assert client.get(address).status_code == 200
    cast.community.memberships.filter(user=cast.member).delete()
    assert client.get(address).status_code == 404
