"""The page on which facilitators see how it stands with the matrix, and ask for it to be added up."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.guard import community_page
from communities.permissions import Permission

from .upkeep import retry, upkeep_of


@community_page(Permission.KEEP_COMMUNITY)
def upkeep(request, viewer):
    if request.method == "POST":
        retry(viewer.community)
        messages.success(request, _("Asked for. It takes a moment."))
        return redirect("matrix:upkeep", viewer.community.slug)
    return render(request, "matrix/upkeep.html", {"upkeep": upkeep_of(viewer.community)})
