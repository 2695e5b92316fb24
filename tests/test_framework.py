"""The method's words and presets, and the content of the examples: plain, no database."""

import re
from collections import Counter
from dataclasses import fields
from decimal import Decimal

import pytest
from django.utils.functional import Promise

from stories.examples import amr_genomics_indicators as amr
from stories.examples import primary_care_indicators as koatz
from stories.examples.amr_genomics import AMR_GENOMICS
from stories.examples.new_community import NEW_COMMUNITY
from stories.examples.primary_care import PRIMARY_CARE
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
ALL_CYCLES = {cycle.key: cycle for scheme in SCHEMES.values() for cycle in scheme.cycles}
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
TEMPLATES = {"specific", "personal", "personal_hope", "collective", "collective_hope"}
STATUSES = {"draft", "submitted", "returned", "published", "hidden", "withdrawn"}

EXAMPLES = (PRIMARY_CARE, AMR_GENOMICS, NEW_COMMUNITY)
TOLD = (PRIMARY_CARE, AMR_GENOMICS)
# The published source of each example, and the word on what is invented.
SOURCE = {PRIMARY_CARE.slug: koatz.KOATZ, AMR_GENOMICS.slug: amr.SAGESA}
INVENTED = {PRIMARY_CARE.slug: koatz.INVENTED, AMR_GENOMICS.slug: amr.INVENTED}


def people_of(example):
    return {person.key: person for person in example.people}


def guests_of(example):
    return {guest.key: guest for guest in example.guests}


def indicators_of(example):
    return {indicator.code: indicator for indicator in example.indicators}


def published_of(example):
    return [story for story in example.stories if story.status == "published"]


def read_by_funders(example):
    return [story for story in published_of(example) if story.audience in ("funders", "public")]


def each(parts, name):
    """A parametrisation over the parts of the examples, each with its example."""
    return pytest.mark.parametrize(
        ("example", name[0]),
        [(example, part) for example in TOLD for part in getattr(example, parts)],
        ids=lambda part: getattr(part, name[1], ""),
    )


each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
each_told = pytest.mark.parametrize("example", TOLD, ids=lambda example: example.slug)
each_story = each("stories", ("story", "title"))
each_example_indicator = each("indicators", ("indicator", "code"))
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
    assert list(SCHEMES) == ["2011", "seven", "eight"]
    assert CYCLES == ["immediate", "potential", "applied", "realized", "reframing"]
    assert {cycle.kind for cycle in FIVE.cycles} == {"stage"}
    assert WITH_CAPITALS == {"potential"}


def test_later_schemes_put_side_cycles_around_the_stages():
    kinds = {
        key: [(cycle.key, cycle.kind) for cycle in SCHEMES[key].cycles]
        for key in ("seven", "eight")
    }
    stages = [(key, "stage") for key in (*CYCLES[:4], "transformative")]
    assert kinds == {
        "seven": [("strategic", "side"), *stages, ("enabling", "side")],
        "eight": [("strategic", "side"), ("orienting", "side"), *stages, ("enabling", "side")],
    }
    # A cycle asks and looks the same in every scheme that has it.
    for scheme in SCHEMES.values():
        assert all(ALL_CYCLES[cycle.key] is cycle for cycle in scheme.cycles)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_the_cycles_of_a_scheme_look_different(scheme):
    looks = [Look(cycle.colour, cycle.shape) for cycle in scheme.cycles]
    assert set(looks) <= set(LOOKS) and len(set(looks)) == len(looks)


def test_cycles_look_like_one_of_the_eight_sets_each():
    looks = [Look(cycle.colour, cycle.shape) for cycle in FIVE.cycles]
    assert looks == list(LOOKS[:5])
    assert [Look(one.colour, one.shape) for one in SCHEMES["eight"].side_cycles] == [
        LOOKS[5],
        LOOKS[7],
        LOOKS[6],
    ]
    assert len(LOOKS) == 8
    assert len({look.colour for look in LOOKS}) == len({look.shape for look in LOOKS}) == 8


def test_schemes_and_capitals_are_translatable():
    texts = [scheme.name for scheme in SCHEMES.values()]
    texts += [text for cycle in ALL_CYCLES.values() for text in (cycle.name, cycle.question)]
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
    assert set(cycles) == set(ALL_CYCLES) and min(cycles.values()) >= 3
    assert min(cycles[key] for key in CYCLES) >= 4
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


# The example communities -------------------------------------------------------------------------
@each_example
def test_an_example_adopts_a_scheme_and_says_that_it_is_an_example(example):
    assert example.scheme in SCHEMES
    assert is_slug(example.slug)
    assert example.name.endswith(" (example)")
    assert example.note.startswith("This is an example") and "invented" in example.note
    assert SOURCE.get(example.slug, "") in example.note


@each_example
def test_example_people_are_recognisably_examples(example):
    groups = {group.key: group.axis for group in example.groups}
    assert {"members", "facilitators"} == {key for key in groups if groups[key] == "horizontal"}
    assert {"funder"} <= {key for key in groups if groups[key] == "vertical"}
    people = people_of(example)
    assert len(people) == len(example.people)
    assert len({person.email for person in people.values()}) == len(people)
    assert people.keys().isdisjoint(guests_of(example))
    for person in people.values():
        assert person.email.endswith("@example.org") and person.email == person.email.lower()
        assert person.name.endswith(" (example)")
        assert person.group in groups
        assert person.roles and set(person.roles) <= {"member", "facilitator", "funder"}
    assert all(guest.name.endswith(" (example)") for guest in example.guests if guest.name)


@each_example
def test_the_three_who_can_be_entered_with_one_click(example):
    roles = {person.email: set(person.roles) for person in example.people}
    assert roles["member@example.org"] == {"member"}
    assert roles["facilitator@example.org"] == {"facilitator", "member"}
    assert roles["funder@example.org"] == {"funder"}


def test_others_belong_to_one_example_each():
    emails = Counter(person.email for example in EXAMPLES for person in example.people)
    assert {email: times for email, times in emails.items() if times > 1} == {
        "member@example.org": 3,
        "facilitator@example.org": 3,
        "funder@example.org": 3,
    }
    named = {(person.email, person.name) for example in EXAMPLES for person in example.people}
    assert len(named) == len(emails)


def test_the_new_community_is_empty():
    assert (NEW_COMMUNITY.guests, NEW_COMMUNITY.indicators, NEW_COMMUNITY.stories) == ((), (), ())
    assert len(NEW_COMMUNITY.people) == 3


@each_told
def test_example_indicators_have_distinct_codes_in_every_cycle(example):
    assert len(indicators_of(example)) == len(example.indicators)
    assert {indicator.cycle for indicator in example.indicators} == set(CYCLES)


def test_the_genomics_network_has_17_indicators():
    cycles = Counter(indicator.cycle for indicator in AMR_GENOMICS.indicators)
    assert [cycles[cycle] for cycle in CYCLES] == [3, 4, 4, 3, 3]
    assert all("invented for this example" in i.data_source for i in AMR_GENOMICS.indicators)


@each_example_indicator
def test_an_example_indicator_is_whole(example, indicator):
    assert is_slug(indicator.code)
    assert indicator.name and indicator.text
    assert indicator.data_source and indicator.collector and indicator.frequency
    assert indicator.cycle in CYCLES
    assert (indicator.capital in CAPITAL_KEYS) == (indicator.cycle in WITH_CAPITALS)
    assert indicator.capital == "" or indicator.cycle in WITH_CAPITALS
    assert indicator.kind in {"number", "percentage", "story_count"}
    assert indicator.direction in DIRECTIONS
    invented = INVENTED[example.slug] in indicator.data_source
    named = koatz.KOATZ[:17] if example is PRIMARY_CARE else amr.OURS
    assert (named in indicator.data_source) != invented


@each_example_indicator
def test_an_example_observation_says_where_it_is_from(example, indicator):
    invented = INVENTED[example.slug]
    periods = [(seen.start, seen.end) for seen in indicator.observations]
    assert periods == sorted(set(periods))
    for before, after in zip(periods, periods[1:], strict=False):
        assert before[1] < after[0]
    for seen in indicator.observations:
        assert seen.start <= seen.end
        assert seen.source == (
            invented if invented in indicator.data_source else SOURCE[example.slug]
        )
        if indicator.kind == "percentage":
            assert seen.value is None and 0 <= seen.numerator <= seen.denominator > 0
        else:
            assert indicator.kind == "number" and Decimal(seen.value) >= 0
            assert seen.numerator is seen.denominator is None


@each_example_indicator
def test_an_example_target_is_of_an_invented_indicator_and_lies_ahead(example, indicator):
    for target in indicator.targets:
        assert INVENTED[example.slug] in indicator.data_source
        assert indicator.observations[-1].end < target.start < target.end
        assert Decimal(target.value) > 0


def figures(example, source):
    return {
        code: seen.value or (seen.numerator, seen.denominator)
        for code, indicator in indicators_of(example).items()
        for seen in indicator.observations
        if seen.source == source
    }


def test_published_figures_are_exactly_those_of_the_sources():
    assert figures(PRIMARY_CARE, koatz.KOATZ) == {
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
    assert figures(AMR_GENOMICS, amr.SAGESA) == {
        "network-members": "471",
        "taking-part": "200",
        "follow-up-answers": (27, 200),
        "countries": "46",
    }


def numbers_of(seen):
    return {
        Decimal(number)
        for number in (seen.value, seen.numerator, seen.denominator)
        if number is not None
    }


@each_told
def test_no_invented_figure_looks_like_a_published_one(example):
    """Small counts apart, which anything may have."""
    seen = [one for indicator in example.indicators for one in indicator.observations]
    source = SOURCE[example.slug]
    published = set().union(*(numbers_of(one) for one in seen if one.source == source))
    invented = set().union(*(numbers_of(one) for one in seen if one.source != source))
    aims = {Decimal(t.value) for indicator in example.indicators for t in indicator.targets}
    assert {number for number in published & (invented | aims) if number >= 10} == set()


def test_the_studies_fill_their_time_and_the_dates_are_called_placeholders():
    for example, source in ((PRIMARY_CARE, koatz.KOATZ), (AMR_GENOMICS, amr.SAGESA)):
        seen = [
            seen
            for indicator in example.indicators
            for seen in indicator.observations
            if seen.source == source
        ]
        assert all("dates are placeholders" in one.note for one in seen)
        assert len({(one.start, one.end) for one in seen}) == 1
    start, end = koatz.STUDY
    assert ((end - start).days + 1) / 7 == 65
    assert [str(day) for day in amr.STUDY] == ["2023-01-01", "2024-06-30"]  # 18 months


def test_the_plan_of_collection_is_in_the_indicators():
    ways = (amr.NEEDS, amr.FORM, amr.ANALYTICS, amr.NOTES, amr.FOLLOW_UP, amr.CHECK_IN)
    cycles = {
        what: {
            indicator.cycle
            for indicator in AMR_GENOMICS.indicators
            if what in indicator.data_source and when in indicator.frequency
        }
        for what, when in ways
    }
    assert all(cycles.values())
    assert cycles["check-in"] == {"realized", "reframing"}


@each_story
def test_a_story_refers_only_to_what_is_there(example, story):
    people, codes = people_of(example), indicators_of(example).keys()
    assert story.teller in people or story.teller in guests_of(example)
    assert story.elicitor in people or story.elicitor == ""
    assert story.recorder in people or story.recorder == ""
    for step in story.steps:
        assert step.cycle in CYCLES
        assert set(step.indicators) <= codes
        assert len(set(step.indicators)) == len(step.indicators)
        assert step.capital in ("", *CAPITAL_KEYS)
        assert step.capital == "" or step.cycle in WITH_CAPITALS
    for link in story.links:
        assert link.start != link.end
        assert {link.start, link.end} <= set(range(1, len(story.steps) + 1))
    joined = [(link.start, link.end) for link in story.links]
    assert len(set(joined)) == len(joined)


@each_story
def test_a_story_holds_only_known_choices(example, story):
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
def test_a_story_is_told_in_a_few_steps(example, story):
    dense = story.language == "zh"  # a character is a word or half of one
    assert 3 <= len(story.steps) <= 6
    assert story.links
    assert all(len(step.text) > (20 if dense else 40) for step in story.steps)
    assert all(link.how.endswith((".", "?", "。")) for link in story.links)
    assert not any(link.how.lower().startswith("because") for link in story.links)


@each_story
def test_minutes_are_those_of_roles_that_somebody_held(example, story):
    teller, elicitor, recorder = story.minutes
    assert teller >= 0
    assert elicitor == 0 or story.elicitor
    assert recorder == 0 or story.recorder


@each_story
def test_unconfirmed_parts_are_parts_of_a_story_that_somebody_recorded(example, story):
    unconfirmed = story.unconfirmed_steps or story.unconfirmed_touches or story.unconfirmed_links
    assert story.proposed == bool(unconfirmed)
    assert not story.proposed or story.recorder
    assert set(story.unconfirmed_steps) <= set(range(1, len(story.steps) + 1))
    assert set(story.unconfirmed_links) <= {(link.start, link.end) for link in story.links}
    for number, code in story.unconfirmed_touches:
        assert code in story.steps[number - 1].indicators


def test_no_two_stories_share_a_text():
    stories = [story for example in TOLD for story in example.stories]
    texts = [story.title for story in stories]
    texts += [step.text for story in stories for step in story.steps]
    texts += [link.how for story in stories for link in story.links]
    assert len(set(texts)) == len(texts)


def test_the_unknown_have_no_name_and_no_two_stories_share_another_name():
    for example in TOLD:
        assert guests_of(example)["unknown"].name == ""
    pseudonyms = [s.pseudonym for example in TOLD for s in example.stories if s.pseudonym]
    assert len(set(pseudonyms)) == len(pseudonyms)


def places(story):
    return [CYCLES.index(step.cycle) for step in story.steps]


def has(**wanted):
    """Is there a step with all of this?"""
    return lambda story: any(
        all(getattr(step, name) == value for name, value in wanted.items()) for step in story.steps
    )


def has_emoji(story):
    return re.search("[\U0001f300-\U0001faff]", story.title + story.steps[0].text) is not None


KINDS = {
    "a specific story": lambda story: story.template == "specific",
    "a personal narrative": lambda story: story.template == "personal",
    "no value in immediate": has(cycle="immediate", value="none_created"),
    "no value in potential": has(cycle="potential", value="none_created"),
    "no value in applied": has(cycle="applied", value="none_created"),
    "no value in realized": has(cycle="realized", value="none_created"),
    "harm": has(value="negative"),
    "value left open": has(value="unset"),
    "a hoped ending": lambda story: story.steps[-1].tense == "hoped",
    "all of it hoped": lambda story: {step.tense for step in story.steps} == {"hoped"},
    "hoped for, did not happen": has(tense="did_not_happen"),
    "starts at cycle 3": lambda story: story.steps[0].cycle == "applied",
    "starts at cycle 5": lambda story: story.steps[0].cycle == "reframing",
    "skips a cycle": lambda story: bool(
        set(range(min(places(story)), max(places(story)))) - set(places(story))
    ),
    "goes back": lambda story: places(story) != sorted(places(story)),
    "a link to an earlier step": lambda story: any(link.end < link.start for link in story.links),
    "two links from one step": lambda story: (
        len({link.start for link in story.links}) < len(story.links)
    ),
    "touches two indicators at once": lambda story: any(
        len(step.indicators) > 1 for step in story.steps
    ),
    "touches none": has(indicators=()),
    "would have happened anyway": lambda story: any(
        link.would_have_happened_anyway for link in story.links
    ),
    "other influences": lambda story: any(link.other_influences for link in story.links),
    "somebody could say so too": lambda story: any(link.corroborator for link in story.links),
    "by name": lambda story: story.attribution == "name",
    "anonymous": lambda story: story.attribution == "anonymous",
    "by another name": lambda story: story.attribution == "pseudonym",
    "not to be quoted": lambda story: not story.quotable,
    "for me": lambda story: story.audience == "me",
    "for facilitators": lambda story: story.audience == "facilitators",
    "for members": lambda story: story.audience == "members",
    "for funders": lambda story: story.audience == "funders",
    "for everybody": lambda story: story.audience == "public",
    "draft": lambda story: story.status == "draft",
    "waiting": lambda story: story.status == "submitted",
    "returned": lambda story: story.status == "returned",
    "published": lambda story: story.status == "published",
    "hidden": lambda story: story.status == "hidden",
    "withdrawn": lambda story: story.status == "withdrawn",
    "a step not confirmed": lambda story: bool(story.unconfirmed_steps),
    "a touch not confirmed": lambda story: bool(story.unconfirmed_touches),
    "a link not confirmed": lambda story: bool(story.unconfirmed_links),
    "by a guest": lambda story: story.teller in ("rosa", "grace", "paul"),
    "teller not known": lambda story: story.teller == "unknown",
    "English": lambda story: story.language == "en",
    "Spanish": lambda story: story.language == "es",
    "Portuguese": lambda story: story.language == "pt",
    "Greek": lambda story: story.language == "el",
    "Arabic": lambda story: story.language == "ar",
    "Chinese": lambda story: story.language == "zh",
    "emoji": has_emoji,
    "three people and their minutes": lambda story: (
        all(story.minutes) and len({story.teller, story.elicitor, story.recorder}) == 3
    ),
}


def test_the_examples_hold_about_60_stories():
    assert [len(example.stories) for example in EXAMPLES] == [22, 41, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_story_is_there(kind):
    assert any(KINDS[kind](story) for example in TOLD for story in example.stories)


@each_told
def test_some_tell_several_stories(example):
    tellers = Counter(story.teller for story in published_of(example))
    assert sum(times > 1 for times in tellers.values()) >= 3


@each_told
def test_a_funder_meets_every_state_of_a_cell(example):
    indicators = indicators_of(example)
    stories = read_by_funders(example)
    touched = {code for story in stories for step in story.steps for code in step.indicators}
    counted = {code for code, indicator in indicators.items() if indicator.observations}
    assert touched & counted
    assert touched - counted
    assert {step.cycle for story in stories for step in story.steps} == set(CYCLES)
    if example is PRIMARY_CARE:
        assert counted - touched
        assert indicators.keys() - touched - counted
