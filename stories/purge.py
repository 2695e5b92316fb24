"""Takes out of the database what is over: the words of withdrawn stories and of answered concerns
after the community's retention time, and stubs whose teller was not reached.

Of a withdrawn story stays that there was one, whose it was and what its teller had agreed to; nothing
of what it said.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.utils import timezone

from .history import forget
from .models import Concern, Status, Story, Words
from .stubs import purge_stubs

AT_ONCE = 200


def before_retention():
    """The latest moment from which on a row's community keeps what is over."""
    kept = ExpressionWrapper(
        F("community__retention_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    return timezone.now() - kept


def due():
    """Withdrawn stories whose time is over."""
    withdrawn = Story.objects.filter(status=Status.WITHDRAWN, purged_at=None)
    return withdrawn.filter(withdrawn_at__lte=before_retention())


def purge():
    """Purges what is due; gives back how many stories and stubs that were."""
    count = 0
    while pks := list(due().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for pk in pks:
            purge_story(pk)
        count += len(pks)
    purge_concerns()
    return count + purge_stubs()


@transaction.atomic
def purge_story(pk):
    story = Story.objects.select_for_update(of=("self",)).get(pk=pk)
    story.attachments.all().delete()
    story.steps.all().delete()
    story.concerns.all().delete()
    story.sketches.all().delete()
    Words.objects.filter(story=story).delete()
    story.title = story.note = story.pseudonym = story.told_where = story.external_hash = ""
    story.happened_from = story.happened_to = story.told_on = None
    story.receipt_hash = None
    story.purged_at = timezone.now()
    story.save()
    forget(story.pk)


def purge_concerns():
    """What was written, once it is answered; that something was said stays."""
    over = Concern.objects.filter(answered_at__lte=before_retention())
    over.exclude(words="", contact="").update(words="", contact="")
