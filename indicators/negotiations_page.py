"""All that a community looks at or talks about, with what waits for whoever reads it."""

from dataclasses import dataclass, field
from datetime import date

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from communities.guard import community_page
from communities.permissions import Permission

from .models import Indicator, Round
from .standing import reviews_of, rounds_that_ask, silent_of

State = Indicator.State


@dataclass
class Item:
    indicator: Indicator
    round: Round | None
    review_on: date | None
    # Agreed without a word from these groups.
    silent: list[str] = field(default_factory=list)
    # Whoever reads it is asked, and has not said anything of the version in force.
    asks: bool = False


HEADINGS = {
    "asks": _("You are asked"),
    "talked": _("Being talked about"),
    "agreed": _("Agreed"),
    "proposed": _("Proposed, and not asked about yet"),
    "aside": _("Put aside"),
}


@community_page(Permission.NEGOTIATE)
def negotiations(request, viewer):
    parts = {key: [] for key in HEADINGS}
    for item in items(viewer):
        parts[part_of(item)].append(item)
    shown = [(key, heading, parts[key]) for key, heading in HEADINGS.items() if parts[key]]
    context = {"parts": shown, "today": viewer.community.today}
    return render(request, "indicators/negotiations.html", context)


def part_of(item):
    if item.round:
        return "asks" if item.asks else "talked"
    state = item.indicator.state
    return {State.PROPOSED: "proposed", State.AGREED: "agreed"}.get(state, "aside")


def items(viewer):
    """In a constant number of queries."""
    community = viewer.community
    rounds = Round.objects.undecided().filter(indicator__community=community)
    rounds = {one.indicator_id: one for one in rounds}
    asking = {one.pk for one in rounds_that_ask(viewer.user)}
    reviews = reviews_of(community)
    unheard = silent_of(community)
    for indicator in community.indicators.in_reading_order():
        round = rounds.get(indicator.pk)
        if round:
            indicator.community, round.indicator = community, indicator
        yield Item(
            indicator=indicator,
            round=round,
            review_on=reviews.get(indicator.definition_id),
            silent=unheard.get(indicator.pk, []),
            asks=bool(round) and round.pk in asking,
        )
