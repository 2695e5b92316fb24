"""Pages for "this story is about me": saying so, without an account where the story is public; and
what facilitators do with it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.forms import sent
from communities.guard import community_page
from communities.permissions import Permission

from .concerns import answer_concern, raise_concern
from .forms import ConcernForm
from .models import Story
from .views import PAGE, visible_or_404


@never_cache
@community_page(Permission.SEE_STORIES)
def about_me(request, viewer, pk=None):
    """For a story, or (without `pk`) for one that is named in words."""
    story = visible_or_404(viewer, pk) if pk else None
    form = ConcernForm(*sent(request), story=story)
    if request.method == "POST":
        refused = ratelimit.consume_or_429(request, action="concern")
        if refused:
            return refused
        if form.is_valid():
            raise_concern(community=viewer.community, story=story, **form.cleaned_data)
            messages.success(
                request, _("Thank you. A facilitator looks at it, and answers if you left a way.")
            )
            return redirect("matrix:matrix", viewer.community.slug)
    context = {"story": story, "form": form}
    return render(request, "stories/about_me.html", context, status=422 if form.is_bound else 200)


@community_page(Permission.REVIEW_STORY)
def concerns(request, viewer):
    """What was said, what waits first."""
    rows = viewer.community.concerns.exclude(words="").waiting_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = Story.objects.visible_to(viewer).filter(pk__in=[one.story_id for one in page])
    stories = {story.pk: story for story in shown}
    return render(
        request,
        "stories/concerns.html",
        {"page": page, "rows": [(one, stories.get(one.story_id)) for one in page]},
    )


@require_POST
@community_page(Permission.REVIEW_STORY)
def answer(request, viewer, pk):
    answer_concern(concern=get_object_or_404(viewer.community.concerns, pk=pk))
    messages.success(request, _("Kept as answered. Its words are purged in time."))
    return redirect("stories:concerns", viewer.community.slug)
