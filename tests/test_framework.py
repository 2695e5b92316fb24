"""The method's words and presets, and the content of the example community: plain, no database."""

import re
from collections import Counter
from dataclasses import fields
from decimal import Decimal

import pytest
from django.utils.functional import Promise

from stories.examples.primary_care import PRIMARY_CARE
from stories.examples.primary_care_indicators import INVENTED, KOATZ
from valuecreation.framework import (
    ATTRIBUTION_TEXTS,
    AUDIENCE_TEXTS,
    CAPITALS,
    LOOKS,
    PROMPTS,
    SCHEMES,
    STARTER_INDICATORS,
    TEMPLATE_TEXTS,
    TENSE_TEXTS,
    VALUE_TEXTS,
    Look,
)

FIVE = SCHEMES["2011"]
CYCLES = [cycle.key for cycle in FIVE.cycles]
WITH_CAPITALS = {cycle.key for cycle in FIVE.cycles if cycle.has_capitals}
CAPITAL_KEYS = [capital.key for capital in CAPITALS]
PROMPT_GROUPS = (
    PROMPTS,
    AUDIENCE_TEXTS,
    ATTRIBUTION_TEXTS,
    TENSE_TEXTS,
    VALUE_TEXTS,
    TEMPLATE_TEXTS,
)
DIRECTIONS = {"up", "down", "neither"}
AUDIENCES = ["me", "facilitators", "members", "funders", "public"]
ATTRIBUTIONS = {"name", "pseudonym", "anonymous"}
TENSES = {"happened", "hoped", "did_not_happen"}
VALUES = {"positive", "negative", "none_created", "unset"}
TEMPLATES = {"specific", "personal"}
STATUSES = {"draft", "submitted", "returned", "published", "hidden", "withdrawn"}

PEOPLE = {person.key: person for person in PRIMARY_CARE.people}
GUESTS = {guest.key: guest for guest in PRIMARY_CARE.guests}
INDICATORS = {indicator.code: indicator for indicator in PRIMARY_CARE.indicators}
STORIES = PRIMARY_CARE.stories
PUBLISHED = [story for story in STORIES if story.status == "published"]
FUNDERS = [story for story in PUBLISHED if story.audience in ("funders", "public")]

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
each_example_indicator = pytest.mark.parametrize(
    "indicator", PRIMARY_CARE.indicators, ids=lambda indicator: indicator.code
)
each_starter_indicator = pytest.mark.parametrize(
    "indicator", STARTER_INDICATORS, ids=lambda indicator: indicator.code
)


def is_slug(text):
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def lazy_text(text):
    """The message of a lazy translation, read without settings; empty for anything else."""
    return str(text._args[-1]) if isinstance(text, Promise) else ""


# The method --------------------------------------------------------------------------------------
def test_the_five_cycles_in_order():
    assert list(SCHEMES) == [FIVE.key] == ["2011"]
    assert CYCLES == ["immediate", "potential", "applied", "realized", "reframing"]
    assert {cycle.kind for cycle in FIVE.cycles} == {"stage"}
    assert WITH_CAPITALS == {"potential"}


def test_cycles_look_like_one_of_the_eight_sets_each():
    looks = [Look(cycle.colour, cycle.shape) for cycle in FIVE.cycles]
    assert looks == list(LOOKS[:5])
    assert len(LOOKS) == 8
    assert len({look.colour for look in LOOKS}) == len({look.shape for look in LOOKS}) == 8


def test_schemes_and_capitals_are_translatable():
    texts = [FIVE.name]
    texts += [text for cycle in FIVE.cycles for text in (cycle.name, cycle.question)]
    texts += [text for capital in CAPITALS for text in (capital.name, capital.holds)]
    assert all(lazy_text(text) for text in texts)
    assert CAPITAL_KEYS == ["human", "social", "tangible", "reputational", "learning"]


def test_prompts_are_keyed_by_their_own_key_and_translatable():
    for group in PROMPT_GROUPS:
        for key, prompt in group.items():
            assert prompt.key == key
            assert lazy_text(prompt.text), key
            assert lazy_text(prompt.help), key


def test_every_choice_of_a_story_has_its_words():
    assert list(AUDIENCE_TEXTS) == AUDIENCES
    assert set(ATTRIBUTION_TEXTS) == ATTRIBUTIONS
    assert set(TENSE_TEXTS) == TENSES
    assert set(VALUE_TEXTS) == VALUES
    assert set(TEMPLATE_TEXTS) == TEMPLATES


def test_starter_indicators_have_distinct_codes_and_names():
    assert len({i.code for i in STARTER_INDICATORS}) == len(STARTER_INDICATORS)
    assert len({lazy_text(i.name) for i in STARTER_INDICATORS}) == len(STARTER_INDICATORS)


def test_starter_indicators_cover_every_cycle_and_every_capital():
    cycles = Counter(indicator.cycle for indicator in STARTER_INDICATORS)
    capitals = Counter(i.capital for i in STARTER_INDICATORS if i.cycle in WITH_CAPITALS)
    assert set(cycles) == set(CYCLES) and min(cycles.values()) >= 4
    assert set(capitals) == set(CAPITAL_KEYS) and min(capitals.values()) >= 2


@each_starter_indicator
def test_a_starter_indicator_is_whole(indicator):
    assert is_slug(indicator.code)
    assert (indicator.capital != "") == (indicator.cycle in WITH_CAPITALS)
    assert indicator.kind in {"number", "percentage", "story_count", "level", "text"}
    assert indicator.direction in DIRECTIONS
    for name in ("name", "text", "caution", "data_source", "collector", "frequency"):
        assert lazy_text(getattr(indicator, name)), name
    plain_unit = indicator.unit if isinstance(indicator.unit, str) else None
    assert plain_unit in ("", "%") or lazy_text(indicator.unit)
    assert (plain_unit == "%") == (indicator.kind == "percentage")
    assert (len(indicator.levels) >= 2) == (indicator.kind == "level")
    assert all(lazy_text(level) for level in indicator.levels)


def test_the_method_speaks_of_contribution():
    texts = [
        lazy_text(getattr(thing, field.name))
        for thing in (
            *(prompt for group in PROMPT_GROUPS for prompt in group.values()),
            *STARTER_INDICATORS,
        )
        for field in fields(thing)
    ]
    said = " ".join(texts).lower()
    assert [word for word in ("evaluat", "impact", "score", "rank") if word in said] == []


# The example community ---------------------------------------------------------------------------
def test_the_example_adopts_a_scheme_and_says_that_it_is_an_example():
    assert PRIMARY_CARE.scheme in SCHEMES
    assert is_slug(PRIMARY_CARE.slug)
    assert "(example)" in PRIMARY_CARE.name
    assert KOATZ in PRIMARY_CARE.note and "invented" in PRIMARY_CARE.note


def test_example_people_are_recognisably_examples():
    groups = {group.key: group.axis for group in PRIMARY_CARE.groups}
    assert groups == {
        "members": "horizontal",
        "facilitators": "horizontal",
        "host": "vertical",
        "funder": "vertical",
    }
    assert len(PEOPLE) == len(PRIMARY_CARE.people) == 12
    assert len({person.email for person in PEOPLE.values()}) == 12
    assert PEOPLE.keys().isdisjoint(GUESTS)
    for person in PEOPLE.values():
        assert person.email.endswith("@example.org") and person.email == person.email.lower()
        assert person.name.endswith(" (example)")
        assert person.group in groups
        assert person.roles and set(person.roles) <= {"member", "facilitator", "funder"}


def test_the_three_who_can_be_entered_with_one_click():
    roles = {person.email: set(person.roles) for person in PEOPLE.values()}
    assert roles["member@example.org"] == {"member"}
    assert roles["facilitator@example.org"] == {"facilitator", "member"}
    assert roles["funder@example.org"] == {"funder"}


def test_example_indicators_have_distinct_codes_in_every_cycle():
    assert len(INDICATORS) == len(PRIMARY_CARE.indicators)
    assert {indicator.cycle for indicator in INDICATORS.values()} == set(CYCLES)


@each_example_indicator
def test_an_example_indicator_is_whole(indicator):
    assert is_slug(indicator.code)
    assert indicator.name and indicator.text
    assert indicator.data_source and indicator.collector and indicator.frequency
    assert indicator.cycle in CYCLES
    assert (indicator.capital in CAPITAL_KEYS) == (indicator.cycle in WITH_CAPITALS)
    assert indicator.capital == "" or indicator.cycle in WITH_CAPITALS
    assert indicator.kind in {"number", "percentage", "story_count"}
    assert indicator.direction in DIRECTIONS
    assert (KOATZ[:17] in indicator.data_source) != (INVENTED in indicator.data_source)


@each_example_indicator
def test_an_example_observation_says_where_it_is_from(indicator):
    periods = [(seen.start, seen.end) for seen in indicator.observations]
    assert periods == sorted(set(periods))
    for before, after in zip(periods, periods[1:], strict=False):
        assert before[1] < after[0]
    for seen in indicator.observations:
        assert seen.start <= seen.end
        assert seen.source == (INVENTED if INVENTED in indicator.data_source else KOATZ)
        if indicator.kind == "percentage":
            assert seen.value is None and 0 <= seen.numerator <= seen.denominator > 0
        else:
            assert indicator.kind == "number" and Decimal(seen.value) >= 0
            assert seen.numerator is seen.denominator is None


def test_published_figures_are_exactly_those_of_the_study():
    published = {
        code: seen.value or (seen.numerator, seen.denominator)
        for code, indicator in INDICATORS.items()
        for seen in indicator.observations
        if seen.source == KOATZ
    }
    assert published == {
        "members-recruited": "185",
        "members-taking-part": (146, 185),
        "returning-users": "85.4",
        "contributions": "3571",
        "comments-per-participant": "23.1",
        "comments-per-week": "52.0",
        "first-survey-responses": "69",
        "second-survey-responses": "99",
        "forum-threads": "63",
        "shared-documents": "4",
    }


def test_the_study_fills_65_weeks_and_the_dates_are_called_placeholders():
    seen = [
        seen
        for indicator in INDICATORS.values()
        for seen in indicator.observations
        if seen.source == KOATZ
    ]
    assert {((one.end - one.start).days + 1) / 7 for one in seen} == {65}
    assert all("dates are placeholders" in one.note for one in seen)


@each_story
def test_a_story_refers_only_to_what_is_there(story):
    assert story.teller in PEOPLE or story.teller in GUESTS
    assert story.elicitor in PEOPLE or story.elicitor == ""
    assert story.recorder in PEOPLE or story.recorder == ""
    for step in story.steps:
        assert step.cycle in CYCLES
        assert set(step.indicators) <= INDICATORS.keys()
        assert len(set(step.indicators)) == len(step.indicators)
        assert step.capital in ("", *CAPITAL_KEYS)
        assert step.capital == "" or step.cycle in WITH_CAPITALS
    for link in story.links:
        assert link.start != link.end
        assert {link.start, link.end} <= set(range(1, len(story.steps) + 1))
    joined = [(link.start, link.end) for link in story.links]
    assert len(set(joined)) == len(joined)


@each_story
def test_a_story_holds_only_known_choices(story):
    assert story.audience in AUDIENCES
    assert story.attribution in ATTRIBUTIONS
    assert (story.pseudonym != "") == (story.attribution == "pseudonym")
    assert story.template in TEMPLATES
    assert story.status in STATUSES
    assert (story.note != "") == (story.status in ("returned", "hidden"))
    assert story.audience != "me" or story.status == "draft"
    assert {step.tense for step in story.steps} <= TENSES
    assert {step.value for step in story.steps} <= VALUES
    assert story.happened_from <= story.happened_to


@each_story
def test_a_story_is_told_in_a_few_steps(story):
    assert 3 <= len(story.steps) <= 6
    assert story.links
    assert all(len(step.text) > 40 for step in story.steps)
    assert all(link.how.endswith(".") for link in story.links)
    assert not any(link.how.lower().startswith("because") for link in story.links)


@each_story
def test_minutes_are_those_of_roles_that_somebody_held(story):
    teller, elicitor, recorder = story.minutes
    assert teller >= 0
    assert elicitor == 0 or story.elicitor
    assert recorder == 0 or story.recorder


def test_no_two_stories_share_a_text():
    texts = [story.title for story in STORIES]
    texts += [step.text for story in STORIES for step in story.steps]
    texts += [link.how for story in STORIES for link in story.links]
    assert len(set(texts)) == len(texts)


def test_stories_in_every_state_a_newcomer_should_meet():
    assert Counter(story.status for story in STORIES) == {
        "published": 12,
        "draft": 1,
        "submitted": 1,
        "returned": 1,
    }
    assert Counter(story.audience for story in PUBLISHED) == {
        "facilitators": 1,
        "members": 1,
        "funders": 4,
        "public": 6,
    }
    tellers = Counter(story.teller for story in PUBLISHED)
    assert max(tellers.values()) > 1
    assert {"rosa", "unknown"} <= tellers.keys()
    assert GUESTS["unknown"].name == ""
    assert {story.attribution for story in PUBLISHED} == ATTRIBUTIONS
    assert {story.template for story in PUBLISHED} == TEMPLATES
    assert {story.language for story in PUBLISHED} == {"en", "es"}


def test_published_trails_take_many_ways():
    def steps_with(**wanted):
        return [
            story.title
            for story in PUBLISHED
            if any(all(getattr(step, k) == v for k, v in wanted.items()) for step in story.steps)
        ]

    def places(story):
        return [CYCLES.index(step.cycle) for step in story.steps]

    assert steps_with(value="none_created")
    assert steps_with(value="negative")
    assert len(steps_with(tense="hoped")) >= 2
    assert steps_with(tense="did_not_happen")
    assert any(story.steps[0].cycle == "applied" for story in PUBLISHED)
    assert any(link.end < link.start for story in PUBLISHED for link in story.links)
    assert any(places(story) != sorted(places(story)) for story in PUBLISHED)
    assert any(
        set(range(min(places(story)), max(places(story)))) - set(places(story))
        for story in PUBLISHED
    )
    assert any(len(step.indicators) > 1 for story in FUNDERS for step in story.steps)
    assert len(steps_with(indicators=())) >= 3


def test_a_funder_meets_every_state_of_a_cell():
    touched = {code for story in FUNDERS for step in story.steps for code in step.indicators}
    counted = {code for code, indicator in INDICATORS.items() if indicator.observations}
    assert touched & counted
    assert counted - touched
    assert touched - counted
    assert INDICATORS.keys() - touched - counted
    told_in = {step.cycle for story in FUNDERS for step in story.steps}
    assert told_in == set(CYCLES)
