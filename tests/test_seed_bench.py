"""`seed_bench`: a community to measure with adds up like any other."""

import pytest
from django.core.management import CommandError, call_command

from communities.models import Community
from matrix import sync
from matrix.models import Claim
from stories import actions
from stories.models import StoryEvent

from .oracle import differences

pytestmark = pytest.mark.django_db


def test_it_is_of_the_size_that_was_asked_for_and_adds_up(capsys):
    call_command("seed_bench", stories=90, indicators=7, tellers=10)
    assert capsys.readouterr().out == "bench-90: 90 stories\n"
    community = Community.objects.get(slug="bench-90")
    assert community.stories.count() == 90
    assert community.indicators.count() == 7
    assert community.tellers.get(name="Guest 0").stories.count() == 3
    assert community.tellers.filter(kind="unknown").count() == 0
    assert Claim.objects.filter(community=community).count() > 90
    assert differences(community) == []
    assert sync.check(community) == []
    # Its making left no history; what is done to it now does.
    assert not StoryEvent.objects.exists()
    published = community.stories.filter(status="published").first()
    actions.withdraw(story=published, by=None)
    assert StoryEvent.objects.exists()


def test_it_is_not_made_twice_nor_of_nothing():
    call_command("seed_bench", stories=2, indicators=1, tellers=1, slug="small")
    for wrong in ({"slug": "small"}, {"stories": 0}, {"tellers": 0}, {"indicators": 0}):
        with pytest.raises(CommandError):
            call_command("seed_bench", **{"stories": 2, "indicators": 1, "tellers": 1} | wrong)
    assert Community.objects.count() == 1
