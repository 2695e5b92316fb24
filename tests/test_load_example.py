"""The example that the demo starts with: all of it, once, through the product's own actions."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from communities.models import Community, Membership, StakeholderGroup, Teller, User
from communities.permissions import Audience
from indicators.models import Indicator, Observation
from matrix import sync
from matrix.models import Cell
from stories.models import Link, Step, Story, Touch

from .make import make_community
from .oracle import differences

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
    # Twelve passwords a run; how slowly they are hashed is not the subject.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def load_example():
    printed = StringIO()
    call_command("load_example", stdout=printed)
    return printed.getvalue()


def everything():
    """Every row of our own apps, as it is stored."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in ("communities", "indicators", "stories", "matrix")
        for model in apps.get_app_config(label).get_models()
    }


def test_load_example_makes_exactly_what_the_example_holds():
    load_example()
    community = Community.objects.get()
    assert community.slug == "primary-care"
    assert community.example_note.startswith("This is an example.")
    counts = {
        model: model.objects.count()
        for model in (StakeholderGroup, User, Membership, Teller, Indicator, Observation)
    }
    assert counts == {
        StakeholderGroup: 4,
        User: 12,
        Membership: 12,
        Teller: 10,  # eight of the people, a guest, and one who is not known
        Indicator: 28,
        Observation: 40,
    }
    assert set(Indicator.objects.values_list("state", flat=True)) == {"proposed"}
    by_status = {status: Story.objects.filter(status=status).count() for status in Story.Status}
    assert by_status == {
        "draft": 1,
        "submitted": 1,
        "returned": 1,
        "published": 12,
        "hidden": 0,
        "withdrawn": 0,
    }
    for model in (Step, Touch, Link):
        assert set(model.objects.values_list("status", flat=True)) == {"told"}


def test_load_example_keeps_who_drew_a_story_out_and_how_long_it_took():
    load_example()
    story = Story.objects.get(title="Anyone awake? 🌙")
    assert [story.teller.user.email, story.elicitor.email, story.recorder.email] == [
        "joan@example.org",
        "facilitator@example.org",
        "eleni@example.org",
    ]
    assert [story.minutes_teller, story.minutes_elicitor, story.minutes_recorder] == [30, 30, 25]
    assert [f"{story.happened_from}", f"{story.happened_to}"] == ["2024-06-20", "2024-06-21"]


def test_load_example_publishes_in_the_order_of_the_example():
    load_example()
    published = Story.objects.filter(status="published").order_by("published_at")
    assert [story.title for story in published] == [
        "The bakery on the corner",
        "A leaflet that stayed in the box",
        "Half a tablet too soon",
        "Seven stairs and the adverts",
        "La silla de la cocina",
        "Anyone awake? 🌙",
        "The list that sent us round again",
        "Why I read the forum with my door shut",
        "Sixteen tablets on the tablecloth",
        "Mondays at the library",
        "My mother’s list on the fridge",
        "One word less in the notes",
    ]


def test_load_example_again_changes_nothing_and_says_how_to_enter():
    first = load_example()
    before = everything()
    assert load_example() == first
    assert everything() == before
    assert first == (
        "Enter as member: member@example.org, password: example\n"
        "Enter as facilitator: facilitator@example.org, password: example\n"
        "Enter as funder: funder@example.org, password: example\n"
        "The first page has a button for each of them; no typing needed.\n"
    )


def test_load_example_leaves_a_community_of_that_short_name_alone():
    make_community("Ours", "primary-care")
    before = everything()
    load_example()
    assert everything() == before


def test_load_example_gives_everybody_the_password_it_prints():
    load_example()
    assert all(user.check_password("example") for user in User.objects.all())


def test_load_example_refuses_without_the_demo_switch(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="it is loaded with DEMO=1 only"):
        load_example()
    assert not Community.objects.exists()


def test_load_example_gives_the_sums_of_its_stories():
    load_example()
    community = Community.objects.get()
    sync.sync(community)
    assert sync.check(community) == []
    assert differences(community) == []
    whole = Cell.objects.filter(box=None, cycle=None)
    assert {
        cell.audience: (cell.tellers, cell.stories, cell.unknown_stories) for cell in whole
    } == {
        # All twelve; the one whose teller is not known is for facilitators only.
        Audience.FACILITATORS: (9, 12, 1),
        # Joan tells the library to members, under another name; she told another story too.
        Audience.MEMBERS: (9, 11, 0),
        # Nora told two of the ten.
        Audience.FUNDERS: (9, 10, 0),
        # Without the leaflet, the tablet, the night and the door: four who told nothing else.
        Audience.PUBLIC: (5, 6, 0),
    }
