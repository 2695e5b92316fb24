"""An indicator's page: how it is counted, how that changed, and what was decided."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.actions import amend
from indicators.deciding import retire
from indicators.definitions import described, versions_of
from indicators.models import Indicator
from matrix import sync

from .make import make_indicator, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast):
    return make_indicator(
        cast.community,
        name="Nights",
        unit="calls",
        baseline=Decimal("1234.5"),
        categories=["A", "B"],
    )


def page_of(client, user, indicator):
    client.force_login(user)
    address = reverse("matrix:indicator", args=[indicator.community.slug, indicator.code])
    return client.get(address).content.decode()


def test_what_was_filled_in_is_said_in_words(indicator):
    indicator = Indicator.objects.select_related("definition").get()
    assert described(indicator.definition) == [
        ("Kind", "Number"),
        ("Unit", "calls"),
        ("Direction", "More is wanted"),
        ("Broken down by", "A, B"),
        ("Baseline", "1,234.5"),
    ]


def test_versions_say_what_they_changed(cast, client, indicator):
    amend(indicator=indicator, by=cast.facilitator, unit="nights", cumulative=True, categories=[])
    indicator = Indicator.objects.get()
    (new, changes), (old, first) = versions_of(indicator)
    assert (new.number, old.number, first) == (2, 1, [])
    assert changes == [
        ("Unit", "calls", "nights"),
        ("Adds up over time", "", "yes"),
        ("Broken down by", "A, B", ""),
    ]
    page = page_of(client, cast.funder, indicator)
    assert '<del dir="auto">calls</del> <ins dir="auto">nights</ins>' in page


def test_decisions_stand_there_and_who_noted_them_for_those_who_may_know(cast, client):
    # A retired one is drawn where it is used.
    other = make_indicator(cast.community, name="Used")
    make_published(cast.community, cast.member, [make_step(cast.community, "immediate", other)])
    retire(indicator=other, by=cast.facilitator, rationale="Used up.", how="consent")
    sync.sync(cast.community)
    pages = {role: page_of(client, getattr(cast, role), other) for role in ("member", "funder")}
    assert all("Used up." in page for page in pages.values())
    assert ["noted by Farid" in page for page in pages.values()] == [True, False]


def test_queries_do_not_grow(cast, client, indicator, django_assert_num_queries):
    client.force_login(cast.member)
    address = reverse("matrix:indicator", args=[cast.community.slug, indicator.code])
    for unit in ("a", "b", "c"):
        amend(indicator=indicator, by=None, unit=unit)
        client.get(address)
        with django_assert_num_queries(25):
            client.get(address)
