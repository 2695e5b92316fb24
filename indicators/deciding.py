"""What a community decided on an indicator, as a facilitator records it.

`said` in each act: `rationale`, `how` (`Decision.How`) and perhaps `present`."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.signals import tell

from . import letters
from .hearing import between, voices
from .models import Decision, Indicator
from .negotiating import locked, require_readable, undecided

Outcome, State = Decision.Outcome, Indicator.State


@transaction.atomic
def agree(*, round, by, **said):
    """Refused with what still stands between this and a decision."""
    round = undecided(round)
    if faults := list(between(round)):
        raise ValidationError(faults)
    return decide(round.indicator, by, Outcome.AGREE, State.AGREED, said)


@transaction.atomic
def change(*, round, by, **said):
    """It is to be changed: the round ends, and the next version is asked about anew."""
    return decide(undecided(round).indicator, by, Outcome.CHANGE, State.PROPOSED, said)


@transaction.atomic
def decline(*, indicator, by, **said):
    return decide(in_use(indicator), by, Outcome.DECLINE, State.DECLINED, said)


@transaction.atomic
def retire(*, indicator, by, **said):
    """Looked at no longer; what it counted stays."""
    indicator = in_use(indicator)
    require_other_state(indicator, State.RETIRED)
    return decide(indicator, by, Outcome.RETIRE, State.RETIRED, said)


def decide(indicator, by, outcome, state, said, **about):
    """Stores the decision on a locked indicator with the groups and what they said, as they stood; the
    open round, where there is one, ends with it."""
    round = indicator.rounds.undecided().first()
    decision = Decision(
        definition=indicator.definition, outcome=outcome, decided_by=by, **about, **trimmed(said)
    )
    if round:
        round.indicator = indicator
        require_readable(round)
        decision.round = round
        decision.groups = [voice.frozen() for voice in voices(round)]
        round.decided_at = timezone.now()
        round.save(update_fields=["decided_at"])
    decision.full_clean()
    decision.save()
    was_drawn = indicator.is_drawn
    indicator.state = state
    indicator.save(update_fields=["state", "merged_into"])
    # Only where it is drawn no longer do its touches fall to other boxes.
    tell(indicator.community, () if was_drawn == indicator.is_drawn else None)
    letters.tell_decided(decision)
    return decision


def trimmed(said):
    return {name: value.strip() for name, value in said.items()}


def in_use(indicator):
    """The indicator, locked. ValidationError where it is declined or merged already."""
    indicator = locked(indicator)
    if not indicator.is_drawn:
        require_other_state(indicator, indicator.state)
    return indicator


def require_other_state(indicator, state):
    if indicator.state == state:
        raise ValidationError(
            _("“%(name)s” is %(state)s already.")
            % {"name": indicator, "state": indicator.get_state_display().lower()}
        )
