"""What the matrix adds up: the one definition, as SQL, of claims and of their sums. A pure read.

A *claim* says that a story touches a box (u; v is 0), or that it tells how u led to v. Sums are
kept by key (u, v, cycle): a box is (u, 0, 0), a cycle's total (0, 0, cycle), the whole (0, 0, 0), a
pair (u, v, 0). For each key and audience they hold the `COLUMNS`: distinct known tellers, stories
and claims, in all and by tense and value (framework.md, "The matrix, defined").

Everything shown is `sums of claims`; whether all of them are summed (a rebuild), or the difference
that some stories make (a sync, or a story taken away that is not synced yet), it is this statement.
"""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.expressions import RawSQL

from communities.models import Teller
from communities.permissions import Audience
from indicators.models import Indicator
from stories.models import Link, Step, Story, Touch

from .statement import Statement

CLAIM = ["story", "teller", "known", "audience", "u", "v", "cycle", "tense", "value"]
KEY = ["audience", "u", "v", "cycle"]
# A facet is the condition that a claim is counted under; the first one is all claims.
FACETS = {"": "TRUE"}
FACETS |= {f"{tense}_": f"tense = '{tense}'" for tense in Step.Tense.values}
FACETS |= {f"{value}_": f"value = '{value}'" for value in Step.Value.values}
COLUMNS = [f"{facet}{what}" for facet in FACETS for what in ("tellers", "stories", "claims")]
COLUMNS.append("unknown_stories")

# What is added up.
COUNTED = "story, teller, known, audience, u, v, cycle, facets"
TIERS = [audience for audience in Audience if audience > Audience.ME]
# The facets of a claim as one number, a bit each.
FACETS_OF = " | ".join(f"(({test})::int << {bit})" for bit, test in enumerate(FACETS.values()))


def reach(facets):
    """The facets that count for a claim's audience; those of all audiences stand side by side."""
    return f"{facets}::bigint << ({len(FACETS)} * (audience - 1))"


def has(facets, bit):
    return f"{facets} >> {bit} & 1"


def at(bit, audience):
    """Where the facet of this bit stands in a `reach`."""
    return bit + len(FACETS) * (audience - 1)


def down(reach):
    """The reach with what is counted for an audience counted for all narrower ones too."""
    return " | ".join(f"(({reach}) >> {len(FACETS) * narrower})" for narrower in range(len(TIERS)))


def source(community, ids=None):
    """The claims as stories and indicators are now; of the stories named by `ids` (a SELECT) only,
    where given."""
    stories = Story.objects.counted_for(Audience.FACILITATORS).filter(community=community)
    touches = Touch.objects.counted().filter(
        indicator__state__in=Indicator.DRAWN, indicator__community=community
    )
    if ids:
        stories = stories.filter(pk__in=RawSQL(ids, ()))
        touches = touches.filter(step__story__in=stories)
    steps = Step.objects.counted().filter(story__in=stories)
    known = ExpressionWrapper(
        ~Q(story__teller__kind=Teller.Kind.UNKNOWN), output_field=BooleanField()
    )
    told = ["pk", "story", "story__teller", known, "story__audience", "cycle__box", "cycle"]
    links = Link.objects.counted().filter(story__in=stories)
    return (
        "WITH step(step, story, teller, known, audience, cycles_box, cycle, tense, value) AS ("
        + Statement.of(steps.order_by().values_list(*told, "tense", "value"))
        + "), touched(step, box) AS ("
        + Statement.of(touches.order_by().values_list("step", "indicator__box"))
        + "), joined(from_step, to_step) AS ("
        + Statement.of(links.order_by().values_list("from_step", "to_step"))
        + """), place AS MATERIALIZED (
            SELECT step.*, coalesce(box, cycles_box) AS box
            FROM step LEFT JOIN touched USING (step)),
        claim AS (
        SELECT story, teller, known, audience, box AS u, 0::bigint AS v, cycle, tense, value
        FROM place
        UNION ALL
        SELECT f.story, f.teller, f.known, f.audience, f.box, t.box, 0,
            CASE WHEN f.tense = 'happened' AND t.tense = 'happened' THEN 'happened'
                 WHEN 'did_not_happen' IN (f.tense, t.tense) THEN 'did_not_happen'
                 ELSE 'hoped' END,
            t.value
        FROM joined JOIN place f ON f.step = from_step JOIN place t ON t.step = to_step) """
        f"SELECT claim.*, ({FACETS_OF})::smallint AS facets FROM claim"
    )


def tense_of(start, end):
    """The tense of a link between steps of these tenses, as in `source`."""
    if Step.Tense.DID_NOT_HAPPEN in (start, end):
        return Step.Tense.DID_NOT_HAPPEN
    return Step.Tense.HAPPENED if start == end == Step.Tense.HAPPENED else Step.Tense.HOPED


def counted(community, where="TRUE", also=""):
    """The claims that the stored sums hold, in the shape of `source`, and with what they are `also`
    asked for."""
    columns = ", ".join(CLAIM).replace(
        "u, v, cycle", "u, coalesce(v, 0) AS v, coalesce(cycle, 0) AS cycle"
    )
    return Statement(
        f"SELECT {columns}, facets{also} FROM matrix_claim WHERE community_id = %s AND {where}",
        (community.pk,),
    )


def narrowing(community):
    """The stories of which something was taken away that the stored sums still hold."""
    return Statement(
        "SELECT story FROM matrix_pending"
        " WHERE community_id = %s AND narrows AND story IS NOT NULL",
        (community.pk,),
    )


def sums(claims, audience=None):
    """Of `claims` the KEY and COLUMNS, for every audience or for one: members of a WITH, the last of
    them `result`."""
    nobody = Statement("SELECT moved.*, 0::bigint AS stays FROM moved")
    return difference_between(claims, None, nobody, audience)


def difference(community, ids, audience=None):
    """What the stories `ids` (a Statement) add to the stored sums, less what they had added: as
    `sums`."""
    return (
        "ids(story) AS MATERIALIZED ("
        + ids
        + "), "
        + difference_between(
            source(community, "SELECT story FROM ids"),
            counted(community, "story IN (SELECT story FROM ids)", also=", id"),
            with_others(community),
            audience,
        )
    )


def with_others(community):
    """What `moved` holds of a teller in a key, with the reach of the teller's other stories there
    (`stays`). A teller may have told very much: in a box or pair few claims are looked at, in a cycle
    one for each facet that moved somewhere, and the whole is what all cycles have together."""
    masks = [sum(1 << at(bit, tier) for tier in TIERS) for bit in range(len(FACETS))]
    probes = " | ".join(
        f"coalesce((SELECT {reach(1 << bit)} FROM matrix_claim"
        " WHERE teller = known_teller.teller AND v IS NULL"
        f" AND cycle = cycles.id AND {test} AND NOT story IN (SELECT story FROM ids)"
        f" AND differs & {masks[bit]} <> 0"
        " ORDER BY audience DESC LIMIT 1), 0)"
        for bit, test in enumerate(FACETS.values())
    )
    return Statement(
        f"""SELECT moved.*, stays FROM moved CROSS JOIN LATERAL (
            SELECT bit_or({reach("facets")}) AS stays FROM (
                SELECT * FROM matrix_claim AS linked
                WHERE linked.teller = moved.teller AND linked.u = moved.u AND linked.v = moved.v
                UNION ALL
                SELECT * FROM matrix_claim AS touched
                WHERE touched.teller = moved.teller AND touched.u = moved.u AND touched.v IS NULL
                    AND moved.v = 0) AS claim
            WHERE NOT story IN (SELECT story FROM ids)) AS others
        WHERE moved.u <> 0
        UNION ALL
        SELECT moved.*, stays FROM moved JOIN (
            SELECT teller, coalesce(id, 0) AS cycle, bit_or(stays) AS stays FROM (
                SELECT known_teller.teller, cycles.id, {probes} AS stays
                FROM (SELECT teller, bit_or(now # was) AS differs FROM moved
                    WHERE u = 0 GROUP BY teller) AS known_teller
                CROSS JOIN communities_cycle AS cycles WHERE cycles.community_id = %s) AS probed
            GROUP BY GROUPING SETS ((teller, id), (teller))) AS others USING (teller, cycle)
        WHERE moved.u = 0""",
        (community.pk,),
    )


def difference_between(new, old, sides, audience=None):
    """The sums that change when the claims `old` (if any) become `new`, as members of a WITH: `new`,
    `old`, … and `result` with KEY and COLUMNS, for every audience or for one. `sides`: from `moved`,
    the reach that a teller's claims have `now` and had (`was`) in a key, with that of the claims of
    theirs that stay.

    Audiences are ordered, so a teller is counted for an audience exactly where one of their stories in
    that key reaches it: people are a difference of two reaches. Who and how often is found out once for
    all facets, as one number with a bit for each."""
    tiers = [int(tier) for tier in ([audience] if audience else TIERS)]
    by_bit = list(enumerate(FACETS))
    signed = f"SELECT {COUNTED}, 1 AS sign FROM new"
    if old:
        signed += f" UNION ALL SELECT {COUNTED}, -1 FROM old"
    amounts = ", ".join(f"sum(sign * ({has('facets', bit)})) AS {f}{{what}}" for bit, f in by_bit)
    people = ", ".join(
        f"sum((many * (({has('after', at(bit, tier))}) - ({has('before', at(bit, tier))})))::int)"
        f" AS {f}tellers_{tier}"
        for tier in tiers
        for bit, f in by_bit
    )
    by_tier = ", ".join(
        f"({', '.join([str(tier), *(f'{f}tellers_{tier}' for f in FACETS)])})" for tier in tiers
    )
    tellers = ", ".join(f"{f}tellers" for f in FACETS)
    amount = {column: f"sum({column})::int" for column in COLUMNS}
    summed = ", ".join(f"{total} AS {column}" for column, total in amount.items())
    changed = f"({', '.join(amount.values())}) <> ({', '.join('0' for _ in COLUMNS)})"
    of_tiers = f"JOIN unnest(ARRAY{tiers}) AS tier ON audience >= tier"
    key = ", ".join(KEY)
    return (
        "new AS ("
        + new
        + ("), old AS (" + old if old else "")
        + f"""),
        signed AS MATERIALIZED ({signed}),
        per_story AS MATERIALIZED (
            SELECT u, v, 0::bigint AS cycle, story, sign, max(teller) AS teller,
                bool_or(known) AS known, max(audience) AS audience, bit_or(facets) AS facets
            FROM signed GROUP BY u, v, story, sign
            UNION ALL
            SELECT 0, 0, coalesce(cycle, 0), story, sign, max(teller), bool_or(known),
                max(audience), bit_or(facets)
            FROM signed WHERE v = 0 GROUP BY GROUPING SETS ((story, sign, cycle), (story, sign))),
        claim_amounts AS (
            SELECT u, v, 0::bigint AS cycle, audience, {amounts.format(what="claims")}
            FROM signed GROUP BY u, v, audience
            UNION ALL
            SELECT 0, 0, coalesce(cycle, 0), audience, {amounts.format(what="claims")}
            FROM signed WHERE v = 0 GROUP BY GROUPING SETS ((cycle, audience), (audience))),
        story_amounts AS (
            SELECT u, v, cycle, audience, {amounts.format(what="stories")},
                sum(sign * (NOT known)::int) AS unknown_stories
            FROM per_story GROUP BY u, v, cycle, audience),
        reached AS (
            SELECT u, v, cycle, teller,
                coalesce(bit_or({reach("facets")}) FILTER (WHERE sign = 1), 0) AS now,
                coalesce(bit_or({reach("facets")}) FILTER (WHERE sign = -1), 0) AS was
            FROM per_story WHERE known GROUP BY u, v, cycle, teller),
        moved AS (SELECT * FROM reached WHERE now <> was),
        sides AS ("""
        + sides
        + f"""),
        reaches AS (
            SELECT u, v, cycle, {down("now | coalesce(stays, 0)")} AS after,
                {down("was | coalesce(stays, 0)")} AS before, count(*) AS many
            FROM sides GROUP BY 1, 2, 3, 4, 5),
        people AS (
            SELECT audience, u, v, cycle, {tellers}
            FROM (SELECT u, v, cycle, {people} FROM reaches GROUP BY u, v, cycle) AS wide
            CROSS JOIN LATERAL (VALUES {by_tier}) AS by_tier(audience, {tellers})),
        result AS MATERIALIZED (
            SELECT {key}, {summed} FROM (
                SELECT tier AS audience, u, v, cycle, {only("claims")} FROM claim_amounts {of_tiers}
                UNION ALL
                SELECT tier, u, v, cycle, {only("stories")} FROM story_amounts {of_tiers}
                UNION ALL
                SELECT audience, u, v, cycle, {only("tellers")} FROM people) AS parts
            GROUP BY {key} HAVING {changed})"""
    )


def only(what):
    """All COLUMNS, of which these are to be had and the others 0. Amounts are put one under the other
    and summed, not joined: PostgreSQL can't know how many there will be, and a join of what it takes
    for few is slow where there are many."""
    return ", ".join(
        f"{column}::int AS {column}" if column.endswith(what) else f"0 AS {column}"
        for column in COLUMNS
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
    where = f"WHERE audience = {int(audience)}" if audience is not None else ""
    return (
        f"SELECT {', '.join(KEY)}, {added} FROM (SELECT * FROM ("
        + stored(community)
        + ") AS stored UNION ALL SELECT * FROM ("
        + result(difference(community, ids, audience))
        + f") AS difference) AS both_of_them {where} GROUP BY {', '.join(KEY)}"
        " HAVING sum(claims) > 0"
    )


def claims(community, *, narrowed=True):
    """The claims that `current` adds up: those counted, and of stories of which something was
    taken away those that are left. Who knows that nothing was says so: PostgreSQL then finds the
    claims of a story by its index."""
    if not narrowed:
        return counted(community)
    return (
        "WITH ids(story) AS MATERIALIZED ("
        + narrowing(community)
        + "), left_over AS ("
        + source(community, "SELECT story FROM ids")
        + ") "
        + counted(community, "NOT story IN (SELECT story FROM ids)")
        + " UNION ALL SELECT * FROM left_over"
    )


def asked_for(community, audience, chosen, **narrowed):
    """The `claims` for an audience that a Filter lets through."""
    found = (
        "SELECT * FROM ("
        + claims(community, **narrowed)
        + f") AS claims WHERE audience >= {int(audience)}"
    )
    if not chosen:
        return found
    of_claims = chosen.of_claims()
    conditions = "".join(f" AND {column} = %s" for column in of_claims)
    stories = chosen.stories(community, audience).order_by().values("pk")
    return (
        found
        + " AND story IN ("
        + Statement.of(stories)
        + Statement(f"){conditions}", tuple(of_claims.values()))
    )


def filtered(community, audience, chosen, **narrowed):
    """KEY and COLUMNS for an audience, of what a Filter lets through."""
    return result(sums(asked_for(community, audience, chosen, **narrowed), audience))


def stories(community, audience, chosen, *, u=None, v=0, cycle=None, **narrowed):
    """The stories behind a sum that `current` or `filtered` gives: of a box, a pair, a cycle's steps,
    or all."""
    place = {"v": v} | ({} if u is None else {"u": u}) | ({} if cycle is None else {"cycle": cycle})
    where = " AND ".join(f"{column} = %s" for column in place)
    found = (
        "SELECT story FROM ("
        + asked_for(community, audience, chosen, **narrowed)
        + Statement(f") AS claims WHERE {where}", tuple(place.values()))
    )
    return Story.objects.counted_for(audience).filter(
        community=community, pk__in=RawSQL(found.sql, found.params)
    )
