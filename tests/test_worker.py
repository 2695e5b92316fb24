"""Faults that only the real processes show: a real worker, a broker that is away, kill -9."""

import json
import time

import pytest

from communities.permissions import Audience
from matrix import reading, sync, words
from matrix.models import Cell, Pending
from stories import actions
from stories.models import Story

from .make import make_indicator, make_published, make_step, make_story
from .running import holding, kill, wait_for, waits_for_a_lock

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def counted(community, audience=Audience.FUNDERS):
    """How many stories the stored matrix holds for an audience."""
    cell = Cell.objects.filter(community=community, audience=audience, box=None, cycle=None).first()
    return cell.stories if cell else 0


def is_behind(community):
    return Pending.objects.filter(community=community).exists()


def page_of(running, cast):
    return running.get(f"/c/{cast.community.slug}/", cast.funder).text


def losses(worker):
    return worker.log.read_text().count("Connection to broker lost")


def test_a_hundred_stories_give_a_hundred_with_an_idle_queue(cast, running):
    running.worker()
    running.web()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    for _ in range(100):
        story = actions.submit(
            story=make_story(cast.community, cast.member), by=cast.member, others="nobody"
        )
        slug = cast.community.slug
        assert (
            running.post(
                f"/c/{slug}/stories/{story.pk}/publish/", cast.facilitator, others="nobody"
            ).status
            == 302
        )
    # No beat runs: every message has to find its row committed.
    wait_for(lambda: not is_behind(cast.community), "the worker")
    assert counted(cast.community) == 100
    assert sync.check(cast.community) == []


def test_with_the_broker_down_a_story_is_saved_without_a_wait(cast, broker, running):
    running.web()
    running.worker()
    running.beat()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    story = actions.submit(
        story=make_story(cast.community, cast.member), by=cast.member, others="nobody"
    )
    wait_for(lambda: not is_behind(cast.community), "the worker")

    broker.stop()
    before = time.monotonic()
    address = f"/c/{cast.community.slug}/stories/{story.pk}/publish/"
    assert running.post(address, cast.facilitator, others="nobody").status == 302
    assert time.monotonic() - before < 5
    assert Story.objects.get(pk=story.pk).status == "published"
    page = page_of(running, cast)
    assert "being updated" in page
    assert counted(cast.community) == 0

    broker.start()
    wait_for(lambda: not is_behind(cast.community), "the sweep")
    assert counted(cast.community) == 1
    page = page_of(running, cast)
    assert "being updated" not in page
    assert str(story) in page


def test_a_worker_killed_while_it_waits_leaves_the_old_matrix_with_its_date(cast, running):
    first = make_published(cast.community, cast.member, title="The first one")
    sync.sync(cast.community)
    date = words.as_of(reading.state_of(cast.community), cast.community)
    running.web()
    worker = running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")

    with holding("matrix_cell"):
        story = actions.submit(
            story=make_story(cast.community, cast.member, title="The second one"),
            by=cast.member,
            others="nobody",
        )
        address = f"/c/{cast.community.slug}/stories/{story.pk}/publish/"
        assert running.post(address, cast.facilitator, others="nobody").status == 302
        wait_for(waits_for_a_lock, "the worker to wait for the lock")
        kill(worker)
        # The server notices that its client is gone, though the lock is still held.
        wait_for(lambda: not waits_for_a_lock(), "the killed worker's query to end")
        page = page_of(running, cast)
        assert str(first) in page and str(story) not in page
        assert date in page
        assert "being updated" in page

    running.worker()
    running.beat()
    wait_for(lambda: not is_behind(cast.community), "the next worker")
    assert counted(cast.community) == 2
    assert sync.check(cast.community) == []


def test_a_broker_that_stops_in_the_midst_of_jobs_leaves_the_worker_alive(cast, broker, running):
    running.web()
    worker = running.worker()
    running.beat()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    # Which of its connections it finds lost first is different the second time.
    for times in (1, 2, 3):
        story = actions.submit(
            story=make_story(cast.community, cast.member), by=cast.member, others="nobody"
        )
        with holding("matrix_cell"):
            address = f"/c/{cast.community.slug}/stories/{story.pk}/publish/"
            assert running.post(address, cast.facilitator, others="nobody").status == 302
            wait_for(waits_for_a_lock, "the worker to wait for the lock")
            broker.stop()
            wait_for(lambda times=times: losses(worker) == times, "the worker to notice")
        broker.start()
        wait_for(lambda: worker.has_ended or not is_behind(cast.community), "the same worker")
        assert not worker.has_ended
    assert counted(cast.community) == 3


def test_with_worker_and_broker_stopped_a_withdrawal_is_gone_at_the_next_request(
    cast, broker, running
):
    indicator = make_indicator(cast.community, name="Visits begun by the patient")
    stays = make_published(cast.community, cast.member, title="This one stays")
    leaves = make_published(
        cast.community,
        cast.member,
        [make_step(cast.community, "applied", indicator)],
        title="This one is taken back",
    )
    sync.sync(cast.community)
    running.web()
    slug = cast.community.slug
    page, box, json_page = f"/c/{slug}/", f"/c/{slug}/indicators/{indicator.code}/", api(slug)

    def shown():
        bodies = [running.get(path, cast.funder).text for path in (page, page, box, json_page)]
        figures = json.loads(bodies.pop())
        return ["This one is taken back" in body for body in bodies], figures["stories"]

    assert shown() == ([True, True, True], 2)
    broker.stop()
    assert running.post(f"/c/{slug}/stories/{leaves.pk}/withdraw/", cast.member).status == 302
    assert shown() == ([False, False, False], 1)
    # The cache, back again, still holds what it was given before.
    broker.start()
    assert shown() == ([False, False, False], 1)
    assert is_behind(cast.community)
    assert str(stays) in running.get(page, cast.funder).text


def api(slug):
    return f"/api/v1/communities/{slug}/matrix/"
