"""`chaos matrix`: people change stories while workers add them up and are killed. At the end what is
stored must be what it should be, and nothing behind."""

import os
import random
import signal
import time
import traceback

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, connections

from communities.models import Community
from matrix import sync, tasks, upkeep
from matrix.build import TIERS
from matrix.models import Matrix, Pending
from stories import actions
from stories.models import Status, Step, Story

PATIENCE = 3600


class Command(BaseCommand):
    help = (
        "Changes, syncs, rebuilds and kill -9, all at once; exit status 1 when it does not add up."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["matrix"])
        parser.add_argument("--stories", type=int, default=3_000)
        parser.add_argument("--indicators", type=int, default=200)
        parser.add_argument("--tellers", type=int, default=500)
        parser.add_argument("--seconds", type=int, default=60)
        parser.add_argument("--changers", type=int, default=8)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--pause", type=float, default=0.3, help="between two kills, on average"
        )

    def handle(self, *, stories, indicators, tellers, seconds, changers, workers, pause, **options):
        slug = f"chaos-{stories}"
        call_command(
            "seed_bench",
            stories=stories,
            indicators=indicators,
            tellers=tellers,
            slug=slug,
            stdout=self.stdout,
        )
        self.community = Community.objects.get(slug=slug)
        before = self.version()
        changing = [self.start(change, seed) for seed in range(changers)]
        working = [self.start(work) for _ in range(workers)]
        try:
            kills = self.kill_at_random(working, seconds, pause)
        finally:
            for process in changing:
                kill(process, signal.SIGTERM)
        left = Pending.objects.filter(community=self.community).count()
        begin = time.monotonic()
        try:
            self.drain(working)
        finally:
            for process in working:
                kill(process)
        drained = time.monotonic() - begin
        changes = Story.objects.filter(community=self.community).exclude(version=1).count()
        self.stdout.write(
            f"{stories:,} stories, {kills} kills in {seconds} s, {changes:,} stories changed,"
            f" {self.version() - before:,} batches and rebuilds; {left:,} behind at the stop,"
            f" none after {drained:.0f} s"
        )
        if different := sync.check(self.community):
            raise CommandError(f"{len(different)} sums are wrong: {different[:5]}", returncode=1)
        self.stdout.write("stored = recomputed")

    def version(self):
        return Matrix.objects.get(community=self.community).built_version

    def start(self, act, *arguments):
        """A process of its own; it shares no connection with this one."""
        connections.close_all()
        process = os.fork()
        if process:
            return process
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        try:
            act(self.community, *arguments)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def kill_at_random(self, working, seconds, pause):
        end = time.monotonic() + seconds
        kills = 0
        while time.monotonic() < end:
            time.sleep(random.expovariate(1 / pause))
            which = random.randrange(len(working))
            kill(working[which])
            working[which] = self.start(work)
            kills += 1
            if kills % 4 == 0:
                # As after a change of an indicator.
                upkeep.retry(self.community)
        return kills

    def drain(self, working):
        end = time.monotonic() + PATIENCE
        while sync.behind(self.community):
            if any(os.waitpid(process, os.WNOHANG)[0] for process in working):
                raise CommandError("A worker has given up.", returncode=1)
            if time.monotonic() > end:
                raise CommandError("Still behind.", returncode=1)
            time.sleep(0.1)


def kill(process, how=signal.SIGKILL):
    try:
        os.kill(process, how)
        os.waitpid(process, 0)
    except (ProcessLookupError, ChildProcessError):
        # It had given up before.
        return


def work(community):
    while True:
        tasks.sync(community.pk)
        time.sleep(0.01)


def change(community, seed):
    """Stories as their tellers change them, balanced: as many become wider as narrower, and as many
    touches come as go."""
    chance = random.Random(seed)
    indicators = list(community.indicators.all())
    published = Story.objects.filter(community=community, status=Status.PUBLISHED)
    keys = list(published.order_by("pk").values_list("pk", flat=True))
    while True:
        try:
            change_one(Story.objects.get(pk=chance.choice(keys)), indicators, chance)
        except (ValidationError, IntegrityError):
            # Somebody else was quicker.
            continue


def change_one(story, indicators, chance):
    if chance.random() < 0.5:
        actions.change_audience(story=story, by=None, audience=chance.choice(TIERS))
        return
    step = chance.choice(list(Step.objects.filter(story=story)))
    touches = list(step.touches.all())
    if len(touches) > 1 or (touches and chance.random() < 0.3):
        actions.untouch(touch=chance.choice(touches), by=None)
    else:
        actions.touch(step=step, indicator=chance.choice(indicators), by=None)
