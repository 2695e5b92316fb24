"""The page of a box: an indicator with all that is known of it, or what was told without one."""

from django.http import Http404

from communities.guard import community_page
from communities.permissions import Permission
from indicators.definitions import decisions_of, described, versions_of
from indicators.figures import figure, parts, quantity, unit_of
from indicators.hearing import reasons_of
from indicators.models import GamingCheck, Observation, Target
from indicators.standing import merged_into
from stories.models import Step, Story

from . import drawing, page, reading, words
from .asking import Asked, asked_by
from .later import figures_or_later
from .showing import listed, show


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def indicator(request, viewer, code):
    """What it says, why it matters, its numbers, and the stories that touch it. Its address stays,
    whether or not it is drawn."""
    rows = viewer.community.indicators.select_related(
        "definition", "cycle", "merged_into__definition", "split_from__definition"
    )
    found = rows.filter(code=code).first()
    if not found:
        raise Http404
    return box(request, viewer, lambda box: box.indicator == found, otherwise=found)


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def no_indicator(request, viewer, key):
    """The stories told in a cycle by steps that touch no indicator."""
    return box(request, viewer, lambda box: not box.indicator and box.cycle.key == key)


def box(request, viewer, is_wanted, otherwise=None):
    asked = asked_by(request.GET, viewer)[1] or Asked(viewer.audience)
    with reading.one_moment():
        read = reading.read(viewer.community, asked.audience, asked.chosen)
        found = next(filter(is_wanted, read.boxes.values()), None)
        if not found and not otherwise:
            raise Http404
        found = found or reading.undrawn(otherwise)
        stories = listed(request, read.stories(u=found.pk))
    return show(
        request,
        "matrix/box.html",
        {
            "box": found,
            "indicator": otherwise,
            "row": page.row(viewer.community, found, asked.query),
            "ways": page.ways(viewer.community, found, asked.query),
            "asked": asked,
            "sources": words.sources(found.cell),
            "breakdown": words.breakdown(found.cell),
            "observations": shown_numbers(found.observations),
            "chart": drawing.chart(page.series(found), page.goal(found)),
            **(about(otherwise, found, viewer) if otherwise else {}),
            **stories,
        },
    )


def about(indicator, box, viewer):
    """How it is counted, how that changed, and what was decided; by whom, and what persons said of it,
    for those who may know."""
    talks = viewer.can(Permission.NEGOTIATE)
    checks = GamingCheck.objects.current().filter(definition=indicator.definition_id)
    return {
        "described": described(indicator.definition),
        "versions": versions_of(indicator),
        "decisions": decisions_of(indicator),
        "reasons": reasons_of(indicator) if talks else [],
        "gaming": checks.select_related("counter_indicator__definition").first() if talks else None,
        "names_people": viewer.can(Permission.SEE_PEOPLE),
        "hopes": hopes_of(indicator, box),
        "of_merged": numbers_of_merged(indicator),
        "origin": origin_of(indicator, viewer),
    }


def hopes_of(indicator, box):
    """[(target, what was aimed at, what the newest number within its period says)]: side by side."""
    targets = Target.objects.filter(definition__indicator=indicator).select_related("definition")
    return [
        (target, quantity(target.value, unit_of(target.definition)), happened(target, box))
        for target in targets.order_by("-end", "-pk")
    ]


def happened(target, box):
    within = [one for one in box.observations if target.start <= one.end <= target.end]
    return figure(within[-1]) if within else ""


def numbers_of_merged(indicator):
    """[(an indicator that was merged into it, its numbers)]: under its own name and definition."""
    gone = merged_into(indicator)
    rows = Observation.objects.filter(indicator__in=gone).in_their_order() if gone else []
    found = {one.pk: [] for one in gone}
    for row in rows:
        found[row.indicator_id].append(row)
    return [(one, shown_numbers(found[one.pk])) for one in gone]


def shown_numbers(observations):
    return [(one, figure(one), parts(one)) for one in observations]


def origin_of(indicator, viewer):
    """The step in which it was proposed, where its story is open to this viewer."""
    visible = Story.objects.visible_to(viewer)
    steps = Step.objects.counted().filter(proposed_indicator=indicator, story__in=visible)
    return steps.select_related("story").order_by("pk").first()
