"""How some indicators lead to others: threads within a story, paths over many stories, and how much
evidence holds them (framework.md, "Analytics", 1 to 4). All of it told or confirmed, and happened.

Edges are the pairs that the matrix shows; boxes without an indicator and loops onto oneself are none.
"""

from collections import deque
from dataclasses import dataclass
from itertools import islice

import networkx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from networkx.algorithms.flow import build_residual_network, shortest_augmenting_path

from indicators.models import Indicator
from stories.models import Story

from . import reading
from .threads import Told, sources, told_between, touched_in

# The most links of a thread or a path, where nobody asks for others.
LONGEST = 4
MOST_PATHS = 20
START, END = "start", "end"


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
        touched = touched_in(told, {one for way in ways for one in way})
    found = [told_whole(told, way, *touched) for way in ways]
    threads = complete(told, longest)
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
    onward = {}
    for u, v in arrows:
        onward.setdefault(u, []).append(v)
    found = dict.fromkeys(starts, 0)
    waiting = deque(starts)
    while waiting:
        x = waiting.popleft()
        for following in onward.get(x, ()):
            if following not in found:
                found[following] = found[x] + 1
                waiting.append(following)
    return found


def simple_paths(edges, origins, targets, longest):
    """Up to MOST_PATHS ways of at most `longest` pairs that visit no indicator twice, short ones
    first."""
    graph = networkx.DiGraph([(edge.u, edge.v) for edge in edges])
    graph.add_nodes_from(origins | targets)
    ways = (
        path
        for length in range(1, longest + 1)
        for origin in sorted(origins)
        for path in networkx.all_simple_paths(graph, origin, targets, cutoff=length)
        if len(path) == length + 1
    )
    return [tuple(path) for path in islice(ways, MOST_PATHS)]


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
    every path. Ends are of infinite capacity."""
    graph = networkx.DiGraph()
    graph.add_nodes_from([START, END])
    graph.add_edges_from((START, origin) for origin in origins)
    graph.add_edges_from((target, END) for target in targets)
    graph.add_weighted_edges_from(
        ((edge.u, edge.v, edge.citations) for edge in edges), weight="capacity"
    )
    # Most of the time goes into building it, so both flows share it: n is nowhere more than c.
    residual = build_residual_network(graph, "capacity")
    solve = {"flow_func": shortest_augmenting_path, "residual": residual}
    citations, (near, _far) = networkx.minimum_cut(graph, START, END, **solve)
    for edge in edges:
        residual[edge.u][edge.v]["capacity"] = edge.tellers
    tellers = networkx.maximum_flow_value(graph, START, END, **solve)
    return citations, tellers, [edge for edge in edges if edge.u in near and edge.v not in near]
