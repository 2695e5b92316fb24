"""A rebuild under fire: killed, asked for twenty times, beside changes and floods. What only real
processes and real locks show."""

import os
import subprocess
import threading

import pytest
from django.db import connections
from launcher import ROOT
from launcher.processes import manage

from communities.permissions import Audience
from matrix import reading, sync, tasks, upkeep, words
from matrix.models import Cell, Claim, Matrix, Pair, Pending
from stories import actions

from .make import make_indicator, make_published, make_step
from .running import (
    PATIENCE,
    holding,
    kill,
    test_database_url,
    wait_for,
    waits_for_a_lock,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(cast):
    """Two stories added up, and then all of it spoilt: a rebuild has something to write everywhere."""
    indicator = make_indicator(cast.community)
    steps = [
        make_step(cast.community, "immediate", indicator),
        make_step(cast.community, "applied"),
    ]
    for number in range(2):
        title = f"Story of the day {number}"
        make_published(cast.community, cast.member, steps, [(0, 1)], title=title)
    sync.sync(cast.community)
    Claim.objects.update(tense="hoped")
    Cell.objects.update(stories=7)
    Pair.objects.update(stories=7)
    return cast.community


def matrix_of(community):
    return Matrix.objects.get(community=community)


def worker_that_does(act):
    """A thread, for the test to start, with a connection of its own."""

    def work():
        try:
            act()
        finally:
            connections.close_all()

    return threading.Thread(target=work)


def ask_for_a_rebuild(community):
    Pending.objects.create(community=community, whole=True)


@pytest.mark.services
@pytest.mark.parametrize("table", ["matrix_claim", "matrix_cell", "matrix_pair"])
def test_killed_at_any_point_the_old_matrix_stays_and_the_next_worker_finishes(
    told, cast, running, table
):
    before = words.as_of(reading.state_of(told), told)
    version = matrix_of(told).built_version
    running.web()
    worker = running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    with holding(table):
        ask_for_a_rebuild(told)
        running.beat()
        wait_for(waits_for_a_lock, "the worker to come to this table")
        kill(worker)
        wait_for(lambda: not waits_for_a_lock(), "the killed worker's query to end")
        page = running.get(f"/c/{told.slug}/", cast.funder).text
        assert before in page and "being updated" in page
        assert set(Cell.objects.filter(community=told).values_list("stories", flat=True)) == {7}
        found = matrix_of(told)
        assert (found.built_version, found.rebuilds_begun) == (version, 1)
    running.worker()
    wait_for(lambda: not sync.behind(told), "the next worker")
    assert sync.check(told) == []
    assert (matrix_of(told).built_version, matrix_of(told).rebuilds_begun) == (version + 1, 0)


def test_twenty_rebuilds_asked_for_cost_one(told):
    version = matrix_of(told).built_version
    for _ in range(20):
        upkeep.retry(told)
    for _ in range(20):
        tasks.sync(told.pk)
    assert matrix_of(told).built_version == version + 1
    assert sync.check(told) == []


def test_after_two_rebuilds_begun_in_vain_it_goes_in_slices_that_stay(told, monkeypatch):
    monkeypatch.setattr(sync, "BATCH", 1)
    for model in (Claim, Cell, Pair):
        model.objects.all().delete()
    Matrix.objects.update(rebuilds_begun=sync.ATTEMPTS)
    version = matrix_of(told).built_version
    ask_for_a_rebuild(told)
    assert sync.sync_batch(told)
    waiting = Pending.objects.filter(community=told)
    assert list(waiting.values_list("whole", flat=True)) == [False, False]
    assert sync.sync_batch(told)
    # Half way, and what is done stays done, whatever happens next.
    assert Claim.objects.values("story").distinct().count() == 1
    assert Cell.objects.get(box=None, cycle=None, audience=Audience.FUNDERS).stories == 1
    assert not sync.sync(told)
    assert sync.check(told) == []
    assert matrix_of(told).rebuilds_begun == 0
    assert matrix_of(told).built_version == version + 2
    # The operator's own rebuild is whole.
    Matrix.objects.update(rebuilds_begun=sync.ATTEMPTS)
    assert sync.rebuild(told)
    assert sync.check(told) == []


def test_a_change_during_a_rebuild_is_not_lost(told, cast):
    """It is made while the rebuild waits before its last table, after it has read the stories."""
    worker = worker_that_does(lambda: sync.rebuild(told))
    with holding("matrix_pair"):
        worker.start()
        wait_for(waits_for_a_lock, "the rebuild to come to the pairs")
        story = told.stories.order_by("pk").first()
        # The request does not wait for the rebuild.
        actions.withdraw(story=story, by=cast.member)
        assert sync.behind(told)
    worker.join()
    assert sync.behind(told)
    assert reading.read(told, Audience.FUNDERS).whole.stories == 1
    sync.sync(told)
    assert sync.check(told) == []
    assert reading.read(told, Audience.FUNDERS).whole.stories == 1


def test_who_has_much_to_do_lets_others_have_their_turn(told, cast, monkeypatch):
    monkeypatch.setattr(sync, "BATCH", 1)
    asked = []
    monkeypatch.setattr(tasks, "tell_worker", asked.append)
    sync.rebuild(told)
    for story in told.stories.all():
        Pending.objects.create(community=told, story=story.pk)
    ticks = iter(range(0, 1000, sync.SHARE))
    monkeypatch.setattr(sync.time, "monotonic", lambda: next(ticks) / 2)
    tasks.sync(told.pk)
    # One batch, and back to the end of the queue.
    assert Pending.objects.filter(community=told).count() == 1
    assert asked == [told.pk]
    # The last one: nothing is left to ask for.
    tasks.sync(told.pk)
    assert not sync.behind(told)
    assert asked == [told.pk]


def test_a_job_delivered_again_while_it_runs_does_nothing(told):
    """As after the visibility timeout: the second worker finds the first one at work."""
    version = matrix_of(told).built_version
    ask_for_a_rebuild(told)
    first = worker_that_does(lambda: tasks.sync(told.pk))
    with holding("matrix_pair"):
        first.start()
        wait_for(waits_for_a_lock, "the first delivery to be at work")
        tasks.sync(told.pk)
        assert matrix_of(told).rebuilds_begun == 1
    first.join()
    tasks.sync(told.pk)
    assert matrix_of(told).built_version == version + 1
    assert sync.check(told) == []


@pytest.mark.services
def test_chaos(db):
    """In a process of its own: it forks, and this one may have a browser's threads."""
    size = {"stories": 200, "indicators": 12, "tellers": 40}
    fire = {"seconds": 6, "changers": 4, "workers": 2, "pause": 0.2}
    options = [f"--{name}={value}" for name, value in (size | fire).items()]
    found = subprocess.run(
        manage("chaos", "matrix", *options),
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": test_database_url()},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert found.stdout.endswith("stored = recomputed\n"), found.stderr
    assert found.returncode == 0
