"""How one indicator leads to another, within a story: chains of told or confirmed links between steps
that happened (framework.md, "Analytics", 2)."""

from collections import deque

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from communities.models import Teller
from indicators.models import Indicator
from stories.models import Link, Step, Story, Touch

from .build import Statement

# The most links of a chain; untouched steps on the way are passed through.
LONGEST = 4
KNOWN = ExpressionWrapper(
    ~Q(step__story__teller__kind=Teller.Kind.UNKNOWN), output_field=BooleanField()
)
HAPPENED = {"from_step__tense": Step.Tense.HAPPENED, "to_step__tense": Step.Tense.HAPPENED}


def ends_of(story):
    """(A, B), the indicators that the longest chain of a `with_trail` story leads between; None where
    it holds no chain from one indicator to another."""
    steps = [step for step in story.steps.all() if step.is_counted and step.has_happened]
    touched = {step.pk: touched_by(step) for step in steps}
    onward = {}
    for link in story.links.all():
        if link.is_counted and {link.from_step_id, link.to_step_id} <= touched.keys():
            onward.setdefault(link.from_step_id, []).append(link.to_step_id)
    found, longest = None, 0
    for step in steps:
        for pk, length in reached(step.pk, onward).items():
            pairs = [(a, b) for a in touched[step.pk] for b in touched[pk] if a != b]
            if pairs and length > longest:
                found, longest = pairs[0], length
    return found


def touched_by(step):
    touches = [touch for touch in step.touches.all() if touch.is_counted]
    return [touch.indicator for touch in touches if touch.indicator.is_drawn]


def reached(start, onward):
    """{step: the least number of links to it}, for those within LONGEST links."""
    lengths, waiting = {}, deque([(start, 0)])
    while waiting:
        step, length = waiting.popleft()
        for following in onward.get(step, ()) if length < LONGEST else ():
            if following not in lengths:
                lengths[following] = length + 1
                waiting.append((following, length + 1))
    return lengths


def others_who_tell(story, ends, audience):
    """(tellers, stories of unknown tellers) besides this story's teller, of whom at least one story
    that this audience may open holds a chain between the same `ends`."""
    touches = Touch.objects.counted().filter(indicator__state__in=Indicator.DRAWN).order_by()
    here = touches.filter(step__story=OuterRef("pk"), step__tense=Step.Tense.HAPPENED)
    stories = Story.objects.counted_for(audience).filter(community=story.community)
    stories = stories.exclude(pk=story.pk).filter(
        *(Exists(here.filter(indicator=end)) for end in ends)
    )
    # Nobody knows whether two unknown tellers are one.
    if story.teller.kind != Teller.Kind.UNKNOWN:
        stories = stories.exclude(teller=story.teller)
    begin, end = (
        touches.filter(step__story__in=stories, step__tense=Step.Tense.HAPPENED, indicator=one)
        for one in ends
    )
    links = Link.objects.counted().filter(story__in=stories, **HAPPENED).order_by()
    chains = (
        "WITH RECURSIVE joined(start, following) AS MATERIALIZED ("
        + Statement.of(links.values_list("from_step", "to_step"))
        + "), walked(step, length) AS ("
        + Statement.of(begin.values_list("step", Value(0)))
        + f""" UNION SELECT following, length + 1 FROM walked JOIN joined ON start = step
            WHERE length < {LONGEST})
        SELECT count(DISTINCT teller) FILTER (WHERE known),
            count(DISTINCT story) FILTER (WHERE NOT known)
        FROM ("""
        + Statement.of(end.values_list("step", "step__story", "step__story__teller", KNOWN))
        + ") AS arrived(step, story, teller, known) JOIN walked USING (step) WHERE length > 0"
    )
    return chains.rows()[0]
