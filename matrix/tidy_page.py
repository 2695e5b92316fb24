"""The page on which facilitators choose between the drawing as it stands and a tidied one."""

import math

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
    pictures = []
    for title, order in ((_("As it stands"), now), (_("Tidied"), tidied)):
        in_order(read, order)
        ribbons = page.ribbons(read) if page.as_ribbons(read, "") else ()
        picture = page.picture(read, told, ribbons)
        svg = drawing.draw(picture, prefix="" if order is now else "tidied-")
        pictures.append((title, crossings(order), svg))
    fewer = tidied.crossings < now.crossings
    moves = fewer and sum(now.places[pk] != place for pk, place in tidied.places.items())
    return render(request, "matrix/tidy.html", {"pictures": pictures, "moves": moves})


def in_order(read, order):
    places_of = order.places
    for one in read.cycles:
        one.boxes.sort(key=lambda box: places_of[box.pk])


def crossings(order):
    """Of links by their tellers: a crossing of long links counts for a part of one."""
    count = math.ceil(order.crossings)
    return ngettext("%(count)d crossing", "%(count)d crossings", count) % {"count": count}
