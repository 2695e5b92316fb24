"""Two indicators become one, and two again; one is split; what is in use is never deleted."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.viewer import Viewer
from indicators import actions as indicators
from indicators import negotiating
from indicators.models import Decision, Indicator
from matrix import sync
from stories import actions as stories
from stories.confirming import answer
from stories.merging import merge, split, undo_merge
from stories.models import Touch
from stories.offering import offer, untouched_steps
from stories.proposed import parts_to_confirm
from stories.uses import delete

from .desk import Desk, shown
from .make import make_indicator, make_published, make_step, make_story
from .oracle import differences
from .test_negotiation import AGREED, refused
from .test_tell import form_of

pytestmark = pytest.mark.django_db
QUARTER = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}


@pytest.fixture
def gone(cast):
    return make_indicator(cast.community, "immediate", "Meetings")


@pytest.fixture
def kept(cast):
    return make_indicator(cast.community, "applied", "Gatherings")


def tell(cast, *touched, **fields):
    step = make_step(cast.community, "immediate", *touched)
    return make_published(cast.community, cast.member, [step], **fields)


def touched(story):
    return [
        (str(touch.indicator), touch.status)
        for touch in Touch.objects.filter(step__story=story).order_by("indicator__definition__name")
    ]


def every_touch():
    return list(
        Touch.objects.order_by("step", "indicator").values_list("step", "indicator", "status")
    )


def exact(cast):
    sync.sync(cast.community)
    assert differences(cast.community) == []
    assert sync.check(cast.community) == []


class TestMerging:
    def test_what_touched_one_touches_the_other_and_both_keep_one_touch(self, cast, gone, kept):
        one, both = tell(cast, gone), tell(cast, gone, kept)
        exact(cast)
        merge(indicator=gone, into=kept, by=cast.facilitator, **AGREED)
        assert [touched(one), touched(both)] == [[("Gatherings", "told")]] * 2
        exact(cast)
        assert shown(cast.community) == {"Gatherings": ("applied", "", "", "stories", 1, 2)}
        decision = Decision.objects.get()
        assert (decision.outcome, decision.into, str(decision.definition)) == (
            "merge",
            kept,
            "Meetings",
        )

    def test_undone_all_is_as_it_was(self, cast, gone, kept):
        for touching in ([gone], [gone, kept], [kept]):
            tell(cast, *touching)
        make_story(cast.community, cast.member, [make_step(cast.community, "immediate", gone)])
        before = every_touch()
        undo_merge(
            merge=merge(indicator=gone, into=kept, by=cast.facilitator, **AGREED),
            by=cast.facilitator,
        )
        assert every_touch() == before
        gone.refresh_from_db()
        assert (gone.state, gone.merged_into, Decision.objects.get().undone_at is None) == (
            "proposed",
            None,
            False,
        )
        exact(cast)

    def test_what_one_step_told_counts_though_the_other_was_only_proposed(self, cast, gone, kept):
        story = tell(cast, gone)
        step = story.steps.get()
        proposed = Touch.objects.create(step=step, indicator=kept, status="proposed")
        merging = merge(indicator=gone, into=kept, by=cast.facilitator, **AGREED)
        assert touched(story) == [("Gatherings", "told")]
        undo_merge(merge=merging, by=cast.facilitator)
        proposed.refresh_from_db()
        assert touched(story) == [("Gatherings", "proposed"), ("Meetings", "told")]

    def test_what_the_teller_changed_since_stays(self, cast, gone, kept):
        story = tell(cast, gone, kept)
        merging = merge(indicator=gone, into=kept, by=cast.facilitator, **AGREED)
        stories.untouch(touch=Touch.objects.get(), by=cast.member)
        undo_merge(merge=merging, by=cast.facilitator)
        assert touched(story) == []
        exact(cast)

    def test_one_after_the_other_and_back_in_order(self, cast, gone, kept):
        third = make_indicator(cast.community, name="Third")
        story = tell(cast, gone)
        first = merge(indicator=gone, into=kept, by=None, **AGREED)
        second = merge(indicator=kept, into=third, by=None, **AGREED)
        assert touched(story) == [("Third", "told")]
        assert refused(undo_merge, merge=first, by=None) == [
            "“Gatherings” was merged into “Third” since. Undo that first."
        ]
        undo_merge(merge=second, by=None)
        undo_merge(merge=first, by=None)
        assert touched(story) == [("Meetings", "told")]
        # Twice is once.
        assert undo_merge(merge=first, by=None).undone_at

    def test_only_two_of_a_community_that_are_in_use(self, cast, gone, kept):
        foreign = make_indicator(cast.neighbour)
        for into, sentence in (
            (gone, "Choose another indicator."),
            (foreign, "Choose an indicator of this community."),
        ):
            assert refused(merge, indicator=gone, into=into, by=None, **AGREED) == [sentence]
        merge(indicator=gone, into=kept, by=None, **AGREED)
        assert refused(merge, indicator=gone, into=kept, by=None, **AGREED) == [
            "“Meetings” is merged into another already."
        ]
        assert refused(merge, indicator=kept, into=gone, by=None, **AGREED) == [
            "“Meetings” is merged into another; choose one that is in use."
        ]

    def test_numbers_stay_under_its_name_and_its_address_leads_on(self, cast, client, gone, kept):
        indicators.record_observation(indicator=gone, by=None, value=Decimal(7), **QUARTER)
        merge(indicator=gone, into=kept, by=cast.facilitator, **AGREED)
        client.force_login(cast.funder)
        slug = cast.community.slug
        page = client.get(reverse("matrix:indicator", args=[slug, kept.code])).content.decode()
        assert "Merged into this one:" in page
        assert "they are not added to those above" in page
        assert '<strong dir="auto">7</strong>' in page
        page = client.get(reverse("matrix:indicator", args=[slug, gone.code])).content.decode()
        assert "It was merged into:" in page
        assert '<strong dir="auto">7</strong>' in page

    def test_a_form_opened_before_takes_the_one_that_stands_for_it(self, cast, client, gone, kept):
        client.force_login(cast.member)
        sent = form_of(cast.community, {"text": "We met.", "indicators": [gone.pk, kept.pk]})
        merge(indicator=gone, into=kept, by=None, **AGREED)
        answer = client.post(reverse("stories:tell", args=[cast.community.slug]), sent)
        assert answer.status_code == 302
        assert touched(cast.community.stories.get()) == [("Gatherings", "told")]


class TestSplitting:
    def test_each_touch_is_offered_to_its_teller_for_each_part(self, cast, gone):
        story, draft = (
            tell(cast, gone),
            make_story(cast.community, cast.member, [make_step(cast.community, "immediate", gone)]),
        )
        parts = split(indicator=gone, names=["By day", "By night"], by=cast.facilitator, **AGREED)
        assert [(str(one), one.state, one.split_from) for one in parts] == [
            ("By day", "proposed", gone),
            ("By night", "proposed", gone),
        ]
        for one in (story, draft):
            assert touched(one) == [
                ("By day", "proposed"),
                ("By night", "proposed"),
                ("Meetings", "told"),
            ]
        exact(cast)
        gone.refresh_from_db()
        assert gone.state == "retired"
        # Only the teller knows which one it was; then it is told of the whole no more.
        waiting = {str(part.indicator): part for part in parts_to_confirm(story)}
        for name, is_so in (("By night", True), ("By day", False)):
            answer(story=story, kind="touch", pk=str(waiting[name].pk), is_so=is_so)
        assert touched(story) == [("By day", "rejected"), ("By night", "confirmed")]
        exact(cast)
        assert {
            name: stories for name, (*_rest, stories) in shown(cast.community).items() if stories
        } == {"By night": 1}

    def test_a_teller_who_does_not_answer_is_counted_as_before(self, cast, gone):
        tell(cast, gone)
        split(indicator=gone, names=["A", "B"], by=cast.facilitator, **AGREED)
        exact(cast)
        assert shown(cast.community)["Meetings"][-2:] == (1, 1)

    def test_into_two_at_least(self, cast, gone):
        assert refused(split, indicator=gone, names=["A"], by=None, **AGREED) == [
            "Name at least two parts."
        ]
        names = [f"Part {number}" for number in range(11)]
        assert refused(split, indicator=gone, names=names, by=None, **AGREED) == [
            "Name at most 10 parts; split a part again where that is too few."
        ]
        assert Indicator.objects.count() == 1


class TestDeleting:
    def test_one_that_nothing_uses_goes(self, cast, gone):
        delete(indicator=gone, by=cast.facilitator)
        assert not Indicator.objects.exists()
        exact(cast)

    def test_what_uses_it_is_said(self, cast, gone, kept):
        tell(cast, gone)
        indicators.record_observation(indicator=gone, by=None, value=Decimal(7), **QUARTER)
        indicators.set_target(indicator=gone, by=None, value=Decimal(7), **QUARTER)
        negotiating.comment(indicator=gone, by=cast.member, text="Why?")
        assert refused(delete, indicator=gone, by=None) == [
            "“Meetings” can't be deleted: it is in use (1 story, 1 number, 1 target, 1 comment)."
            " You can retire it instead."
        ]
        assert Desk(cast.facilitator).decide("delete", gone) == refused(
            delete, indicator=gone, by=None
        )
        assert Desk(cast.facilitator).decide("delete", kept) == ["Deleted."]


class TestFromStoriesToAnIndicator:
    def test_steps_told_without_one_are_offered_to_their_tellers(self, cast, client, gone):
        mine = tell(cast)
        hidden = tell(cast, audience=1)
        with_one = tell(cast, gone)
        client.force_login(cast.member)
        slug = cast.community.slug
        new = {"name": "Tea", "reason": "It warms.", "cycle": gone.cycle_id}
        new |= {"kind": "number", "direction": "up"}
        answer = client.post(reverse("propose", args=[slug]) + "?cycle=immediate", new)
        tea = Indicator.objects.get(definition__name="Tea")
        assert answer.url == reverse("stories:offer", args=[slug, tea.code])
        other = Viewer.of(cast.funder, cast.community)
        assert [step.story for step in untouched_steps(other, tea.cycle)] == [mine]
        client.post(answer.url, {"steps": [mine.steps.get().pk]})
        assert touched(mine) == [("Tea", "proposed")]
        exact(cast)
        assert shown(cast.community)["no indicator: immediate"][-1] >= 1
        [part] = parts_to_confirm(mine)
        answer_of = answer_touch(mine, part)
        assert answer_of.status == "confirmed"
        exact(cast)
        assert shown(cast.community)["Tea"][-2:] == (1, 1)
        assert touched(with_one) == [("Meetings", "told")]
        assert touched(hidden) == []

    def test_a_step_that_may_not_be_opened_is_not_offered(self, cast, client, gone):
        foreign = make_published(cast.neighbour, cast.neighbours_facilitator)
        client.force_login(cast.member)
        address = reverse("stories:offer", args=[cast.community.slug, gone.code])
        for pks in ([foreign.steps.get().pk], []):
            assert client.post(address, {"steps": pks}).status_code in {200, 422}
        assert not Touch.objects.exists()

    def test_not_for_one_that_is_put_aside(self, cast, gone, kept):
        story = tell(cast)
        merge(indicator=gone, into=kept, by=None, **AGREED)
        with pytest.raises(ValidationError):
            offer(indicator=gone, steps=list(story.steps.all()), by=cast.member)


def answer_touch(story, part):
    return answer(story=story, kind="touch", pk=str(part.pk), is_so=True)
