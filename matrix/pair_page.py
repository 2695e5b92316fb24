"""The page of a pair: who tells that one box led to another, and in which stories."""

from django.http import Http404

from communities.guard import community_page
from communities.permissions import Permission

from . import page, reading, words
from .asking import Asked, asked_by
from .later import figures_or_later
from .showing import listed, show


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def pair(request, viewer, start, end):
    asked = asked_by(request.GET, viewer)[1] or Asked(viewer.audience)
    with reading.one_moment():
        read = reading.read(viewer.community, asked.audience, asked.chosen)
        by_name = {page.name_in_address(box): box for box in read.boxes.values()}
        if start not in by_name or end not in by_name:
            raise Http404
        start, end = by_name[start], by_name[end]
        found = (pair for box, pair in start.leads_to if box is end)
        sums = next(found, reading.NOTHING)
        stories = listed(request, read.stories(u=start.pk, v=end.pk))
    return show(
        request,
        "matrix/pair.html",
        {
            "asked": asked,
            "ends": [
                (box, page.place_of(box), page.href_of(viewer.community, box, asked.query))
                for box in (start, end)
            ],
            "sums": sums,
            "sources": words.sources(sums),
            "breakdown": words.breakdown(sums),
            **stories,
        },
    )
