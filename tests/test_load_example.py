"""The examples that the demo starts with: all of them, once, through the product's own actions."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from communities.models import Community, Membership, StakeholderGroup, Teller, User
from communities.permissions import Audience
from indicators.models import Indicator, Observation, Round, Target
from matrix import sync
from matrix.models import Box, Cell, Pair
from stories.models import Link, Step, Story, Touch

from .make import make_community
from .oracle import differences

pytestmark = pytest.mark.django_db


# Many passwords a run; how slowly they are hashed is not the subject.
DEMO = {"DEMO": True, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(autouse=True)
def demo():
    with override_settings(**DEMO):
        yield


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """The examples, loaded for all tests of this file that only read; gone after them."""
    with django_db_blocker.unblock(), override_settings(**DEMO), transaction.atomic():
        yield load_example()
        transaction.set_rollback(True)


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


COUNTED = (StakeholderGroup, Membership, Teller, Indicator, Observation, Target, Story, Step)
PARTS = (Step, Touch, Link)


def counts(slug):
    """How many rows of each kind the community has."""
    path = {
        Observation: "indicator__community",
        Target: "definition__indicator__community",
        Step: "story__community",
    }
    return {
        model: model.objects.filter(**{f"{path.get(model, 'community')}__slug": slug}).count()
        for model in COUNTED
    }


def by_status(slug):
    stories = Story.objects.filter(community__slug=slug)
    return {status.value: stories.filter(status=status).count() for status in Story.Status}


def test_load_example_leaves_communities_of_these_short_names_alone():
    for slug in ("primary-care", "amr-genomics", "school-kitchens"):
        make_community("Ours", slug)
    before = everything()
    load_example()
    assert everything() == before


def test_load_example_adds_the_one_that_is_missing():
    """Whoever loaded the first example with an earlier version gets the later ones."""
    make_community("Ours", "primary-care")
    make_community("Ours too", "amr-genomics")
    load_example()
    assert Community.objects.get(slug="primary-care").name == "Ours"
    assert counts("school-kitchens")[Membership] == 3
    assert not Story.objects.exists()


def test_load_example_refuses_without_the_demo_switch(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="they are loaded with DEMO=1 only"):
        load_example()
    assert not Community.objects.exists()


def test_load_example_makes_exactly_what_the_examples_hold(once):
    assert list(Community.objects.order_by("pk").values_list("slug", flat=True)) == [
        "primary-care",
        "amr-genomics",
        "school-kitchens",
    ]
    for community in Community.objects.all():
        assert community.example_note.startswith("This is an example")
        assert community.cycles.count() == 5
    assert counts("primary-care") == {
        StakeholderGroup: 4,
        Membership: 12,
        Teller: 11,  # nine of the people, a guest, and one who is not known
        Indicator: 28,
        Observation: 40,
        Target: 3,
        Story: 22,
        Step: 84,
    }
    assert by_status("primary-care") == {
        "draft": 1,
        "submitted": 1,
        "returned": 1,
        "published": 17,
        "hidden": 1,
        "withdrawn": 1,
    }
    assert counts("amr-genomics") == {
        StakeholderGroup: 5,
        Membership: 20,
        Teller: 21,  # 18 of the people, two guests, and one who is not known
        Indicator: 17,
        Observation: 57,
        Target: 5,
        Story: 41,
        Step: 164,
    }
    assert by_status("amr-genomics") == {
        "draft": 2,
        "submitted": 1,
        "returned": 1,
        "published": 35,
        "hidden": 1,
        "withdrawn": 1,
    }
    empty = dict.fromkeys(COUNTED, 0)
    assert counts("school-kitchens") == empty | {StakeholderGroup: 3, Membership: 3}
    agreed = Indicator.objects.filter(state="agreed").values_list("code", flat=True)
    assert sorted(agreed) == ["days-to-report", "plans-written-together"]
    assert Indicator.objects.exclude(state="agreed").filter(state="proposed").count() == 43
    talked = Round.objects.undecided().values_list("indicator__code", "is_blind")
    assert sorted(talked) == [
        ("clusters-acted-on", False),
        ("falls-at-home", True),
        ("referrals-returned", False),
    ]
    # The three who can be entered belong to all of the communities.
    assert User.objects.count() == 12 + 20 - 3
    three = ["member@example.org", "facilitator@example.org", "funder@example.org"]
    assert Membership.objects.filter(user__email__in=three).count() == 9
    assert all(user.check_password("example") for user in User.objects.all())


def test_load_example_keeps_who_said_what_of_each_story(once):
    story = Story.objects.get(title="Anyone awake? 🌙")
    assert [story.teller.user.email, story.elicitor.email, story.recorder.email] == [
        "joan@example.org",
        "facilitator@example.org",
        "eleni@example.org",
    ]
    assert [story.minutes_teller, story.minutes_elicitor, story.minutes_recorder] == [30, 30, 25]
    assert [f"{story.happened_from}", f"{story.happened_to}"] == ["2024-06-20", "2024-06-21"]

    published = Story.objects.filter(community__slug="primary-care", status="published")
    assert [story.title for story in published.order_by("published_at")] == [
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
        "With eleven in the queue",
        "The garage roof",
        "Both halves of a Thursday",
        "What I do not post",
        "A chair by the window",
    ]


def test_load_example_leaves_a_few_parts_to_be_confirmed(once):
    proposed = Story.objects.filter(steps__status__in=["confirmed", "proposed"]).distinct()
    titles = ["A chair by the window", "The round on Thursdays", "What the road knows"]
    assert sorted(story.title for story in proposed) == titles
    assert {
        model: {
            status: model.objects.filter(status=status).count() for status in model.Status.values
        }
        for model in PARTS
    } == {
        Step: {"told": 236, "proposed": 1, "confirmed": 11, "rejected": 0},
        Touch: {"told": 193, "proposed": 4, "confirmed": 7, "rejected": 0},
        Link: {"told": 177, "proposed": 3, "confirmed": 8, "rejected": 0},
    }
    road = Story.objects.get(title="What the road knows")
    assert [step.status for step in road.steps.all()] == ["confirmed"] * 3 + ["proposed"]
    # What stands on the step that is not confirmed waits with it.
    assert {touch.status for touch in road.steps.last().touches.all()} == {"proposed"}
    assert [link.status for link in road.links.all()] == ["confirmed", "confirmed", "proposed"]


def test_load_example_again_changes_nothing_and_says_how_to_enter(once):
    before = everything()
    assert load_example() == once
    assert everything() == before
    assert once == (
        "Enter as member: member@example.org, password: example\n"
        "Enter as facilitator: facilitator@example.org, password: example\n"
        "Enter as funder: funder@example.org, password: example\n"
        "The first page has a button for each of them; no typing needed.\n"
    )


def test_load_example_gives_the_sums_of_its_stories(once):
    for community in Community.objects.all():
        sync.sync(community)
        assert sync.check(community) == []
        assert differences(community) == []
    sums = {
        (cell.community.slug, cell.audience): (cell.tellers, cell.stories, cell.unknown_stories)
        for cell in Cell.objects.filter(box=None, cycle=None).select_related("community")
    }
    assert sums == {
        # All 17; the one whose teller is not known is for facilitators only, like Eleni's.
        ("primary-care", Audience.FACILITATORS): (10, 17, 1),
        # Joan tells the library to members, under another name; she told two other stories too.
        ("primary-care", Audience.MEMBERS): (9, 15, 0),
        ("primary-care", Audience.FUNDERS): (9, 14, 0),
        # Without Samir, Kofi and Piotr, who tell nothing to everybody.
        ("primary-care", Audience.PUBLIC): (6, 8, 0),
        # All 35, two of them by tellers who are not known.
        ("amr-genomics", Audience.FACILITATORS): (20, 35, 2),
        # Without Inês's Fridays, and what was heard at the bus station.
        ("amr-genomics", Audience.MEMBERS): (20, 33, 1),
        # Without Paul, who told one story, to members.
        ("amr-genomics", Audience.FUNDERS): (19, 29, 1),
        ("amr-genomics", Audience.PUBLIC): (14, 15, 0),
    }


def test_the_examples_trails_meet_and_contradict(once):
    community = Community.objects.get(slug="amr-genomics")
    sync.sync(community)
    code = {box.pk: box.indicator.code for box in Box.objects.exclude(indicator=None)}
    pairs = {
        (code.get(pair.u), code.get(pair.v)): pair
        for pair in Pair.objects.filter(community=community, audience=Audience.FUNDERS)
    }

    def tellers(start, end):
        pair = pairs[start, end]
        said = (pair.positive_tellers, pair.negative_tellers, pair.none_created_tellers)
        return pair.happened_tellers, said

    # Many tellers, one way.
    assert tellers("protocols-adapted", "days-to-report") == (6, (6, 0, 0))
    assert tellers("taking-part", "countries") == (5, (5, 0, 0))
    assert tellers("countries", "taken-to-another-lab") == (4, (4, 0, 0))
    assert tellers("taken-to-another-lab", "reports-corrected") == (3, (3, 0, 0))
    # Of value to one, and not to another.
    assert tellers("protocols-adapted", "reports-corrected") == (2, (1, 1, 0))
    assert tellers("runs-checked", "reports-corrected") == (2, (1, 1, 0))
    assert tellers("taken-to-another-lab", "clusters-acted-on") == (2, (1, 1, 0))
    assert tellers("genomes-in-common", "clusters-acted-on") == (2, (2, 0, 1))
