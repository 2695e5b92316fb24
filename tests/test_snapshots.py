"""The matrix of a day, kept: taken, read again after what was taken back, beside today, by itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities.models import Act
from communities.permissions import Audience
from indicators import actions as indicators
from indicators import deciding
from matrix import build, comparing, page, reading, snapshots, sync, tasks
from matrix.models import Snapshot
from stories import actions, purge
from stories.merging import merge
from stories.models import Story

from .make import make_community, make_indicator, make_member, make_published, make_step
from .oracle import matrix_of
from .test_filtering import OPEN, Small, told

pytestmark = pytest.mark.django_db
SAID = {"rationale": "So.", "how": "consent"}


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def at(*moment):
        now = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return at


@pytest.fixture
def met(cast):
    return make_indicator(cast.community, "immediate", "People who met", text="Heads counted.")


@pytest.fixture
def used(cast):
    return make_indicator(cast.community, "applied", "Lists in use")


def tell(cast, *touched, teller=None, audience=Audience.PUBLIC, **fields):
    """A story that leads from one of the indicators to the next."""
    steps = [make_step(cast.community, one.cycle.key, one) for one in touched]
    links = [(number, number + 1) for number in range(len(touched) - 1)]
    teller = teller or make_member(cast.community)
    return make_published(cast.community, teller, steps, links, audience=audience, **fields)


def taken(cast, title="Autumn", **fields):
    sync.sync(cast.community)
    return snapshots.take(community=cast.community, by=cast.facilitator, title=title, **fields)


def read_again(snapshot, audience=Audience.FUNDERS):
    return snapshots.read_snapshot(Snapshot.objects.get(pk=snapshot.pk), audience)


def counts(read):
    """{indicator: (tellers, stories)}."""
    return {
        str(box.indicator): (box.cell.tellers, box.cell.stories)
        for one in read.cycles
        for box in one.boxes
    }


def address(cast, name="snapshots", *args):
    return reverse(f"matrix:{name}", args=[cast.community.slug, *args])


def test_a_facilitator_takes_one_and_everybody_reads_it_as_their_audience(cast, client, met):
    tell(cast, met, audience=Audience.FACILITATORS)
    tell(cast, met, audience=Audience.FUNDERS)
    sync.sync(cast.community)
    client.force_login(cast.facilitator)
    sent = {"title": "Before the summer", "note": "The ward had moved."}
    answer = client.post(address(cast), sent)
    snapshot = Snapshot.objects.get()
    assert (answer.status_code, answer.url) == (302, address(cast, "snapshot", snapshot.pk))
    assert (snapshot.title, snapshot.note) == ("Before the summer", "The ward had moved.")
    assert (snapshot.taken_by, snapshot.month) == (cast.facilitator, None)
    shown = {"facilitator": "<strong>2 tellers</strong> · 2 stories"}
    shown["funder"] = "<strong>1 teller</strong> · 1 story"
    for role, words in shown.items():
        client.force_login(getattr(cast, role))
        html = client.get(answer.url).content.decode()
        assert words in html
        assert "Before the summer" in html and "The ward had moved." in html
        assert "Heads counted." in html
        assert ("taken by Farid" in html) == (role == "facilitator")


def test_taking_one_is_written_down(cast):
    snapshot = taken(cast)
    entry = cast.community.audit_entries.latest("pk")
    assert (entry.act, entry.actor_id) == (Act.TAKE_SNAPSHOT, cast.facilitator.pk)
    assert (entry.about, entry.about_id) == ("snapshot", snapshot.pk)


def test_what_three_people_stood_behind_stays_when_one_takes_it_back(cast, met):
    stories = [tell(cast, met) for _ in range(3)]
    snapshot = taken(cast)
    actions.withdraw(story=stories[0], by=None)
    assert counts(read_again(snapshot)) == {"People who met": (3, 3)}
    # The public needs five; behind what it reads three stood.
    assert counts(read_again(snapshot, Audience.PUBLIC)) == {"People who met": (2, 2)}
    assert reading.read(cast.community, Audience.FUNDERS).whole.stories == 2


def test_a_smaller_one_is_added_up_again_without_what_was_taken_back(cast, met, used):
    stories = [tell(cast, met, used) for _ in range(2)]
    snapshot = taken(cast)
    before = read_again(snapshot)
    assert counts(before) == {"People who met": (2, 2), "Lists in use": (2, 2)}
    assert [(other.indicator, pair.tellers) for other, pair in led_to(before, met)] == [(used, 2)]
    actions.withdraw(story=stories[0], by=None)
    after = read_again(snapshot)
    assert counts(after) == {"People who met": (1, 1), "Lists in use": (1, 1)}
    assert (after.whole.stories, after.cycles[0].cell.stories) == (1, 1)
    assert [(other.indicator, pair.tellers) for other, pair in led_to(after, met)] == [(used, 1)]
    assert snapshots.withdrawn_since(snapshot) == 1
    # Told and taken back later: no matter of that day.
    actions.withdraw(story=tell(cast, met), by=None)
    assert snapshots.withdrawn_since(snapshot) == 1


def led_to(read, indicator):
    return next(box.leads_to for box in read.boxes.values() if box.indicator == indicator)


@pytest.mark.parametrize("act", ["hide", "narrow", "only me"])
def test_what_is_hidden_or_narrowed_since_is_left_out_of_small_numbers(cast, met, act):
    story = tell(cast, met)
    snapshot = taken(cast)
    if act == "hide":
        actions.hide(story=story, by=cast.facilitator, note="Wait.")
    else:
        narrow = Audience.MEMBERS if act == "narrow" else Audience.ME
        actions.change_audience(story=story, by=None, audience=narrow)
    assert counts(read_again(snapshot)) == {"People who met": (0, 0)}
    still = {"hide": 0, "narrow": 1, "only me": 0}[act]
    assert counts(read_again(snapshot, Audience.MEMBERS)) == {"People who met": (still, still)}


def test_what_was_opened_wider_since_is_not_seen_by_more(cast, met):
    story = tell(cast, met, audience=Audience.FACILITATORS)
    snapshot = taken(cast)
    actions.change_audience(story=story, by=None, audience=Audience.PUBLIC)
    assert counts(read_again(snapshot)) == {"People who met": (0, 0)}
    assert counts(read_again(snapshot, Audience.FACILITATORS)) == {"People who met": (1, 1)}


def test_nothing_of_a_story_can_be_read_from_a_snapshot(cast, client, met, used):
    story = tell(cast, met, used, teller=cast.member, title="The lamp I lent")
    snapshot = taken(cast)
    client.force_login(cast.facilitator)
    shown = [address(cast, "snapshot", snapshot.pk), address(cast, "compare", snapshot.pk)]
    for withdraw in (False, True):
        if withdraw:
            actions.withdraw(story=story, by=cast.member)
        for one in shown:
            html = client.get(one).content.decode()
            assert "The lamp I lent" not in html and "Mira" not in html
            assert "Something happened." not in html
            assert f"/stories/{story.pk}/" not in html and "/pairs/" not in html
            assert ("1 story that was told here by then was withdrawn since." in html) == withdraw
    kept = Snapshot.objects.get(pk=snapshot.pk)
    assert "lamp" not in str(kept.figures) + str(kept.claims)


def test_a_reader_learns_of_those_withdrawals_only_that_were_open_to_them(cast, client, met):
    stories = [tell(cast, met, audience=audience) for audience in OPEN]
    snapshot = taken(cast)
    for story in stories:
        actions.withdraw(story=story, by=None)
    found = [snapshots.withdrawn_since(snapshot, audience) for audience in OPEN]
    assert found == [4, 3, 2, 1]
    client.force_login(cast.funder)
    html = client.get(address(cast, "snapshot", snapshot.pk)).content.decode()
    assert "2 stories that were told here by then were withdrawn since." in html


def test_what_is_purged_leaves_the_snapshot_too(cast, met):
    story, other = (tell(cast, met) for _ in range(2))
    snapshot = taken(cast)
    actions.withdraw(story=story, by=None)
    Story.objects.filter(pk=story.pk).update(withdrawn_at=timezone.now() - timezone.timedelta(31))
    purge.purge()
    tasks.month_ends()
    snapshot.refresh_from_db()
    assert {row[0] for row in snapshot.claims} == {other.pk}
    assert counts(read_again(snapshot)) == {"People who met": (1, 1)}
    actions.withdraw(story=other, by=None)
    Story.objects.filter(pk=other.pk).update(withdrawn_at=timezone.now() - timezone.timedelta(31))
    purge.purge()
    snapshots.forget_purged()
    snapshot.refresh_from_db()
    assert snapshot.claims == []


def test_the_definitions_then_in_force_are_shown(cast, client, met):
    tell(cast, met)
    period = {"start": date(2026, 1, 1), "end": date(2026, 3, 31), "by": cast.facilitator}
    indicators.record_observation(indicator=met, value=Decimal("12.5"), **period)
    indicators.set_target(indicator=met, value=Decimal(20), **period)
    snapshot = taken(cast)
    indicators.amend(
        indicator=met, by=cast.facilitator, name="People met", text="Only new faces.", unit="new"
    )
    met.refresh_from_db()
    indicators.record_observation(
        indicator=met,
        by=cast.facilitator,
        start=date(2026, 4, 1),
        end=date(2026, 6, 30),
        value=Decimal(98765),
    )
    client.force_login(cast.funder)
    html = client.get(address(cast, "snapshot", snapshot.pk)).content.decode()
    for words in ("People who met", "Heads counted.", "12.5", "20", "Target"):
        assert words in html
    for words in ("People met", "Only new faces.", "98,765"):
        assert words not in html
    # Beside today it has both names.
    html = client.get(address(cast, "compare", snapshot.pk)).content.decode()
    assert "People met" in html and "then “People who met”" in html


def test_an_indicator_that_is_gone_stands_as_it_stood(cast, client, met, used):
    third = make_indicator(cast.community, "applied", "Visits")
    fourth = make_indicator(cast.community, "applied", "Calls")
    for one in (met, used, third, fourth):
        tell(cast, one)
    snapshot = taken(cast)
    everything = dict.fromkeys(["People who met", "Lists in use", "Visits", "Calls"], (1, 1))
    merge(indicator=used, into=third, by=cast.facilitator, **SAID)
    deciding.decline(indicator=met, by=cast.facilitator, **SAID)
    deciding.retire(indicator=fourth, by=cast.facilitator, **SAID)
    sync.sync(cast.community)
    assert counts(read_again(snapshot)) == everything
    client.force_login(cast.funder)
    html = client.get(address(cast, "snapshot", snapshot.pk)).content.decode()
    assert all(name in html for name in everything)
    now = reading.read(cast.community, Audience.FUNDERS)
    found = comparing.compare(read_again(snapshot), now)
    assert words_of(found[0]) == {
        "People who met": ("no longer there", "Declined"),
        "Told here, no indicator yet": ("more tell it", ""),
        "Told in this cycle": ("the same", ""),
    }
    assert words_of(found[2]) == {
        "Calls": ("the same", ""),
        "Visits": ("more tell it", ""),
        "Lists in use": ("no longer there", "merged into “Visits”"),
        "Told here, no indicator yet": ("the same", ""),
        "Told in this cycle": ("the same", ""),
    }
    html = client.get(address(cast, "compare", snapshot.pk)).content.decode()
    assert "merged into “Visits”" in html


def words_of(section):
    return {row.name: (row.word, row.became) for row in [*section.rows, section.total]}


def test_the_day_beside_today_in_words(cast, client, met, used):
    tell(cast, met, teller=cast.member)
    back = tell(cast, used)
    same = make_indicator(cast.community, "immediate", "Teas drunk")
    tell(cast, same)
    snapshot = taken(cast)
    new = make_indicator(cast.community, "immediate", "Walks")
    tell(cast, new)
    tell(cast, met)
    sync.sync(cast.community)
    actions.withdraw(story=back, by=None)
    # Taken back since, it was no more than a small number of that day either.
    compared = comparing.compare(
        read_again(snapshot), reading.read(cast.community, Audience.FUNDERS)
    )
    found = {row.name: (row.word, row.then.tellers, row.now.tellers) for row in compared[0].rows}
    assert found == {
        "People who met": ("more tell it", 1, 2),
        "Teas drunk": ("the same", 1, 1),
        "Walks": ("appeared", 0, 1),
        "Told here, no indicator yet": ("the same", 0, 0),
    }
    total = compared[0].total
    assert (total.word, total.then.tellers, total.now.tellers) == ("more tell it", 2, 4)
    assert compared[2].rows[0].word == "the same"
    client.force_login(cast.funder)
    html = client.get(address(cast, "compare", snapshot.pk)).content.decode()
    assert [word for word in ("appeared", "more tell it", "the same") if word in html] == [
        "appeared",
        "more tell it",
        "the same",
    ]


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (None, (1, 1, 0), "appeared"),
        ((1, 1, 0), None, "no longer there"),
        ((1, 1, 0), (2, 2, 0), "more tell it"),
        ((3, 3, 0), (2, 9, 0), "fewer tell it"),
        ((2, 2, 0), (2, 3, 1), "more tell it"),
        ((2, 3, 0), (2, 4, 0), "as many tell it, in more stories"),
        ((2, 3, 0), (2, 2, 0), "as many tell it, in fewer stories"),
        ((2, 2, 0), (2, 2, 0), "the same"),
    ],
)
def test_how_a_sum_has_changed_is_said_in_a_word(then, now, said):
    def sums(numbers):
        if not numbers:
            return None
        named = zip(("tellers", "stories", "unknown_stories"), numbers, strict=True)
        return type(reading.NOTHING)(**vars(reading.NOTHING) | dict(named))

    assert comparing.word_of(sums(then), sums(now)) == said


def test_only_who_keeps_the_community_takes_one(cast, client):
    for role in ("member", "funder"):
        client.force_login(getattr(cast, role))
        assert client.post(address(cast), {"title": "Mine"}).status_code == 403
        assert '<form method="post" class' not in client.get(address(cast)).content.decode()
    cast.community.is_public = True
    cast.community.save()
    client.logout()
    assert client.get(address(cast)).status_code == 200
    assert client.post(address(cast), {"title": "Mine"}).status_code == 403
    assert not Snapshot.objects.exists()


def test_the_snapshot_of_a_neighbour_is_not_there(cast, client):
    snapshot = snapshots.take(community=cast.neighbour, title="Theirs")
    client.force_login(cast.facilitator)
    for name in ("snapshot", "compare"):
        assert client.get(address(cast, name, snapshot.pk)).status_code == 404
    assert "Theirs" not in client.get(address(cast)).content.decode()


def test_the_form_refuses_an_empty_title_in_words(cast, client):
    client.force_login(cast.facilitator)
    answer = client.post(address(cast), {"title": "  ", "note": "Kept as it was typed."})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Give the snapshot a title." in html and "Kept as it was typed." in html
    assert not Snapshot.objects.exists()
    with pytest.raises(ValidationError):
        snapshots.take(community=cast.community, title=" ")


def test_while_the_figures_cannot_be_said_none_is_taken(cast, client, met, monkeypatch):
    stories = [tell(cast, met) for _ in range(2)]
    sync.sync(cast.community)
    monkeypatch.setattr(reading, "MOST_NARROWING", 1)
    for story in stories:
        actions.withdraw(story=story, by=None)
    client.force_login(cast.facilitator)
    assert client.post(address(cast), {"title": "Now"}).status_code == 503
    assert not Snapshot.objects.exists()


def test_a_community_without_a_story_has_one_to_read(client):
    community = make_community()
    by = make_member(community, "facilitator")
    snapshot = snapshots.take(community=community, by=by, title="The start")
    client.force_login(by)
    for name in ("snapshot", "compare"):
        answer = client.get(reverse(f"matrix:{name}", args=[community.slug, snapshot.pk]))
        assert answer.status_code == 200
        assert "Immediate value" in answer.content.decode()
    assert (snapshot.figures["sums"], snapshot.claims) == ([], [])


def test_of_much_told_only_small_sums_are_kept_with_their_claims(cast, met, used):
    for _ in range(12):
        tell(cast, met)
    tell(cast, used)
    snapshot = taken(cast)
    # Everything that many tell is a number; one story alone stands behind what few tell.
    assert len(snapshot.claims) == 1
    assert {tuple(row[:4]) for row in snapshot.figures["sums"]} == {
        (audience, *key)
        for audience in OPEN
        for key in [(met.box.pk, 0, 0), (0, 0, met.cycle_id), (0, 0, 0)]
    }


def test_the_drawing_has_what_the_table_has(cast, client, met, used):
    for _ in range(2):
        tell(cast, met, used)
    snapshot = taken(cast)
    client.force_login(cast.funder)
    html = client.get(address(cast, "snapshot", snapshot.pk)).content.decode()
    read = read_again(snapshot)
    for box in read.boxes.values():
        assert f'data-box="{box.pk}"' in html and f'data-row="{box.pk}"' in html
    assert f'data-ribbon="{met.box.pk}-{used.box.pk}"' in html
    assert f'href="#definition-{met.box.pk}"' in html and f'id="definition-{met.box.pk}"' in html
    assert "1 of 1 link is drawn." in html


def test_the_pages_make_the_same_number_of_queries_at_one_and_three(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.funder)
    for count in (1, 3):
        while cast.community.snapshots.count() < count:
            one, other = (make_indicator(cast.community) for _ in range(2))
            for indicator in (one, other):
                indicators.record_observation(
                    indicator=indicator,
                    by=None,
                    start=date(2026, 1, 1),
                    end=date(2026, 1, 31),
                    value=Decimal(1),
                )
            tell(cast, one, other)
            snapshot = taken(cast)
        with django_assert_num_queries(6):
            client.get(address(cast))
        with django_assert_num_queries(7):
            client.get(address(cast, "snapshot", snapshot.pk))
        with django_assert_num_queries(15):
            client.get(address(cast, "compare", snapshot.pk))


class TestTheMonthsEnd:
    def run(self):
        """What beat and the worker do."""
        for community in snapshots.due():
            tasks.take_month(community.pk)

    def months(self):
        rows = Snapshot.objects.order_by("community__slug", "pk")
        return list(rows.values_list("community__slug", "title", "month", "taken_by"))

    def test_one_is_taken_once_by_the_clock_of_the_community(self, cast, at, met):
        cast.community.time_zone = "Pacific/Auckland"
        cast.community.save()
        at(2027, 1, 4)
        cast.community.created_at = timezone.now()
        cast.community.save()
        tell(cast, met)
        self.run()
        assert self.months() == []
        # A minute before midnight there, and a minute after.
        at(2027, 1, 31, 10, 59)
        self.run()
        assert self.months() == []
        at(2027, 1, 31, 11, 1)
        for _ in range(2):
            self.run()
        january = ("wound-care", "January 2027", date(2027, 1, 1), None)
        assert self.months() == [january]
        assert snapshots.due() == []
        at(2027, 3, 1, 12)
        self.run()
        february = ("wound-care", "February 2027", date(2027, 2, 1), None)
        assert self.months() == [january, february]
        assert not cast.community.audit_entries.filter(act=Act.TAKE_SNAPSHOT).exists()

    def test_two_workers_take_one(self, cast, at, met):
        at(2027, 1, 4)
        tell(cast, met)
        at(2027, 2, 1, 1)
        assert snapshots.take_month(cast.community).title == "January 2027"
        assert snapshots.take_month(cast.community) is None
        tasks.take_month(cast.community.pk)
        assert len(self.months()) == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Snapshot.objects.create(community=cast.community, title="Again", month=date(2027, 1, 1))

    def test_its_title_is_in_the_language_of_the_community(self, cast, at, client, met):
        cast.community.language = "es"
        cast.community.save()
        at(2027, 1, 4)
        tell(cast, met)
        at(2027, 2, 1, 1)
        self.run()
        assert self.months()[0][1] == "enero de 2027"
        client.force_login(cast.funder)
        html = client.get(address(cast)).content.decode()
        assert "taken by itself at the end of the month" in html

    def test_a_community_without_a_story_then_gets_none(self, cast, at, met):
        """A first story of the new month does not make a matrix of the old one."""
        story = tell(cast, met)
        Story.objects.filter(pk=story.pk).update(published_at=datetime(2027, 2, 1, 1, tzinfo=UTC))
        at(2027, 2, 1, 2)
        assert snapshots.due() == []
        at(2027, 3, 1, 2)
        assert snapshots.due() == [cast.community]
        actions.withdraw(story=story, by=None)
        assert snapshots.due() == []

    def test_what_waits_to_be_added_up_is_in_it(self, cast, at, met):
        at(2027, 1, 31, 23)
        tell(cast, met)
        at(2027, 2, 1, 1)
        self.run()
        assert read_again(Snapshot.objects.get()).whole.stories == 1

    def test_a_month_is_written_by_its_first_day_and_by_nobody(self, cast):
        for wrong in ({"month": date(2027, 1, 2)}, {"taken_by": cast.facilitator}):
            fields = {"month": date(2027, 1, 1)} | wrong
            with pytest.raises(IntegrityError), transaction.atomic():
                Snapshot.objects.create(community=cast.community, title="One", **fields)


class TestAnyMatrix(TestCase):
    @given(
        stories=st.lists(told, max_size=8),
        numbers=st.booleans(),
        least=st.sampled_from([(3, 3, 3, 5), (2, 2, 2, 3), (1, 2, 2, 2), (1, 1, 1, 1)]),
    )
    @settings(max_examples=40, deadline=None)
    def test_it_is_the_matrix_of_that_day_and_without_what_was_taken_back(
        self, stories, numbers, least
    ):
        with pytest.MonkeyPatch.context() as patch:
            # With as few tellers as here some of all sums are large, and some small.
            patch.setattr(snapshots, "LEAST", dict(zip(OPEN, least, strict=True)))
            self.check(stories, numbers)

    def check(self, stories, numbers):
        small = Small()
        fates = [small.tell(**one) for one in stories]
        if numbers:
            indicators.record_observation(
                indicator=small.indicators[0],
                by=None,
                start=date(2026, 1, 1),
                end=date(2026, 3, 31),
                value=Decimal(5),
            )
        deciding.decline(indicator=small.indicators[2], by=None, **SAID)
        sync.sync(small.community)
        # Some of it is taken back before, and not added up yet.
        for story, fate in fates[::3]:
            if fate == "withdrawn":
                actions.withdraw(story=story, by=None)
        snapshot = snapshots.take(community=small.community, title="That day")
        snapshot = Snapshot.objects.get(pk=snapshot.pk)
        that_day = {}
        for audience in OPEN:
            now = reading.read(small.community, audience)
            assert content(snapshots.read_snapshot(snapshot, audience)) == content(now)
            that_day[audience] = reading.sums_of(small.community, audience)
        for story, fate in fates:
            story.refresh_from_db()
            if story.status != Story.Status.PUBLISHED:
                continue
            if fate == "withdrawn":
                actions.withdraw(story=story, by=None)
            elif fate == "narrowed":
                actions.change_audience(story=story, by=None, audience=Audience.FACILITATORS)
        sync.sync(small.community)
        left = matrix_of(small.community)
        for audience in OPEN:
            right = {
                key: sums
                for key, sums in that_day[audience].items()
                if sums.tellers >= snapshots.LEAST[audience]
            }
            right |= {
                key[1:]: type(reading.NOTHING)(**sums)
                for key, sums in left.items()
                if key[0] == audience and key[1:] not in right
            }
            assert snapshots.sums_of(snapshot, audience) == right


def content(read):
    """All that a page shows of a Reading."""
    return [
        read.whole,
        [
            (
                one.cycle,
                one.cycle.name,
                one.cell,
                [
                    (
                        box.pk,
                        page.name_of(box),
                        box.cell,
                        box.state,
                        page.value_of(box),
                        page.target_of(box),
                        [(other.pk, pair) for other, pair in box.leads_to],
                        [(other.pk, pair) for other, pair in box.comes_from],
                    )
                    for box in [*one.boxes, one.no_indicator]
                ],
            )
            for one in read.cycles
        ],
    ]


def test_the_kept_claims_are_rows_of_the_one_definition(cast, met):
    story = tell(cast, met)
    snapshot = taken(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(build.CLAIM[:4])} FROM matrix_claim WHERE story = %s", [story.pk]
        )
        [row] = cursor.fetchall()
    assert [tuple(one[:4]) for one in snapshot.claims] == [row]
