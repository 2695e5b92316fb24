"""A part of the matrix: added up as it is asked for, by the same definition, and exactly."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities import actions as communities
from communities.models import Membership
from communities.permissions import Audience
from indicators import deciding
from matrix import build, reading, sync
from matrix.filtering import Filter
from matrix.later import SENTENCE
from matrix.models import Pending
from stories import actions
from stories.models import Step, Story

from .make import make_community, make_indicator, make_member, make_published, make_step
from .oracle import matrix_of

OPEN = [audience for audience in Audience if audience > Audience.ME]
DAYS = [None, *(date(2026, 1, 1) + timedelta(days=20 * number) for number in range(6))]
steps = st.tuples(
    st.sampled_from(["immediate", "potential"]),
    st.sets(st.integers(0, 2), max_size=2),
    st.sampled_from(Step.Tense.values),
    st.sampled_from(Step.Value.values),
)
told = st.fixed_dictionaries(
    {
        "teller": st.integers(0, 3),
        "steps": st.lists(steps, min_size=1, max_size=3),
        "joints": st.sets(st.sampled_from([(0, 1), (1, 2), (1, 0), (0, 2)]), max_size=3),
        "audience": st.sampled_from(OPEN),
        "template": st.sampled_from(["specific", "personal"]),
        "language": st.sampled_from(["en", "es"]),
        "attribution": st.sampled_from(["name", "anonymous"]),
        "days": st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
        "fate": st.sampled_from(["stays", "stays", "stays", "withdrawn", "narrowed"]),
    }
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "since": st.sampled_from(DAYS),
        "until": st.sampled_from(DAYS),
        "template": st.sampled_from(["specific", "personal"]),
        "language": st.sampled_from(["en", "es", "pt"]),
        "tense": st.sampled_from(Step.Tense.values),
        "value": st.sampled_from(Step.Value.values),
        "group": st.integers(0, 1),
        "teller": st.integers(0, 1),
    },
)


class Small:
    """A community of four tellers: two members in a group each, a guest, and nobody knows who."""

    def __init__(self):
        self.community = make_community(time_zone="Pacific/Auckland")
        names = ("A", "B", "C")
        self.indicators = [make_indicator(self.community, "immediate", name) for name in names]
        self.groups = [
            communities.add_group(community=self.community, name=name, axis="horizontal")
            for name in ("Carers", "Hosts")
        ]
        self.people = [make_member(self.community) for _ in self.groups]
        for person, group in zip(self.people, self.groups, strict=True):
            Membership.objects.filter(user=person).update(stakeholder_group=group)
        self.tellers = [
            *(communities.teller_of(community=self.community, user=one) for one in self.people),
            communities.add_guest_teller(community=self.community, name="Rosa"),
            communities.add_guest_teller(community=self.community, name=""),
        ]

    def tell(self, *, teller, steps, joints, days, fate, **fields):
        first, last = days
        if first and last and last < first:
            first, last = last, first
        written = [
            make_step(
                self.community,
                cycle,
                *(self.indicators[which] for which in sorted(touched)),
                tense=tense,
                value=value,
            )
            for cycle, touched, tense, value in steps
        ]
        links = [(start, end) for start, end in joints if max(start, end) < len(steps)]
        story = make_published(
            self.community,
            self.tellers[teller],
            written,
            links,
            happened_from=first,
            happened_to=last,
            **fields,
        )
        return story, fate

    def filter(self, group=None, teller=None, **fields):
        return Filter(
            group=None if group is None else self.groups[group].pk,
            teller=None if teller is None else self.people[teller].pk,
            **fields,
        )

    def lets_through(self, asked, story):
        """A Filter's own words, in plain Python."""
        told = timezone.localtime(story.created_at, self.community.zone).date()
        first = story.happened_from or story.happened_to or told
        last = story.happened_to or story.happened_from or told
        person = story.teller.user
        return (
            (not asked.since or last >= asked.since)
            and (not asked.until or first <= asked.until)
            and asked.template in ("", story.template)
            and asked.language in ("", story.language)
            and (
                not asked.group
                or (
                    person is not None
                    and story.attribution == Story.Attribution.NAME
                    and self.groups[self.people.index(person)].pk == asked.group
                )
            )
            and (not asked.teller or (person and person.pk == asked.teller))
        )


class TestFiltering(TestCase):
    @given(stories=st.lists(told, max_size=5), chosen=st.lists(filters, min_size=3, max_size=6))
    @settings(max_examples=25, deadline=None)
    def test_what_is_asked_for_is_what_the_definitions_say(self, stories, chosen):
        small = Small()
        fates = [small.tell(**one) for one in stories]
        deciding.decline(indicator=small.indicators[2], by=None, rationale="No.", how="consent")
        sync.sync(small.community)
        # Not synced: the leaves still hold what was taken away.
        for story, fate in fates:
            if fate == "withdrawn":
                actions.withdraw(story=story, by=None)
            elif fate == "narrowed":
                actions.change_audience(story=story, by=None, audience=Audience.FACILITATORS)
        for asked in [small.filter(**one) for one in chosen]:
            right = matrix_of(
                small.community,
                story_counts=lambda story, asked=asked: small.lets_through(asked, story),
                claim_counts=lambda tense, value, asked=asked: (
                    asked.tense in ("", tense) and asked.value in ("", value)
                ),
            )
            for audience in OPEN:
                rows = build.filtered(small.community, audience, asked).rows()
                found = {
                    key: dict(zip(build.COLUMNS, amounts, strict=True))
                    for key, amounts in sync.by_key(rows).items()
                }
                assert found == {key: one for key, one in right.items() if key[0] == audience}


@pytest.fixture
def small(db):
    return Small()


ONE = {
    "teller": 0,
    "steps": [("immediate", {0}, "happened", "positive")],
    "joints": set(),
    "audience": Audience.FUNDERS,
    "template": "specific",
    "language": "en",
    "attribution": "name",
    "days": (None, None),
    "fate": "stays",
}


def test_a_filter_that_asks_for_nothing_is_the_matrix(small):
    small.tell(**ONE)
    sync.sync(small.community)
    current = build.current(small.community, Audience.FUNDERS).rows()
    assert sorted(build.filtered(small.community, Audience.FUNDERS, Filter()).rows()) == sorted(
        current
    )


def test_what_was_added_up_once_is_kept_until_something_changes(small, django_assert_num_queries):
    small.tell(**ONE)
    sync.sync(small.community)
    asked = Filter(language="en")

    def stories():
        return reading.read(small.community, Audience.FUNDERS, asked).whole.stories

    assert stories() == 1
    with django_assert_num_queries(8):
        assert stories() == 1
    # Taken back, and the worker has not come by.
    actions.withdraw(story=small.tell(**ONE)[0], by=None)
    sync.sync(small.community)
    story, _fate = small.tell(**ONE)
    sync.sync(small.community)
    assert stories() == 2
    actions.withdraw(story=story, by=None)
    assert Pending.objects.exists()
    assert stories() == 1


def test_a_group_that_somebody_leaves_is_no_longer_theirs(small):
    small.tell(**ONE)
    sync.sync(small.community)
    asked = small.filter(group=0)
    assert reading.read(small.community, Audience.FUNDERS, asked).whole.tellers == 1
    Membership.objects.filter(user=small.people[0]).update(stakeholder_group=small.groups[1])
    assert reading.read(small.community, Audience.FUNDERS, asked).whole.tellers == 0


def test_the_threads_of_a_part_are_those_of_its_stories(small):
    small.tell(**ONE)
    story, _fate = small.tell(**ONE | {"language": "es"})
    sync.sync(small.community)
    read = reading.read(small.community, Audience.FUNDERS, Filter(language="es"))
    assert [thread.story for thread in reading.threads(read)] == [story]
    read = reading.read(small.community, Audience.FUNDERS, Filter(tense="hoped"))
    assert (read.whole.stories, reading.threads(read)) == (0, [])


@pytest.mark.parametrize("wrong", [{"tense": "soon"}, {"value": "great"}])
def test_what_there_is_not_can_not_be_asked_for(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        Filter(**wrong)


@pytest.mark.django_db
def test_where_too_much_was_taken_back_no_figures_are_shown(cast, client, monkeypatch):
    indicator = make_indicator(cast.community, "applied")
    taken_back = [
        make_published(
            cast.community, cast.member, [make_step(cast.community, "applied", indicator)]
        )
        for _ in range(2)
    ]
    sync.sync(cast.community)
    monkeypatch.setattr(reading, "MOST_NARROWING", 1)
    client.force_login(cast.funder)
    home = f"/c/{cast.community.slug}/"
    api = f"/api/v1/communities/{cast.community.slug}/matrix/"
    addresses = [home, f"{home}indicators/{indicator.code}/", api]

    def answers():
        return [client.get(address) for address in addresses]

    actions.withdraw(story=taken_back[0], by=None)
    assert [answer.status_code for answer in answers()] == [200, 200, 200]
    actions.withdraw(story=taken_back[1], by=None)
    for answer in answers():
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Until that is done, we show none." in answers()[0].text
    assert answers()[2].json()["detail"] == str(SENTENCE)
    sync.sync(cast.community)
    assert [answer.status_code for answer in answers()] == [200, 200, 200]
