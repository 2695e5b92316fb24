"""What a page costs does not grow with the stories: the same queries at 5, 50 and 5,000."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Community
from communities.permissions import Audience, Role
from matrix import reading
from matrix.filtering import Filter

from .make import make_member

PAGES = [
    "",
    "indicators/{code}/",
    "cycles/immediate/no-indicator/",
    "upkeep/",
    "?draw=ribbons",
    "?tense=happened&template=specific",
    "pairs/{code}/{other}/",
    "paths/?from={code}&to={other}",
    "missing/",
    "periods/",
    "hopes/",
    "snapshots/",
    "stories/",
    "negotiation/",
    "people/",
]


def queries(act):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def ends_of_the_most_told(read):
    found = [
        (pair.happened_stories, box.indicator.code, other.indicator.code)
        for box in read.boxes.values()
        for other, pair in box.leads_to
        if box.indicator and other.indicator and box is not other
    ]
    return max(found)[1:]


@pytest.mark.django_db
def test_the_queries_of_a_page_are_the_same_at_5_50_and_5000_stories(client):
    found = []
    for size in (5, 50, 5000):
        slug = f"of-{size}"
        call_command("seed_bench", stories=size, indicators=12, tellers=40, slug=slug)
        community = Community.objects.get(slug=slug)
        code, other = ends_of_the_most_told(reading.read(community, Audience.FACILITATORS))
        client.force_login(make_member(community, Role.FACILITATOR))
        addresses = [f"/c/{slug}/{page.format(code=code, other=other)}" for page in PAGES]
        addresses.append(f"/api/v1/communities/{slug}/matrix/")
        counts = {}
        for address in addresses:
            # What a process asks once, of content types and the like, was asked.
            assert client.get(address).status_code == 200
            name = address.replace(slug, "").replace(other, "").replace(code, "")
            counts[name] = queries(lambda address=address: client.get(address))
        chosen = Filter(language="en")
        counts["filtered"] = queries(
            lambda community=community, chosen=chosen: reading.read(
                community, Audience.FUNDERS, chosen
            )
        )
        found.append(counts)
    assert found[0] == found[1] == found[2]
