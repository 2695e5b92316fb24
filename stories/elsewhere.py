"""Stories that somebody told elsewhere, in a meeting or on paper, and a facilitator writes down."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.actions.audit import record
from communities.models import Act, Teller
from communities.permissions import Audience

from . import actions
from .letters import ask_tellers, tell_facilitators


@transaction.atomic
def tell_elsewhere(*, community, teller, by, told_where, told_on, **written):
    """As its teller told it there: it waits to be published. That it was written down so is kept, with
    who did it."""
    fields = as_told_elsewhere(community, by, told_where=told_where, told_on=told_on, **written)
    story = actions.tell(community=community, teller=teller, by=by, **fields)
    with actions.changing(story, "submit", by) as story:
        actions.hand_in(story)
        tell_facilitators(story, "submitted")
    record(community, Act.TELL_ELSEWHERE, story, by=by)
    return story


@transaction.atomic
def write_down(*, community, teller, by, **written):
    """What `by` understood, for its teller to confirm: with an account they find it among their stories;
    of whoever has none it is "I heard a story", for facilitators."""
    fields = as_written_down(teller, by, **written)
    story = actions.tell(community=community, teller=teller, by=by, **fields)
    ask_tellers(community, [story.pk], by)
    return story


def as_told_elsewhere(community, by, *, told_where, told_on, **written):
    """What its draft is made with."""
    require_where_and_when(community, told_where, told_on)
    return {"recorder": by} | written | {"told_where": told_where.strip(), "told_on": told_on}


def as_written_down(teller, by, **written):
    """What its draft is made with."""
    is_stub = teller.kind != Teller.Kind.USER
    # Who looks on is for its teller to say.
    written |= {"audience": Audience.FACILITATORS, "recorder": by}
    return written | {"told": False, "is_stub": is_stub, "sitting_open": not is_stub}


def require_where_and_when(community, where, on):
    faults = {}
    if not where.strip():
        faults["told_where"] = _("Say where it was told.")
    if not on:
        faults["told_on"] = _("Say on which day it was told.")
    elif on > community.today:
        faults["told_on"] = _("This day is still to come.")
    if faults:
        raise ValidationError(faults)
