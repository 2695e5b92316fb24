"""What a story said before, for its teller and facilitators."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from communities.guard import community_page
from communities.permissions import Permission

from . import history
from .attachments import is_number
from .views import visible_or_404


@community_page(Permission.SEE_STORIES)
def story_history(request, viewer, pk):
    """Its versions, newest first, and two of them compared: by default the newest with the one before
    it. `old` and `new` in the address choose others."""
    story = visible_or_404(viewer, pk)
    if not history.may_read(story, viewer):
        raise PermissionDenied
    versions = history.versions_of(story, viewer)
    new = chosen(versions, request.GET.get("new")) or (versions[0] if versions else None)
    old = chosen(versions, request.GET.get("old")) or before(versions, new)
    context = {"story": story, "versions": versions, "old": old, "new": new}
    if new:
        past = history.Past(story)
        earlier = past.entries(old) if old else []
        context["differences"] = history.compared(earlier, past.entries(new))
    return render(request, "stories/history.html", context)


def chosen(versions, number):
    wanted = int(number) if number and is_number(number) else None
    return next((one for one in versions if one.number == wanted), None)


def before(versions, new):
    """The newest version that is older."""
    return next((one for one in versions if new and one.number < new.number), None)
