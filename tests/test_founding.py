"""Founding a community: from the page, from the shell; with what it begins."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from communities.models import Community, User
from indicators.models import Observation
from stories.examples.primary_care import PRIMARY_CARE
from stories.founding import found
from stories.models import Story
from valuecreation.framework import SCHEMES, STARTER_INDICATORS

from .make import make_community, make_user

pytestmark = pytest.mark.django_db
SENT = {"name": "Wound care circle", "language": "en", "time_zone": "Europe/Oslo", "scheme": "2011"}


@pytest.fixture(autouse=True)
def anyone(settings):
    settings.FOUNDERS = ["*"]


def founded(client, **fields):
    return client.post(reverse("found"), SENT | fields)


def codes(community):
    return list(community.indicators.order_by("pk").values_list("code", flat=True))


def test_a_name_is_enough_and_the_founder_looks_after_it(client):
    founder = make_user()
    client.force_login(founder)
    answer = founded(client)
    community = Community.objects.get()
    assert answer.url == reverse("people:invite", args=["wound-care-circle"])
    assert (community.name, community.time_zone, community.scheme) == (
        "Wound care circle",
        "Europe/Oslo",
        "2011",
    )
    assert community.memberships.get().user == founder
    assert community.memberships.get().roles == ["member", "facilitator"]
    assert community.cycles.count() == len(SCHEMES["2011"].cycles)
    assert codes(community) == []


def test_ticked_starter_indicators_are_proposed_in_its_language(client):
    client.force_login(make_user())
    chosen = [STARTER_INDICATORS[0], STARTER_INDICATORS[7]]
    founded(client, language="es", presets=[preset.code for preset in chosen])
    community = Community.objects.get()
    assert codes(community) == [preset.code for preset in chosen]
    assert {one.state for one in community.indicators.all()} == {"proposed"}
    assert str(community.indicators.order_by("pk").first()) != str(chosen[0].name)


def test_an_emptied_example_keeps_groups_and_indicators_alone(client):
    client.force_login(make_user())
    founded(client, example="primary-care")
    community = Community.objects.get()
    assert codes(community) == [one.code for one in PRIMARY_CARE.indicators]
    assert community.stakeholder_groups.count() == len(PRIMARY_CARE.groups)
    assert (community.memberships.count(), community.tellers.count()) == (1, 0)
    assert not Observation.objects.exists() and not Story.objects.exists()
    assert community.example_note == ""


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"name": " "}, {"name": ["This field is required."]}),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"scheme": "nine"}, ["scheme"]),
        (
            {"example": "primary-care", "presets": [STARTER_INDICATORS[0].code]},
            {"example": ["Choose the example, or tick indicators; not both."]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_founded(client, fields, faults):
    client.force_login(make_user())
    answer = founded(client, purpose="To learn from each other", **fields)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert (errors if isinstance(faults, dict) else list(errors)) == faults
    assert "To learn from each other" in answer.content.decode()
    assert not Community.objects.exists()


def test_a_taken_name_gets_another_short_name():
    make_community(slug="wound-care")
    assert [found(name="Wound care!", scheme="2011").slug for _ in range(2)] == [
        "wound-care-2",
        "wound-care-3",
    ]
    assert found(name="伤口护理", scheme="2011").slug.startswith("community-")


def test_where_founders_are_listed_others_read_whom_to_ask(client, settings):
    founder, other = make_user(), make_user()
    settings.FOUNDERS = [founder.email]
    client.force_login(other)
    answer = founded(client)
    assert answer.status_code == 403
    assert "Ask them for one." in answer.content.decode()
    assert "Found a community" not in client.get("/").content.decode()
    client.force_login(founder)
    assert founded(client).status_code == 302
    assert [one.memberships.get().user for one in Community.objects.all()] == [founder]


def shell(*arguments):
    printed = StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue().strip()


def test_an_operator_founds_and_adds_members_from_the_shell():
    starter = STARTER_INDICATORS[0].code
    slug = shell(
        "found_community", "Night shift", "--facilitator", "Ada@x.org ", "--starter", starter
    )
    shell("add_member", slug, "bo@x.org", "--name", "Bo", "--role", "member", "--role", "funder")
    shell("add_member", slug, "BO@x.org", "--role", "facilitator")
    community = Community.objects.get(slug="night-shift")
    assert codes(community) == [starter]
    assert list(
        community.memberships.order_by("pk").values_list("user__email", "user__name", "roles")
    ) == [
        ("ada@x.org", "New member", ["member", "facilitator"]),
        ("bo@x.org", "Bo", ["member", "facilitator", "funder"]),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add_member", "nowhere", "bo@x.org", "--name", "Bo"),
        ("add_member", "here", "bo"),
        ("add_member", "here", "bo@x.org"),
        ("found_community", "Here", "--slug", "here"),
        ("found_community", "There", "--starter", "no-such"),
        ("deactivate", "nobody@x.org"),
    ],
)
def test_the_shell_refuses_in_a_sentence_and_leaves_nothing(arguments):
    make_community(slug="here")
    with pytest.raises(CommandError):
        shell(*arguments)
    assert (Community.objects.count(), User.objects.count()) == (1, 0)


def test_the_shell_closes_an_account_but_not_the_last_facilitators():
    slug = shell("found_community", "Night shift", "--facilitator", "ada@x.org")
    shell("add_member", slug, "bo@x.org", "--name", "Bo")
    shell("deactivate", "BO@x.org")
    with pytest.raises(CommandError, match="needs at least one facilitator"):
        shell("deactivate", "ada@x.org")
    assert list(User.objects.order_by("pk").values_list("email", "is_active")) == [
        ("ada@x.org", True),
        ("bo@x.org", False),
    ]


def test_a_preset_of_a_cycle_that_the_scheme_lacks_is_refused(client):
    client.force_login(make_user())
    side = next(preset for preset in STARTER_INDICATORS if preset.cycle == "strategic")
    answer = founded(client, presets=[side.code])
    assert answer.context["form"].errors == {
        "presets": [f"Five cycles (2011): there is no place for “{side.name}”."]
    }
    assert not Community.objects.exists()
    founded(client, presets=[side.code], scheme="seven")
    assert codes(Community.objects.get()) == [side.code]
