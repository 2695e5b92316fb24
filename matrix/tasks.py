"""Jobs of the matrix. Idempotent, and short beside the broker's visibility timeout."""

import logging

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from communities.models import Community

from . import reading, snapshots
from . import sync as matrix_sync

logger = logging.getLogger(__name__)


@shared_task
def sync(community_id):
    """Brings one community's matrix up to date. A failure is kept with the matrix and tried again
    by the sweep; the old matrix stays up with its date."""
    community = Community.objects.filter(pk=community_id).first()
    if not community:
        return
    try:
        is_left = matrix_sync.sync(community)
    except Exception as error:
        logger.exception("The matrix of community %s could not be brought up to date", community_id)
        with transaction.atomic():
            matrix_sync.mark_failed(community, error)
    else:
        if is_left:
            # At the end of the queue: a flood here does not keep others waiting.
            tell_worker(community_id)


def tell_worker(community_id):
    """The queue only makes it sooner: what it loses, the sweep finds."""
    try:
        sync.delay(community_id)
    except OperationalError:
        logger.warning("The broker is away; the sweep will bring the matrix up to date.")


@shared_task(expires=60)
def sweep():
    """Finds what a lost message, a killed worker or a stopped broker left behind."""
    for community in matrix_sync.communities_behind():
        sync.delay(community.pk)


@shared_task(expires=3600)
def month_ends():
    """A snapshot of each community whose month is over; and what is purged leaves all of them."""
    snapshots.forget_purged()
    for community in snapshots.due():
        take_month.delay(community.pk)


@shared_task(expires=3600)
def take_month(community_id):
    community = Community.objects.filter(pk=community_id).first()
    if not community:
        return
    # What was told before the month was over is in it.
    sync(community_id)
    try:
        snapshots.take_month(community)
    except reading.AddingUp:
        logger.warning("No snapshot of community %s yet: it is being added up", community_id)
