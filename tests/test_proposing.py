"""A member proposes an indicator: a new one, or one that begins from the starter library."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import Indicator
from valuecreation.framework import STARTER_INDICATORS

from .make import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def propose(cast, client):
    client.force_login(cast.member)
    address = reverse("propose", args=[cast.community.slug])

    def propose(**fields):
        cycle = cast.community.cycles.get(key="applied")
        sent = {"name": "Nights", "kind": "number", "direction": "down", "reason": "We sleep."}
        return client.post(address, sent | {"cycle": cycle.pk} | fields, follow=True)

    return propose


def faults(answer):
    assert answer.status_code == 422
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_it_is_there_to_be_talked_about(cast, propose):
    answer = propose(
        text="Calls after ten.",
        unit="calls",
        categories="Ward A\nWard B",
        baseline="12.5",
        frequency="Every quarter",
        collector="The night nurse",
        data_source="The book",
        cumulative="on",
    )
    indicator = Indicator.objects.get()
    definition = indicator.definition
    assert (indicator.state, indicator.reason, indicator.proposed_by, indicator.cycle.key) == (
        "proposed",
        "We sleep.",
        cast.member,
        "applied",
    )
    assert definition.content() | {"levels": []} == {
        "name": "Nights",
        "text": "Calls after ten.",
        "kind": "number",
        "unit": "calls",
        "levels": [],
        "direction": "down",
        "cumulative": True,
        "data_source": "The book",
        "collector": "The night nurse",
        "frequency": "Every quarter",
        "categories": ["Ward A", "Ward B"],
        "baseline": Decimal("12.5"),
    }
    page = answer.content.decode()
    assert "We sleep." in page
    assert answer.redirect_chain[-1][0] == reverse(
        "matrix:indicator", args=[cast.community.slug, indicator.code]
    )


@pytest.mark.parametrize(
    ("sent", "field", "fault"),
    [
        ({"reason": " "}, "reason", "This field is required."),
        ({"name": ""}, "name", "This field is required."),
        ({"name": "x" * 201}, "name", "Ensure this value has at most 200 characters (it has 201)."),
        ({"name": "a\0b"}, "name", "Null characters are not allowed."),
        ({"capital": "human"}, "capital", "“Applied value” has no capitals."),
        ({"kind": "level", "levels": "one"}, "levels", "A scale needs at least two levels."),
        ({"baseline": "many"}, "baseline", "Enter a number."),
        ({"categories": "A\nA"}, "categories", "The same line stands here twice."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(propose, sent, field, fault):
    answer = propose(text="Calls after ten.", **sent)
    assert faults(answer)[field] == [fault]
    assert answer.context["form"]["text"].value() == "Calls after ten."
    assert not Indicator.objects.exists()


def test_nobody_proposes_in_a_cycle_of_another_community(cast, propose):
    elsewhere = cast.neighbour.cycles.get(key="applied")
    assert list(faults(propose(cycle=elsewhere.pk))) == ["cycle"]


def test_the_library_is_an_example_to_change(cast, client, propose):
    preset = next(one for one in STARTER_INDICATORS if one.cycle == "potential")
    address = reverse("propose", args=[cast.community.slug])
    form = client.get(address, {"from": preset.code}).context["form"]
    assert (form["name"].value(), form["capital"].value()) == (str(preset.name), preset.capital)
    assert form["cycle"].value() == cast.community.cycles.get(key="potential").pk
    offered = [one.code for _c, rows in client.get(address).context["library"] for one in rows]
    assert preset.code in offered
    make_indicator(cast.community, code=preset.code)
    offered = [one.code for _c, rows in client.get(address).context["library"] for one in rows]
    assert preset.code not in offered
    assert client.get(address, {"from": "nonsense", "cycle": "nonsense"}).status_code == 200


def test_from_steps_without_an_indicator_one_goes_on_to_a_proposal(cast, client):
    client.force_login(cast.member)
    page = client.get(reverse("matrix:no_indicator", args=[cast.community.slug, "applied"]))
    address = reverse("propose", args=[cast.community.slug]) + "?cycle=applied"
    assert f'href="{address}"' in page.content.decode()
    form = client.get(address).context["form"]
    assert form["cycle"].value() == cast.community.cycles.get(key="applied").pk


def test_a_funder_is_not_asked_to(cast, client):
    client.force_login(cast.funder)
    page = client.get(reverse("matrix:matrix", args=[cast.community.slug])).content.decode()
    assert "Propose an indicator" not in page
