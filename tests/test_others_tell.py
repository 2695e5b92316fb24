"""How many others tell the same: by chains within a story, as far as the reader may open theirs."""

import itertools

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities.actions import add_guest_teller
from communities.permissions import Audience
from matrix import sync
from matrix.same_way import LONGEST, ends_of, others_who_tell
from stories import actions
from stories.models import Story

from .make import make_community, make_indicator, make_member, make_published, make_step


@pytest.fixture
def a(cast):
    return make_indicator(cast.community, "immediate", "Nights")


@pytest.fixture
def b(cast):
    return make_indicator(cast.community, "applied", "Calls")


def told(community, teller, a, b, between=0, **fields):
    """From A to B over so many steps that touch nothing."""
    steps = [
        make_step(community, "immediate", a),
        *(make_step(community) for _each in range(between)),
        make_step(community, "applied", b),
    ]
    links = [(n, n + 1) for n in range(between + 1)]
    return make_published(community, teller, steps, links, **fields)


def counted(story, audience=Audience.MEMBERS, *, added_up=True):
    if added_up:
        sync.sync(story.community)
    story = Story.objects.with_trail().get(pk=story.pk)
    ends = ends_of(story)
    return ends and others_who_tell(story, ends, audience)


@pytest.mark.django_db
class TestWhoTellsTheSame:
    def test_each_teller_once_however_many_steps_lie_between(self, cast, a, b):
        mine = told(cast.community, cast.member, a, b)
        assert counted(mine) == (0, 0)
        other = make_member(cast.community)
        told(cast.community, cast.member, a, b)
        told(cast.community, other, a, b, between=1)
        told(cast.community, other, a, b)
        told(cast.community, make_member(cast.community), a, b, between=LONGEST - 1)
        told(cast.community, make_member(cast.community), a, b, between=LONGEST)
        told(cast.community, make_member(cast.community), b, a)
        assert counted(mine) == (2, 0)

    def test_unknown_tellers_are_stories(self, cast, a, b):
        unknown = [add_guest_teller(community=cast.community, name="") for _each in range(2)]
        mine = told(cast.community, unknown[0], a, b)
        told(cast.community, unknown[1], a, b)
        told(cast.community, add_guest_teller(community=cast.community, name="G"), a, b)
        assert counted(mine) == (1, 1)

    def test_as_far_as_the_reader_may_open_them(self, cast, a, b):
        mine = told(cast.community, cast.member, a, b)
        narrow = told(cast.community, make_member(cast.community), a, b, audience=Audience.MEMBERS)
        told(cast.neighbour, make_member(cast.neighbour), *(2 * [make_indicator(cast.neighbour)]))
        assert [counted(mine, one) for one in (Audience.MEMBERS, Audience.FUNDERS)] == [
            (1, 0),
            (0, 0),
        ]
        actions.withdraw(story=narrow, by=None)
        assert counted(mine, added_up=False) == (0, 0)

    def test_what_is_hoped_proposed_or_not_linked_is_not_told(self, cast, a, b):
        mine = told(cast.community, cast.member, a, b)
        for spoil in ("hoped", "proposed", "unlinked"):
            other = told(cast.community, make_member(cast.community), a, b)
            if spoil == "hoped":
                other.steps.filter(position=2).update(tense="hoped")
            elif spoil == "proposed":
                other.links.update(status="proposed")
            else:
                other.links.all().delete()
        assert counted(mine) == (0, 0)
        assert counted(other) is None

    def test_the_page_says_so(self, cast, client, a, b):
        mine = told(cast.community, cast.member, a, b)
        told(cast.community, make_member(cast.community), a, b)
        sync.sync(cast.community)
        client.force_login(cast.funder)
        page = client.get(reverse("stories:story", args=[cast.community.slug, mine.pk]))
        assert "Others tell the same: 1 teller." in page.content.decode()


class ChainsOfLinks(TestCase):
    """Against a search that tries every walk."""

    @settings(max_examples=15)
    @given(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(["", "A", "B", "AB"]), min_size=2, max_size=5),
                st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=7),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_as_every_walk_says(self, drawn):
        community = make_community()
        rows = {name: make_indicator(community, name=name) for name in "AB"}
        mine = told(community, make_member(community), rows["A"], rows["B"])
        expected = 0
        for touched, pairs in drawn:
            steps = [make_step(community, "immediate", *(rows[n] for n in one)) for one in touched]
            links = [(x, y) for x, y in pairs if x != y and max(x, y) < len(touched)]
            make_published(community, make_member(community), steps, links)
            expected += any(
                touched[walk[0]].count("A") and touched[walk[-1]].count("B")
                for length in range(2, LONGEST + 2)
                for walk in itertools.product(range(len(touched)), repeat=length)
                if all(step in links for step in itertools.pairwise(walk))
            )
        assert counted(mine) == (expected, 0)
