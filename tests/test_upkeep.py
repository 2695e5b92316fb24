"""How it stands with the stored matrix, as a page, as JSON and for the operator."""

import json
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrix import sync
from matrix.models import Matrix, Pending
from matrix.upkeep import upkeep_of

from .make import make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(cast):
    make_published(cast.community, cast.member)
    sync.sync(cast.community)
    return cast.community


def state(community):
    found = upkeep_of(community)
    return found.condition.value, found.pending, found.attempts, found.error


def test_from_waiting_to_failed_to_up_to_date(cast, community):
    assert state(community) == ("up_to_date", 0, 0, "")
    assert upkeep_of(community).since is None
    make_published(community, cast.member)
    waiting = upkeep_of(community)
    oldest = Pending.objects.filter(community=community).earliest("since").since
    assert (waiting.condition, waiting.since) == ("waiting", oldest)
    assert waiting.pending >= 1
    sync.mark_failed(community, ValueError("no room"))
    failed = upkeep_of(community)
    assert state(community) == ("failed", waiting.pending, 1, "no room")
    assert failed.since == Matrix.objects.get(community=community).failed_at
    sync.sync(community)
    assert state(community) == ("up_to_date", 0, 0, "")
    assert upkeep_of(community).built_version == failed.built_version + 1


def test_rebuilds_that_never_ended_are_attempts(community):
    Matrix.objects.filter(community=community).update(attempts=1, rebuilds_begun=2)
    assert upkeep_of(community).attempts == 3


def test_a_worker_that_has_the_matrix_is_seen(cast, community):
    worker = connection.copy()
    with closing(worker), worker.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", [sync.AT_WORK, cast.neighbour.pk]
        )
        assert state(cast.neighbour)[0] == "running"
        assert upkeep_of(cast.neighbour).since is not None
        assert state(community)[0] == "up_to_date"
    assert state(cast.neighbour)[0] == "waiting"


def test_a_worker_shows_that_it_has_the_matrix(community):
    with CaptureQueriesContext(connection) as asked:
        sync.lock(community)
    [shown] = [one["sql"] for one in asked if "advisory" in one["sql"]]
    assert f"({sync.AT_WORK}, {community.pk})" in shown


def test_the_page_and_the_json_say_the_same_and_it_can_be_asked_for_again(client, cast, community):
    sync.mark_failed(community, ValueError("no room"))
    client.force_login(cast.facilitator)
    address = reverse("matrix:upkeep", args=[community.slug])
    page = client.get(address).content.decode()
    assert "The last attempt failed, and is tried again" in page
    assert "no room" in page
    figures = client.get(reverse("api:upkeep", args=[community.slug])).json()
    assert (figures["state"], figures["attempts"], figures["error"]) == ("failed", 1, "no room")
    assert client.post(address).status_code == 302
    assert Pending.objects.get(community=community).whole
    sync.sync(community)
    assert sync.check(community) == []


def test_the_operator_reads_a_line_of_json_a_community(cast, community):
    out = StringIO()
    call_command("rebuild_matrix", "--state", stdout=out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one["community"], one["state"]) for one in found] == [
        ("night-shift", "waiting"),
        ("wound-care", "up_to_date"),
    ]
    assert Pending.objects.filter(community=cast.neighbour).exists()
