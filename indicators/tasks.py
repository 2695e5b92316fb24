"""Jobs of indicators."""

from contextlib import suppress

from celery import shared_task
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from . import letters
from .models import Round
from .negotiating import undecided


@shared_task(expires=600)
def look_after_rounds():
    """Calls to rounds that open today, reminders of those that close soon."""
    waiting = Q(called_at=None) | Q(reminded_at=None, closes_on__isnull=False)
    for round in Round.objects.undecided().filter(waiting).select_related("indicator"):
        # One that was decided meanwhile is left.
        with suppress(ValidationError), transaction.atomic():
            locked = undecided(round)
            letters.call(locked)
            letters.remind(locked)
