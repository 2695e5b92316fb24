"""What uses an indicator: in use it is never deleted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.signals import tell
from indicators.models import Decision, GamingCheck, Indicator, Stance, Target
from indicators.negotiating import locked

from .models import Step, Touch
from .trail import hold_touches


@transaction.atomic
def delete(*, indicator, by):
    """One that was proposed by mistake. ValidationError that says what uses it, where anything
    does."""
    hold_touches(indicator.community, alone=True)
    indicator = locked(indicator)
    if found := uses(indicator):
        raise ValidationError(
            _("“%(name)s” can't be deleted: it is in use (%(uses)s). You can retire it instead.")
            % {"name": indicator, "uses": ", ".join(found)}
        )
    community = indicator.community
    indicator.definition = None
    indicator.save(update_fields=["definition"])
    indicator.delete()
    tell(community, None)


def uses(indicator):
    """In words, with how many."""
    definitions = {"definition__indicator": indicator}
    counts = [
        (
            Touch.objects.filter(indicator=indicator).values("step__story").distinct().count(),
            lambda n: ngettext("%d story", "%d stories", n),
        ),
        (
            Step.objects.filter(proposed_indicator=indicator).count(),
            lambda n: ngettext("proposed in %d step", "proposed in %d steps", n),
        ),
        (indicator.observations.count(), lambda n: ngettext("%d number", "%d numbers", n)),
        (
            Target.objects.filter(**definitions).count(),
            lambda n: ngettext("%d target", "%d targets", n),
        ),
        (
            Stance.objects.filter(round__indicator=indicator).count(),
            lambda n: ngettext("%d stance", "%d stances", n),
        ),
        (indicator.comments.count(), lambda n: ngettext("%d comment", "%d comments", n)),
        (
            Decision.objects.filter(**definitions).count(),
            lambda n: ngettext("%d decision", "%d decisions", n),
        ),
        (
            GamingCheck.objects.filter(**definitions).count(),
            lambda n: ngettext("%d gaming check", "%d gaming checks", n),
        ),
        (
            Indicator.objects.filter(merged_into=indicator).count()
            + Indicator.objects.filter(split_from=indicator).count()
            + GamingCheck.objects.filter(counter_indicator=indicator).count()
            + Decision.objects.filter(into=indicator).count(),
            lambda n: ngettext("%d other indicator", "%d other indicators", n),
        ),
    ]
    return [words(count) % count for count, words in counts if count]
