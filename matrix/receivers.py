"""Hears what changed: notes it in the same transaction, and tells the worker after the commit."""

from django.db import transaction
from django.dispatch import receiver

from communities.signals import changed

from .models import Pending
from .sync import make_boxes
from .tasks import tell_worker


@receiver(changed, dispatch_uid="matrix-pending")
def note_change(*, community, story_ids, narrows, **kwargs):
    if story_ids is None:
        rows = [Pending(community=community, whole=True, narrows=narrows)]
    elif story_ids:
        rows = [Pending(community=community, story=pk, narrows=narrows) for pk in story_ids]
    else:
        rows = [Pending(community=community)]
    if not story_ids:
        make_boxes(community)
    Pending.objects.bulk_create(rows)
    transaction.on_commit(lambda: tell_worker(community.pk), robust=True)
