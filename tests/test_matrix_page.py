"""The matrix as page, part, table and JSON, and the stories behind a box."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from communities.permissions import Audience
from indicators import actions as indicators
from indicators import deciding
from matrix import page, reading, sync
from matrix.models import Matrix, Pending
from stories import actions

from .make import make_community, make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


def page_address(cast):
    return reverse("matrix:matrix", args=[cast.community.slug])


def part(client, cast, etag=""):
    return client.get(page_address(cast), headers={"HX-Request": "true", "If-None-Match": etag})


@pytest.fixture
def told(cast):
    """Two indicators, a number, and three stories for funders; one more for facilitators only."""
    met = make_indicator(cast.community, "immediate", "People who met")
    used = make_indicator(cast.community, "applied", "Lists in use")
    indicators.record_observation(
        indicator=used,
        by=cast.facilitator,
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        value=Decimal("12.5"),
    )
    indicators.set_target(
        indicator=used,
        by=cast.facilitator,
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        value=Decimal(20),
    )
    steps = [
        make_step(cast.community, "immediate", met),
        make_step(cast.community, "applied", used, tense="hoped"),
    ]
    other = make_member(cast.community, name="Bo")
    for teller in (cast.member, cast.member, other):
        make_published(cast.community, teller, steps, [(0, 1)], audience=Audience.FUNDERS)
    make_published(cast.community, other, steps, audience=Audience.FACILITATORS)
    sync.sync(cast.community)
    return {"met": met, "used": used}


def test_the_page_shows_exactly_the_sums(cast, client, told):
    client.force_login(cast.funder)
    page = client.get(page_address(cast)).content.decode()
    assert "<strong>2 tellers</strong>" in page
    read = reading.read(cast.community, Audience.FUNDERS)
    shown = {
        box.indicator.code: (box.cell.tellers, box.cell.stories, box.state)
        for one in read.cycles
        for box in one.boxes
    }
    assert shown == {"people-who-met": (2, 3, "stories"), "lists-in-use": (2, 3, "both")}
    assert [[one.cycle.key, one.cell.tellers, one.cell.stories] for one in read.cycles] == [
        ["immediate", 2, 3],
        ["potential", 0, 0],
        ["applied", 2, 3],
        ["realized", 0, 0],
        ["reframing", 0, 0],
    ]
    assert "12.5" in page and "20" in page


def test_the_json_holds_the_same_numbers(cast, client, told):
    client.force_login(cast.funder)
    figures = client.get(reverse("api:matrix", args=[cast.community.slug])).json()
    assert (figures["tellers"], figures["stories"], figures["behind"]) == (2, 3, False)
    applied = figures["cycles"][2]
    nothing = {"tellers": 0, "stories": 0}
    all_of_them = {"tellers": 2, "stories": 3}
    assert applied["indicators"] == [
        {
            "code": "lists-in-use",
            "name": "Lists in use",
            "state": "both",
            "agreed_without": [],
            "tellers": 2,
            "stories": 3,
            "unknown_teller_stories": 0,
            "tense": {"happened": nothing, "hoped": all_of_them, "did_not_happen": nothing},
            "value": {
                "positive": nothing,
                "negative": nothing,
                "none_created": nothing,
                "unset": all_of_them,
            },
            "observation": {"start": "2026-01-01", "end": "2026-03-31", "value": 12.5},
        }
    ]


def test_facilitators_count_what_funders_do_not(cast, client, told):
    client.force_login(cast.facilitator)
    figures = client.get(reverse("api:matrix", args=[cast.community.slug])).json()
    assert (figures["tellers"], figures["stories"]) == (2, 4)


def test_every_box_and_thread_of_the_drawing_stands_in_the_tables(cast, client, told):
    client.force_login(cast.funder)
    html = client.get(page_address(cast)).content.decode()
    read = reading.read(cast.community, Audience.FUNDERS)
    for box in read.boxes.values():
        assert f'data-box="{box.pk}"' in html
        assert f'data-row="{box.pk}"' in html
    for thread in reading.threads(read):
        assert f'data-thread="{thread.number}"' in html
        assert f'data-lift="{thread.number}"' in html


def test_the_stories_behind_a_box_are_as_many_as_it_says(cast, client, told):
    client.force_login(cast.funder)
    address = reverse("matrix:indicator", args=[cast.community.slug, "people-who-met"])
    answer = client.get(address)
    assert len(answer.context["page"].object_list) == 3
    assert "2 tellers" in answer.content.decode()


def test_a_part_that_has_not_changed_is_not_sent_again(cast, client, told):
    client.force_login(cast.funder)
    first = part(client, cast)
    assert (first.status_code, first["Vary"]) == (200, "HX-Request, Cookie, Accept-Language")
    assert part(client, cast, first["ETag"]).status_code == 304
    make_published(cast.community, cast.member)
    behind = part(client, cast, first["ETag"])
    assert behind.status_code == 200
    assert "being updated" in behind.content.decode()
    sync.sync(cast.community)
    now = part(client, cast, behind["ETag"])
    assert "being updated" not in now.content.decode()
    assert "4 stories" in now.content.decode()


def test_the_state_is_read_in_one_statement(cast, told, django_assert_num_queries):
    with django_assert_num_queries(1):
        state = reading.state_of(cast.community)
    assert (state.built_version > 0, state.behind, state.failed, state.narrowing) == (
        True,
        False,
        False,
        0,
    )
    make_published(cast.community, cast.member)
    behind = reading.state_of(cast.community)
    assert (behind.behind, behind.narrowing) == (True, 0)
    assert len({state.mark, behind.mark}) == 2


def test_a_community_without_a_stored_matrix_has_a_state(db):
    community = make_community()
    Matrix.objects.filter(community=community).delete()
    Pending.objects.filter(community=community).delete()
    state = reading.state_of(community)
    assert (state.built_version, state.built_at, state.behind, state.failed) == (
        0,
        None,
        False,
        False,
    )
    Pending.objects.create(community=community, story=1, narrows=True)
    taken = reading.state_of(community)
    assert (taken.behind, taken.narrowing) == (True, 1)
    assert taken.mark != state.mark


def test_a_second_look_asks_no_more_than_who_asks_and_what_changed(
    cast, client, told, django_assert_num_queries
):
    # Who does not tell has nothing of their own in it.
    for who, queries in ((cast.funder, 5), (cast.member, 6)):
        client.force_login(who)
        etag = part(client, cast)["ETag"]
        with django_assert_num_queries(queries):
            assert part(client, cast, etag).status_code == 304


def test_a_withdrawal_is_obeyed_at_the_next_request_from_cache_too(cast, client, told):
    story = make_published(
        cast.community, cast.member, title="Taken back", audience=Audience.FUNDERS
    )
    sync.sync(cast.community)
    client.force_login(cast.funder)
    before = part(client, cast)
    assert "Taken back" in before.content.decode()
    actions.withdraw(story=story, by=cast.member)
    after = part(client, cast, before["ETag"])
    assert after.status_code == 200
    assert "Taken back" not in after.content.decode()
    assert "<strong>2 tellers</strong> · 3 stories" in after.content.decode()


def test_the_cache_knows_audiences_and_languages_apart(cast, client, told):
    client.force_login(cast.facilitator)
    assert "4 stories" in part(client, cast).content.decode()
    client.force_login(cast.funder)
    assert "4 stories" not in part(client, cast).content.decode()


def test_members_are_told_of_stories_that_others_do_not_see(cast, client):
    make_published(cast.community, cast.member, audience=Audience.FACILITATORS)
    client.force_login(cast.member)
    assert (
        "And 1 of yours that others do not see." in client.get(page_address(cast)).content.decode()
    )


def make_crowd(cast, count):
    indicator = make_indicator(cast.community)
    steps = [
        make_step(cast.community, "immediate", indicator),
        make_step(cast.community, "applied"),
    ]
    while cast.community.stories.count() < count:
        make_published(cast.community, make_member(cast.community), steps, [(0, 1)])
    sync.sync(cast.community)


def test_the_matrix_makes_the_same_number_of_queries_at_5_and_50_stories(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.funder)
    for count in (5, 50):
        make_crowd(cast, count)
        with django_assert_num_queries(22):
            client.get(page_address(cast))
        # From the cache: the person, the community, the membership, and whether anything changed; and
        # what the page has around it.
        with django_assert_num_queries(9):
            client.get(page_address(cast))


@pytest.mark.parametrize("withdrawn", [0, 3])
def test_a_box_makes_the_same_number_of_queries_at_5_and_50_stories(
    cast, client, django_assert_num_queries, withdrawn
):
    client.force_login(cast.funder)
    for count in (5, 50):
        make_crowd(cast, count)
        for story in cast.community.stories.filter(status="published")[:withdrawn]:
            actions.withdraw(story=story, by=None)
        code = cast.community.indicators.latest("pk").code
        with django_assert_num_queries(26):
            client.get(reverse("matrix:indicator", args=[cast.community.slug, code]))


def test_an_empty_community_has_a_page_that_helps(client):
    community = make_community()
    client.force_login(make_member(community))
    answer = client.get(reverse("matrix:matrix", args=[community.slug]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Immediate value" in page and "0 tellers" in page and "NaN" not in page


def test_a_declined_indicator_keeps_its_address_and_its_steps_have_none(cast, client, told):
    said = {"rationale": "Too much work.", "how": "consent"}
    deciding.decline(indicator=told["used"], by=cast.facilitator, **said)
    sync.sync(cast.community)
    client.force_login(cast.funder)
    slug = cast.community.slug
    page = client.get(reverse("matrix:indicator", args=[slug, "lists-in-use"])).content.decode()
    assert "Too much work." in page
    assert "No story tells of this yet." in page
    without = client.get(reverse("matrix:no_indicator", args=[slug, "applied"]))
    assert len(without.context["page"].object_list) == 3


def test_a_retired_indicator_is_drawn_only_where_it_is_used(cast, told):
    unused = make_indicator(cast.community, name="Never used")
    for indicator in (told["met"], unused):
        deciding.retire(indicator=indicator, by=cast.facilitator, rationale="Old.", how="other")
    sync.sync(cast.community)
    read = reading.read(cast.community, Audience.FUNDERS)
    assert [box.indicator.code for box in read.cycles[0].boxes] == ["people-who-met"]


@pytest.mark.parametrize(
    ("who", "acts"),
    [
        ("member", ["Tell the first story"]),
        ("facilitator", ["Tell the first story", "Propose what to look at"]),
        ("funder", []),
    ],
)
def test_an_empty_matrix_says_what_to_do_next(cast, client, who, acts):
    client.force_login(getattr(cast, who))
    address = reverse("matrix:matrix", args=[cast.community.slug])
    page = client.get(address).content.decode()
    assert "How it begins" in page
    assert [
        act for act in ("Tell the first story", "Propose what to look at") if act in page
    ] == acts
    make_published(cast.community, cast.member)
    sync.sync(cast.community)
    assert "How it begins" not in client.get(address).content.decode()


def test_side_cycles_are_bands_with_sums_of_their_own(client):
    """Eight cycles: two bands above the columns, one below, each with its boxes."""
    community = make_community(scheme="eight")
    facilitator = make_member(community, "facilitator")
    agreed = make_indicator(community, "strategic", "Aims agreed")
    hours = make_indicator(community, "enabling", "Hours given")
    used = make_indicator(community, "applied", "Tried out")
    make_published(
        community,
        facilitator,
        [
            make_step(community, "strategic", agreed),
            make_step(community, "enabling", hours),
            make_step(community, "applied", used),
            make_step(community, "orienting"),
        ],
        [(0, 1), (1, 2), (2, 3)],
    )
    sync.sync(community)
    read = reading.read(community, Audience.FACILITATORS)
    assert [(one.cycle.key, one.cell.tellers, one.cell.stories) for one in read.cycles] == [
        ("strategic", 1, 1),
        ("orienting", 1, 1),
        ("immediate", 0, 0),
        ("potential", 0, 0),
        ("applied", 1, 1),
        ("realized", 0, 0),
        ("transformative", 0, 0),
        ("enabling", 1, 1),
    ]
    drawn = page.picture(read, reading.threads(read))
    assert [(one.key, one.kind, one.before) for one in drawn.columns if one.kind == "side"] == [
        ("strategic", "side", True),
        ("orienting", "side", True),
        ("enabling", "side", False),
    ]
    client.force_login(facilitator)
    html = client.get(reverse("matrix:matrix", args=[community.slug])).content.decode()
    assert [name for name in ("Aims agreed", "Hours given", "Tried out") if name in html] == [
        "Aims agreed",
        "Hours given",
        "Tried out",
    ]
