"""`bench matrix`: how quickly the matrix keeps up, against a floor measured in the same run."""

import random
import statistics
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from communities.models import Community, Teller
from communities.permissions import Audience
from matrix import build, paths, sync
from matrix.models import Pair, Pending
from stories.models import Step, Story

SMALL = 3_000
CHANGES = 100
ALL_TIERS = [audience for audience in Audience if audience > Audience.ME]


class Command(BaseCommand):
    help = "Measures the matrix at two sizes, in one run. It never fails on a figure."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["matrix"])
        parser.add_argument("--stories", type=int, default=300_000)
        parser.add_argument("--indicators", type=int, default=200)
        parser.add_argument("--tellers", type=int, default=50_000)

    def handle(self, *, stories, indicators, tellers, **options):
        random.seed(1)
        sizes = {SMALL: max(1, tellers * SMALL // stories), stories: tellers}
        for size, people in sizes.items():
            seconds = timed(
                lambda size=size, people=people: call_command(
                    "seed_bench", stories=size, indicators=indicators, tellers=people
                )
            )
            self.stdout.write(f"seeded {size:,} stories in {seconds:.0f} s")
        small, large = (Community.objects.get(slug=f"bench-{size}") for size in sizes)
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        self.one_change(small, large)
        self.refresh(large)
        self.sums(large)
        self.paths(large)

    def say(self, what, ours, floor, limit, unit="ms"):
        """A line: what, ours, the floor, the ratio and what it should be at most."""
        self.stdout.write(
            f"{what}: {ours:,.2f} {unit}, floor {floor:,.2f} {unit},"
            f" ratio {ours / floor:.4g} (at most {limit})"
        )

    def one_change(self, small, large):
        """A changed story, synced; the sizes in turn, so that both have the same machine."""
        found = {small: [], large: []}
        stories = {one: published(one, CHANGES) for one in found}
        for number in range(CHANGES):
            for community, times in found.items():
                times.append(sync_of(community, stories[community][number : number + 1]))
        middle = {one: 1000 * statistics.median(times) for one, times in found.items()}
        self.say("a one changed story", middle[large], middle[small], 1.25)
        self.changed = middle[large]
        guest = Teller.objects.get(community=large, name="Guest 0")
        heavy = list(guest.stories.filter(status="published").values_list("pk", flat=True)[:30])
        times = [sync_of(large, [pk]) for pk in heavy]
        middle_heavy = 1000 * statistics.median(times)
        what = f"a one story of a guest with {guest.stories.count():,}"
        self.say(what, middle_heavy, middle[small], 1.5)
        batch = published(large, 1000)
        per_story = 1000 * sync_of(large, batch) / len(batch)
        self.say("a batch of 1,000, a story", per_story, 0.5, "1, the floor being 0.5 ms")

    def refresh(self, large):
        """The same sums as a materialized view, refreshed as PostgreSQL does."""
        statement = build.result(build.sums(build.source(large)))
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE MATERIALIZED VIEW bench_sums AS {statement.sql}", statement.params
            )
            cursor.execute(f"CREATE UNIQUE INDEX ON bench_sums ({', '.join(build.KEY)})")

            def refresh():
                cursor.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY bench_sums")

            floor = 1000 * timed(refresh)
            cursor.execute("DROP MATERIALIZED VIEW bench_sums")
        self.say("a one changed story against REFRESH", self.changed, floor, "1/300 = 0.0033")

    def sums(self, large):
        floor = sum(timed(lambda one=one: run(one)) for one in plain_statements(large))
        ours = timed(lambda: run(build.result(build.sums(build.source(large)))))
        self.say("d the sums from source", ours, floor, 1.2, "s")
        self.say(
            "d a whole rebuild, nothing wrong", timed(lambda: sync.rebuild(large)), floor, 1.8, "s"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE matrix_claim SET tense = 'hoped' WHERE community_id = %s", [large.pk]
            )
        self.say(
            "d a whole rebuild, all of it wrong",
            timed(lambda: sync.rebuild(large)),
            floor,
            2.5,
            "s",
        )

    def paths(self, large):
        heaviest = Pair.objects.filter(community=large, audience=Audience.FACILITATORS)
        of_box = dict(large.indicators.exclude(box=None).values_list("box", "pk"))
        rows = heaviest.exclude(happened_tellers=0).order_by("-happened_tellers")
        pairs = [
            (of_box[u], of_box[v])
            for u, v in rows.values_list("u", "v")
            if u in of_box and v in of_box and u != v
        ]

        def find(pair):
            return timed(lambda: paths.between(large, Audience.FACILITATORS, {pair[0]}, {pair[1]}))

        self.say(
            "f paths of the heaviest pair", find(pairs[0]), 1.2, "1, the floor being 1.2 s", "s"
        )
        some = random.sample(pairs, 9)
        middle = statistics.median(find(pair) for pair in some)
        self.say("f paths of the median pair", middle, 0.4, "1, the floor being 0.4 s", "s")
        edges = paths.edges_of(large, Audience.FACILITATORS)
        ends = ({pairs[0][0]}, {pairs[0][1]})

        def robustness():
            paths.weakest(edges, *ends)

        self.say("f robustness and cut", timed(robustness), 0.2, "1, the floor being 0.2 s", "s")


def timed(act):
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement.sql}) AS rows", statement.params)


def published(community, many):
    stories = Story.objects.filter(community=community, status="published")
    return random.sample(list(stories.values_list("pk", flat=True)), many)


def sync_of(community, stories):
    """The seconds in which the worker takes in that these stories have changed."""
    with transaction.atomic():
        step = Step.objects.filter(story__in=stories, position=1)
        step.update(tense=random.choice(Step.Tense.values))
        Pending.objects.bulk_create(Pending(community=community, story=pk) for pk in stories)
    return timed(lambda: sync.sync_batch(community))


def plain_statements(community):
    """The same sums as anybody would write them: for each audience one GROUP BY of the touches and
    one of the links, with distinct counts."""
    source = build.source(community)
    counts = ", ".join(
        f"count(DISTINCT teller) FILTER (WHERE known AND {test}),"
        f" count(DISTINCT story) FILTER (WHERE {test}), count(*) FILTER (WHERE {test})"
        for test in build.FACETS.values()
    )
    counts += ", count(DISTINCT story) FILTER (WHERE NOT known)"
    for audience in ALL_TIERS:
        for what, keys in (("v = 0", "GROUPING SETS ((u), (cycle), ())"), ("v <> 0", "u, v")):
            yield (
                f"SELECT {counts} FROM ("
                + source
                + f") AS source WHERE audience >= {int(audience)} AND {what} GROUP BY {keys}"
            )
