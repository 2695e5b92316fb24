"""How some indicators lead to others: threads within a story, paths over many stories, and how much
evidence holds them (framework.md, "Analytics", 1 to 4). All of it told or confirmed, and happened.

Edges are the pairs that the matrix shows; boxes without an indicator and loops onto oneself are none.
"""

from collections import deque
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from numpy import int32
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from indicators.models import Indicator
from stories.models import Story

from . import reading
from .threads import Told, sources, told_between, touched_in

# The most links of a thread or a path, where nobody asks for others.
LONGEST = 4
MOST_PATHS = 20


@dataclass(frozen=True)
class Edge:
    """A pair u → v of indicators: c(u,v), the distinct (story, link) that tell it, and n(u,v), the
    distinct tellers."""

    u: int
    v: int
    citations: int
    tellers: int


@dataclass(frozen=True)
class Path:
    """Indicators one after the other; `tellers` of whom one story tells all of it, link by link. Where
    no story does, the path is stitched together from several."""

    indicators: tuple[int, ...]
    tellers: int
    stories: int

    @property
    def is_stitched(self):
        return not self.stories


@dataclass(frozen=True)
class Between:
    """What leads from the origins to the targets. `tellers`: T; `unknown_stories`: complete threads of
    tellers nobody knows; `threads`: the stories (id: Told) that hold one; `citations` and `sources`:
    R_c and R_n; `cut`: the weakest evidence; `kept` and `edges`: what lies on the way."""

    tellers: int
    stories: int
    unknown_stories: int
    threads: dict[int, Told]
    citations: int
    sources: int
    cut: list[Edge]
    kept: set[int]
    edges: list[Edge]
    paths: list[Path]

    @property
    def is_overstated(self):
        """More sources seem to hold it than persons tell a complete thread."""
        return self.sources > self.tellers


def between(community, audience, origins, targets, longest=LONGEST):
    """What leads from the indicators `origins` to `targets` (ids), for an audience."""
    origins, targets = set(origins), set(targets)
    require_ends(origins, targets)
    with reading.one_moment():
        edges = edges_of(community, audience)
        told = told_between(counted_for(community, audience), origins, targets)
        kept = on_the_way(edges, origins, targets, longest)
        shown = [edge for edge in edges if {edge.u, edge.v} <= kept]
        ways = simple_paths(shown, origins, targets, longest)
        # No other story can tell the whole of a way.
        threads = complete(told, longest)
        touched = touched_in(threads, {one for way in ways for one in way})
    found = [told_whole(threads, way, *touched) for way in ways]
    tellers, stories, unknown_stories = sources(threads.values())
    citations, people, cut = robustness(edges, origins, targets)
    return Between(
        tellers=tellers,
        stories=stories,
        unknown_stories=unknown_stories,
        threads=threads,
        citations=citations,
        sources=people,
        cut=cut,
        kept=kept,
        edges=shown,
        paths=sorted(found, key=lambda path: (path.is_stitched, len(path.indicators))),
    )


def require_ends(origins, targets):
    if not origins or not targets:
        raise ValidationError(_("Choose where it begins and where it ends."))
    if origins & targets:
        raise ValidationError(_("Choose different indicators for the beginning and the end."))


def edges_of(community, audience):
    """[Edge] of the indicators that are drawn, as the matrix sums them for the audience."""
    drawn = Indicator.objects.filter(community=community).drawn()
    of_box = dict(drawn.exclude(box=None).values_list("box", "pk"))
    return [
        Edge(of_box[u], of_box[v], citations, tellers)
        for u, v, citations, tellers in reading.happened_pairs(community, audience)
        if u in of_box and v in of_box and u != v
    ]


def counted_for(community, audience):
    return Story.objects.counted_for(audience).filter(community=community)


def threads(community, audience, origins, targets, longest=LONGEST):
    """(T, stories, stories of unknown tellers): of whom, and in how many stories, a chain of at most
    `longest` links leads from a step that touches an origin to one that touches a target."""
    return leading(told_between(counted_for(community, audience), origins, targets), longest)


def leading(told, longest):
    return sources(complete(told, longest).values())


def complete(told, longest):
    return {story: one for story, one in told.items() if one.leads(longest)}


def told_in_one(found):
    """The pairs on the way that one story tells which holds the whole of it; the others are only stitched
    together from several."""
    by_step, _by_indicator = touched_in(found.threads, found.kept)
    told = {
        (u, v)
        for one in found.threads.values()
        for step, following in one.onward.items()
        for after in following
        for u in by_step.get(step, ())
        for v in by_step.get(after, ())
    }
    return {(edge.u, edge.v) for edge in found.edges} & told


def on_the_way(edges, origins, targets, longest=LONGEST):
    """The indicators x with d(origins, x) + d(x, targets) ≤ `longest`."""
    away = distances(((edge.u, edge.v) for edge in edges), origins)
    back = distances(((edge.v, edge.u) for edge in edges), targets)
    return {x for x in away.keys() & back.keys() if away[x] + back[x] <= longest}


def distances(arrows, starts):
    onward = onward_of(arrows)
    found = dict.fromkeys(starts, 0)
    waiting = deque(starts)
    while waiting:
        x = waiting.popleft()
        for following in onward.get(x, ()):
            if following not in found:
                found[following] = found[x] + 1
                waiting.append(following)
    return found


def onward_of(arrows):
    """{u: [v], in the order of the arrows u → v}."""
    onward = {}
    for u, v in arrows:
        onward.setdefault(u, []).append(v)
    return onward


def simple_paths(edges, origins, targets, longest):
    """Up to MOST_PATHS ways of at most `longest` pairs that visit no indicator twice, short ones
    first."""
    onward = onward_of((edge.u, edge.v) for edge in edges)
    back = distances(((edge.v, edge.u) for edge in edges), targets)

    def ways_of(way, length):
        """The ways that go on from here by so many pairs, into a target: what is too far from all targets
        is not entered, so where none is left, it is in one."""
        if not length:
            yield way
        elif not targets.issubset(way):
            for x in onward.get(way[-1], ()):
                if x not in way and back.get(x, length) < length:
                    yield from ways_of((*way, x), length - 1)

    ways = (
        way
        for length in range(1, longest + 1)
        for origin in sorted(origins)
        for way in ways_of((origin,), length)
    )
    return list(islice(ways, MOST_PATHS))


def told_whole(told, way, by_step, by_indicator):
    """The Path, with who tells all of it in one story, by links from touch to touch."""
    touching = set.intersection(*(by_indicator[one] for one in way))
    tellers, stories, _unknown = sources(
        [told[story] for story in touching if told[story].tells_whole(way, by_step)]
    )
    return Path(way, tellers, stories)


def robustness(edges, origins, targets):
    """(R_c, R_n, [Edge] of a minimum cut of R_c): the maximum flow from the origins to the targets, with
    capacity c and with capacity n, and the least number of claims one would have to doubt to break
    every path. Of several such cuts it is the one nearest the targets."""
    # All origins are vertex 0 and all targets vertex 1, so that nothing limits what the ends let through.
    others = {x for edge in edges for x in (edge.u, edge.v)} - origins - targets
    number = dict.fromkeys(origins, 0) | dict.fromkeys(targets, 1)
    number |= {x: n for n, x in enumerate(others, start=2)}
    arrows = [(number[edge.u], number[edge.v]) for edge in edges]
    citations, left = flow(arrows, [edge.citations for edge in edges])
    tellers, _left = flow(arrows, [edge.tellers for edge in edges])
    beyond = set(breadth_first_order(left.T, 1, return_predecessors=False).tolist())
    cut = [
        edge for edge, (u, v) in zip(edges, arrows, strict=True) if u not in beyond and v in beyond
    ]
    return citations, tellers, cut


def flow(arrows, capacities):
    """(the maximum flow from vertex 0 to vertex 1, what is left of the capacities)."""
    starts, ends = zip(*arrows, strict=True) if arrows else ((), ())
    size = max((1, *starts, *ends)) + 1
    limits = csr_array((capacities, (starts, ends)), shape=(size, size), dtype=int32)
    found = maximum_flow(limits, 0, 1)
    left = limits - found.flow
    left.eliminate_zeros()
    return int(found.flow_value), left
