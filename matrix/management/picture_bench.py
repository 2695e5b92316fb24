"""`bench picture`: how long the drawing takes and how large it is, with the stored order of the boxes."""

import statistics
import time

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from communities.models import Community
from communities.permissions import Audience, Role
from matrix import drawing, page, reading
from matrix.asking import Asked
from matrix.views import drawn_for

# (indicators, stories, tellers): ms of the drawing, KB of it.
LIMITS = {(60, 500, 250): (50, 150), (200, 5_000, 1_000): (60, 250)}
FROM_THE_CACHE = 5
ROUNDS = 7


def measure(say, person_of):
    """`say(what, ours, floor, limit, unit)` writes a line."""
    for (indicators, stories, tellers), (most_ms, most_kb) in LIMITS.items():
        slug = f"picture-{indicators}"
        if not Community.objects.filter(slug=slug).exists():
            sizes = {"stories": stories, "indicators": indicators, "tellers": tellers}
            call_command("seed_bench", slug=slug, verbosity=0, **sizes)
        community = Community.objects.get(slug=slug)
        what = f"{indicators} indicators, {stories:,} stories"
        with reading.one_moment():
            read, told, picture = drawn_for(community, Asked(Audience.FUNDERS))
        svg = drawing.draw(picture)
        drawn, every, _least = drawing.drawn_ribbons(picture)
        took = best(drawing.draw, picture)
        say(f"the drawing, {what} ({len(drawn)} of {every} ribbons)", took, most_ms, 1, "ms")
        say(f"its size, {what}", len(svg.encode()) / 1000, most_kb, 1, "KB")
        made = best(lambda read, told: page.picture(read, told, page.ribbons(read)), read, told)
        say(f"what it is made from, {what}", made, most_ms, 1, "ms")
        look(say, community, person_of(community, Role.FUNDER), what)


def look(say, community, reader, what):
    """The living part of the page: first made, then asked for again with its ETag."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "HX-Request": "true"})
    client.force_login(reader)
    address = reverse("matrix:matrix", args=[community.slug])

    def ask(status, **headers):
        begin = time.perf_counter()
        answer = client.get(address, headers=headers)
        seconds = time.perf_counter() - begin
        assert answer.status_code == status, answer.status_code
        return 1000 * seconds, answer

    cache.clear()
    first, answer = ask(200)
    again = [ask(304, **{"If-None-Match": answer["ETag"]})[0] for _round in range(ROUNDS)]
    say(f"asked again, {what}", statistics.median(again), FROM_THE_CACHE, 1, "ms")
    say(f"asked again against the first time, {what}", statistics.median(again), first, 1, "ms")


def best(work, *given):
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        work(*given)
        times.append(time.perf_counter() - begin)
    return 1000 * min(times)
