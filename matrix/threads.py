"""Stories that hold both ends of what is asked for, and which of them lead from one to the other: all
of it told or confirmed, and happened (framework.md, "Analytics", 2)."""

from collections import defaultdict
from dataclasses import dataclass, field

from communities.models import Teller
from indicators.models import Indicator
from stories.models import Link, Step, Touch

from .models import Box, Claim

HAPPENED = {"from_step__tense": Step.Tense.HAPPENED, "to_step__tense": Step.Tense.HAPPENED}


@dataclass
class Told:
    """A story: its teller (None for an unknown one), the steps that touch an origin or a target, and
    {step: the steps that its links lead to}."""

    teller: int | None
    begin: set[int]
    end: set[int]
    onward: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def leads(self, longest):
        """Whether a chain of 1 to `longest` links leads from a beginning to an end. Untouched steps on
        the way are passed through, and a loop may be walked."""
        here = self.begin
        for _link in range(longest):
            here = {following for step in here for following in self.onward.get(step, ())}
            if here & self.end:
                return True
        return False

    def tells_whole(self, way, touching):
        """Whether links lead along the indicators of the way from touch to touch; `touching`: {step:
        the indicators it touches}."""
        here = {step for step in self.begin if way[0] in touching[step]}
        for following in way[1:]:
            reached = {after for step in here for after in self.onward.get(step, ())}
            here = {step for step in reached if following in touching[step]}
        return bool(here)


def told_between(stories, origins, targets):
    """{story: Told} of those of `stories` that touch both ends. Which may do so is asked of what the
    matrix has counted, so that no story is read that does not; what they tell, of themselves."""
    candidates = stories_at(origins) & stories_at(targets)
    touches = Touch.objects.counted().filter(
        indicator__state__in=Indicator.DRAWN,
        step__tense=Step.Tense.HAPPENED,
        step__story__in=candidates,
    )
    begin, end = (by_story(touches.filter(indicator__in=some)) for some in (origins, targets))
    both = begin.keys() & end.keys()
    found = {
        story: Told(None if kind == Teller.Kind.UNKNOWN else teller, begin[story], end[story])
        for story, teller, kind in stories.filter(pk__in=both).values_list(
            "pk", "teller", "teller__kind"
        )
    }
    links = Link.objects.counted().filter(story__in=both, **HAPPENED).order_by()
    for story, start, following in links.values_list("story", "from_step", "to_step"):
        if story in found:
            found[story].onward[start].append(following)
    return found


def stories_at(indicators):
    """The stories that the matrix counts at one of the indicators."""
    boxes = dict(Box.objects.filter(indicator__in=indicators).values_list("pk", "community"))
    at = Claim.objects.filter(community__in=set(boxes.values()), u__in=boxes, v=None)
    return set(at.values_list("story", flat=True))


def by_story(touches):
    found = defaultdict(set)
    for story, step in touches.order_by().values_list("step__story", "step"):
        found[story].add(step)
    return found


def touched_in(told, indicators):
    """({step: which of the indicators it touches}, {indicator: the stories that touch it}), of these
    stories."""
    by_step, by_indicator = defaultdict(set), defaultdict(set)
    touches = Touch.objects.counted().filter(step__story__in=told.keys(), indicator__in=indicators)
    rows = touches.order_by().values_list("step__story", "step", "indicator")
    for story, step, indicator in rows:
        by_step[step].add(indicator)
        by_indicator[indicator].add(story)
    return by_step, by_indicator


def sources(told):
    """(distinct tellers, stories, stories of unknown tellers)."""
    tellers = [one.teller for one in told]
    return len(set(tellers) - {None}), len(tellers), tellers.count(None)
