"""What a facilitator does in the admin, form by form: the act is done and the matrix follows, or it
is refused in a sentence and nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry

from communities.permissions import Audience
from indicators import actions as indicators
from indicators.models import Decision, Definition, Indicator, Observation, Target
from stories.actions import submit
from stories.models import Story

from .desk import Desk, everything, faults, form_of, shown
from .make import make_indicator, make_published, make_step, make_story

QUARTER = {"start": "2026-01-01", "end": "2026-03-31"}
DATES = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
NBSP = "\N{NO-BREAK SPACE}"
DECIDED = {"rationale": "Nobody counts hours.", "how": "consent"}
LEVELS = ["never", "now and then, if asked", "always"]


@pytest.fixture
def desk(cast):
    return Desk(cast.facilitator)


@pytest.fixture
def kinds(cast):
    """An indicator of each kind that takes a value."""
    return {
        "number": make_indicator(cast.community, "immediate", "Meetings", unit="meetings"),
        "percentage": make_indicator(cast.community, "potential", "Answered", kind="percentage"),
        "level": make_indicator(cast.community, "applied", "Used", kind="level", levels=LEVELS),
        "text": make_indicator(cast.community, "realized", "In a word", kind="text"),
        "story_count": make_indicator(cast.community, "reframing", "Told", kind="story_count"),
    }


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, "applied", "Hours saved", unit="hours")


@pytest.fixture
def observation(indicator, cast):
    return indicators.record_observation(
        indicator=indicator, by=cast.facilitator, value=Decimal("12.5"), note="One\nTwo", **DATES
    )


@pytest.fixture
def story(cast, indicator):
    story = make_story(
        cast.community, cast.member, [make_step(cast.community, "applied", indicator)]
    )
    return submit(story=story, by=cast.member, others="nobody")


def done(answer):
    assert answer.status_code == 302, faults(answer)


# Indicators -------------------------------------------------------------------------------------
def test_adding_an_indicator_proposes_it(cast, desk):
    cycle = cast.community.cycles.get(key="potential")
    fields = {"name": "Hours saved", "cycle": cycle.pk, "capital": "human", "kind": "level"}
    done(desk.add(Indicator, **fields, levels="none\r\nsome, not all\r\n\r\nall\r\n"))
    indicator = cast.community.indicators.get()
    assert (indicator.state, indicator.code, indicator.capital) == (
        Indicator.State.PROPOSED,
        "hours-saved",
        "human",
    )
    assert indicator.proposed_by == cast.facilitator
    assert indicator.definition.number == 1
    assert indicator.definition.levels == ["none", "some, not all", "all"]
    assert shown(cast.community) == {"Hours saved": ("potential", "", "", "empty", 0, 0)}


def test_a_second_indicator_of_a_name_gets_a_code_of_its_own(cast, desk, indicator):
    done(desk.add(Indicator, name="Hours saved", cycle=indicator.cycle_id))
    codes = cast.community.indicators.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["hours-saved", "hours-saved-2"]


def test_changing_an_indicator_makes_the_next_definition(cast, desk, indicator, observation):
    done(desk.change(indicator, name="Hours given back", baseline="3"))
    indicator.refresh_from_db()
    assert [(one.number, one.name, one.baseline) for one in indicator.definitions.all()] == [
        (1, "Hours saved", None),
        (2, "Hours given back", 3),
    ]
    assert indicator.definition.number == 2
    value = f"12.5{NBSP}hours"
    assert shown(cast.community) == {
        "Hours given back": ("applied", value, "", "numbers", 0, 0),
    }


def test_saving_an_indicator_unchanged_makes_no_definition(cast, desk):
    indicator = make_indicator(
        cast.community,
        name="Cafe\N{COMBINING ACUTE ACCENT} talks",
        text="One line\nand another.",
        kind="level",
        levels=LEVELS,
        categories=["ward a, ward b", "ward c"],
        baseline=Decimal("1.5"),
    )
    before = shown(cast.community)
    done(desk.change(indicator))
    done(desk.change(indicator, name="Cafe\N{COMBINING ACUTE ACCENT} talks"))
    assert [one.number for one in indicator.definitions.all()] == [1]
    assert shown(cast.community) == before


def test_moving_an_indicator_makes_no_definition(cast, desk, indicator, observation):
    done(desk.change(indicator, cycle=cast.community.cycles.get(key="potential").pk))
    done(desk.change(indicator, capital="social"))
    indicator.refresh_from_db()
    assert (indicator.definition.number, indicator.capital) == (1, "social")
    assert shown(cast.community) == {
        "Hours saved": ("potential", f"12.5{NBSP}hours", "", "numbers", 0, 0)
    }


def test_a_declined_indicators_stories_fall_to_its_cycle(cast, desk, indicator):
    make_published(cast.community, cast.member, [make_step(cast.community, "applied", indicator)])
    assert shown(cast.community) == {"Hours saved": ("applied", "", "", "stories", 1, 1)}
    assert desk.decide("decline", indicator, **DECIDED) == ["Declined, and kept as it stood."]
    decision = Decision.objects.get()
    assert (decision.outcome, decision.rationale, decision.decided_by) == (
        "decline",
        "Nobody counts hours.",
        cast.facilitator,
    )
    assert shown(cast.community) == {"no indicator: applied": ("applied", "", "", "stories", 1, 1)}


def test_retired_indicators_keep_their_stories_and_leave_when_empty(cast, desk, indicator):
    empty = make_indicator(cast.community, name="Never used")
    make_published(cast.community, cast.member, [make_step(cast.community, "applied", indicator)])
    for one in (indicator, empty):
        assert desk.decide("retire", one, **DECIDED) == ["Retired. What it counted stays."]
    assert shown(cast.community) == {"Hours saved": ("applied", "", "", "stories", 1, 1)}


def test_an_indicator_is_retired_once(cast, desk, indicator):
    desk.decide("retire", indicator, **DECIDED)
    assert desk.decide("retire", indicator, **DECIDED) == [
        "This can't be done now: things have moved on meanwhile."
    ]
    assert Decision.objects.count() == 1


def test_a_reason_that_cannot_be_stored_is_refused(cast, desk, indicator):
    refusal = desk.decide("retire", indicator, **DECIDED | {"rationale": "N\0"})
    assert refusal == ["Null characters are not allowed."]
    indicator.refresh_from_db()
    assert (indicator.state, Decision.objects.count()) == (Indicator.State.PROPOSED, 0)


INDICATOR_REFUSALS = {
    "no name": ({"name": ""}, {"name": ["This field is required."]}),
    "long name": (
        {"name": "n" * 201},
        {"name": ["Ensure this value has at most 200 characters (it has 201)."]},
    ),
    "NUL": ({"name": "Hours\0"}, {"name": ["Null characters are not allowed."]}),
    "NUL in a line": ({"levels": "a\0\r\nb"}, {"levels": ["Null characters are not allowed."]}),
    "capital": ({"capital": "human"}, {"capital": ["“Applied value” has no capitals."]}),
    "no capital of ours": (
        {"capital": "gold"},
        {"capital": ["Select a valid choice. gold is not one of the available choices."]},
    ),
    "no scale": ({"kind": "level"}, {"levels": ["A scale needs at least two levels."]}),
    "one level": (
        {"kind": "level", "levels": "all"},
        {"levels": ["A scale needs at least two levels."]},
    ),
    "a level twice": ({"levels": "all\r\nall"}, {"levels": ["The same line stands here twice."]}),
    "a long level": (
        {"levels": "l" * 101},
        {"levels": ["A line has at most 100 characters."]},
    ),
    "long number": (
        {"baseline": "1" * 400},
        {"baseline": ["Ensure that there are no more than 20 digits in total."]},
    ),
    "huge number": (
        {"baseline": "1e999999"},
        {"baseline": ["Ensure that there are no more than 20 digits in total."]},
    ),
    "no number": ({"baseline": "NaN"}, {"baseline": ["Enter a number."]}),
    "no cycle of ours": (
        {"cycle": "99999999999999999999"},
        {"cycle": ["Select a valid choice. That choice is not one of the available choices."]},
    ),
}


@pytest.mark.parametrize("case", INDICATOR_REFUSALS)
def test_an_indicator_is_refused_at_the_field_and_kept_as_typed(cast, desk, indicator, case):
    wrong, expected = INDICATOR_REFUSALS[case]
    before = everything()
    for answer in (
        desk.add(Indicator, **{"name": "Another", "cycle": indicator.cycle_id} | wrong),
        desk.change(indicator, **wrong),
    ):
        assert faults(answer) == expected
        assert {name: form_of(answer)[name].value() for name in wrong} == wrong
    assert everything() == before


# Observations -----------------------------------------------------------------------------------
VALUES = {
    "number": ("Meetings", {"value": "1234.5"}, f"1,234.5{NBSP}meetings"),
    "percentage": ("Answered", {"numerator": "146", "denominator": "185"}, f"78.9{NBSP}%"),
    "level": ("Used", {"level": LEVELS[1]}, LEVELS[1]),
    "text": ("In a word", {"words": "Braver."}, "Braver."),
}


@pytest.mark.parametrize("kind", VALUES)
def test_adding_an_observation_shows_it_in_its_box(cast, desk, kinds, kind):
    name, fields, value = VALUES[kind]
    before = shown(cast.community)
    done(desk.add(Observation, indicator=kinds[kind].pk, **QUARTER, **fields))
    assert Observation.objects.get().recorded_by == cast.facilitator
    box = (before[name][0], value, "", "numbers", 0, 0)
    assert shown(cast.community) == before | {name: box}


def test_changing_an_observation_keeps_the_old_one_as_replaced(cast, desk, observation):
    done(desk.change(observation, value="13"))
    rows = Observation.objects.order_by("pk").values_list("status", "value", "note")
    assert list(rows) == [("replaced", Decimal("12.5"), "One\nTwo"), ("in_force", 13, "One\nTwo")]
    assert shown(cast.community) == {
        "Hours saved": ("applied", f"13{NBSP}hours", "", "numbers", 0, 0)
    }


def test_a_correction_stays_under_the_definition_it_was_reported_by(
    cast, desk, indicator, observation
):
    indicators.amend(indicator=indicator, by=None, kind="percentage", unit="")
    done(desk.change(observation, value="13"))
    newest = Observation.objects.in_force().get()
    assert (newest.definition.number, newest.kind) == (1, "number")
    assert shown(cast.community) == {
        "Hours saved": ("applied", f"13{NBSP}hours", "", "numbers", 0, 0)
    }


@pytest.mark.parametrize("kind", VALUES)
def test_saving_an_observation_unchanged_corrects_nothing(cast, desk, kinds, kind):
    desk.add(Observation, indicator=kinds[kind].pk, **QUARTER, **VALUES[kind][1])
    observation = Observation.objects.get()
    answer = desk.get(Observation, "change", observation.pk)
    assert set(form_of(answer).fields) & set(Observation.VALUES) == set(Observation.TAKES[kind])
    before = Observation.objects.values().get()
    done(desk.change(observation))
    assert Observation.objects.values().get() == before


def test_a_replaced_observation_is_not_corrected(desk, observation):
    done(desk.change(observation, value="13"))
    assert faults(desk.change(observation, value="14")) == {
        "__all__": ["This value was replaced already; correct the newer one."]
    }
    assert Observation.objects.count() == 2


def needs(name, kind):
    return f"“{name}” needs this: it is a {kind}."


def empty(name, kind):
    return f"Leave this empty: “{name}” is a {kind}."


PERCENTAGE = ("Answered", "percentage of a whole")
TOO_LONG = ["Ensure that there are no more than 20 digits in total."]
OBSERVATION_REFUSALS = {
    "a value for a percentage": (
        "percentage",
        {"value": "78.9"},
        {
            "value": [empty(*PERCENTAGE)],
            "numerator": [needs(*PERCENTAGE)],
            "denominator": [needs(*PERCENTAGE)],
        },
    ),
    "half a percentage": (
        "percentage",
        {"numerator": "146"},
        {"denominator": [needs(*PERCENTAGE)]},
    ),
    "out of nothing": (
        "percentage",
        {"numerator": "0", "denominator": "0"},
        {"denominator": ["This must be more than 0."]},
    ),
    "less than nothing": (
        "percentage",
        {"numerator": "-1", "denominator": "2"},
        {"numerator": ["Ensure this value is greater than or equal to 0."]},
    ),
    "no value": ("number", {}, {"value": [needs("Meetings", "number")]}),
    "words for a number": (
        "number",
        {"value": "3", "words": "three"},
        {"words": [empty("Meetings", "number")]},
    ),
    "no such level": (
        "level",
        {"level": "often"},
        {
            "level": [
                "Choose one of the levels of “Used”: never, now and then, if asked, always.",
            ]
        },
    ),
    "a period that ends before it begins": (
        "number",
        {"value": "3", "start": "2026-03-31", "end": "2026-01-01"},
        {"__all__": ["The period ends before it begins."]},
    ),
    "no date": ("number", {"value": "3", "end": "soon"}, {"end": ["Enter a valid date."]}),
    "no such category": (
        "number",
        {"value": "3", "category": "ward a"},
        {"category": ["“Meetings” is not broken down by this."]},
    ),
    "long number": ("number", {"value": "9" * 400}, {"value": TOO_LONG}),
    "huge number": ("number", {"value": "1e999999"}, {"value": TOO_LONG}),
    "NUL": ("text", {"words": "Bra\0ver"}, {"words": ["Null characters are not allowed."]}),
    "counted by itself": (
        "story_count",
        {"value": "3"},
        {"indicator": ["Select a valid choice. That choice is not one of the available choices."]},
    ),
}


@pytest.mark.parametrize("case", OBSERVATION_REFUSALS)
def test_an_observation_is_refused_at_the_field_and_kept_as_typed(desk, kinds, case):
    kind, wrong, expected = OBSERVATION_REFUSALS[case]
    before = everything()
    answer = desk.add(Observation, indicator=kinds[kind].pk, **QUARTER | wrong)
    assert faults(answer) == expected
    assert {name: form_of(answer)[name].value() for name in wrong} == wrong
    assert everything() == before


def test_a_second_value_for_a_period_is_refused(desk, indicator, observation):
    before = everything()
    answer = desk.add(Observation, indicator=indicator.pk, **QUARTER, value="13")
    assert faults(answer) == {
        "__all__": ["There is a value for this indicator and period already; correct that one."]
    }
    assert form_of(answer)["value"].value() == "13"
    assert everything() == before


def test_a_correction_into_another_values_period_is_refused(desk, indicator, observation):
    desk.add(Observation, indicator=indicator.pk, start="2026-04-01", end="2026-06-30", value="1")
    before = everything()
    answer = desk.change(Observation.objects.get(value=1), **QUARTER)
    assert faults(answer) == {
        "__all__": ["There is a value for this indicator and period already; correct that one."]
    }
    assert everything() == before


def test_no_value_is_entered_for_a_declined_indicator(desk, indicator):
    desk.decide("decline", indicator, **DECIDED)
    answer = desk.add(Observation, indicator=indicator.pk, **QUARTER, value="13")
    assert list(faults(answer)) == ["indicator"]


# Targets ----------------------------------------------------------------------------------------
def test_a_target_is_added_and_changed(cast, desk, indicator):
    done(desk.add(Target, indicator=indicator.pk, **QUARTER, value="20"))
    box = ("applied", "", f"20{NBSP}hours", "empty", 0, 0)
    assert shown(cast.community) == {"Hours saved": box}
    done(desk.change(Target.objects.get(), value="25.5"))
    box = ("applied", "", f"25.5{NBSP}hours", "empty", 0, 0)
    assert shown(cast.community) == {"Hours saved": box}
    assert Target.objects.get().created_by == cast.facilitator


TARGET_REFUSALS = {
    "no value": ({"value": ""}, {"value": ["This field is required."]}),
    "long number": ({"value": "9" * 400}, {"value": TOO_LONG}),
    "a period that ends before it begins": (
        {"end": "2025-01-01"},
        {"__all__": ["The period ends before it begins."]},
    ),
}


@pytest.mark.parametrize("case", TARGET_REFUSALS)
def test_a_target_is_refused_at_the_field_and_kept_as_typed(cast, desk, indicator, case):
    wrong, expected = TARGET_REFUSALS[case]
    target = indicators.set_target(
        indicator=indicator, by=None, start=date(2025, 1, 1), end=date(2025, 3, 31), value=3
    )
    target.refresh_from_db()
    wrong_end = {"end": "2024-01-01"} if "end" in wrong else wrong
    before = everything()
    added = desk.add(Target, **{"indicator": indicator.pk, "value": "3"} | QUARTER | wrong)
    changed = desk.change(target, **wrong_end)
    assert faults(added) == faults(changed) == expected
    assert {name: form_of(added)[name].value() for name in wrong} == wrong
    assert everything() == before


def test_a_second_target_for_a_period_is_refused(desk, indicator):
    desk.add(Target, indicator=indicator.pk, **QUARTER, value="20")
    answer = desk.add(Target, indicator=indicator.pk, **QUARTER, value="21")
    assert faults(answer) == {"__all__": ["There is a target for this period already."]}


def test_a_target_is_a_number(desk, kinds):
    answer = desk.get(Target, "add")
    offered = form_of(answer).fields["indicator"].queryset
    assert [str(one) for one in offered] == ["Meetings", "Answered", "Told"]


# Stories ----------------------------------------------------------------------------------------
TOLD = {"Hours saved": ("applied", "", "", "stories", 1, 1)}
NOT_TOLD = {"Hours saved": ("applied", "", "", "empty", 0, 0)}


def test_publishing_a_story_counts_it(cast, desk, story):
    assert shown(cast.community) == NOT_TOLD
    done(desk.change(story, review="publish", others="nobody"))
    story.refresh_from_db()
    assert (story.status, story.published_by) == ("published", cast.facilitator)
    assert shown(cast.community) == TOLD
    assert shown(cast.community, Audience.PUBLIC) == TOLD


def test_returning_a_story_with_a_note(cast, desk, story):
    done(desk.change(story, review="return", note="Who was there?"))
    story.refresh_from_db()
    assert (story.status, story.note) == ("returned", "Who was there?")
    assert shown(cast.community) == NOT_TOLD


def test_hiding_a_story_takes_it_out_and_publishing_brings_it_back(cast, desk, story):
    done(desk.change(story, review="publish", others="nobody"))
    done(desk.change(story, review="hide", note="A patient can be recognised."))
    story.refresh_from_db()
    assert (story.status, story.note) == ("hidden", "A patient can be recognised.")
    assert shown(cast.community) == NOT_TOLD
    done(desk.change(story, review="publish", others="nobody"))
    assert shown(cast.community) == TOLD


def test_doing_nothing_changes_nothing(desk, story):
    before = Story.objects.values().get()
    done(desk.change(story, title="Mine now", status="published", audience="4"))
    assert Story.objects.values().get() == before


def test_publishing_the_chosen_stories(cast, desk, story):
    other = make_story(cast.community, cast.member, title="The other one")
    submit(story=other, by=cast.member, others="nobody")
    assert desk.act("publish", story, other, others="nobody") == [
        "Published: The other one.",
        f"Published: {story}.",
    ]
    assert shown(cast.community) == TOLD | {
        "no indicator: immediate": ("immediate", "", "", "stories", 1, 1)
    }
    assert desk.act("publish", story, others="nobody") == [
        f"{story}: This can't be done now: the story is “published”."
    ]


STORY_REFUSALS = {
    "returned without a note": (
        {"review": "return", "note": " "},
        {"note": ["Write a few words for the teller."]},
    ),
    "hidden before it is published": (
        {"review": "hide", "note": "No."},
        {"__all__": ["This can't be done now: the story is “waiting to be published”."]},
    ),
    "NUL": (
        {"review": "return", "note": "N\0"},
        {"note": ["Null characters are not allowed."]},
    ),
    "published without a look at who is in it": (
        {"review": "publish"},
        {"others": ["Say whether it names or describes somebody who has not agreed."]},
    ),
    "no act of a facilitator": (
        {"review": "withdraw"},
        {"review": ["Select a valid choice. withdraw is not one of the available choices."]},
    ),
}


@pytest.mark.parametrize("case", STORY_REFUSALS)
def test_a_review_is_refused_and_kept_as_typed(desk, story, case):
    wrong, expected = STORY_REFUSALS[case]
    before = everything()
    answer = desk.change(story, **wrong)
    assert faults(answer) == expected
    assert {name: form_of(answer)[name].value() for name in wrong} == wrong
    assert everything() == before


def test_a_story_is_published_once(desk, story):
    done(desk.change(story, review="publish", others="nobody"))
    before = everything()
    answer = desk.change(story, review="publish", others="nobody")
    assert faults(answer) == {
        "__all__": ["This can't be done now: the story is “published”."],
    }
    assert '<option value="publish" selected>' in answer.content.decode()
    assert everything() == before


def test_only_what_can_be_done_is_offered(desk, story):
    def offered():
        widget = form_of(desk.get(Story, "change", story.pk)).fields["review"].widget
        return [act for act, label in widget.choices]

    assert offered() == ["", "publish", "return"]
    desk.change(story, review="publish", others="nobody")
    assert offered() == ["", "hide"]
    desk.change(story, review="hide", note="For now.")
    assert offered() == ["", "publish", "return"]


def test_the_log_says_what_was_done_without_the_storys_words(cast, desk, story):
    done(desk.change(story, review="publish", others="nobody"))
    done(desk.change(story, review="hide", note="A name in it."))
    desk.act("publish", story, others="nobody")
    entries = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert list(entries) == [
        (f"story {story.pk}", "Publish"),
        (f"story {story.pk}", "Hide with a reason"),
        (f"story {story.pk}", "Publish"),
    ]
    history = desk.get(Story, "history", story.pk)
    assert [entry.change_message for entry in history.context["action_list"]] == [
        "Publish",
        "Hide with a reason",
        "Publish",
    ]


def test_definitions_are_never_changed(cast, desk, indicator):
    before = Definition.objects.values().get()
    desk.change(indicator, name="Other", kind="text")
    assert Definition.objects.order_by("pk").values().first() == before
