"""The page on which facilitators choose between the drawing as it stands and a tidied one."""

import math
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.guard import community_page
from communities.permissions import Permission

from . import drawing, page, places, reading
from .later import figures_or_later


@community_page(Permission.KEEP_COMMUNITY)
@figures_or_later
def tidy(request, viewer):
    if request.method == "POST":
        places.tidy(community=viewer.community)
        messages.success(request, _("Tidied. Where things stand has changed for everybody."))
        return redirect("matrix:matrix", viewer.community.slug)
    with reading.one_moment():
        read = reading.read(viewer.community, viewer.audience)
        now, tidied = places.orders(viewer.community)
        told = reading.threads(read)
    moved = moves_of(read, now, tidied) if tidied.crossings < now.crossings else []
    orders = [(_("As it stands"), now, "")]
    if moved:
        orders.append((_("Tidied"), tidied, "tidied-"))
    return render(
        request,
        "matrix/tidy.html",
        {
            "pictures": [
                (title, crossings(order), drawn_in(read, told, order, prefix))
                for title, order, prefix in orders
            ],
            "moved": moved,
            "moves": sum(one.moves for _cycle, rows in moved for one in rows),
        },
    )


@dataclass
class Move:
    """A box and its places in its column, from 1: as it stands, and tidied."""

    name: str
    now: int
    tidied: int

    @property
    def moves(self):
        return self.now != self.tidied


def moves_of(read, now, tidied):
    """[(cycle, its Moves in the tidied order)] of the cycles in which a box that is drawn moves."""
    found = []
    for one in read.cycles:
        places_now = {box.pk: place for place, box in enumerate(in_order(one.boxes, now), start=1)}
        rows = [
            Move(page.name_of(box), places_now[box.pk], place)
            for place, box in enumerate(in_order(one.boxes, tidied), start=1)
        ]
        if any(row.moves for row in rows):
            found.append((one.cycle, rows))
    return found


def in_order(boxes, order):
    places_of = order.places
    return sorted(boxes, key=lambda box: places_of[box.pk])


def drawn_in(read, told, order, prefix):
    """The drawing of what was read, with its boxes in this order."""
    for one in read.cycles:
        one.boxes = in_order(one.boxes, order)
    ribbons = page.ribbons(read) if page.as_ribbons(read, "") else ()
    return drawing.draw(page.picture(read, told, ribbons), prefix=prefix)


def crossings(order):
    """Of links by their tellers: a crossing of long links counts for a part of one."""
    count = math.ceil(order.crossings)
    return ngettext("%(count)d crossing", "%(count)d crossings", count) % {"count": count}
