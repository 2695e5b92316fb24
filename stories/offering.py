"""From stories to an indicator: steps that were told without one are offered to their tellers for it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from indicators.models import Indicator

from .letters import ask_tellers
from .models import Part, Status, Step, Story, Touch
from .trail import hold_touches

# As many as can be looked through on one page.
MOST = 100


def untouched_steps(viewer, cycle):
    """The newest steps of this cycle that are told here without an indicator, in stories that the
    viewer may open."""
    stories = Story.objects.visible_to(viewer).filter(status=Status.PUBLISHED)
    touches = Touch.objects.counted().filter(indicator__state__in=Indicator.DRAWN)
    steps = Step.objects.counted().filter(
        ~Exists(touches.filter(step=OuterRef("pk"))), story__in=stories, cycle=cycle
    )
    newest_first = ["-story__published_at", "-story", "position"]
    newest = Step.objects.filter(pk__in=steps.order_by(*newest_first).values("pk")[:MOST])
    return newest.select_related("story__teller__user", "story__community").order_by(*newest_first)


@transaction.atomic
def offer(*, indicator, steps, by):
    """Each teller is asked whether their step tells of it; it counts when they say so."""
    hold_touches(indicator.community)
    indicator.refresh_from_db(fields=["state"])
    if not indicator.is_offered:
        raise ValidationError(_("“%s” is not in use.") % indicator)
    taken = set(indicator.touches.values_list("step", flat=True))
    rows = [step for step in steps if step.pk not in taken]
    Touch.objects.bulk_create(
        Touch(step=step, indicator=indicator, status=Part.Status.PROPOSED, said_by=by)
        for step in rows
    )
    ask_tellers(indicator.community, {step.story_id for step in rows}, by)
    return rows
