"""Lists of stories, the reading page, and the acts on it."""

import pytest
from django.urls import reverse

from communities.actions import teller_of
from communities.permissions import Audience
from communities.viewer import Viewer
from stories import actions
from stories.models import Story

from .make import make_indicator, make_member, make_published, make_step, make_story

pytestmark = pytest.mark.django_db


def address(name, cast, *args):
    return reverse(f"stories:{name}", args=[cast.community.slug, *args])


def titles(answer):
    return [story.title for story in answer.context["page"]]


def make_one_of_each(cast):
    """A story in each state, told by the member, and the neighbour's."""
    told = {
        state: make_story(cast.community, cast.member, title=state)
        for state in ("draft", "submitted", "returned", "published", "hidden", "withdrawn")
    }
    for state in ("submitted", "returned", "published", "hidden", "withdrawn"):
        actions.submit(story=told[state], by=cast.member, others="nobody")
    actions.return_(story=told["returned"], by=cast.facilitator, note="Who was there?")
    for state in ("published", "hidden", "withdrawn"):
        actions.publish(story=told[state], by=cast.facilitator, others="nobody")
    actions.hide(story=told["hidden"], by=cast.facilitator, note="It names a patient.")
    actions.withdraw(story=told["withdrawn"], by=cast.member)
    make_story(cast.community, cast.member, title="journal", audience=Audience.ME)
    make_published(cast.neighbour, make_member(cast.neighbour), title="next door")
    return told


EVERY = ["draft", "hidden", "journal", "published", "returned", "submitted", "withdrawn"]
SEEN = {
    "member": EVERY,
    "facilitator": ["hidden", "published", "returned", "submitted"],
    "funder": ["published"],
}


@pytest.mark.parametrize("role", SEEN)
def test_stories_shows_exactly_what_the_table_allows(cast, client, role):
    make_one_of_each(cast)
    client.force_login(getattr(cast, role))
    assert sorted(titles(client.get(address("stories", cast)))) == SEEN[role]


@pytest.mark.parametrize("role", SEEN)
def test_a_story_that_the_list_does_not_show_is_not_found(cast, client, role):
    make_one_of_each(cast)
    client.force_login(getattr(cast, role))
    for story in Story.objects.all():
        shown = story.title in SEEN[role]
        assert client.get(address("story", cast, story.pk)).status_code == (200 if shown else 404)


def test_each_audience_opens_what_was_consented_to_it_or_a_wider_one(cast):
    for audience in Audience:
        if audience != Audience.ME:
            make_published(cast.community, cast.member, title=audience.name, audience=audience)
    seen = {
        role: sorted(
            Story.objects.visible_to(Viewer.of(getattr(cast, role), cast.community)).values_list(
                "title", flat=True
            )
        )
        for role in ("facilitator", "funder")
    }
    nobody = Story.objects.visible_to(Viewer(cast.community)).values_list("title", flat=True)
    other = Viewer.of(make_member(cast.community), cast.community)
    members = Story.objects.visible_to(other).values_list("title", flat=True)
    assert seen["facilitator"] == ["FACILITATORS", "FUNDERS", "MEMBERS", "PUBLIC"]
    assert sorted(members) == ["FUNDERS", "MEMBERS", "PUBLIC"]
    assert seen["funder"] == ["FUNDERS", "PUBLIC"]
    assert list(nobody) == ["PUBLIC"]


def test_mine_and_waiting_show_exactly_theirs(cast, client):
    make_one_of_each(cast)
    other = make_member(cast.community)
    make_published(cast.community, other, title="somebody else's")
    client.force_login(cast.member)
    assert sorted(titles(client.get(address("mine", cast)))) == EVERY
    client.force_login(cast.facilitator)
    assert titles(client.get(address("waiting", cast))) == ["submitted"]


@pytest.mark.parametrize(
    ("name", "role", "queries"),
    [("stories", "funder", 9), ("mine", "member", 8), ("waiting", "facilitator", 8)],
)
def test_lists_make_the_same_number_of_queries_at_1_and_3_rows(
    cast, client, django_assert_num_queries, name, role, queries
):
    client.force_login(getattr(cast, role))
    for rows in (1, 3):
        while Story.objects.count() < rows:
            story = make_story(cast.community, cast.member)
            actions.submit(story=story, by=None, others="nobody")
            if name != "waiting":
                actions.publish(story=story, by=None, others="nobody")
        with django_assert_num_queries(queries):
            assert len(titles(client.get(address(name, cast)))) == rows


def test_a_story_makes_the_same_number_of_queries_at_1_and_3_steps(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.funder)
    for count in (1, 3):
        indicator = make_indicator(cast.community)
        steps = [make_step(cast.community, "immediate", indicator) for _ in range(count)]
        story = make_published(
            cast.community, cast.member, steps, [(n, n + 1) for n in range(count - 1)]
        )
        with django_assert_num_queries(10):
            client.get(address("story", cast, story.pk))


def test_what_is_only_proposed_is_for_the_storys_own_people(cast, client):
    story = make_published(
        cast.community,
        cast.member,
        [make_step(cast.community, text="The recorder's words.")],
        by=cast.facilitator,
        told=False,
    )
    found = {}
    for role in ("member", "facilitator", "funder"):
        client.force_login(getattr(cast, role))
        page = client.get(address("story", cast, story.pk)).content.decode()
        found[role] = "The recorder&#x27;s words." in page
    assert found == {"member": True, "facilitator": True, "funder": False}


def test_an_anonymous_tellers_name_is_nowhere(cast, client):
    story = make_published(cast.community, cast.member, attribution="anonymous")
    for role in ("facilitator", "funder"):
        client.force_login(getattr(cast, role))
        for page in (address("story", cast, story.pk), address("stories", cast)):
            assert "Mira" not in client.get(page).content.decode()


def test_the_teller_sees_why_a_story_was_returned_or_hidden(cast, client):
    told = make_one_of_each(cast)
    client.force_login(cast.member)
    pages = [
        client.get(address("story", cast, told[s].pk)).content.decode()
        for s in ("returned", "hidden")
    ]
    assert "Who was there?" in pages[0]
    assert "It names a patient." in pages[1]


def test_an_act_that_the_state_does_not_allow_is_refused_in_words(cast, client):
    story = make_published(cast.community, cast.member)
    client.force_login(cast.facilitator)
    answer = client.post(address("publish", cast, story.pk), follow=True)
    assert "This can&#x27;t be done now: the story is “published”." in answer.content.decode()


def test_hide_refuses_without_a_reason(cast, client):
    story = make_published(cast.community, cast.member)
    client.force_login(cast.facilitator)
    answer = client.post(address("hide", cast, story.pk), {"note": "  "}, follow=True)
    assert "Write a few words for the teller." in answer.content.decode()
    story.refresh_from_db()
    assert story.status == "published"


@pytest.mark.parametrize("audience", ["", "9", "-1", "x"])
def test_change_audience_refuses_what_is_no_audience(cast, client, audience):
    story = make_published(cast.community, cast.member, audience=Audience.PUBLIC)
    client.force_login(cast.member)
    client.post(address("change_audience", cast, story.pk), {"audience": audience})
    story.refresh_from_db()
    assert (story.status, story.audience) == ("published", Audience.PUBLIC)


def test_only_me_takes_a_published_story_back_to_draft(cast, client):
    story = make_published(cast.community, cast.member)
    client.force_login(cast.member)
    client.post(address("change_audience", cast, story.pk), {"audience": "0"})
    story.refresh_from_db()
    assert (story.status, story.audience, story.consented_at) == ("draft", Audience.ME, None)


def test_the_acts_of_a_funder_are_none(cast, client):
    story = make_published(cast.community, cast.member)
    client.force_login(cast.funder)
    assert client.get(address("story", cast, story.pk)).context["acts"] == set()


def test_ids_of_a_neighbouring_community_change_nothing(cast, client):
    foreign = make_published(cast.neighbour, make_member(cast.neighbour))
    client.force_login(cast.facilitator)
    for name in ("publish", "return", "hide", "withdraw", "submit", "change_audience"):
        data = {"note": "x", "audience": "0"}
        assert client.post(address(name, cast, foreign.pk), data).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.status, foreign.version) == ("published", 3)


def test_a_teller_of_another_community_is_refused(cast):
    foreign = teller_of(community=cast.neighbour, user=cast.member)
    with pytest.raises(Exception, match="The teller belongs to another community."):
        make_story(cast.community, foreign)
