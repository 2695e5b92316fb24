"""The page on which somebody proposes an indicator: a new one, or from the starter library."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.guard import community_page
from communities.permissions import Permission
from valuecreation.framework import STARTER_INDICATORS

from .forms import ProposalForm


@community_page(Permission.PROPOSE_INDICATOR)
def propose(request, viewer):
    """`from`: the code of a starter indicator to begin from; `cycle`: the key of where to begin."""
    community = viewer.community
    if request.method == "POST":
        form = ProposalForm(request.POST, community=community)
        indicator = form.propose(request.user) if form.is_valid() else None
        if indicator:
            messages.success(request, _("Proposed. The community can talk about it now."))
            # From a box of steps without an indicator: which of them tell of it?
            after = "stories:offer" if "cycle" in request.GET else "matrix:indicator"
            return redirect(after, community.slug, indicator.code)
        return show(request, viewer, form, status=422)
    chosen = request.GET.get("from")
    preset = next((one for one in STARTER_INDICATORS if one.code == chosen), None)
    cycle = community.cycles.filter(key=request.GET.get("cycle", "")).first()
    initial = {"cycle": cycle.pk} if cycle else {}
    return show(request, viewer, ProposalForm(community=community, preset=preset, initial=initial))


def show(request, viewer, form, status=200):
    context = {"form": form, "library": library(viewer.community)}
    return render(request, "indicators/propose.html", context, status=status)


def library(community):
    """[(cycle, its starter indicators that are not here yet)]."""
    taken = set(community.indicators.values_list("code", flat=True))
    offered = {}
    for preset in STARTER_INDICATORS:
        if preset.code not in taken:
            offered.setdefault(preset.cycle, []).append(preset)
    cycles = community.cycles.all()
    return [(cycle, offered[cycle.key]) for cycle in cycles if cycle.key in offered]
