"""Stories that hold both ends of what is asked for, and which of them lead from one to the other: all
of it told or confirmed, and happened (framework.md, "Analytics", 2)."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Q
from django.db.models.expressions import RawSQL

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
    touches = Touch.objects.counted().filter(
        indicator__state__in=Indicator.DRAWN,
        indicator__in=origins | targets,
        step__tense=Step.Tense.HAPPENED,
        step__story__in=among(stories_at_both(origins, targets)),
    )
    begin, end = defaultdict(set), defaultdict(set)
    rows = touches.order_by().values_list("step__story", "step", "indicator")
    for story, step, indicator in rows:
        if indicator in origins:
            begin[story].add(step)
        if indicator in targets:
            end[story].add(step)
    both = begin.keys() & end.keys()
    found = {
        story: Told(None if kind == Teller.Kind.UNKNOWN else teller, begin[story], end[story])
        for story, teller, kind in stories.filter(pk__in=among(both)).values_list(
            "pk", "teller", "teller__kind"
        )
    }
    for story, start, following in links_of(found.keys()):
        found[story].onward[start].append(following)
    return found


def links_of(stories):
    """(story, step, step it led to) of what happened. That the steps of a link are of its story is said
    too: PostgreSQL, which can't know it, would read all steps there are."""
    of_them = ("story", "from_step__story", "to_step__story")
    links = Link.objects.counted().filter(**{f"{path}__in": among(stories) for path in of_them})
    return links.filter(**HAPPENED).order_by().values_list("story", "from_step", "to_step")


def among(stories):
    """These ids for an `__in`, as one parameter: Django would look at each of thousands."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(stories)])


def stories_at_both(origins, targets):
    """The stories of which the matrix counts that they happened at an origin and at a target."""
    boxes = Box.objects.filter(indicator__in=origins | targets)
    at_ends = [[box.pk for box in boxes if box.indicator_id in end] for end in (origins, targets)]
    if not all(at_ends):
        return []
    claims = Claim.objects.filter(
        community__in={box.community_id for box in boxes},
        u__in=[box.pk for box in boxes],
        v=None,
        tense=Step.Tense.HAPPENED,
    )
    begins, ends = (BoolOr(Q(u__in=some)) for some in at_ends)
    both = claims.values("story").annotate(begins=begins, ends=ends).filter(begins=True, ends=True)
    return list(both.values_list("story", flat=True))


def touched_in(told, indicators):
    """({step: which of the indicators it touches}, {indicator: the stories that touch it}), of these
    stories."""
    by_step, by_indicator = defaultdict(set), defaultdict(set)
    touches = Touch.objects.counted().filter(step__story__in=among(told), indicator__in=indicators)
    rows = touches.order_by().values_list("step__story", "step", "indicator")
    for story, step, indicator in rows:
        by_step[step].add(indicator)
        by_indicator[indicator].add(story)
    return by_step, by_indicator


def sources(told):
    """(distinct tellers, stories, stories of unknown tellers)."""
    tellers = [one.teller for one in told]
    return len(set(tellers) - {None}), len(tellers), tellers.count(None)
