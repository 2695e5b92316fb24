"""How many were invited, came, told, and would rather not: by group, never by person.

A group of fewer than `LEAST` people would be its people; such groups, and those who belong to none,
are counted together, and where that is too few as well nothing is said of telling.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.shortcuts import render
from django.utils.translation import gettext as _

from communities.guard import community_page
from communities.models import Teller
from communities.permissions import Audience, Permission
from valuecreation.alphabet import place_of

from .models import Status

LEAST = 3
TOLD = (Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.HIDDEN)


@dataclass
class Asked:
    name: str
    people: int = 0  # who belong to it now
    invited: int = 0  # by mail, each address once, and whoever came by an address passed on
    came: int = 0
    said_no: int = 0  # to the invitation
    told: int | None = 0  # people with a story that a facilitator may know of
    rather_not: int | None = 0  # people who would rather not tell, and have not

    def add(self, other):
        for name in ("people", "invited", "came", "said_no", "told", "rather_not"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def hide_telling(self):
        self.told = self.rather_not = None


def asked(community):
    """(rows, total), in a constant number of queries."""
    groups = {one.pk: Asked(one.name) for one in community.stakeholder_groups.all()}
    rows = defaultdict(lambda: Asked(""), groups)
    invitations = community.invitations.values("stakeholder_group").annotate(
        by_mail=Count("pk", filter=~Q(email="")),
        by_address=Sum("uses", filter=Q(email=""), default=0),
        came=Sum("uses", default=0),
        said_no=Count("pk", filter=Q(declined_at__isnull=False)),
    )
    for one in invitations.order_by():
        row = rows[one["stakeholder_group"]]
        row.invited, row.came = one["by_mail"] + one["by_address"], one["came"]
        row.said_no = one["said_no"]
    tellers = Teller.objects.filter(
        community=community, stories__status__in=TOLD, stories__audience__gt=Audience.ME
    )
    told = Q(user__in=tellers.filter(user__isnull=False).values("user"))
    members = community.memberships.filter(user__is_active=True).values(
        group=F("stakeholder_group")
    )
    for one in members.annotate(
        people=Count("pk"),
        told=Count("pk", filter=told),
        rather_not=Count("pk", filter=Q(declined_to_tell_at__isnull=False) & ~told),
    ).order_by():
        row = rows[one["group"]]
        row.people, row.told, row.rather_not = one["people"], one["told"], one["rather_not"]
    return by_group(rows)


def by_group(rows):
    large = [row for pk, row in rows.items() if pk and row.people >= LEAST]
    small = [row for pk, row in rows.items() if not (pk and row.people >= LEAST)]
    shown = sorted(large, key=lambda row: place_of(row.name))
    rest, total = Asked(_("Smaller groups, and people in none")), Asked(_("All together"))
    for row in small:
        rest.add(row)
    for row in (*large, rest):
        total.add(row)
    if small:
        shown.append(rest)
    if small and 0 < rest.people < LEAST:
        # What is hidden here must not be had by subtraction.
        rest.hide_telling()
        total.hide_telling()
    return shown, total


@community_page(Permission.KEEP_PEOPLE)
def numbers(request, viewer):
    rows, total = asked(viewer.community)
    withdrawn = viewer.community.stories.filter(status=Status.WITHDRAWN).count()
    context = {"rows": rows, "total": total, "withdrawn": withdrawn}
    return render(request, "stories/numbers.html", context)
