"""A story as a trail to read: marks, lines and sentences; who reads the minutes; pages of faults."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from communities.viewer import Viewer
from stories.models import Link, Story
from stories.reading import trail
from stories.trail import WrittenLink

from .make import make_published, make_step

pytestmark = pytest.mark.django_db


def read(cast, steps, links, user=None):
    told = make_published(cast.community, cast.member, steps, links)
    story = Story.objects.with_trail().get(pk=told.pk)
    return trail(story, Viewer.of(user or cast.member, cast.community))


def test_a_trail_shows_what_happened_what_is_hoped_and_where_it_broke(cast):
    steps = read(
        cast,
        [
            make_step(cast.community),
            make_step(cast.community, tense="did_not_happen"),
            make_step(cast.community, value="none_created"),
            make_step(cast.community, value="negative"),
            make_step(cast.community, tense="hoped"),
            make_step(cast.community),
        ],
        [(0, 1), (1, 2), (2, 3), (3, 4)],
    )
    shown = [(step.line_in, step.mark, step.line_out) for step in steps]
    assert shown == [
        ("none", "happened", "dashed"),
        ("dashed", "broken", "double"),
        ("double", "happened", "double"),
        ("double", "happened", "dashed"),
        ("dashed", "hoped", "none"),
        ("none", "happened", "none"),
    ]


def test_a_trail_that_ends_without_value_is_broken_there(cast):
    steps = read(
        cast, [make_step(cast.community), make_step(cast.community, value="none_created")], [(0, 1)]
    )
    assert [step.mark for step in steps] == ["happened", "broken"]


def test_links_are_sentences_that_name_where_they_come_from(cast):
    steps = read(
        cast,
        [
            make_step(cast.community),
            make_step(cast.community),
            make_step(cast.community, tense="hoped"),
        ],
        [WrittenLink(0, 1, "she showed me."), WrittenLink(0, 2), WrittenLink(1, 0, "I asked.")],
    )
    openings = [[arrival.opening for arrival in step.arrivals] for step in steps]
    assert openings == [
        ["Step 2 led back here because"],
        ["This led to that because"],
        ["And I hope step 1 leads here too."],
    ]


def test_a_proposed_link_is_dotted_and_says_that_it_is_not_counted(cast):
    told = make_published(
        cast.community,
        cast.member,
        [make_step(cast.community), make_step(cast.community)],
        [(0, 1)],
    )
    told.links.update(status=Link.Status.PROPOSED)
    story = Story.objects.with_trail().get(pk=told.pk)
    last = trail(story, Viewer.of(cast.member, cast.community))[-1]
    assert last.line_in == "dotted"
    assert last.arrivals[0].said == "Proposed, waiting for the teller. Not counted."


def test_minutes_are_for_the_storys_own_people_and_facilitators(cast, client):
    story = make_published(cast.community, cast.member)
    Story.objects.filter(pk=story.pk).update(minutes_teller=25, minutes_elicitor=10)
    address = reverse("stories:story", args=[cast.community.slug, story.pk])
    seen = {}
    for role in ("member", "facilitator", "funder"):
        client.force_login(getattr(cast, role))
        seen[role] = "35 minutes, all together" in client.get(address).content.decode()
    assert seen == {"member": True, "facilitator": True, "funder": False}


@pytest.mark.parametrize("name", ["400", "403_csrf", "500"])
def test_pages_of_faults_need_neither_request_nor_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = get_template(f"{name}.html").render()
    assert 'href="/"' in page and "<h1>" in page


def test_what_is_not_found_says_so_with_a_way_on(cast, client):
    client.force_login(cast.member)
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()
