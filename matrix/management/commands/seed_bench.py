"""`seed_bench`: a community of a given size, skewed as in life, to measure with. Its stories are real rows
but were told by nobody: they are in no history and not found by search."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from communities import actions as communities
from communities.models import Community
from indicators.actions import propose
from matrix import sync

TABLES = ("stories_story", "stories_step", "stories_touch", "stories_link")
# As it would be a minute later by itself.
ANALYZE = (
    f"ANALYZE {', '.join(TABLES)}, communities_teller, communities_cycle, indicators_indicator,"
    " matrix_box, matrix_claim, matrix_cell, matrix_pair"
)
# One known guest of whom very much is told, as after an import.
GUEST = 10_000
SEED = 0.42


class Command(BaseCommand):
    help = "Makes a community with so many stories, indicators and tellers, quickly."

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, default=3_000)
        parser.add_argument("--indicators", type=int, default=200)
        parser.add_argument("--tellers", type=int, default=1_000)
        parser.add_argument("--slug", default="", help="its short name; by default from its size")

    def handle(self, *, stories, indicators, tellers, slug, **options):
        slug = slug or f"bench-{stories}"
        if min(stories, indicators, tellers) < 1:
            raise CommandError("At least one story, one indicator and one teller.")
        if Community.objects.filter(slug=slug).exists():
            raise CommandError(f"There is a community “{slug}” already.")
        with transaction.atomic():
            community = seed(slug, stories, indicators, tellers)
        with connection.cursor() as cursor:
            cursor.execute(ANALYZE)
        sync.rebuild(community)
        with connection.cursor() as cursor:
            cursor.execute(ANALYZE)
        self.stdout.write(f"{slug}: {stories} stories")


def seed(slug, stories, indicators, tellers):
    community = communities.found_community(slug=slug, name=slug, scheme="2011")
    cycles = list(community.cycles.all())
    for number in range(indicators):
        cycle = cycles[number % len(cycles)]
        propose(community=community, by=None, cycle=cycle, name=f"Indicator {number}")
    names = {"community": community.pk, "stories": stories, "tellers": tellers}
    names |= {"guest": min(GUEST, stories // 30), "cycles": [cycle.pk for cycle in cycles]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [SEED])
        # Its history is nobody's.
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in STATEMENTS:
            cursor.execute(statement, names)
        cursor.execute("DROP TABLE seeded_teller, seeded_story, seeded_step, seeded_indicator")
        # What was deferred is checked now: a table with checks to come can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return community


def ids(table):
    return f"nextval(pg_get_serial_sequence('{table}', 'id'))"


STATEMENTS = [
    f"""CREATE TEMP TABLE seeded_teller AS
        SELECT n, {ids("communities_teller")} AS id FROM generate_series(0, %(tellers)s) AS n""",
    """INSERT INTO communities_teller (id, community_id, kind, name, email)
        SELECT id, %(community)s, CASE WHEN n > 0 AND n %% 20 = 0 THEN 'unknown' ELSE 'guest' END,
            CASE WHEN n > 0 AND n %% 20 = 0 THEN '' ELSE 'Guest ' || n END, ''
        FROM seeded_teller""",
    f"""CREATE TEMP TABLE seeded_story AS
        SELECT n, {ids("stories_story")} AS id,
            CASE WHEN n <= %(guest)s THEN 0
                ELSE 1 + floor(%(tellers)s * power(random(), 1.6))::int END AS teller,
            (ARRAY[1, 2, 2, 2, 2, 3, 3, 3, 4, 4])[1 + floor(random() * 10)::int] AS audience,
            CASE WHEN random() < 0.96 THEN 'published' ELSE 'submitted' END AS status,
            now() - random() * interval '5 years' AS at,
            2 + floor(random() * 4)::int AS steps
        FROM generate_series(1, %(stories)s) AS n""",
    """INSERT INTO stories_story (id, community_id, teller_id, template, title, language,
            happened_from, status, note, audience, attribution, pseudonym, quotable, others,
            others_reviewed, consent_version, consented_at, key, version, created_at, changed_at,
            submitted_at, published_at, is_stub, sitting_open, minutes_teller, minutes_elicitor,
            minutes_recorder, told_where, external_id, external_hash)
        SELECT story.id, %(community)s, seeded_teller.id,
            CASE WHEN random() < 0.9 THEN 'specific' ELSE 'personal' END, 'Story ' || story.n,
            CASE WHEN random() < 0.8 THEN 'en' ELSE 'es' END, at::date, status, '', audience,
            'name', '', true, 'nobody', 'nobody', 'bench', at, gen_random_uuid(), 1, at, at, at,
            CASE WHEN status = 'published' THEN at END, false, false, 0, 0, 0,
            '', '', ''
        FROM seeded_story AS story JOIN seeded_teller ON seeded_teller.n = story.teller""",
    f"""CREATE TEMP TABLE seeded_step AS
        SELECT {ids("stories_step")} AS id, story.id AS story, position,
            (%(cycles)s::bigint[])[least(array_length(%(cycles)s::bigint[], 1),
                greatest(1, floor(position - 1 + random() * 2)::int))] AS cycle,
            (ARRAY['happened', 'happened', 'happened', 'happened', 'happened', 'happened',
                'happened', 'happened', 'hoped', 'did_not_happen'])[1 + floor(random() * 10)::int]
                AS tense,
            (ARRAY['unset', 'positive', 'positive', 'positive', 'negative', 'none_created'])
                [1 + floor(random() * 6)::int] AS value
        FROM seeded_story AS story CROSS JOIN LATERAL generate_series(1, story.steps) AS position""",
    """INSERT INTO stories_step (id, story_id, position, cycle_id, capital, text, tense, value, status)
        SELECT id, story, position, cycle, '', 'Something happened, and it led to more.', tense,
            value, 'told' FROM seeded_step""",
    """CREATE TEMP TABLE seeded_indicator AS
        SELECT id, cycle_id AS cycle, row_number() OVER (PARTITION BY cycle_id ORDER BY id) AS rank,
            count(*) OVER (PARTITION BY cycle_id) AS many
        FROM indicators_indicator WHERE community_id = %(community)s""",
    *(
        f"""INSERT INTO stories_touch (step_id, indicator_id, status)
        SELECT step.id, indicator.id, 'told' FROM (
            SELECT seeded_step.id, seeded_step.cycle,
                1 + floor(many * power(random(), 2))::bigint AS rank
            FROM seeded_step JOIN (SELECT DISTINCT cycle, many FROM seeded_indicator) AS counts
                USING (cycle)
            WHERE random() < {share}) AS step
        JOIN seeded_indicator AS indicator USING (cycle, rank) ON CONFLICT DO NOTHING"""
        for share in (0.85, 0.28)
    ),
    """INSERT INTO stories_link (story_id, from_step_id, to_step_id, how, would_have_happened_anyway,
            other_influences, corroborator, status)
        SELECT a.story, a.id, b.id, 'somebody asked', '', '', '', 'told'
        FROM seeded_step AS a
        JOIN seeded_step AS b ON b.story = a.story AND b.position = a.position + 1
        WHERE random() < 0.92""",
]
