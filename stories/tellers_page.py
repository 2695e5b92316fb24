"""Page on tellers without an account: who they turn out to be, and taking that back."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.guard import community_page
from communities.models import Teller
from communities.permissions import Permission
from valuecreation.alphabet import place_of

from .models import Story, TellerMerge
from .tellers import match_teller, merge_tellers, undo_merge

WITHOUT_ACCOUNT = (Teller.Kind.GUEST, Teller.Kind.UNKNOWN)


@community_page(Permission.KEEP_PEOPLE)
def tellers(request, viewer):
    """Guests and tellers not known, with the stories this facilitator may open, and whom they
    can be joined to."""
    rows = list(viewer.community.tellers.filter(kind__in=WITHOUT_ACCOUNT, merged_into=None))
    rows.sort(key=lambda one: (place_of(one.name), one.pk))
    told = defaultdict(list)
    # Beside its teller's name stands only what its teller wanted to be named for.
    named = Story.objects.visible_to(viewer).filter(attribution=Story.Attribution.NAME)
    visible = named.filter(teller__in=[one.pk for one in rows])
    for story in visible.only("pk", "title", "teller_id").newest_first():
        told[story.teller_id].append(story)
    merges = TellerMerge.objects.filter(community=viewer.community, undone_at=None)
    context = {
        "tellers": [(one, told[one.pk]) for one in rows],
        "people": people_of(viewer.community),
        "guests": [one for one in rows if one.kind == Teller.Kind.GUEST],
        "merges": merges.select_related("kept__user", "gone__user").order_by("-pk"),
    }
    return render(request, "stories/tellers.html", context)


def people_of(community):
    members = community.memberships.filter(user__is_active=True).select_related("user")
    return sorted((one.user for one in members), key=lambda user: place_of(user.name))


@require_POST
@community_page(Permission.KEEP_PEOPLE)
def merge(request, viewer, pk):
    """`into` is a member (`user-3`) or another guest (`teller-5`)."""
    gone = get_object_or_404(viewer.community.tellers, pk=pk)
    kind, _sep, number = request.POST.get("into", "").partition("-")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        messages.error(request, _("Choose who it is."))
        return redirect("stories:tellers", viewer.community.slug)
    try:
        if kind == "user":
            person = get_object_or_404(viewer.community.memberships, user=number).user
            match_teller(teller=gone, user=person, by=viewer.user)
        elif kind == "teller":
            kept = get_object_or_404(viewer.community.tellers, pk=number)
            merge_tellers(kept=kept, gone=gone, by=viewer.user)
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Joined. If that was wrong, undo it below."))
    return redirect("stories:tellers", viewer.community.slug)


@require_POST
@community_page(Permission.KEEP_PEOPLE)
def undo(request, viewer, pk):
    found = get_object_or_404(TellerMerge, community=viewer.community, pk=pk)
    try:
        undo_merge(merge=found, by=viewer.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("They are two again."))
    return redirect("stories:tellers", viewer.community.slug)
