"""The files in the form of a story, and a file for whoever may see it."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property

from communities.guard import community_page
from communities.permissions import Permission

from . import attachments, sketches
from .forms import ShowsForm
from .models import Attachment


class Files:
    """The files that the form with this key shows, each with what is said of it."""

    def __init__(self, viewer, key, data=None, faults=()):
        self.viewer, self.key, self.data, self.faults = viewer, key, data, faults

    @cached_property
    def rows(self):
        """[(file, its form)]."""
        if not sketches.is_key(self.key):
            return []
        shown = Attachment.objects.of_form(self.viewer.community, self.viewer.user, self.key)
        return [(file, self.form_of(file)) for file in shown]

    def form_of(self, file):
        prefix = f"file-{file.pk}"
        # One that was added since the page was sent says nothing yet.
        is_sent = self.data is not None and f"{prefix}-shows" in self.data
        initial = {"shows": file.shows}
        return ShowsForm(self.data if is_sent else None, prefix=prefix, initial=initial)

    @property
    def most(self):
        return {"files": Attachment.MOST, "bytes": Attachment.MOST_BYTES}

    def is_valid(self):
        return all([form.is_valid() for _file, form in self.rows if form.is_bound])

    def written(self):
        """{file's number: what it shows}."""
        sent = [(file, form) for file, form in self.rows if form.is_bound]
        return {file.pk: form.cleaned_data["shows"] for file, form in sent}


def has_files(request):
    """Was it sent to add or take out a file, or with one?"""
    return bool(request.FILES) or is_about_files(request)


def is_about_files(request):
    """For nothing else yet."""
    adds = "attach" in request.POST or (request.htmx and request.htmx.trigger_name == "files")
    return adds or "take_out_file" in request.POST


def take_in(request, sketch):
    """Adds the files that were sent to what is kept of the form, and takes out what is to go. Gives
    back what is wrong with them, in sentences."""
    faults = []
    for upload in request.FILES.getlist("files"):
        try:
            attachments.attach(sketch=sketch, upload=upload)
        except ValidationError as error:
            faults += error.messages
    gone = request.POST.get("take_out_file", "")
    if attachments.is_number(gone):
        of_form = Attachment.objects.of_form(sketch.community, sketch.user, sketch.key)
        of_form.filter(pk=gone).delete()
    return faults


@community_page(Permission.SEE_STORIES)
def attachment(request, viewer, pk):
    return served_or_404(request, viewer, pk)


def served_or_404(request, viewer, pk):
    found = Attachment.objects.visible_to(viewer).filter(pk=pk).first()
    if not found:
        raise Http404
    return attachments.served(request, found)
