"""Home after entering: for each community what waits for this person, and the way on."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.shortcuts import redirect, render

from communities.models import Community, Membership
from communities.permissions import Permission, Role, can, may_found
from communities.views import landing
from indicators.models import Indicator
from indicators.standing import rounds_that_ask
from valuecreation.alphabet import place_of

from .models import Status, Story
from .proposed import ASKING, with_proposed


@dataclass
class Desk:
    """One community as this person finds it; the numbers are None where they are not theirs."""

    community: Community
    tells: bool
    drafts: int | None = None
    returned: int | None = None
    to_confirm: int | None = None
    waiting: int | None = None
    negotiated: int | None = None
    asked: int = 0
    may_decline: bool = False

    @property
    def is_quiet(self):
        return not any(
            (
                self.drafts,
                self.returned,
                self.to_confirm,
                self.waiting,
                self.negotiated,
                self.asked,
            )
        )


def home(request):
    """A funder of one community goes straight to its matrix."""
    if not request.user.is_authenticated:
        return landing(request)
    memberships = sorted(
        Membership.objects.filter(user=request.user).select_related("community").order_by("pk"),
        key=lambda one: place_of(one.community.name),
    )
    if len(memberships) == 1 and memberships[0].roles == [Role.FUNDER]:
        return redirect("matrix:matrix", memberships[0].community.slug)
    return render(
        request,
        "home.html",
        {"desks": desks_of(request.user, memberships), "may_found": may_found(request.user)},
    )


def desks_of(user, memberships):
    """In a constant number of queries, whatever the number of communities."""
    own, waiting, negotiated = own_stories(user), Counter(), Counter()
    asked = Counter(one.indicator.community_id for one in rounds_that_ask(user))
    reviewed = [one.community_id for one in memberships if can(one.roles, Permission.REVIEW_STORY)]
    if reviewed:
        submitted = Story.objects.filter(status=Status.SUBMITTED, audience__gt=0)
        waiting = by_community(submitted.filter(community__in=reviewed))
        proposed = Indicator.objects.filter(state=Indicator.State.PROPOSED)
        negotiated = by_community(proposed.filter(community__in=reviewed))
    return [
        desk(
            one,
            own.get(one.community_id, {}),
            waiting,
            negotiated,
            one.community_id in reviewed,
            asked[one.community_id],
        )
        for one in memberships
    ]


def desk(membership, own, waiting, negotiated, reviews, asked):
    tells = can(membership.roles, Permission.TELL_STORY)
    community = membership.community
    return Desk(
        community=community,
        tells=tells,
        drafts=own.get("drafts", 0) if tells else None,
        returned=own.get("returned", 0) if tells else None,
        to_confirm=own.get("to_confirm", 0) if tells else None,
        waiting=waiting[community.pk] if reviews else None,
        negotiated=negotiated[community.pk] if reviews else None,
        asked=asked,
        may_decline=tells and not own and not membership.declined_to_tell_at,
    )


def own_stories(user):
    rows = with_proposed(Story.objects.told_by(user)).values("community")
    counted = rows.annotate(
        drafts=Count("pk", filter=Q(status=Status.DRAFT)),
        returned=Count("pk", filter=Q(status=Status.RETURNED)),
        to_confirm=Count("pk", filter=ASKING),
    )
    return {row["community"]: row for row in counted.order_by()}


def by_community(rows):
    return Counter(dict(rows.values_list("community").annotate(Count("pk")).order_by()))
