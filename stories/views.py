"""Pages of stories: telling, reading, and what can be done with one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from communities.guard import community_page
from communities.permissions import Audience, Permission, Role
from communities.viewer import Viewer

from . import actions, history, search, sketches, undoing
from .confirming import answer
from .filters import FilterForm
from .models import Status, Story
from .own_value import open_hopes
from .proposed import parts_to_confirm, with_proposed
from .reading import helpers, minutes, trail
from .receipts import receipt_of
from .rights import acts_open_to, is_theirs

PAGE = 25
BEFORE_PUBLISHED = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
# Through whose eyes a teller can look.
READERS = {
    "facilitator": gettext_lazy("a facilitator"),
    "member": gettext_lazy("a member"),
    "funder": gettext_lazy("a funder"),
    "public": gettext_lazy("anybody"),
}


@community_page(Permission.SEE_STORIES)
def stories(request, viewer):
    """All stories this viewer may open, or those of them that say what is searched for."""
    form = FilterForm(request.GET, viewer=viewer)
    shown = Story.objects.visible_to(viewer).with_people().newest_first()
    text = ""
    if form.is_valid():
        shown, text = form.found(shown), form.cleaned_data["q"]
    if text:
        shown = shown.with_trail()
    return story_list(request, shown, _("Stories"), form=form, viewer=viewer, text=text)


@community_page(Permission.TELL_STORY)
def mine(request, viewer):
    """The viewer's own stories, in every state."""
    own = Story.objects.visible_to(viewer).told_by(viewer.user).with_people()
    shown = with_proposed(own).newest_first()
    begun = sketches.begun(viewer.community, viewer.user)
    hopes = open_hopes(viewer)
    context = {"audiences": Audience.choices, "begun": begun, "hopes": hopes, "is_mine": True}
    return story_list(request, shown, _("My stories"), **context)


@community_page(Permission.REVIEW_STORY)
def waiting(request, viewer):
    """What waits for a facilitator to read and publish."""
    visible = Story.objects.visible_to(viewer).with_people().newest_first()
    return story_list(
        request,
        visible.filter(status=Status.SUBMITTED),
        _("Waiting to be published"),
        stubs=visible.filter(is_stub=True),
        concerns=viewer.community.concerns.waiting().count(),
    )


def story_list(request, shown, title, text="", viewer=None, **context):
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    rows = [(one, text and search.snippet(trail(one, viewer), text)) for one in page]
    context |= {"page": page, "rows": rows, "title": title, "text": text}
    return render(request, "stories/stories.html", context)


@community_page(Permission.SEE_STORIES)
def story(request, viewer, pk):
    found = visible_or_404(viewer, pk)
    is_own = found.is_told_by(viewer.user)
    return render(
        request,
        "stories/story.html",
        {
            "story": found,
            "parts": parts_to_confirm(found) if is_own else (),
            "confirm_at": reverse("stories:confirm", args=[viewer.community.slug, pk]),
            "trail": trail(found, viewer),
            "attachments": found.attachments.all(),
            "acts": acts_open_to(found, viewer),
            "undo_seconds": undoing.seconds_left(request, found),
            "audiences": Audience.choices,
            "reach": found.reach(),
            "not_mentioned": found.cycles_not_mentioned(),
            "open_ends": len(found.open_ends()),
            "minutes": minutes(found, viewer),
            "receipt": receipt_of(found) if is_own else "",
            "may_make_address": viewer.can(Permission.REVIEW_STORY) and not found.teller.user_id,
            "consents": found.consents.all() if is_own else (),
            "readers": READERS.items() if is_own else (),
            "has_history": history.may_read(found, viewer),
            "helpers": helpers(found, viewer),
            "is_in_matrix": found.is_counted and found.is_consented_to(viewer.audience),
        },
    )


@community_page(Permission.TELL_STORY)
@require_POST
def confirm(request, viewer, pk):
    """The teller's answer to what somebody else wrote down: yes, it was so; or no."""
    found = theirs_or_403(viewer, pk, "revise")
    sent = request.POST
    try:
        answer(
            story=found,
            kind=sent.get("kind"),
            pk=sent.get("part"),
            is_so=sent.get("is_so") == "yes",
            by=viewer.user,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Thank you. That is kept."))
    return redirect("stories:story", viewer.community.slug, pk)


@community_page(Permission.SEE_STORIES)
def seen_by(request, viewer, pk, role):
    """The teller's own story as others read it: now, or once it is published."""
    found = visible_or_404(viewer, pk)
    if not found.is_told_by(viewer.user):
        raise PermissionDenied
    if role not in (*Role.values, "public"):
        raise Http404
    other = Viewer(viewer.community, roles=() if role == "public" else (role,))
    now = Story.objects.visible_to(other).filter(pk=found.pk).exists()
    later = found.status in BEFORE_PUBLISHED and found.is_consented_to(other.audience)
    context = {
        "story": found,
        "shown": now or later,
        "later": later and not now,
        "reader": READERS[role],
        "readers": READERS.items(),
        "role": role,
        "trail": trail(found, other),
        "attachments": found.attachments.all(),
        "reach": found.reach(),
        "helpers": helpers(found, other),
    }
    return render(request, "stories/seen_by.html", context)


@community_page(Permission.TELL_STORY)
@require_POST
def withdraw(request, viewer, pk):
    found = theirs_or_403(viewer, pk, "withdraw")
    return act(request, found, _("Your story is withdrawn. Nobody else sees it."), actions.withdraw)


@community_page(Permission.TELL_STORY)
@require_POST
def change_audience(request, viewer, pk):
    found = theirs_or_403(viewer, pk, "change_audience")
    chosen = request.POST.get("audience", "")
    if chosen not in map(str, Audience.values):
        messages.error(request, _("Choose who may see your story."))
        return redirect("stories:story", viewer.community.slug, pk)
    return act(
        request,
        found,
        _("Changed. It holds from now on."),
        actions.change_audience,
        audience=Audience(int(chosen)),
    )


@community_page(Permission.REVIEW_STORY)
@require_POST
def return_(request, viewer, pk):
    found = theirs_or_403(viewer, pk, "return")
    note = request.POST.get("note", "")
    return review(request, found, _("Returned to its teller."), actions.return_, note=note)


@community_page(Permission.REVIEW_STORY)
@require_POST
def hide(request, viewer, pk):
    found = theirs_or_403(viewer, pk, "hide")
    note = request.POST.get("note", "")
    return review(request, found, _("Hidden. The teller sees why."), actions.hide, note=note)


def review(request, story, done, action, **kwargs):
    """An act of a facilitator's, which they can undo for a few seconds."""
    before = actions.reviewed(story)
    return act(request, story, done, action, before, **kwargs)


def act(request, story, done, action, before=None, **kwargs):
    try:
        changed = action(story=story, by=request.user, **kwargs)
    except ValidationError as error:
        for fault in error.messages:
            messages.error(request, fault)
    else:
        messages.success(request, done)
        if before:
            undoing.note(request, changed, before)
    if "mine" in request.POST:
        return redirect("stories:mine", story.community.slug)
    return redirect("stories:story", story.community.slug, story.pk)


def visible_or_404(viewer, pk):
    found = Story.objects.visible_to(viewer).with_trail().filter(pk=pk).first()
    if not found:
        raise Http404
    return found


def theirs_or_403(viewer, pk, name):
    found = visible_or_404(viewer, pk)
    if not is_theirs(name, found, viewer):
        raise PermissionDenied
    return found
