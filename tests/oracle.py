"""What the matrix adds up, said a second time in plain Python from framework.md, for comparison.

`matrix_of(community)` gives {(audience, u, v, cycle): {column: number}} with the keys of
`matrix.build`, from rows read one by one; nothing of `matrix.build` is used but the names."""

from collections import defaultdict
from itertools import product

from communities.models import Teller
from communities.permissions import Audience
from indicators.models import Indicator
from matrix.build import COLUMNS, FACETS
from stories.models import Step, Story

COUNTED = {"told", "confirmed"}


def boxes_of(step):
    """The boxes a counted step is drawn in."""
    touched = [
        touch.indicator.box.pk
        for touch in step.touches.all()
        if touch.status in COUNTED
        and touch.indicator.state not in {Indicator.State.DECLINED, Indicator.State.MERGED}
    ]
    return touched or [step.cycle.box.pk]


def claims_of(story):
    """(key without audience, tense, value) of each claim of the story, once per sum it is in."""
    steps = [step for step in story.steps.all() if step.status in COUNTED]
    for step in steps:
        for box in boxes_of(step):
            for key in [(box, 0, 0), (0, 0, step.cycle_id), (0, 0, 0)]:
                yield key, step.tense, step.value
    for link in story.links.all():
        start, end = link.from_step, link.to_step
        if link.status not in COUNTED or start not in steps or end not in steps:
            continue
        for u, v in product(boxes_of(start), boxes_of(end)):
            yield (u, v, 0), tense_of(start, end), end.value


def tense_of(start, end):
    tenses = {start.tense, end.tense}
    if Step.Tense.DID_NOT_HAPPEN in tenses:
        return Step.Tense.DID_NOT_HAPPEN
    return Step.Tense.HAPPENED if tenses == {Step.Tense.HAPPENED} else Step.Tense.HOPED


def matrix_of(community):
    found = defaultdict(lambda: defaultdict(list))
    for story in Story.objects.filter(community=community, status="published"):
        for audience in range(Audience.FACILITATORS, story.audience + 1):
            for key, tense, value in claims_of(story):
                found[(audience, *key)][""].append(story)
                found[(audience, *key)][f"{tense}_"].append(story)
                found[(audience, *key)][f"{value}_"].append(story)
    return {key: numbers_of(facets) for key, facets in found.items()}


def numbers_of(facets):
    numbers = dict.fromkeys(COLUMNS, 0)
    for facet in FACETS:
        stories = facets.get(facet, [])
        known = {s.teller_id for s in stories if s.teller.kind != Teller.Kind.UNKNOWN}
        numbers[f"{facet}tellers"] = len(known)
        numbers[f"{facet}stories"] = len({s.pk for s in stories})
        numbers[f"{facet}claims"] = len(stories)
    unknown = {s.pk for s in facets[""] if s.teller.kind == Teller.Kind.UNKNOWN}
    numbers["unknown_stories"] = len(unknown)
    return numbers
