"""The matrix as it stood: taken by a facilitator, or by itself at a month's end, and read again.

Of each sum that at least `LEAST` tellers stood behind the numbers are kept. Of smaller ones no number
is, but the claims behind them: they are added up anew whenever they are read, by the one definition,
without what was withdrawn, hidden or narrowed since.
"""

import json
from collections import defaultdict
from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from communities.actions.audit import record
from communities.models import Act, Community, Cycle
from communities.permissions import Audience
from indicators.models import Definition, Indicator, Observation, Target
from indicators.standing import silent_of
from stories.models import Story

from . import build, page, reading
from .models import Box, Snapshot
from .statement import Statement

# With so many tellers behind it a number stays as it is.
LEAST = {
    Audience.FACILITATORS: 3,
    Audience.MEMBERS: 3,
    Audience.FUNDERS: 3,
    Audience.PUBLIC: 5,
}
COLUMNS = [*build.KEY, *build.COLUMNS]
# What is kept of a row. Nothing about who wrote it.
FIELDS = {
    Cycle: ["key", "name", "question", "kind", "position", "colour", "shape"],
    Box: ["indicator", "cycle", "place"],
    Indicator: ["code", "cycle", "capital", "state", "definition"],
    Definition: ["indicator", "number", *Definition.CONTENT],
    Observation: ["indicator", "definition", "kind", "start", "end", *Observation.VALUES],
    Target: ["definition", "start", "end", "value"],
}
TYPES = {
    "tense": "text",
    "value": "text",
    "known": "boolean",
    "audience": "int",
}


# -- taking one ------------------------------------------------------------------------------------


def take(*, community, title, by=None, note="", month=None):
    """The matrix as it is now. Raises AddingUp when it can't be said now; where there is one of this
    `month` already, IntegrityError."""
    snapshot = Snapshot(
        community=community,
        title=title.strip(),
        note=note.strip(),
        taken_by=by,
        taken_at=timezone.now(),
        month=month,
    )
    snapshot.clean_fields(exclude=["community", "taken_by", "figures", "claims"])
    with reading.one_moment():
        snapshot.figures, snapshot.claims = gather(community)
    with transaction.atomic():
        snapshot.save()
        if by:
            record(community, Act.TAKE_SNAPSHOT, snapshot, by=by)
    return snapshot


def gather(community):
    """(figures, claims) as a Snapshot keeps them."""
    state = reading.sayable(reading.state_of(community))
    sums, small = [], {}
    for row in build.current(community).rows():
        one = dict(zip(COLUMNS, row, strict=True))
        if one["tellers"] >= LEAST[one["audience"]]:
            sums.append(row)
        else:
            # The fewer may open it, the more tellers: what is small stays so for wider audiences.
            key = (one["u"], one["v"], one["cycle"])
            small[key] = min(one["audience"], small.get(key, one["audience"]))
    found = claims_behind(community, small, narrowed=state.narrowing > 0).rows()
    return {"columns": COLUMNS, "sums": sums, **rows_of(community)}, found


def claims_behind(community, small, **narrowed):
    """The rows of `build.CLAIM` that `small` ({(u, v, cycle): least audience}) add up. Each is looked up
    in what is small: a join of what PostgreSQL takes for few is slow where there are many."""
    rows = [(*key, wider) for key, least in small.items() for wider in LEAST if wider >= least]
    columns = tuple([int(row[part]) for row in rows] for part in range(len(build.KEY)))
    return (
        Statement(
            "WITH small(u, v, cycle, audience) AS MATERIALIZED (SELECT * FROM"
            " unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[]))",
            columns,
        )
        + f"SELECT {', '.join(build.CLAIM)} FROM ("
        + build.claims(community, **narrowed)
        + """) AS claim
        WHERE (u, v, audience) IN (SELECT u, v, audience FROM small WHERE u <> 0)
            OR v = 0 AND (cycle, audience) IN (SELECT cycle, audience FROM small WHERE u = 0)
            OR v = 0 AND audience IN (SELECT audience FROM small WHERE u = 0 AND cycle = 0)"""
    )


def rows_of(community):
    """What stands beside the sums, as plain JSON."""
    indicators = list(community.indicators.drawn().in_reading_order())
    observed = reading.observations_of(community)
    observations = [one for row in indicators for one in drawn_of(observed[row.pk])]
    targets = reading.targets_of(community)
    definitions = {one.pk: one for one in (row.definition for row in [*indicators, *observations])}
    rows = {
        "cycles": community.cycles.all(),
        "boxes": Box.objects.filter(community=community).order_by("pk"),
        "indicators": indicators,
        "definitions": definitions.values(),
        "observations": observations,
        "targets": [
            targets[one.definition_id] for one in indicators if one.definition_id in targets
        ],
    }
    kept = {name: as_json(some) for name, some in rows.items()}
    return kept | {"silent": silent_of(community)}


def drawn_of(observations):
    """The newest of all and those that the line in a box is drawn of."""
    numbers = [one for one in observations if one.number is not None]
    kept = {one.pk for one in [*numbers[-page.SPARK :], *observations[-1:]]}
    return [one for one in observations if one.pk in kept]


def as_json(rows):
    rows = list(rows)
    fields = FIELDS[type(rows[0])] if rows else ()
    return json.loads(serializers.serialize("json", rows, fields=fields))


# -- reading it again ------------------------------------------------------------------------------


def read_snapshot(snapshot, audience):
    """The `Reading` of that day, for an audience as it may read it today. It has no stories to open."""
    kept = {name: instances(snapshot.figures[name]) for name in ("cycles", "definitions")}
    cycles = {one.pk: one for one in kept["cycles"]}
    definitions = {one.pk: one for one in kept["definitions"]}
    sums = sums_of(snapshot, audience)
    by_cycle, no_indicator = defaultdict(list), {}
    for box in boxes_of(snapshot, sums, cycles, definitions):
        if not box.indicator:
            no_indicator[box.cycle.pk] = box
        elif box.indicator.is_offered or box.state != "empty":
            by_cycle[box.cycle.pk].append(box)
    read = reading.Reading(
        community=snapshot.community,
        audience=audience,
        chosen=reading.EVERYTHING,
        state=reading.State(
            built_version=0,
            built_at=snapshot.taken_at,
            behind=False,
            failed=False,
            mark=f"snapshot:{snapshot.pk}",
            narrowing=0,
        ),
        whole=sums.get((0, 0, 0), reading.NOTHING),
        cycles=[
            reading.CycleReading(
                cycle=one,
                cell=sums.get((0, 0, pk), reading.NOTHING),
                boxes=by_cycle[pk],
                no_indicator=no_indicator.get(pk) or reading.BoxReading(0, one, reading.NOTHING),
            )
            for pk, one in cycles.items()
        ],
    )
    reading.join_pairs(read, sums)
    return read


def sums_of(snapshot, audience):
    """{(u, v, cycle): sums}: those kept, and those that are added up anew."""
    columns = snapshot.figures["columns"]
    kept = {}
    for row in snapshot.figures["sums"]:
        one = dict(zip(columns, row, strict=True))
        if one.pop("audience") == audience:
            key = one.pop("u"), one.pop("v"), one.pop("cycle")
            kept[key] = SimpleNamespace(**(vars(reading.NOTHING) | one))
    anew = build.result(build.sums(still_told(snapshot, audience), audience)).rows()
    # Of a sum that is kept only some claims are here.
    return reading.by_key(anew) | kept


def still_told(snapshot, audience):
    """The kept claims in the shape of `build.source`, of stories that still count for the audience."""
    stories = Story.objects.counted_for(audience).filter(community=snapshot.community_id)
    columns = ", ".join(
        f"(one ->> {place})::{TYPES.get(column, 'bigint')} AS {column}"
        for place, column in enumerate(build.CLAIM)
    )
    return (
        f"SELECT claim.*, ({build.FACETS_OF})::smallint AS facets FROM (SELECT {columns}"
        + Statement(
            " FROM matrix_snapshot CROSS JOIN jsonb_array_elements(claims) AS one WHERE id = %s",
            (snapshot.pk,),
        )
        + f") AS claim WHERE audience >= {int(audience)} AND story IN ("
        + Statement.of(stories.order_by().values("pk"))
        + ")"
    )


def boxes_of(snapshot, sums, cycles, definitions):
    """Its boxes as `BoxReading`, in their stored order."""
    figures = snapshot.figures
    indicators = {one.pk: one for one in instances(figures["indicators"])}
    targets = {one.definition_id: one for one in instances(figures["targets"])}
    observed = defaultdict(list)
    for one in instances(figures["observations"]):
        one.definition = definitions[one.definition_id]
        observed[one.indicator_id].append(one)
    for one in indicators.values():
        one.community = snapshot.community
        one.cycle = cycles[one.cycle_id]
        one.definition = definitions[one.definition_id]
    boxes = instances(figures["boxes"])
    for box in sorted(boxes, key=lambda box: (box.place is None, box.place, box.pk)):
        cell = sums.get((box.pk, 0, 0), reading.NOTHING)
        if box.cycle_id:
            yield reading.BoxReading(box.pk, cycles[box.cycle_id], cell)
        elif indicator := indicators.get(box.indicator_id):
            yield reading.BoxReading(
                pk=box.pk,
                cycle=indicator.cycle,
                cell=cell,
                indicator=indicator,
                observations=observed[indicator.pk],
                target=targets.get(indicator.definition_id),
                silent=figures["silent"].get(str(indicator.pk), []),
            )


def instances(rows):
    """The rows as they were, not of the database: what a model has no more is left out."""
    found = serializers.deserialize("python", rows, ignorenonexistent=True)
    return [one.object for one in found]


def withdrawn_since(snapshot, audience=Audience.ME):
    """How many stories that were published by then were withdrawn since; of those that are for this
    audience or a wider one."""
    return Story.objects.filter(
        community=snapshot.community_id,
        status=Story.Status.WITHDRAWN,
        audience__gte=audience,
        published_at__lte=snapshot.taken_at,
        withdrawn_at__gt=snapshot.taken_at,
    ).count()


def forget_purged():
    """A story whose words are purged is gone from the kept claims too."""
    gone = (
        "SELECT FROM stories_story AS story WHERE story.id = (one ->> 0)::bigint"
        " AND story.purged_at IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matrix_snapshot SET claims = coalesce((SELECT jsonb_agg(one)"
            f" FROM jsonb_array_elements(claims) AS one WHERE NOT EXISTS ({gone})), '[]')"
            " WHERE EXISTS (SELECT FROM jsonb_array_elements(claims) AS one"
            f" WHERE EXISTS ({gone}))"
        )


# -- by itself -------------------------------------------------------------------------------------


def due():
    """The communities in which a month is over, by their own clock, and which have no snapshot of it;
    without a story there was nothing to see."""
    since = timezone.now().date() - timedelta(days=70)
    taken = set(Snapshot.objects.filter(month__gte=since).values_list("community", "month"))
    return [
        community
        for community in Community.objects.order_by("pk")
        if (community.pk, month_over(community)) not in taken and had_a_story(community)
    ]


def take_month(community):
    """The snapshot of the month that is over; None where another worker has taken it."""
    month = month_over(community)
    with translation.override(community.language):
        title = date_format(month, "YEAR_MONTH_FORMAT")
    try:
        return take(community=community, title=title, month=month)
    except IntegrityError:
        return None


def month_over(community):
    """The first day of the month before this one."""
    return (community.today.replace(day=1) - timedelta(days=1)).replace(day=1)


def had_a_story(community):
    """Did one count before this month began? Later ones are no part of the month that is over."""
    begun = datetime.combine(community.today.replace(day=1), time.min, community.zone)
    stories = Story.objects.counted_for(Audience.FACILITATORS).filter(community=community)
    return community.created_at < begun and stories.filter(published_at__lt=begun).exists()
