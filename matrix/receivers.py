"""Hears what changed: notes it in the same transaction, and tells the worker after the commit."""

import logging

from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from communities.signals import changed

from .models import Pending
from .sync import make_boxes
from .tasks import sync

logger = logging.getLogger(__name__)


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


def tell_worker(community_id):
    """The queue only makes it sooner: what it loses, the sweep finds."""
    try:
        sync.delay(community_id)
    except OperationalError:
        logger.warning("The broker is away; the sweep will bring the matrix up to date.")
