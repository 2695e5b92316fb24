"""What the matrix adds up: the one definition, as SQL, of claims and of their sums. A pure read.

A *claim* says that a story touches a box (u; v is 0), or that it tells how u led to v. Sums are
kept by key (u, v, cycle): a box is (u, 0, 0), a cycle's total (0, 0, cycle), the whole (0, 0, 0), a
pair (u, v, 0). For each key and audience they hold the `COLUMNS`: distinct known tellers, stories
and claims, in all and by tense and value (framework.md, "The matrix, defined").

Everything shown is `sums of claims`; whether all of them are summed (a rebuild), or the difference
that some stories make (a sync, or a story taken away that is not synced yet), it is this statement.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL

from communities.models import Teller
from communities.permissions import Audience
from indicators.models import Indicator
from stories.models import Link, Step, Story, Touch

CLAIM = ["story", "teller", "known", "audience", "u", "v", "cycle", "tense", "value"]
KEY = ["audience", "u", "v", "cycle"]
# A facet is the condition that a claim is counted under; the first one is all claims.
FACETS = {"": "TRUE"}
FACETS |= {f"{tense}_": f"tense = '{tense}'" for tense in Step.Tense.values}
FACETS |= {f"{value}_": f"value = '{value}'" for value in Step.Value.values}
COLUMNS = [f"{facet}{what}" for facet in FACETS for what in ("tellers", "stories", "claims")]
COLUMNS.append("unknown_stories")

TIERS = ", ".join(f"({audience.value})" for audience in Audience if audience > Audience.ME)


@dataclass(frozen=True)
class Statement:
    """A piece of SQL with its parameters; `a + b` keeps both in step."""

    sql: str
    params: tuple = ()

    def __add__(self, other):
        if isinstance(other, str):
            return Statement(self.sql + other, self.params)
        return Statement(self.sql + other.sql, self.params + other.params)

    def __radd__(self, text):
        return Statement(text + self.sql, self.params)

    @classmethod
    def of(cls, queryset):
        return cls(*queryset.query.sql_with_params())

    def rows(self):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return cursor.fetchall()


def source(community, ids=None):
    """The claims as stories and indicators are now; of the stories named by `ids` (a SELECT) only,
    where given."""
    stories = Story.objects.counted_for(Audience.FACILITATORS).filter(community=community)
    if ids:
        stories = stories.filter(pk__in=RawSQL(ids, ()))
    touches = Touch.objects.counted().filter(indicator__state__in=Indicator.DRAWN)
    steps = Step.objects.counted().filter(story__in=stories)
    touched = touches.filter(step__story__in=stories).values_list(*place("step__", "indicator"))
    untouched = steps.exclude(Exists(touches.filter(step=OuterRef("pk")))).values_list(
        *place("", "cycle")
    )
    links = Link.objects.counted().filter(story__in=stories).values_list("from_step", "to_step")
    return (
        "WITH place(step, story, teller, known, audience, box, cycle, tense, value) AS"
        " MATERIALIZED (("
        + Statement.of(touched)
        + ") UNION ALL ("
        + Statement.of(untouched)
        + ")), joined(from_step, to_step) AS ("
        + Statement.of(links)
        + """)
        SELECT story, teller, known, audience, box AS u, 0::bigint AS v, cycle, tense, value
        FROM place
        UNION ALL
        SELECT f.story, f.teller, f.known, f.audience, f.box, t.box, 0,
            CASE WHEN f.tense = 'happened' AND t.tense = 'happened' THEN 'happened'
                 WHEN 'did_not_happen' IN (f.tense, t.tense) THEN 'did_not_happen'
                 ELSE 'hoped' END,
            t.value
        FROM joined JOIN place f ON f.step = from_step JOIN place t ON t.step = to_step"""
    )


def tense_of(start, end):
    """The tense of a link between steps of these tenses, as in `source`."""
    if Step.Tense.DID_NOT_HAPPEN in (start, end):
        return Step.Tense.DID_NOT_HAPPEN
    return Step.Tense.HAPPENED if start == end == Step.Tense.HAPPENED else Step.Tense.HOPED


def place(step, box_of):
    """Where a step is drawn, as columns of a query: from the touch (`step` = "step__") at the
    indicator's box, from the step itself at its cycle's."""
    story = f"{step}story__"
    known = ExpressionWrapper(
        ~Q(**{f"{story}teller__kind": Teller.Kind.UNKNOWN}), output_field=BooleanField()
    )
    return [
        f"{step}pk",
        f"{story}pk",
        f"{story}teller_id",
        known,
        f"{story}audience",
        f"{box_of}__box__pk",
        f"{step}cycle_id",
        f"{step}tense",
        f"{step}value",
    ]


def counted(community, where="TRUE"):
    """The claims that the stored sums hold, in the shape of `source`."""
    columns = ", ".join(CLAIM).replace(
        "u, v, cycle", "u, coalesce(v, 0) AS v, coalesce(cycle, 0) AS cycle"
    )
    return Statement(
        f"SELECT {columns} FROM matrix_claim WHERE community_id = %s AND {where}", (community.pk,)
    )


def narrowing(community):
    """The stories of which something was taken away that the stored sums still hold."""
    return Statement(
        "SELECT story FROM matrix_pending"
        " WHERE community_id = %s AND narrows AND story IS NOT NULL",
        (community.pk,),
    )


def sums(community):
    """All claims, from their source, and as `result` their KEY and COLUMNS: members of a WITH."""
    nothing = counted(community, "FALSE")
    no_others = ", ".join(f"NULL::smallint AS {facet}stays" for facet in FACETS)
    return difference_between(
        source(community), nothing, Statement(f"SELECT moved.*, {no_others} FROM moved")
    )


def difference(community, ids):
    """What the stories `ids` (a Statement) add to the stored sums, less what they had added: as
    `sums`."""
    return (
        "ids(story) AS MATERIALIZED ("
        + ids
        + "), "
        + difference_between(
            source(community, "SELECT story FROM ids"),
            counted(community, "story IN (SELECT story FROM ids)"),
            with_others(community),
        )
    )


def with_others(community):
    """What `moved` holds of a teller in a key, with the widest audience of the teller's other stories
    there (`stays`), by facet. A teller may have told very much: in a box or pair few claims are looked
    at, in a cycle one for each facet, and the whole is the widest of all cycles."""
    tops = ", ".join(
        f"max(audience) FILTER (WHERE {test}) AS {facet}stays" for facet, test in FACETS.items()
    )
    probes = ", ".join(
        "(SELECT audience FROM matrix_claim WHERE teller = known_teller.teller AND v IS NULL"
        f" AND cycle = cycles.id AND {test} AND NOT story IN (SELECT story FROM ids)"
        f" ORDER BY audience DESC LIMIT 1) AS {facet}stays"
        for facet, test in FACETS.items()
    )
    widest = ", ".join(f"max({facet}stays) AS {facet}stays" for facet in FACETS)
    stays = ", ".join(f"{facet}stays" for facet in FACETS)
    return Statement(
        f"""SELECT moved.*, {stays} FROM moved CROSS JOIN LATERAL (
            SELECT {tops} FROM matrix_claim AS claim
            WHERE claim.teller = moved.teller AND claim.u = moved.u
                AND claim.v IS NOT DISTINCT FROM nullif(moved.v, 0)
                AND NOT story IN (SELECT story FROM ids)) AS others
        WHERE moved.u <> 0
        UNION ALL
        SELECT moved.*, {stays} FROM moved JOIN (
            SELECT teller, coalesce(id, 0) AS cycle, {widest} FROM (
                SELECT known_teller.teller, cycles.id, {probes}
                FROM (SELECT DISTINCT teller FROM moved) AS known_teller
                CROSS JOIN communities_cycle AS cycles WHERE cycles.community_id = %s) AS probed
            GROUP BY GROUPING SETS ((teller, id), (teller))) AS others USING (teller, cycle)
        WHERE moved.u = 0""",
        (community.pk,),
    )


def difference_between(new, old, sides):
    """The sums that change when the claims `old` become `new`, as members of a WITH: `new`, `old`, …
    and `result` with KEY and COLUMNS. `sides`: from `moved`, the widest audience that a teller's claims
    have `now` and had (`was`) in a key, with that of the claims of theirs that stay.

    Audiences are ordered, so a teller is counted for an audience exactly where the widest audience
    among their stories in that key reaches it: people are a difference of two maxima."""
    claims = ", ".join(CLAIM)
    counts = ", ".join(f"count(*) FILTER (WHERE {test}) AS {f}n" for f, test in FACETS.items())
    amounts = ", ".join(
        f"sum(sign * ({f}n > 0)::int) AS {f}stories, sum(sign * {f}n) AS {f}claims" for f in FACETS
    )
    widest = ", ".join(f"max(audience) FILTER (WHERE {f}n > 0) AS {f}top" for f in FACETS)
    reaching = ", ".join(
        f"sum((greatest({f}now, {f}stays, 0) >= tier)::int - (greatest({f}was, {f}stays, 0) >= tier)::int)"
        f" AS {f}tellers"
        for f in FACETS
    )
    both = ", ".join(
        f"max({f}top) FILTER (WHERE sign = 1) AS {f}now,"
        f" max({f}top) FILTER (WHERE sign = -1) AS {f}was"
        for f in FACETS
    )
    columns = ", ".join(f"coalesce({column}, 0) AS {column}" for column in COLUMNS)
    return (
        "new AS MATERIALIZED ("
        + new
        + "), old AS MATERIALIZED ("
        + old
        + f"""),
        signed AS (
            SELECT {claims}, 1 AS sign FROM new
            UNION ALL SELECT {claims}, -1 FROM old),
        keyed AS (
            SELECT k.u, k.v, k.cycle, story, teller, known, audience, tense, value, sign
            FROM signed CROSS JOIN LATERAL (
                SELECT signed.u, signed.v, 0::bigint
                UNION ALL SELECT 0, 0, signed.cycle WHERE signed.v = 0
                UNION ALL SELECT 0, 0, 0 WHERE signed.v = 0) AS k(u, v, cycle)),
        per_story AS (
            SELECT u, v, cycle, teller, known, audience, story, sign, {counts}
            FROM keyed GROUP BY u, v, cycle, teller, known, audience, story, sign),
        amounts AS (
            SELECT tier AS audience, u, v, cycle, {amounts},
                sum(sign * (NOT known)::int) AS unknown_stories
            FROM per_story JOIN (VALUES {TIERS}) AS tiers(tier) ON audience >= tier
            GROUP BY tier, u, v, cycle),
        per_teller AS (
            SELECT u, v, cycle, teller, sign, {widest}
            FROM per_story WHERE known GROUP BY u, v, cycle, teller, sign),
        moved AS (
            SELECT u, v, cycle, teller, {both}
            FROM per_teller GROUP BY u, v, cycle, teller),
        sides AS ("""
        + sides
        + f"""),
        people AS (
            SELECT tier AS audience, u, v, cycle, {reaching}
            FROM sides CROSS JOIN (VALUES {TIERS}) AS tiers(tier) GROUP BY tier, u, v, cycle),
        result AS MATERIALIZED (
            SELECT {", ".join(KEY)}, {columns}
            FROM amounts LEFT JOIN people USING ({", ".join(KEY)}))"""
    )


def result(members):
    return "WITH " + members + " SELECT * FROM result"


def stored(community):
    """KEY and COLUMNS as they are stored."""
    columns = ", ".join(COLUMNS)
    return Statement(
        f"SELECT audience, coalesce(box, 0) AS u, 0 AS v, coalesce(cycle, 0) AS cycle, {columns}"
        " FROM matrix_cell WHERE community_id = %s"
        f" UNION ALL SELECT audience, u, v, 0, {columns} FROM matrix_pair WHERE community_id = %s",
        (community.pk, community.pk),
    )


def current(community, audience=None, ids=None):
    """KEY and COLUMNS as readers see them: the stored sums, with what was taken away meanwhile
    taken away (or with all that the stories `ids` changed). One statement, so one moment."""
    ids = ids or narrowing(community)
    added = ", ".join(f"sum({column})::int AS {column}" for column in COLUMNS)
    only = f"WHERE audience = {int(audience)}" if audience is not None else ""
    return (
        f"SELECT {', '.join(KEY)}, {added} FROM (SELECT * FROM ("
        + stored(community)
        + ") AS stored UNION ALL SELECT * FROM ("
        + result(difference(community, ids))
        + f") AS difference) AS both_of_them {only} GROUP BY {', '.join(KEY)}"
        " HAVING sum(claims) > 0"
    )


def claims(community):
    """The claims that `current` adds up: those counted, and of stories of which something was
    taken away those that are left."""
    return (
        "WITH ids(story) AS MATERIALIZED ("
        + narrowing(community)
        + "), left_over AS ("
        + source(community, "SELECT story FROM ids")
        + ") "
        + counted(community, "NOT story IN (SELECT story FROM ids)")
        + " UNION ALL SELECT * FROM left_over"
    )


def stories(community, audience, *, u=None, v=0, cycle=None):
    """The stories behind a sum that `current` gives for the audience: of a box, a pair, a cycle's
    steps, or all."""
    where = ["audience >= %s"]
    params = [int(audience)]
    for column, wanted in (("u", u), ("cycle", cycle)):
        if wanted is not None:
            where.append(f"{column} = %s")
            params.append(wanted)
    where.append("v = %s")
    params.append(v)
    chosen = (
        "SELECT story FROM ("
        + claims(community)
        + Statement(f") AS claims WHERE {' AND '.join(where)}", tuple(params))
    )
    return Story.objects.counted_for(audience).filter(
        community=community, pk__in=RawSQL(chosen.sql, chosen.params)
    )
