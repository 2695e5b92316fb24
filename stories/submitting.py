"""Before others read a story: is somebody else in it? Asked of its teller, who then submits it, and
of the facilitator, who then publishes it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.forms import sent
from communities.guard import community_page
from communities.permissions import Permission

from . import actions
from .forms import OthersForm
from .models import Status
from .others import found_in, mask, own_name
from .reading import trail
from .receipts import receipt_of
from .rights import may
from .views import review, theirs_or_403


@community_page(Permission.TELL_STORY)
def submit(request, viewer, pk):
    """Where something is missing, the draft stays and says what."""
    story = theirs_or_403(viewer, pk, "submit")
    if not may("submit", story, viewer):
        return too_late(request, story)
    try:
        actions.require_complete(story)
    except ValidationError as error:
        messages.info(request, _("Your story is saved as a draft."))
        for fault in error.messages:
            messages.warning(request, fault)
        return redirect("stories:revise", viewer.community.slug, pk)
    names = [*members_of(viewer), *own_name(story)]
    form = OthersForm(*sent(request), found=found_in(story, names))
    if not form.is_valid():
        return ask(request, viewer, story, form, "submit")
    with transaction.atomic():
        if texts := form.cleaned_data["mask"]:
            mask(story=story, by=viewer.user, texts=texts, names=names)
        if form.only_masks:
            messages.success(request, _("Replaced. Read it once more."))
            return redirect("stories:submit", viewer.community.slug, pk)
        try:
            actions.submit(story=story, by=viewer.user, others=form.cleaned_data["others"])
        except ValidationError as error:
            for fault in error.messages:
                messages.error(request, fault)
            return redirect("stories:story", viewer.community.slug, pk)
    return redirect("stories:thanks", viewer.community.slug, pk)


@community_page(Permission.TELL_STORY)
def thanks(request, viewer, pk):
    """What became of what was told: its thread in the matrix, what happens next, the receipt."""
    story = theirs_or_403(viewer, pk, "submit")
    at_once = story.is_counted and viewer.community.publishes_at_once
    if story.status != Status.SUBMITTED and not at_once:
        return redirect("stories:story", viewer.community.slug, pk)
    context = {"story": story, "receipt": receipt_of(story), "trail": trail(story, viewer)}
    return render(request, "stories/thanks.html", context)


@community_page(Permission.REVIEW_STORY)
def publish(request, viewer, pk):
    """The words are the teller's: a facilitator returns what should not be there."""
    story = theirs_or_403(viewer, pk, "publish")
    if not may("publish", story, viewer):
        return too_late(request, story)
    form = OthersForm(*sent(request), found=found_in(story, members_of(viewer)))
    if not form.is_valid():
        return ask(request, viewer, story, form, "publish")
    others = form.cleaned_data["others"]
    return review(request, story, _("Published."), actions.publish, others=others)


def members_of(viewer):
    """The names that this viewer may know."""
    if not viewer.can(Permission.SEE_PEOPLE):
        return []
    members = viewer.community.memberships.filter(user__is_active=True)
    return list(members.values_list("user__name", flat=True))


def too_late(request, story):
    """It went on meanwhile: sent twice, or by somebody else."""
    messages.error(request, actions.cannot_now(story))
    return redirect("stories:story", story.community.slug, story.pk)


def ask(request, viewer, story, form, page):
    context = {"story": story, "form": form, "trail": trail(story, viewer)}
    status = 422 if form.is_bound else 200
    return render(request, f"stories/{page}.html", context, status=status)
