"""Keeps the stored matrix equal to what `build` says. Only the worker and the command write here.

Any of it can be repeated without harm, and killed at any point: a batch is one transaction.
"""

import time

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from communities.models import Community, Cycle
from communities.permissions import Audience
from indicators.models import Indicator
from stories.models import Story

from . import build
from .models import Box, Matrix, Pending
from .places import place_boxes

BATCH = 1000
# For how many seconds one community may keep a worker while others wait for it.
SHARE = 10
# So often a whole rebuild is tried before it is done in slices.
ATTEMPTS = 2
# Names a worker's advisory lock beside its lock on the row: others can see it.
AT_WORK = 7002
CLAIM = ", ".join(build.CLAIM)
COLUMNS = ", ".join(build.COLUMNS)


def sync(community, seconds=SHARE):
    """Adds up what changed, until nothing is left to do or another worker has the matrix; at most
    for so many `seconds`, so that others have their turn. True when something is left to do."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        # What came while this worker held the lock, another one left to it.
        if not sync_batch(community) and not (behind(community) and is_free(community)):
            return False
    return behind(community)


def sync_batch(community):
    """One batch in one transaction; False when there was none, or another worker has the lock."""
    if Pending.objects.filter(community=community, whole=True).exists():
        return rebuild(community, wait=False)
    with transaction.atomic():
        if not lock(community):
            return False
        taken = take_pending(community)
        if not taken:
            return False
        store_difference(community, sorted({story for story in taken if story}))
        mark_built(community)
    return True


def rebuild(community, *, wait=True):
    """Adds up all of it and mends what differs, however often that was asked for; False when another
    worker has the matrix and `wait` is off.

    A worker that is killed while it does leaves `rebuilds_begun`: after two it goes story by story, in
    batches that stay. These mend every claim, and with it every sum that was the sum of its claims."""
    with transaction.atomic():
        matrix = lock(community, wait=wait)
        if not matrix:
            return False
        in_slices = matrix.rebuilds_begun >= ATTEMPTS and not wait
        if in_slices:
            slice_up(community)
        else:
            Matrix.objects.filter(pk=matrix.pk).update(rebuilds_begun=F("rebuilds_begun") + 1)
    if in_slices:
        return True
    with transaction.atomic():
        if not lock(community, wait=wait):
            return False
        Pending.objects.filter(community=community).delete()
        store_all(community)
        mark_built(community, rebuilds_begun=0)
    return True


def slice_up(community):
    """Whatever is wanted of the whole becomes as many stories to add up again."""
    Pending.objects.filter(community=community, whole=True).delete()
    make_boxes(community)
    counted = Story.objects.counted_for(Audience.FACILITATORS).filter(community=community)
    stories = (
        "SELECT story FROM ("
        + build.counted(community)
        + ") AS held UNION "
        + build.Statement.of(counted.values("pk"))
    )
    run(
        "INSERT INTO matrix_pending (community_id, story, whole, narrows, since)"
        f" SELECT %s, story, FALSE, FALSE, now() FROM ({stories.sql}) AS either ORDER BY story",
        community.pk,
        *stories.params,
    )
    Matrix.objects.filter(community=community).update(rebuilds_begun=0)


def check(community):
    """What is stored (and what is pending) against what it should be: the keys that differ, of sums
    and of the claims that they were added up from."""
    pending = build.Statement(
        "SELECT story FROM matrix_pending WHERE community_id = %s AND story IS NOT NULL",
        (community.pk,),
    )
    found = by_key(build.current(community, ids=pending).rows())
    right = by_key(build.result(build.sums(build.source(community))).rows())
    sums = {key for key in found | right if found.get(key) != right.get(key)}
    return sorted(sums | set(claims_that_differ(community, pending)))


def claims_that_differ(community, pending):
    """The keys of claims stored but not right, or right but not stored, leaving out the stories
    `pending`: what is stored of these is about to be replaced."""
    settled = "WHERE NOT story IN (SELECT story FROM ids)"
    return (
        "WITH ids(story) AS MATERIALIZED ("
        + pending
        + "), stored AS ("
        + build.counted(community)
        + f"), held AS (SELECT * FROM stored {settled}), source AS ("
        + build.source(community)
        + f"), due AS (SELECT * FROM source {settled})"
        " SELECT DISTINCT audience, u, v, cycle FROM ("
        "(SELECT * FROM held EXCEPT ALL SELECT * FROM due)"
        " UNION ALL (SELECT * FROM due EXCEPT ALL SELECT * FROM held)) AS either"
    ).rows()


def by_key(rows):
    width = len(build.KEY)
    return {row[:width]: tuple(map(int, row[width:])) for row in rows}


def behind(community):
    return Pending.objects.filter(community=community).exists()


def lock(community, *, wait=False):
    """The community's matrix row, locked in a statement of its own: what follows reads the state
    after the lock was had. None when another worker has it and `wait` is off."""
    Matrix.objects.bulk_create([Matrix(community=community)], ignore_conflicts=True)
    rows = Matrix.objects.select_for_update(skip_locked=not wait)
    matrix = rows.filter(community=community).first()
    if matrix:
        run("SELECT pg_try_advisory_xact_lock(%s, %s)", AT_WORK, community.pk)
    return matrix


def is_free(community):
    with transaction.atomic():
        return bool(lock(community))


def take_pending(community):
    """The stories of the oldest changes; None for one that adds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM matrix_pending WHERE id IN (SELECT id FROM matrix_pending"
            " WHERE community_id = %s AND NOT whole ORDER BY id LIMIT %s) RETURNING story",
            [community.pk, BATCH],
        )
        return [story for (story,) in cursor.fetchall()]


def mark_built(community, **fields):
    place_boxes(community)
    Matrix.objects.filter(community=community).update(
        built_version=F("built_version") + 1,
        built_at=timezone.now(),
        last_error="",
        attempts=0,
        failed_at=None,
        **fields,
    )


def mark_failed(community, error):
    lock(community, wait=True)
    Matrix.objects.filter(community=community).update(
        last_error=str(error)[:2000], attempts=F("attempts") + 1, failed_at=timezone.now()
    )


def store_difference(community, ids):
    if not ids:
        return
    statement = adding(community, ids)
    run(statement.sql, *statement.params)
    run("DELETE FROM matrix_cell WHERE community_id = %s AND claims = 0", community.pk)
    run("DELETE FROM matrix_pair WHERE community_id = %s AND claims = 0", community.pk)


def adding(community, ids):
    """Adds to the sums what the stories add now, less what they had added, and rewrites those of
    their claims that differ, in one statement: all its parts read one moment."""
    chosen = build.Statement("SELECT unnest(%s::bigint[])", (ids,))
    added = ", ".join(f"{column} = stored.{column} + excluded.{column}" for column in build.COLUMNS)
    # A story may make the same claim twice.
    copy = f"row_number() OVER (PARTITION BY {CLAIM}) AS copy"
    return (
        "WITH "
        + build.difference(community, chosen)
        + build.Statement(
            f""",
        cells AS ({into_cells("result", added)}),
        pairs AS ({into_pairs("result", added)}),
        compared AS (
            SELECT {CLAIM}, held.id, due.copy IS NOT NULL AS stays
            FROM (SELECT id, {CLAIM}, {copy} FROM old) AS held
            FULL JOIN (SELECT {CLAIM}, {copy} FROM new) AS due USING ({CLAIM}, copy)),
        gone AS (
            -- By the stories too: PostgreSQL then seeks their claims by an index, and few.
            DELETE FROM matrix_claim
            WHERE community_id = %s AND story IN (SELECT story FROM ids)
                AND id IN (SELECT id FROM compared WHERE NOT stays))
        {into_claims("compared")} WHERE id IS NULL""",
            (community.pk,) * 4,
        )
    )


def store_all(community):
    """Reads all claims anew, and rewrites those of the stories that differ, and the sums that do."""
    make_boxes(community)
    make_table("right_claim", build.source(community))
    # Not EXCEPT: a story may make the same claim twice.
    held = build.counted(community)
    make_table(
        "wrong_story",
        f"SELECT DISTINCT story FROM (SELECT {CLAIM}, 1 AS sign FROM right_claim UNION ALL"
        f" SELECT {CLAIM}, -1 FROM ("
        + held
        + f") AS held) AS either GROUP BY {CLAIM} HAVING sum(sign) <> 0",
    )
    wrong = "story IN (SELECT story FROM wrong_story)"
    run(f"DELETE FROM matrix_claim WHERE community_id = %s AND {wrong}", community.pk)
    run(f"{into_claims('right_claim')} WHERE {wrong}", community.pk)
    every = build.sums(build.Statement("SELECT * FROM right_claim"))
    make_table("right_sums", build.result(every))
    # Nobody has counted yet what was just stored: without it each row might be sought among all.
    run("CREATE INDEX ON right_sums (audience, u, v, cycle)")
    excluded = ", ".join(f"excluded.{column}" for column in build.COLUMNS)
    stored = ", ".join(f"stored.{column}" for column in build.COLUMNS)
    mended = f"({COLUMNS}) = ({excluded}) WHERE ({stored}) IS DISTINCT FROM ({excluded})"
    run(into_cells("right_sums", mended), community.pk)
    run(into_pairs("right_sums", mended), community.pk)
    for table, key in {
        "matrix_cell": "coalesce(stored.box, 0), 0, coalesce(stored.cycle, 0)",
        "matrix_pair": "stored.u, stored.v, 0",
    }.items():
        run(
            f"DELETE FROM {table} AS stored WHERE community_id = %s AND NOT EXISTS (SELECT FROM"
            f" right_sums AS due WHERE (due.audience, due.u, due.v, due.cycle) = (stored.audience, {key}))",
            community.pk,
        )
    run("DROP TABLE right_claim, wrong_story, right_sums")


def make_table(name, statement):
    run(f"CREATE TEMP TABLE {name} AS {statement.sql}", *statement.params)
    run(f"ANALYZE {name}")


def into_claims(rows):
    stored = CLAIM.replace("u, v, cycle", "u, nullif(v, 0), nullif(cycle, 0)")
    return f"INSERT INTO matrix_claim (community_id, {CLAIM}) SELECT %s, {stored} FROM {rows}"


def into_cells(sums, change):
    return (
        f"INSERT INTO matrix_cell AS stored (community_id, audience, box, cycle, {COLUMNS})"
        f" SELECT %s, audience, nullif(u, 0), nullif(cycle, 0), {COLUMNS} FROM {sums} WHERE v = 0"
        f" ON CONFLICT (community_id, audience, box, cycle) DO UPDATE SET {change}"
    )


def into_pairs(sums, change):
    return (
        f"INSERT INTO matrix_pair AS stored (community_id, audience, u, v, {COLUMNS})"
        f" SELECT %s, audience, u, v, {COLUMNS} FROM {sums} WHERE v <> 0"
        f" ON CONFLICT (community_id, audience, u, v) DO UPDATE SET {change}"
    )


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def make_boxes(community):
    """A box for each indicator and each cycle that has none."""
    indicators = Indicator.objects.filter(community=community, box=None)
    cycles = Cycle.objects.filter(community=community, box=None)
    Box.objects.bulk_create(
        [Box(community=community, indicator=indicator) for indicator in indicators]
        + [Box(community=community, cycle=cycle) for cycle in cycles],
        ignore_conflicts=True,
    )


def communities_behind():
    """Those with a pending change that did not fail just now: after each failure the wait doubles,
    up to ten minutes."""
    now = timezone.now()
    waiting = Community.objects.filter(pending__isnull=False).distinct()
    return [one for one in waiting.select_related("matrix") if is_due(one, now)]


def is_due(community, now):
    try:
        matrix = community.matrix
    except ObjectDoesNotExist:
        return True
    wait = min(2**matrix.attempts, 600)
    return not matrix.failed_at or (now - matrix.failed_at).total_seconds() >= wait
