"""The page of the ways from one indicator to another."""

import pytest
from django.urls import reverse

from communities.permissions import Audience
from matrix import sync

from .make import make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def abc(cast):
    """Two people tell A → B → C each in one story; one more tells only B → C, and one A → B."""
    community = cast.community
    rows = [
        make_indicator(community, cycle, name)
        for cycle, name in (("immediate", "A"), ("potential", "B"), ("applied", "C"))
    ]
    a, b, c = (make_step(community, row.cycle.key, row) for row in rows)
    other = make_member(community, name="Bo")
    for teller in (cast.member, other):
        make_published(community, teller, [a, b, c], [(0, 1), (1, 2)])
    make_published(community, make_member(community), [b, c], [(0, 1)])
    make_published(community, make_member(community), [a, b], [(0, 1)], audience=Audience.MEMBERS)
    sync.sync(community)
    return rows


def ask(client, cast, **asked):
    return client.get(reverse("matrix:paths", args=[cast.community.slug]), asked)


def test_it_first_asks_for_both_ends(cast, client, abc):
    client.force_login(cast.member)
    html = ask(client, cast).content.decode()
    assert "Choose where it begins and where it ends" in html and "What we cannot claim" not in html
    assert "selected" in ask(client, cast, **{"from": "a"}).content.decode()


def test_who_tells_all_of_it_comes_first(cast, client, abc):
    client.force_login(cast.funder)
    answer = ask(client, cast, **{"from": "a", "to": "c"})
    html = answer.content.decode()
    assert "2 people tell the whole way by themselves." in html
    assert answer.context["page"].paginator.count == 2
    assert 'data-ribbon="' in html and "joined up from several" not in html
    # Funders read in words what rests on little, and no number of claims.
    assert "would have to be doubted" not in html and "nobody measured them" in html


def test_facilitators_see_the_weakest_links(cast, client, abc):
    client.force_login(cast.facilitator)
    html = ask(client, cast, **{"from": "a", "to": "c"}).content.decode()
    assert "3 things that were told would have to be doubted to break every way." in html
    assert "lean on the people" in html
    assert html.count("<td>3</td>") == 2


def test_what_no_story_tells_whole_is_an_outline(cast, client, abc):
    community = cast.community
    d = make_indicator(community, "realized", "D")
    steps = [make_step(community, "applied", abc[2]), make_step(community, "realized", d)]
    make_published(community, make_member(community), steps, [(0, 1)])
    sync.sync(community)
    client.force_login(cast.member)
    html = ask(client, cast, **{"from": "a", "to": "d"}).content.decode()
    assert "Nobody tells the whole way by themselves yet." in html
    assert 'class="ribbon stitched' in html
    assert "joined up from several stories" in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": "a", "to": "a"}, "Choose different indicators for the beginning and the end."),
        ({"from": "a", "to": "x"}, "x is not one of the available choices."),
        ({"from": "a", "to": "c", "max_links": "9"}, "9 is not one of the available choices."),
    ],
)
def test_what_can_not_be_asked_is_answered_in_words(cast, client, abc, asked, said):
    client.force_login(cast.member)
    answer = ask(client, cast, **asked)
    assert (answer.status_code, said in answer.content.decode()) == (200, True)


def test_an_end_that_was_retired_and_never_used_leads_nowhere(cast, client, abc):
    gone = make_indicator(cast.community, "applied", "Gone")
    gone.state = "retired"
    gone.save()
    client.force_login(cast.member)
    for asked in ({"from": "a", "to": "gone"}, {"from": "gone", "to": "a"}):
        answer = ask(client, cast, **asked)
        assert answer.status_code == 200
        assert "Nobody tells the whole way by themselves yet." in answer.content.decode()


def test_links_are_at_most_as_many_as_asked_for(cast, client, abc):
    client.force_login(cast.member)
    one = ask(client, cast, **{"from": "a", "to": "c", "max_links": 1})
    assert "Nobody tells the whole way by themselves yet." in one.content.decode()


def test_a_panel_comes_without_its_surroundings(cast, client, abc):
    client.force_login(cast.member)
    for address in (
        reverse("matrix:paths", args=[cast.community.slug]) + "?from=a&to=c",
        reverse("matrix:pair", args=[cast.community.slug, "a", "b"]),
        reverse("matrix:indicator", args=[cast.community.slug, "a"]),
    ):
        page = client.get(address)
        panel = client.get(address, headers={"HX-Request": "true"})
        assert "HX-Request" in page["Vary"] and "HX-Request" in panel["Vary"]
        assert "<h1" in page.content.decode() and "<h1" not in panel.content.decode()
        assert "<html" not in panel.content.decode()


def test_queries_do_not_grow(cast, client, abc, django_assert_num_queries):
    client.force_login(cast.facilitator)
    a, b, c = (make_step(cast.community, row.cycle.key, row) for row in abc)
    for _round in range(2):
        with django_assert_num_queries(25):
            ask(client, cast, **{"from": "a", "to": "c"})
        for _each in range(2):
            made = make_member(cast.community)
            make_published(cast.community, made, [a, b, c], [(0, 1), (1, 2)])
        sync.sync(cast.community)
