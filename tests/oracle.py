"""What the matrix adds up, said a second time in plain Python from framework.md, for comparison.

`matrix_of(community)` gives {(audience, u, v, cycle): {column: number}} with the keys of
`matrix.build`, from rows read one by one; nothing of `matrix.build` is used but the names."""

from collections import defaultdict
from itertools import product

from communities.models import Teller
from communities.permissions import Audience
from indicators.models import Indicator
from matrix.build import COLUMNS, FACETS
from matrix.models import Cell, Pair
from stories.models import Step, Story

COUNTED = {"told", "confirmed"}
TRAIL = ["steps__touches__indicator__box", "steps__cycle__box", "links"]


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
    by_pk = {step.pk: step for step in steps}
    for link in story.links.all():
        start, end = by_pk.get(link.from_step_id), by_pk.get(link.to_step_id)
        if link.status not in COUNTED or not start or not end:
            continue
        for u, v in product(boxes_of(start), boxes_of(end)):
            yield (u, v, 0), tense_of(start, end), end.value


def tense_of(start, end):
    tenses = {start.tense, end.tense}
    if Step.Tense.DID_NOT_HAPPEN in tenses:
        return Step.Tense.DID_NOT_HAPPEN
    return Step.Tense.HAPPENED if tenses == {Step.Tense.HAPPENED} else Step.Tense.HOPED


def matrix_of(community, story_counts=lambda story: True, claim_counts=lambda tense, value: True):
    """Of the stories and claims only that these let through."""
    found = defaultdict(lambda: defaultdict(list))
    stories = Story.objects.filter(community=community, status="published")
    for story in stories.select_related("teller__user").prefetch_related(*TRAIL):
        if not story_counts(story):
            continue
        claims = [claim for claim in claims_of(story) if claim_counts(*claim[1:])]
        for audience in range(Audience.FACILITATORS, story.audience + 1):
            for key, tense, value in claims:
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


def stored_of(community):
    """The stored sums, in the shape of `matrix_of`."""
    cells = {
        (cell.audience, cell.box or 0, 0, cell.cycle or 0): cell
        for cell in Cell.objects.filter(community=community)
    }
    pairs = {
        (pair.audience, pair.u, pair.v, 0): pair
        for pair in Pair.objects.filter(community=community)
    }
    return {
        key: {column: getattr(sums, column) for column in COLUMNS}
        for key, sums in (cells | pairs).items()
    }


def differences(community):
    """The keys under which what is stored is not what it should be."""
    stored, right = stored_of(community), matrix_of(community)
    return sorted(key for key in stored | right if stored.get(key) != right.get(key))
