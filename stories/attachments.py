"""Files of a story: kept as soon as they are chosen, with what is typed; the story's once it is saved."""

import uuid
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from .media import prepared
from .models import Attachment, Sketch


def attach(*, sketch, upload):
    """Keeps an uploaded file with what is typed. Raises ValidationError, which names the file."""
    try:
        return store(sketch, upload)
    except ValidationError as error:
        words = _("“%(name)s” is not added: %(fault)s")
        names = {"name": upload.name, "fault": error.messages[0]}
        raise ValidationError(words % names) from error


@transaction.atomic
def store(sketch, upload):
    if upload.size > Attachment.MOST_BYTES:
        most = filesizeformat(Attachment.MOST_BYTES)
        raise ValidationError(_("a file may have %(most)s at most.") % {"most": most})
    # Two files sent at once are counted one after the other.
    sketch = Sketch.objects.select_for_update(of=("self",)).get(pk=sketch.pk)
    of_form = Attachment.objects.of_form(sketch.community, sketch.user, sketch.key)
    if of_form.count() >= Attachment.MOST:
        most = Attachment.MOST
        raise ValidationError(_("a story has %(most)d files at most.") % {"most": most})
    made = prepared(upload.read())
    return sketch.attachments.create(
        file=ContentFile(made.content, name=f"{uuid.uuid4()}{made.suffix}"),
        original_name=upload.name,
        content_type=made.content_type,
        size=len(made.content),
    )


def hand_over(*, story, user, shows):
    """The story is saved: the files that were added to its form are its own. `shows`: {a file's
    number: what it shows, as its teller says}."""
    files = Attachment.objects.of_form(story.community, user, story.key)
    for file in files:
        file.story, file.sketch = story, None
        file.shows = shows.get(file.pk, file.shows)
        file.save()


@receiver(post_delete, sender=Attachment)
def take_out_of_storage(instance, **kwargs):
    """With the commit: a row whose file is gone would be worse than the reverse."""
    transaction.on_commit(lambda: instance.file.delete(save=False))


def served(request, attachment):
    """The file, for somebody who may see it. Asked again each time, since that may end."""
    etag = f'"{attachment.pk}-{attachment.size}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = part_or_whole(request, attachment)
        response["Content-Type"] = attachment.content_type
        response["Content-Disposition"] = content_disposition_header(
            not attachment.is_ours, attachment.file_name
        )
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return response


def part_or_whole(request, attachment):
    """A player that wants to begin in the middle asks for bytes; some play nothing otherwise."""
    start, end = span(request.headers.get("Range", ""), attachment.size)
    if start is None:
        return FileResponse(attachment.file.open())
    with attachment.file.open() as file:
        file.seek(start)
        response = HttpResponse(file.read(end - start), status=HTTPStatus.PARTIAL_CONTENT)
    response["Content-Range"] = f"bytes {start}-{end - 1}/{attachment.size}"
    return response


def span(asked, size):
    """(start, end) of `bytes=A-B`; (None, None) for the whole and for what we do not read."""
    unit, _equals, rest = asked.partition("=")
    first, dash, last = rest.partition("-")
    if unit != "bytes" or not dash or not is_number(first) or int(first) >= size:
        return None, None
    return int(first), min(int(last) + 1, size) if is_number(last) else size


def is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 12
