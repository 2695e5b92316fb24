"""Pages for "I heard a story": noting it, and, for facilitators, those whose teller is not reached."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.forms import sent
from communities.guard import community_page
from communities.permissions import Permission

from . import stubs
from .forms import HeardForm
from .models import Story
from .trail import WrittenStep
from .views import visible_or_404


@community_page(Permission.TELL_STORY)
def heard(request, viewer):
    """Whoever is no facilitator does not see it again."""
    form = HeardForm(*sent(request), community=viewer.community)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(
            request, "stories/heard.html", {"form": form, "days": Story.STUB_DAYS}, status=status
        )
    written = form.cleaned_data
    stub = stubs.note_heard(
        community=viewer.community,
        by=viewer.user,
        title=written["title"],
        name=written["name"],
        email=written["email"],
        step=WrittenStep(cycle=written["cycle"], text=written["text"]),
    )
    if viewer.can(Permission.REVIEW_STORY):
        return redirect("stories:story", viewer.community.slug, stub.pk)
    messages.success(request, _("Thank you. A facilitator asks whoever told it."))
    return redirect("stories:mine", viewer.community.slug)


@require_POST
@community_page(Permission.REVIEW_STORY)
def forget(request, viewer, pk):
    found = visible_or_404(viewer, pk)
    if not found.is_stub:
        raise PermissionDenied
    stubs.forget(story=found)
    messages.success(request, _("Forgotten. Nothing of it is left."))
    return redirect("stories:waiting", viewer.community.slug)
