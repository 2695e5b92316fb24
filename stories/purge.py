"""Takes the words of withdrawn stories out of the database, after the community's retention time.

That there was a story, whose it was and what its teller had agreed to stays; nothing of what it said.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.utils import timezone

from .models import Status, Story

AT_ONCE = 200


def due():
    """Withdrawn stories whose time is over."""
    kept = ExpressionWrapper(
        F("community__retention_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    withdrawn = Story.objects.filter(status=Status.WITHDRAWN, purged_at=None)
    return withdrawn.filter(withdrawn_at__lte=timezone.now() - kept)


def purge():
    """Purges what is due; gives back how many stories that were."""
    count = 0
    while pks := list(due().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for pk in pks:
            purge_story(pk)
        count += len(pks)
    return count


@transaction.atomic
def purge_story(pk):
    story = Story.objects.select_for_update(of=("self",)).get(pk=pk)
    for attachment in story.attachments.all():
        # The file goes with the commit: a row whose file is gone would be worse than the reverse.
        file = attachment.file
        transaction.on_commit(lambda file=file: file.delete(save=False))
    story.attachments.all().delete()
    story.steps.all().delete()
    story.title = story.note = story.pseudonym = ""
    story.happened_from = story.happened_to = None
    story.receipt_hash = None
    story.purged_at = timezone.now()
    story.save()
