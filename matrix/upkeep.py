"""How it stands with the stored matrix of a community: up to date, waiting, running or failed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min, TextChoices
from django.utils.translation import gettext_lazy as _

from .models import Matrix, Pending
from .sync import AT_WORK
from .tasks import tell_worker


class Condition(TextChoices):
    UP_TO_DATE = "up_to_date", _("Up to date")
    WAITING = "waiting", _("Changes wait to be added up")
    RUNNING = "running", _("Being added up")
    FAILED = "failed", _("The last attempt failed, and is tried again")


@dataclass(frozen=True)
class Upkeep:
    """`since`: of the oldest change that waits, of the work that runs, or of the last failure.
    `attempts`: those that failed, and rebuilds that were begun and never ended."""

    condition: Condition
    since: datetime | None
    pending: int
    built_version: int
    built_at: datetime | None
    attempts: int
    error: str


def upkeep_of(community):
    matrix = Matrix.objects.filter(community=community).first() or Matrix()
    waiting = Pending.objects.filter(community=community).aggregate(
        count=Count("pk"), since=Min("since")
    )
    running = at_work_since(community)
    if running:
        condition, since = Condition.RUNNING, running
    elif matrix.last_error:
        condition, since = Condition.FAILED, matrix.failed_at
    elif waiting["count"]:
        condition, since = Condition.WAITING, waiting["since"]
    else:
        condition, since = Condition.UP_TO_DATE, None
    return Upkeep(
        condition=condition,
        since=since,
        pending=waiting["count"],
        built_version=matrix.built_version,
        built_at=matrix.built_at,
        attempts=matrix.attempts + max(0, matrix.rebuilds_begun - bool(running)),
        error=matrix.last_error,
    )


def at_work_since(community):
    """When the worker began that has this matrix now; None where none has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE pid <> pg_backend_pid()"
            " AND locktype = 'advisory' AND granted AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND classid = %s AND objid = %s",
            [AT_WORK, community.pk],
        )
        return cursor.fetchone()[0]


def retry(community):
    """Asks for all of it to be added up again, now."""
    Pending.objects.create(community=community, whole=True)
    tell_worker(community.pk)
