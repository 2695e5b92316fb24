"""A facilitator's last review, to be undone for a few seconds: kept in their session, no longer than that."""

import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.guard import community_page
from communities.permissions import Permission

from . import actions
from .models import Story
from .rights import UNDO_SECONDS

KEY = "review"
# For a button that was pressed in time and a request that was slow.
GRACE = 5


def note(request, story, before):
    """`story` as the review left it; `before`: what it was (see `actions.reviewed`)."""
    at = before["published_at"]
    request.session[KEY] = {
        "story": story.pk,
        "version": story.version,
        "at": time.time(),
        "before": before | {"published_at": at and at.isoformat()},
    }


def seconds_left(request, story):
    """For the button; 0 where there is nothing to undo."""
    review = request.session.get(KEY)
    if not review or (review["story"], review["version"]) != (story.pk, story.version):
        return 0
    return max(0, round(UNDO_SECONDS - (time.time() - review["at"])))


@require_POST
@community_page(Permission.REVIEW_STORY)
def undo(request, viewer, pk):
    story = get_object_or_404(Story.objects.visible_to(viewer), pk=pk)
    review = request.session.pop(KEY, None)
    is_last = review and review["story"] == pk
    if not is_last or time.time() - review["at"] > UNDO_SECONDS + GRACE:
        messages.error(request, _("It is too late to undo this; it stays as it is."))
        return redirect("stories:story", viewer.community.slug, pk)
    at = review["before"]["published_at"]
    before = review["before"] | {"published_at": at and parse_datetime(at)}
    try:
        actions.undo(story=story, by=viewer.user, version=review["version"], before=before)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Undone."))
    return redirect("stories:story", viewer.community.slug, pk)
