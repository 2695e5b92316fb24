"""A community that has opened its public page: what anybody reads, at the same addresses."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.actions import change_community
from communities.permissions import Audience
from matrix import sync

from .make import make_indicator, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """{audience: a published story}, each touching the same indicator; and the indicator."""
    indicator = make_indicator(cast.community, name="Wounds healed")
    steps = [make_step(cast.community, "immediate", indicator, text="We met.")]
    stories = {
        audience: make_published(
            cast.community,
            cast.member,
            steps,
            audience=audience,
            title=f"Story for {audience.name}",
            elicitor=cast.facilitator,
        )
        for audience in (Audience.MEMBERS, Audience.FUNDERS, Audience.PUBLIC)
    }
    sync.sync(cast.community)
    return stories, indicator


def open_page(cast, is_public=True):
    change_community(community=cast.community, by=cast.facilitator, is_public=is_public)


def addresses(cast, indicator):
    slug = cast.community.slug
    return [
        reverse("matrix:matrix", args=[slug]),
        reverse("matrix:indicator", args=[slug, indicator.code]),
        reverse("matrix:no_indicator", args=[slug, "applied"]),
        reverse("stories:stories", args=[slug]),
        reverse("api:matrix", args=[slug]),
    ]


def test_it_is_closed_until_a_facilitator_opens_it(cast, told):
    for address in addresses(cast, told[1]):
        assert Client().get(address).status_code in {302, 401}
    open_page(cast)
    for address in addresses(cast, told[1]):
        assert Client().get(address).status_code == 200
    open_page(cast, False)
    for address in addresses(cast, told[1]):
        assert Client().get(address).status_code in {302, 401}


def test_anybody_and_strangers_read_what_is_open_to_everybody_and_no_more(cast, told):
    stories, indicator = told
    open_page(cast)
    for user in (None, cast.stranger, cast.neighbours_facilitator):
        client = Client()
        if user:
            client.force_login(user)
        for address in addresses(cast, indicator):
            text = client.get(address).content.decode()
            assert "Story for MEMBERS" not in text and "Story for FUNDERS" not in text
        counted = client.get(addresses(cast, indicator)[-1]).json()
        assert (counted["tellers"], counted["stories"]) == (1, 1)
        for audience, story in stories.items():
            page = reverse("stories:story", args=[cast.community.slug, story.pk])
            expected = 200 if audience == Audience.PUBLIC else 404
            assert client.get(page).status_code == expected


def test_nobody_reads_who_drew_the_story_out(cast, told):
    open_page(cast)
    page = reverse("stories:story", args=[cast.community.slug, told[0][Audience.PUBLIC].pk])
    assert "Farid" not in Client().get(page).content.decode()
    member = Client()
    member.force_login(cast.member)
    assert "Farid" in member.get(page).content.decode()


def test_all_other_pages_stay_as_they_were(cast, told):
    open_page(cast)
    slug = cast.community.slug
    for name in (
        "stories:tell",
        "stories:mine",
        "stories:waiting",
        "people:people",
        "people:audit",
    ):
        address = reverse(name, args=[slug])
        assert Client().get(address).url.startswith("/accounts/login/")
        stranger = Client()
        stranger.force_login(cast.stranger)
        assert stranger.get(address).status_code == 404


def test_opening_is_written_down(cast):
    open_page(cast)
    open_page(cast, False)
    acts = list(cast.community.audit_entries.order_by("pk").values_list("act", flat=True))
    assert acts[-2:] == ["open_page", "close_page"]


def test_a_facilitator_changes_the_words_of_the_cycles(cast, client):
    client.force_login(cast.facilitator)
    page = reverse("people:community", args=[cast.community.slug])
    form = client.get(page).context["form"]
    sent = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    answer = client.post(page, sent | {"applied-name": "Used", "name": "Wounds", "is_public": "on"})
    assert answer.status_code == 302
    cast.community.refresh_from_db()
    assert (cast.community.name, cast.community.is_public) == ("Wounds", True)
    assert str(cast.community.cycles.get(key="applied")) == "Used"
    wrong = client.post(page, sent | {"applied-name": " ", "purpose": "To learn"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["applied-name"])
    assert "To learn" in wrong.content.decode()
