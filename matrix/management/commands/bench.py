"""`bench matrix`: how quickly the matrix keeps up, against a floor measured in the same run;
`bench picture`: how quickly it is drawn."""

import os
import random
import statistics
import threading
import time
import uuid
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections, transaction
from django.test import Client

from communities.actions import add_member, add_person, teller_of
from communities.models import Community, Teller
from communities.permissions import Audience, Role
from matrix import build, paths, reading, sync, upkeep
from matrix.filtering import Filter
from matrix.management import picture_bench
from matrix.models import Pair, Pending
from stories.models import Step, Story

SMALL = 3_000
CHANGES = 100


class Command(BaseCommand):
    help = (
        "Measures the matrix at two sizes, or its drawing, in one run. It never fails on a figure."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["matrix", "picture"])
        parser.add_argument("--lines", default="abcdef", help="which of the lines a to f")
        parser.add_argument("--stories", type=int, default=300_000)
        parser.add_argument("--indicators", type=int, default=200)
        parser.add_argument("--tellers", type=int, default=50_000)

    def handle(self, *, what, lines, stories, indicators, tellers, **options):
        random.seed(1)
        if what == "picture":
            return picture_bench.measure(self.say, person_of)
        self.client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        sizes = {SMALL: max(1, tellers * SMALL // stories), stories: tellers}
        for size, people in sizes.items():
            if Community.objects.filter(slug=f"bench-{size}").exists():
                continue
            begin = time.perf_counter()
            call_command("seed_bench", stories=size, indicators=indicators, tellers=people)
            self.stdout.write(f"seeded {size:,} stories in {time.perf_counter() - begin:.0f} s")
        small, large = (Community.objects.get(slug=f"bench-{size}") for size in sizes)
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        measures = {
            "a": lambda: self.one_change(small, large),
            "b": lambda: self.withdrawal(large),
            "c": lambda: self.change_during_a_rebuild(large),
            "d": lambda: self.sums(large),
            "e": lambda: self.filters(large),
            "f": lambda: self.paths(large),
        }
        for line in lines:
            measures[line]()

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
        guest = Teller.objects.get(community=large, name="Guest 0")
        heavy = list(guest.stories.filter(status="published").values_list("pk", flat=True)[:30])
        times = [sync_of(large, [pk]) for pk in heavy]
        middle_heavy = 1000 * statistics.median(times)
        what = f"a one story of a guest with {guest.stories.count():,}"
        self.say(what, middle_heavy, middle[small], 1.5)
        alone = {one: execution_alone(one, stories[one]) for one in found}
        self.say("a execution alone", alone[large], alone[small], 1.5)
        batch = published(large, 1000)
        per_story = 1000 * sync_of(large, batch) / len(batch)
        self.say("a batch of 1,000, a story", per_story, 0.5, "1, the floor being 0.5 ms")
        self.refresh(large, middle[large])

    def refresh(self, large, changed):
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
        self.say("a one changed story against REFRESH", changed, floor, "1/300 = 0.0033")

    def withdrawal(self, large):
        """The request of a teller who takes a story back, and the next look at the matrix before any
        worker came by, with the cache empty."""
        reader = person_of(large, Role.FUNDER)
        pages = [self.look(large, reader) for _ in range(5)]
        without = 1000 * statistics.median(pages)
        some = published(large, 1001)
        took = [self.withdraw(large, pk) for pk in some[:1]]
        once = statistics.median(self.look(large, reader) for _ in range(5))
        self.say("b a look with one withdrawal not synced", 1000 * once, without, 1.5)
        took += [self.withdraw(large, pk) for pk in some[1:]]
        many = statistics.median(self.look(large, reader) for _ in range(3))
        self.say("b a look with 1,001 withdrawals not synced", 1000 * many, without, 1.5)
        self.say(
            "b the request of a withdrawal, with up to 1,000 not synced",
            1000 * statistics.median(took[-20:]),
            1000 * statistics.median(took[:20]),
            1.5,
        )
        sync.sync(large, seconds=600)

    def look(self, community, reader):
        cache.clear()
        return self.request(reader, "get", f"/c/{community.slug}/")

    def withdraw(self, community, pk):
        teller = self.teller_user(community, pk)
        return self.request(teller, "post", f"/c/{community.slug}/stories/{pk}/withdraw/")

    def teller_user(self, community, pk):
        """Its guest, as somebody who has an account by now."""
        story = Story.objects.select_related("teller__user").get(pk=pk)
        if not story.teller.user:
            person = person_of(community, Role.MEMBER)
            Story.objects.filter(pk=pk).update(teller=teller_of(community=community, user=person))
            return person
        return story.teller.user

    def request(self, person, method, address):
        """Its seconds, by a process that has begun and somebody who has signed in."""
        self.client.force_login(person)
        begin = time.perf_counter()
        answer = getattr(self.client, method)(address)
        seconds = time.perf_counter() - begin
        assert answer.status_code in (200, 302), (address, answer.status_code)
        return seconds

    def change_during_a_rebuild(self, large):
        self.withdraw(large, published(large, 1)[0])
        connections.close_all()
        if not (worker := os.fork()):
            sync.rebuild(large)
            os._exit(0)
        self.wait_for_a_worker(large)
        took = [self.withdraw(large, pk) for pk in published(large, 20)]
        at_work = upkeep.at_work_since(large) is not None
        os.waitpid(worker, 0)
        sync.sync(large, seconds=600)
        self.say(
            f"c a change during a rebuild ({'it lasted' if at_work else 'it ended before'})",
            1000 * max(took),
            100,
            "1, the floor being 100 ms",
        )

    @staticmethod
    def wait_for_a_worker(community):
        while not upkeep.at_work_since(community):
            time.sleep(0.01)

    def filters(self, large):
        today = large.today
        asked = {
            "a quarter": Filter(since=today - timedelta(days=91), until=today),
            "a year": Filter(since=today - timedelta(days=365), until=today),
            "a language (a fifth)": Filter(language="es"),
            "a template (nine in ten)": Filter(template="specific"),
            "what happened": Filter(tense="happened"),
        }
        for what, chosen in asked.items():
            limit = 0.6 if chosen.since else 2
            cache.clear()

            def read(chosen=chosen):
                with reading.one_moment():
                    reading.sums_of(large, Audience.FUNDERS, chosen)

            self.say(f"e {what}", timed(read), limit, f"1, the floor being {limit} s", "s")
            self.say(f"e {what}, from the cache", timed(read), limit, f"1, of {limit} s", "s")

    def sums(self, large):
        floor = sum(timed(lambda one=one: run(one)) for one in plain_statements(large))
        ours = timed(lambda: run(build.result(build.sums(build.source(large)))))
        self.say("d the sums from source", ours, floor, 1.2, "s")
        with memory_of_the_database_process() as most:
            seconds = timed(lambda: sync.rebuild(large))
        self.say("d a whole rebuild, nothing wrong", seconds, floor, 1.8, "s")
        self.say("d memory of the database process", max(most), 128, "1, of 128 MB", "MB")
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
        # What the database does by itself a little later, and what follows would otherwise pay for.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

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
            paths.robustness(edges, *ends)

        self.say("f robustness and cut", timed(robustness), 0.2, "1, the floor being 0.2 s", "s")


def person_of(community, role):
    person = add_person(email=f"{uuid.uuid4().hex}@example.org", name="Example")
    add_member(community=community, user=person, roles=[role])
    return person


@contextmanager
def memory_of_the_database_process():
    """Yields a list of MB: what it holds for itself alone, looked at every 50 ms."""
    connection.ensure_connection()
    status = Path(f"/proc/{connection.connection.info.backend_pid}/status")
    found, done = [0], threading.Event()

    def watch():
        while not done.wait(0.05):
            line = next(row for row in status.read_text().splitlines() if "RssAnon" in row)
            found.append(int(line.split()[1]) / 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def execution_alone(community, stories):
    """Milliseconds, without planning and without Django: the median of the statement that a sync runs."""
    found = []
    for pk in stories:
        statement = sync.adding(community, [pk])
        with connection.cursor() as cursor, transaction.atomic():
            explain = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
            cursor.execute(explain + statement.sql, statement.params)
            found.append(cursor.fetchone()[0][0]["Execution Time"])
            transaction.set_rollback(True)
    return statistics.median(found)


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
    for audience in build.TIERS:
        for what, keys in (("v = 0", "GROUPING SETS ((u), (cycle), ())"), ("v <> 0", "u, v")):
            yield (
                f"SELECT {counts} FROM ("
                + source
                + f") AS source WHERE audience >= {int(audience)} AND {what} GROUP BY {keys}"
            )
