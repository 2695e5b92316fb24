"""Two indicators become one, and two again if that was wrong; one is split into several.

Numbers stay with the indicator that they were reported for, and so do its definitions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.signals import tell
from indicators.actions import propose
from indicators.deciding import Outcome, State, decide, in_use
from indicators.negotiating import locked

from .letters import ask_tellers
from .models import IndicatorMerge, Part, Touch
from .trail import hold_touches

MOST_PARTS = 10


@transaction.atomic
def merge(*, indicator, into, by, **said):
    """What touched `indicator` touches `into` from now on; a step that says both keeps one touch."""
    hold_touches(indicator.community, alone=True)
    gone, kept = lock(indicator, into)
    refuse_what_is_not_two(gone, kept)
    state_before, gone.merged_into = gone.state, kept
    decision = decide(gone, by, Outcome.MERGE, State.MERGED, said, into=kept)
    both = Touch.objects.filter(indicator=kept, step__touches__indicator=gone)
    dropped = [drop(touch, gone) for touch in both.order_by("pk")]
    moved = list(gone.touches.order_by("pk").values_list("pk", flat=True))
    gone.touches.update(indicator=kept)
    return IndicatorMerge.objects.create(
        decision=decision,
        kept=kept,
        gone=gone,
        state_before=state_before,
        moved=moved,
        dropped=dropped,
        by=by,
    )


@transaction.atomic
def undo_merge(*, merge, by):
    """Two indicators again. What a teller has changed since stays as it is."""
    hold_touches(merge.kept.community, alone=True)
    gone, kept = lock(merge.gone, merge.kept)
    merge = IndicatorMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        return merge
    if kept.state == State.MERGED:
        raise ValidationError(
            _("“%(kept)s” was merged into “%(other)s” since. Undo that first.")
            % {"kept": kept, "other": kept.merged_into}
        )
    kept.touches.filter(pk__in=merge.moved).update(indicator=gone)
    for touch in merge.dropped:
        bring_back(touch, gone, kept)
    gone.state, gone.merged_into = merge.state_before, None
    gone.save(update_fields=["state", "merged_into"])
    merge.undone_at = merge.decision.undone_at = timezone.now()
    merge.save()
    merge.decision.save(update_fields=["undone_at"])
    tell(kept.community, None)
    return merge


def drop(touch, gone):
    """Of a step that says both: `touch` counts where either did. What it takes to undo that."""
    other = touch.step.touches.get(indicator=gone)
    kept = {"step": touch.step_id, "status": other.status, "said_by": other.said_by_id}
    if other.is_counted and not touch.is_counted:
        kept["raised"] = {"status": touch.status, "said_by": touch.said_by_id}
        touch.status, touch.said_by_id = other.status, other.said_by_id
        touch.save()
    other.delete()
    return kept


def bring_back(dropped, gone, kept):
    touch = Touch.objects.filter(step=dropped["step"], indicator=kept).first()
    if not touch:
        return
    if (raised := dropped.get("raised")) and touch.status == dropped["status"]:
        touch.status, touch.said_by_id = raised["status"], raised["said_by"]
        touch.save()
    said = {"status": dropped["status"], "said_by_id": dropped["said_by"]}
    Touch.objects.get_or_create(step=touch.step, indicator=gone, defaults=said)


@transaction.atomic
def split(*, indicator, names, by, **said):
    """New indicators in its place, being negotiated; it is retired. Each touch is offered to its
    teller again, for each of the parts: only they know which one their step tells of."""
    hold_touches(indicator.community, alone=True)
    indicator = in_use(indicator)
    if len(names) < 2:
        raise ValidationError({"names": _("Name at least two parts.")})
    if len(names) > MOST_PARTS:
        fault = _("Name at most %d parts; split a part again where that is too few.") % MOST_PARTS
        raise ValidationError({"names": fault})
    parts = [part(indicator, name, by) for name in names]
    decide(indicator, by, Outcome.SPLIT, State.RETIRED, said)
    touches = Touch.objects.filter(indicator=indicator).exclude(status=Part.Status.REJECTED)
    Touch.objects.bulk_create(
        Touch(step_id=touch.step_id, indicator=one, status=Part.Status.PROPOSED, said_by=by)
        for touch in touches.order_by("pk")
        for one in parts
    )
    ask_tellers(indicator.community, touches.values("step__story"), by)
    return parts


def part(indicator, name, by):
    content = indicator.definition.content() | {"name": name}
    made = propose(
        community=indicator.community,
        by=by,
        cycle=indicator.cycle,
        capital=indicator.capital,
        reason=_("A part of “%s”, which was split.") % indicator,
        **content,
    )
    made.split_from = indicator
    made.save(update_fields=["split_from"])
    return made


def lock(*indicators):
    """Always in the same order, so that two facilitators cannot wait for each other."""
    rows = {pk: locked(row) for pk, row in sorted((row.pk, row) for row in indicators)}
    return [rows[row.pk] for row in indicators]


def refuse_what_is_not_two(gone, kept):
    if gone.pk == kept.pk:
        raise ValidationError({"into": _("Choose another indicator.")})
    if gone.community_id != kept.community_id:
        raise ValidationError({"into": _("Choose an indicator of this community.")})
    in_use(gone)
    if not kept.is_offered:
        raise ValidationError(
            {
                "into": _("“%(name)s” is %(state)s; choose one that is in use.")
                % {"name": kept, "state": kept.get_state_display().lower()}
            }
        )
