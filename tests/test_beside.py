"""Two periods beside each other, and hopes beside what happened."""

from datetime import date

import pytest
from django.urls import reverse

from matrix import sync

from .make import make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """A: told in both years, by more in the second. B: in the first alone. C: in the second. D: never."""
    community = cast.community
    rows = {name: make_indicator(community, "applied", name) for name in "ABCD"}
    other = make_member(community)
    for teller, year, names, tense in (
        (cast.member, 2024, "AB", "happened"),
        (cast.member, 2025, "AC", "hoped"),
        (other, 2025, "A", "happened"),
    ):
        steps = [make_step(community, "applied", *(rows[n] for n in names), tense=tense)]
        day = date(year, 6, 1)
        make_published(community, teller, steps, happened_from=day, happened_to=day)
    sync.sync(community)


def said(answer):
    return {
        row.name: (row.then.tellers, row.then.stories, row.now.tellers, row.now.stories, row.word)
        for _section, rows in answer.context["sections"]
        for row in rows
        if row.name in "ABCD"
    }


def periods(client, cast, **asked):
    return client.get(reverse("matrix:periods", args=[cast.community.slug]), asked)


TWO_YEARS = {
    "since": "2025-01-01",
    "until": "2025-12-31",
    "before_since": "2024-01-01",
    "before_until": "2024-12-31",
}


def test_what_is_new_what_grew_and_what_is_no_longer_told(cast, client, told):
    client.force_login(cast.funder)
    answer = periods(client, cast, **TWO_YEARS)
    assert said(answer) == {
        "A": (1, 1, 2, 2, "grew"),
        "B": (1, 1, 0, 0, "no longer told"),
        "C": (0, 0, 1, 1, "new"),
    }
    assert answer.context["silent"] == ["D"]
    whole = answer.context["whole"]
    assert (whole.then.stories, whole.now.stories, whole.word) == (1, 2, "grew")
    # The same part stands on the page of the matrix.
    html = client.get(answer.context["sides"][1].href).content.decode()
    assert "Shown: 2 stories by 2 tellers. Left out: 1 story." in html


def test_without_being_asked_it_is_this_year_beside_the_last(cast, client, told):
    client.force_login(cast.member)
    answer = periods(client, cast)
    today = cast.community.today
    chosen = [side.chosen for side in answer.context["sides"]]
    assert chosen[1].until == today
    assert (chosen[1].since - chosen[0].until).days == 1
    assert (chosen[0].until - chosen[0].since) == (chosen[1].until - chosen[1].since)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"before_until": "2023-01-01"}, "This is before the first day."),
        ({"since": "2025-13-01"}, "Enter a valid date."),
        ({"since": ""}, "This field is required."),
    ],
)
def test_a_period_that_can_not_be_is_answered_in_words(cast, client, told, asked, words):
    client.force_login(cast.member)
    answer = periods(client, cast, **(TWO_YEARS | asked))
    assert answer.status_code == 200
    assert words in answer.content.decode() and "sections" not in answer.context


def test_hopes_beside_what_happened(cast, client, told):
    client.force_login(cast.member)
    answer = client.get(reverse("matrix:hopes", args=[cast.community.slug]))
    assert said(answer) == {
        "A": (1, 1, 2, 2, "hoped for, and it happened"),
        "B": (0, 0, 1, 1, "happened, and nobody told of hoping for it"),
        "C": (1, 1, 0, 0, "hoped for, not told to have happened"),
    }


@pytest.mark.parametrize("name", ["periods", "hopes"])
def test_queries_do_not_grow(cast, client, told, name, django_assert_num_queries):
    client.force_login(cast.member)
    for _round in range(2):
        with django_assert_num_queries(24):
            client.get(reverse(f"matrix:{name}", args=[cast.community.slug]))
        for _each in range(2):
            made = make_indicator(cast.community)
            step = make_step(cast.community, "immediate", made)
            make_published(cast.community, make_member(cast.community), [step])
        sync.sync(cast.community)
