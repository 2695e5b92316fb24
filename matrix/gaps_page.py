"""The page of where trails break and what is missing."""

from django.shortcuts import render

from communities.guard import community_page
from communities.permissions import Permission

from . import reading
from .gaps import BREAKS, breaks, gaps, told_from_invited
from .later import figures_or_later


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def missing(request, viewer):
    with reading.one_moment():
        read = reading.read(viewer.community, viewer.audience)
        context = {
            "headings": [label for label, _facet in BREAKS.values()],
            "breaks": breaks(read),
            "gaps": gaps(read, viewer),
        }
        if viewer.can(Permission.KEEP_PEOPLE):
            context["told"], context["invited"] = told_from_invited(viewer.community)
    return render(request, "matrix/missing.html", context)
