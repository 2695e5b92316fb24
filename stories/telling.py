"""Pages in which a story is written: a new one, and one's own again."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.actions import teller_of
from communities.guard import community_page
from communities.permissions import Permission
from valuecreation.starts import NARRATIVES, STORIES

from . import actions, sketches
from .attachments import hand_over
from .copies import note_saved
from .files_page import Files, has_files, is_about_files, take_in
from .models import Status, Story
from .reading import trail
from .sketching import typed_trail
from .views import theirs_or_403, visible_or_404
from .writing import Writing


@community_page(Permission.TELL_STORY)
def tell(request, viewer):
    """A new story; with `sketch`, one that was begun and not saved. A form that was saved before
    (sent twice, or gone back to) writes to the story it made."""
    if request.method == "POST":
        story = sketches.story_of(viewer.community, viewer.user, request.POST.get("key"))
        return write(request, viewer, Writing(viewer.community, story, request.POST), story)
    sketch = sketches.sketch_of(viewer.community, viewer.user, request.GET.get("sketch"))
    if sketch:
        writing = Writing(viewer.community, sketch.story, sketches.typed(sketch)).unchecked()
        return show_writing(request, writing, sketch=sketch)
    begun = sketches.begun(viewer.community, viewer.user)
    told = viewer.community.stories.told_by(viewer.user)
    writing = Writing(viewer.community, start=request.GET.get("start", ""))
    context = {"begun": begun, "is_first": not told.exists()}
    context |= {"starts": STORIES, "narratives": NARRATIVES}
    return show_writing(request, writing, **context)


@community_page(Permission.TELL_STORY)
def revise(request, viewer, pk):
    """One's own story; with what was typed and not saved, where there is such."""
    story = theirs_or_403(viewer, pk, "revise")
    if request.method == "POST":
        return write(request, viewer, Writing(viewer.community, story, request.POST), story)
    sketch = sketches.sketch_of(viewer.community, viewer.user, story.key)
    if sketch:
        writing = Writing(viewer.community, story, sketches.typed(sketch)).unchecked()
        return show_writing(request, writing, sketch=sketch)
    return show_writing(request, Writing(viewer.community, story))


def write(request, viewer, writing, story):
    """The form's whole way: files, another row, both texts, faults shown, a conflict, or saved."""
    sketch = None
    if has_files(request):
        faults, sketch = keep_files(request, viewer)
        if faults or is_about_files(request):
            return show_files(request, viewer, writing, faults, sketch)
    if "restore" in request.POST:
        return show_restored(request, viewer, writing)
    if request.POST.get("add") in {"step", "link"}:
        return show_writing(request, writing.with_another(request.POST["add"]))
    if "arrange" in request.POST:
        return show_writing(request, writing.arranged(request.POST["arrange"]))
    if "compare" in request.POST:
        return compare(request, viewer, writing)
    files = Files(viewer, writing.key, request.POST)
    if not all([writing.is_valid(), files.is_valid()]):
        return keep_with_faults(request, viewer, writing, sketch)
    try:
        with transaction.atomic():
            saved = save(viewer, writing, story)
            hand_over(story=saved, user=viewer.user, shows=files.written())
    except actions.Stale as stale:
        return show_conflict(request, viewer, writing, stale, sketch)
    except ValidationError as error:
        writing.form.add_error(None, error.messages)
        return keep_with_faults(request, viewer, writing, sketch)
    page = page_of(request) | ({"version": sketch.version} if sketch else {})
    sketches.settle(community=viewer.community, user=viewer.user, key=saved.key, **page)
    tab = page["tab"]
    if "submit" in request.POST and saved.status in {Status.DRAFT, Status.RETURNED}:
        address = redirect("stories:submit", viewer.community.slug, saved.pk)
        return note_saved(request, address, tab)
    messages.success(request, _("Saved."))
    return note_saved(request, redirect("stories:story", viewer.community.slug, saved.pk), tab)


def save(viewer, writing, story):
    fields, steps, links = writing.written()
    if story:
        version = writing.form.cleaned_data["version"]
        return actions.revise(
            story=story, by=viewer.user, version=version, steps=steps, links=links, **fields
        )
    return actions.tell(
        community=viewer.community,
        teller=teller_of(community=viewer.community, user=viewer.user),
        by=viewer.user,
        key=writing.form.cleaned_data["key"],
        steps=steps,
        links=links,
        language=viewer.community.language,
        template=writing.start.template if writing.start else Story.Template.SPECIFIC,
        **fields,
    )


def keep_with_faults(request, viewer, writing, sketch):
    """Nothing that was typed is lost because something in it cannot be saved."""
    sketch = sketch or keep_or_none(request, viewer)
    if sketch:
        messages.info(request, _("What you typed is kept. Something in it needs a look first."))
    return show_writing(request, writing, status=422, sketch=sketch, is_typed=True)


def keep_or_none(request, viewer):
    """None without a form's key, or where another page has written since: it stands in this page."""
    try:
        return keep(request, viewer)
    except (ValueError, sketches.Overtaken):
        return None


def keep(request, viewer):
    return sketches.keep(
        community=viewer.community,
        user=viewer.user,
        sent=request.POST,
        turn=number(request.POST.get("turn")),
        **page_of(request),
    )


def page_of(request):
    """Which page it is that writes, and the sketch that it knows."""
    version = number(request.POST.get("sketch"))
    return {"version": version, "tab": request.POST.get("tab", "")[:40]}


def number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


@require_POST
@community_page(Permission.TELL_STORY)
def autosave(request, viewer):
    """Keeps what is typed, while it is typed: {version, saved}; 409 where another page wrote since."""
    try:
        sketch = keep(request, viewer)
    except ValueError:
        return HttpResponseBadRequest()
    except sketches.Overtaken as overtaken:
        return JsonResponse({"saved": clock(overtaken.sketch)}, status=409)
    return JsonResponse({"version": sketch.version, "saved": clock(sketch)})


def clock(sketch):
    return time_format(timezone.localtime(sketch.saved_at), "TIME_FORMAT")


@require_POST
@community_page(Permission.TELL_STORY)
def throw_away(request, viewer):
    """What was typed and not saved."""
    sketch = sketches.sketch_of(viewer.community, viewer.user, request.POST.get("key"))
    if sketch:
        sketch.delete()
        messages.success(request, _("Thrown away: what was typed and not saved."))
        if sketch.story:
            return redirect("stories:revise", viewer.community.slug, sketch.story_id)
    return redirect("stories:tell", viewer.community.slug)


def keep_files(request, viewer):
    """(what is wrong with the files, what is kept of the form as this page knows it)."""
    try:
        sketch = known = keep(request, viewer)
    except sketches.Overtaken as overtaken:
        # What another page typed stays that page's; the files are the form's.
        sketch, known = overtaken.sketch, None
    except ValueError as error:
        raise BadRequest("A form without its key.") from error
    return take_in(request, sketch), known


def show_files(request, viewer, writing, faults, sketch):
    """The part of the form that holds the files; without JavaScript the whole, with what was typed."""
    if request.htmx:
        files = Files(viewer, writing.key, request.POST, faults)
        return render(request, "stories/_files.html", {"files": files})
    status = 422 if faults else 200
    writing = writing.unchecked()
    return show_writing(request, writing, status, sketch=sketch, faults=faults, is_typed=True)


@require_POST
@community_page(Permission.TELL_STORY)
def drawing(request, viewer):
    """What is typed, as the trail it will be."""
    story = sketches.story_of(viewer.community, viewer.user, request.POST.get("key"))
    writing = Writing(viewer.community, story, request.POST)
    return render(request, "stories/_drawing.html", {"drawn": typed_trail(writing)})


def show_writing(request, writing, status=200, faults=(), **context):
    part = request.htmx and {"add", "arrange"} & set(request.POST)
    template = "stories/_writing.html" if part else "stories/tell.html"
    data = writing.form.data if writing.form.is_bound else None
    context |= {"writing": writing, "drawn": typed_trail(writing)}
    context |= {"files": Files(request.viewer, writing.key, data, faults)}
    return render(request, template, context, status=status)


def show_restored(request, viewer, writing):
    """What a browser kept while the server was out of reach; the server takes it from the page."""
    sketch = keep_or_none(request, viewer)
    tab = page_of(request)["tab"]
    return show_writing(request, writing.unchecked(), sketch=sketch, restored=tab, is_typed=True)


def compare(request, viewer, writing):
    """What is typed here, and beside it what another page has kept meanwhile."""
    sketch = sketches.sketch_of(viewer.community, viewer.user, request.POST.get("key"))
    other = sketch and Writing(viewer.community, writing.story, sketches.typed(sketch))
    return show_writing(request, writing.unchecked(), sketch=sketch, other=other, is_typed=True)


def show_conflict(request, viewer, writing, stale, sketch):
    """Both texts: what was typed, in the form, and what somebody saved meanwhile, beside it."""
    stored = visible_or_404(viewer, stale.story.pk)
    messages.warning(request, stale.messages[0])
    return show_writing(
        request,
        writing.at_version(stored.version),
        status=409,
        sketch=sketch or keep_or_none(request, viewer),
        is_typed=True,
        stored=stored,
        stored_trail=trail(stored, viewer),
    )
