"""`/health/live` and `/health/ready`."""

import pytest

from .running import wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_ready_asks_database_broker_and_a_worker(running, broker):
    running.web()
    ready = running.get("/health/ready")
    assert (ready.status, ready.text) == (
        503,
        '{"database": true, "broker": true, "worker": false}',
    )
    running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    broker.stop()
    ready = running.get("/health/ready")
    assert (ready.status, ready.text) == (
        503,
        '{"database": true, "broker": false, "worker": false}',
    )
    assert running.get("/health/live").status == 200
    broker.start()
    wait_for(lambda: running.get("/health/ready").status == 200, "the broker's return")
