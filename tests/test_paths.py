"""Threads, robustness, the weakest evidence and the ways between indicators: by hand, and against every
walk and every cut of small random communities."""

from itertools import chain, combinations

import networkx
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities.actions import add_guest_teller
from communities.permissions import Audience
from matrix import sync
from matrix.paths import (
    Edge,
    between,
    distances,
    on_the_way,
    robustness,
    simple_paths,
    threads,
)
from stories import actions

from .make import make_community, make_indicator, make_member, make_published, make_step

# Random graphs ----------------------------------------------------------------------------------
NODES = range(6)
graphs = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda one: one[0] != one[1]),
    st.tuples(st.integers(1, 9), st.integers(1, 4)),
    max_size=14,
).map(lambda found: [Edge(u, v, c, n) for (u, v), (c, n) in sorted(found.items())])
ends = st.tuples(
    st.sets(st.sampled_from([0, 1]), min_size=1), st.sets(st.sampled_from([4, 5]), min_size=1)
)
lengths = st.integers(1, 8)


def every_cut(edges, origins, targets, capacity):
    """The least that crosses from any set that holds the origins to the rest."""
    others = set(NODES) - origins - targets
    sides = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    return min(
        sum(
            getattr(edge, capacity)
            for edge in edges
            if edge.u in origins | set(side) and edge.v not in origins | set(side)
        )
        for side in sides
    )


@given(edges=graphs, ends=ends)
@settings(max_examples=150, deadline=None)
def test_robustness_is_the_least_cut_of_all(edges, ends):
    citations, tellers, cut = robustness(edges, *ends)
    assert tellers == every_cut(edges, *ends, "tellers")
    assert citations == sum(edge.citations for edge in cut) == every_cut(edges, *ends, "citations")
    left = networkx.DiGraph([(edge.u, edge.v) for edge in edges if edge not in cut])
    left.add_nodes_from(NODES)
    assert not any(
        networkx.has_path(left, origin, target) for origin in ends[0] for target in ends[1]
    )


@given(edges=graphs, ends=ends)
@settings(max_examples=150, deadline=None)
def test_of_several_cuts_it_is_the_one_nearest_the_targets(edges, ends):
    graph = networkx.DiGraph()
    graph.add_nodes_from(["start", "end"])
    graph.add_edges_from(("start", origin) for origin in ends[0])
    graph.add_edges_from((target, "end") for target in ends[1])
    graph.add_weighted_edges_from(((e.u, e.v, e.citations) for e in edges), weight="capacity")
    citations, (near, _far) = networkx.minimum_cut(graph, "start", "end")
    cut = [edge for edge in edges if edge.u in near and edge.v not in near]
    for edge in edges:
        graph[edge.u][edge.v]["capacity"] = edge.tellers
    tellers = networkx.maximum_flow_value(graph, "start", "end")
    assert robustness(edges, *ends) == (citations, tellers, cut)


def test_a_weakest_link_of_two_is_the_last():
    edges = [Edge(0, 1, 5, 1), Edge(1, 2, 3, 1), Edge(2, 3, 3, 1), Edge(3, 4, 5, 1)]
    assert robustness(edges, {0}, {4}) == (3, 1, [edges[2]])


def test_without_evidence_there_is_nothing_to_doubt():
    assert robustness([], {0}, {1}) == (0, 0, [])
    assert simple_paths([], {0}, {1}, 4) == []


@given(edges=graphs, ends=ends, longest=lengths)
@settings(max_examples=150, deadline=None)
def test_simple_paths_are_the_first_of_all_short_ones_first(edges, ends, longest):
    graph = networkx.DiGraph([(edge.u, edge.v) for edge in edges])
    graph.add_nodes_from(NODES)
    origins, targets = ends
    every = [
        tuple(path)
        for origin in sorted(origins)
        for path in networkx.all_simple_paths(graph, origin, targets, cutoff=longest)
    ]
    assert simple_paths(edges, *ends, longest) == sorted(every, key=len)[:20]


@given(edges=graphs, ends=ends, longest=lengths)
@settings(max_examples=150, deadline=None)
def test_what_is_on_the_way_is_within_reach_of_both_ends(edges, ends, longest):
    graph = networkx.DiGraph([(edge.u, edge.v) for edge in edges])
    graph.add_nodes_from(NODES)
    lengths = dict(networkx.all_pairs_shortest_path_length(graph))
    far = 99

    def away(x):
        return min(lengths[origin].get(x, far) for origin in ends[0])

    def back(x):
        return min(lengths[x].get(target, far) for target in ends[1])

    assert on_the_way(edges, *ends, longest) == {x for x in NODES if away(x) + back(x) <= longest}
    found = simple_paths(edges, *ends, longest)
    pairs = {(edge.u, edge.v) for edge in edges}
    assert len(set(found)) == len(found)
    for path in found:
        assert path[0] in ends[0] and path[-1] in ends[1]
        assert set(zip(path, path[1:], strict=False)) <= pairs
        assert len(path) <= longest + 1
    assert [len(path) for path in found] == sorted(len(path) for path in found)


def test_distances_go_round_loops_once():
    assert distances([(1, 2), (2, 1), (2, 3)], {1}) == {1: 0, 2: 1, 3: 2}


# Random stories ---------------------------------------------------------------------------------
written = st.tuples(
    st.sets(st.integers(0, 3), max_size=2),
    st.sampled_from(["happened", "happened", "happened", "hoped"]),
)
told = st.tuples(
    st.integers(0, 3),  # its teller; the last one nobody knows
    st.lists(written, min_size=2, max_size=5),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8),
    st.sampled_from([Audience.FACILITATORS, Audience.MEMBERS, Audience.PUBLIC]),
)


def every_walk(steps, links, origins, targets, longest):
    """Whether a walk of 1 to `longest` links leads from a step of an origin to one of a target."""
    happened = [tense == "happened" for _touched, tense in steps]
    joined = {(a, b) for a, b in links if happened[a] and happened[b]}
    here = {n for n, (touched, _tense) in enumerate(steps) if touched & origins and happened[n]}
    for _link in range(longest):
        here = {b for a, b in joined if a in here}
        if any(steps[n][0] & targets for n in here):
            return True
    return False


class TestThreads(TestCase):
    @given(stories=st.lists(told, max_size=5), longest=lengths, several=st.booleans())
    @settings(deadline=None)
    def test_against_every_walk_story_by_story(self, stories, longest, several):
        community = make_community()
        indicators = [make_indicator(community) for _each in range(4)]
        people = [make_member(community) for _each in range(3)]
        people.append(add_guest_teller(community=community, name=""))
        origins, targets = ({0, 1}, {2, 3}) if several else ({0}, {3})
        tellers, found, unknown, pairs = set(), 0, 0, {}
        for number, (teller, steps, links, audience) in enumerate(stories):
            links = sorted((a, b) for a, b in links if a != b and max(a, b) < len(steps))
            make_published(
                community,
                people[teller],
                [
                    make_step(
                        community, "immediate", *(indicators[n] for n in touched), tense=tense
                    )
                    for touched, tense in steps
                ],
                links,
                audience=audience,
            )
            if audience < Audience.MEMBERS:
                continue
            if every_walk(steps, links, origins, targets, longest):
                found += 1
                unknown += teller == 3
                tellers |= {teller} - {3}
            for a, b in links:
                if steps[a][1] == steps[b][1] == "happened":
                    for u in steps[a][0]:
                        for v in steps[b][0] - {u}:
                            pairs.setdefault((u, v), set()).add((number, teller, a, b))
        sync.sync(community)
        of = {indicator.pk: n for n, indicator in enumerate(indicators)}
        ids = [{indicators[n].pk for n in some} for some in (origins, targets)]
        assert threads(community, Audience.MEMBERS, *ids, longest) == (
            len(tellers),
            found,
            unknown,
        )
        result = between(community, Audience.MEMBERS, *ids, longest)
        assert (result.tellers, result.stories, result.unknown_stories) == (
            len(tellers),
            found,
            unknown,
        )
        shown = {(of[e.u], of[e.v]): (e.citations, e.tellers) for e in result.edges}
        assert shown == {
            pair: (len(links), len({teller for _n, teller, _a, _b in links} - {3}))
            for pair, links in pairs.items()
            if {indicators[n].pk for n in pair} <= result.kept
        }


# By hand ----------------------------------------------------------------------------------------
@pytest.fixture
def abc(cast):
    return [
        make_indicator(cast.community, cycle, name)
        for cycle, name in (("immediate", "A"), ("potential", "B"), ("applied", "C"))
    ]


def tell(cast, *touched, teller=None):
    steps = [make_step(cast.community, "immediate", *([one] if one else [])) for one in touched]
    links = [(n, n + 1) for n in range(len(steps) - 1)]
    story = make_published(cast.community, teller or cast.member, steps, links)
    sync.sync(cast.community)
    return story


def find(cast, *ends, **kwargs):
    origins, targets = ({one.pk for one in some} for some in ends)
    return between(cast.community, Audience.MEMBERS, origins, targets, **kwargs)


@pytest.mark.django_db
class TestByHand:
    def test_a_thread_of_one_story_and_a_path_stitched_from_two(self, cast, abc):
        a, b, c = abc
        other = make_member(cast.community)
        tell(cast, a, b)
        tell(cast, b, c, teller=other)
        found = find(cast, [a], [c])
        assert (found.tellers, found.stories) == (0, 0)
        assert (found.citations, found.sources, found.is_overstated) == (1, 1, True)
        assert [(path.indicators, path.is_stitched) for path in found.paths] == [
            ((a.pk, b.pk, c.pk), True)
        ]
        tell(cast, a, b, c, teller=other)
        found = find(cast, [a], [c])
        assert (found.tellers, found.stories) == (1, 1)
        assert [(path.tellers, path.is_stitched) for path in found.paths] == [(1, False)]
        assert (found.citations, found.sources) == (2, 1)

    def test_untouched_steps_are_passed_through_and_hold_no_evidence(self, cast, abc):
        a, _b, c = abc
        tell(cast, a, None, None, c)
        found = find(cast, [a], [c])
        assert (found.tellers, found.citations, found.paths) == (1, 0, [])
        assert find(cast, [a], [c], longest=2).tellers == 0

    def test_what_was_taken_back_is_gone_at_once(self, cast, abc):
        a, _b, c = abc
        story = tell(cast, a, c)
        actions.withdraw(story=story, by=cast.member)
        found = find(cast, [a], [c])
        assert (found.tellers, found.citations, found.edges, found.paths) == (0, 0, [], [])

    def test_ends_that_make_no_sense_are_refused(self, cast, abc):
        a, b, _c = abc
        for origins, targets in (([a], [a]), ([a, b], [b]), ([], [b]), ([a], [])):
            with pytest.raises(ValidationError):
                find(cast, origins, targets)

    def test_queries_do_not_grow(self, cast, abc, django_assert_num_queries):
        a, b, c = abc
        for _each in (1, 2):
            for _story in range(2):
                tell(cast, a, b, c, teller=make_member(cast.community))
            with django_assert_num_queries(9):
                find(cast, [a], [c])
