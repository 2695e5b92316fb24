"""Search: words are found whatever their form, and never those that the viewer may not open."""

import pytest
from django.test import Client
from django.urls import reverse

from communities import actions as people
from communities.permissions import Audience
from stories import actions, purge
from stories.models import Story, Words
from stories.trail import WrittenLink

from .make import make_member, make_published, make_step, make_story

pytestmark = pytest.mark.django_db


def page(cast, user, text, **more):
    client = Client()
    client.force_login(user)
    address = reverse("stories:stories", args=[cast.community.slug])
    return client.get(address, {"q": text} | more)


def found(cast, user, text):
    answer = page(cast, user, text)
    assert answer.status_code == 200
    return sorted(story.title for story in answer.context["page"])


def say(cast, text, title="Said", **fields):
    return make_published(
        cast.community, cast.member, [make_step(cast.community, text=text)], title=title, **fields
    )


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("The lamp was harvested.", "lamp"),
        ("The lamp was harvested.", "LÁMP"),
        ("The lamp was harvested.", "harvesting"),
        ("The lamp was harvested.", "was harv"),
        ("The lamp was harvested.", "  harvested   LAMP "),
        ("The lamp was harvested.", "harvestde"),
        ("Una niña cambió la canción", "cancion"),
        ("Una nin\u0303a cambio\u0301", "niña cambió"),
        ("Ørsted og Łódź", "orsted"),
        ("Ørsted og Łódź", "lodz"),
        ("Die Straße", "strasse"),
        ("ΟΔΟΣ ήταν μακρύς", "οδος ηταν"),
        ("İstanbul'da", "istanbul"),
        ("نجحت المُحاولة", "المحاولة"),
        ("我们一起解决了问题", "解决"),
        ("It helped 😀 us", "😀"),
        ("100 % of the 50_50", "100 % of"),
        ("a\\b 'quoted' & (odd) <b>", "'quoted' & (odd) <b>"),
    ],
)
def test_it_is_found_however_it_is_written(cast, said, searched):
    say(cast, said)
    say(cast, "Nothing of that kind.", title="Other")
    assert found(cast, cast.funder, searched) == ["Said"]


@pytest.mark.parametrize("searched", ["zebra", "%", "_", "''''", "\\", "&|!", "a" * 200])
def test_what_nobody_said_is_not_found(cast, searched):
    say(cast, "The lamp was harvested")
    assert found(cast, cast.funder, searched) == []


def test_the_communitys_language_decides_on_forms(cast):
    cast.community.language = "es"
    cast.community.save()
    say(cast, "Cambiamos los horarios")
    assert found(cast, cast.funder, "cambiar horario") == ["Said"]


def test_title_links_and_the_name_it_is_shown_by_are_searched(cast):
    steps = [make_step(cast.community, text="One."), make_step(cast.community, text="Two.")]
    story = make_published(cast.community, cast.member, steps, [(0, 1)], title="The green chair")
    link = story.links.get()
    actions.revise(
        story=story,
        by=cast.member,
        version=story.version,
        steps=[written(step) for step in story.steps.all()],
        links=[joined(link, how="because of the heron")],
    )
    say(cast, "x", title="As Kestrel", attribution="pseudonym", pseudonym="Kestrel")
    assert found(cast, cast.funder, "green chair") == ["The green chair"]
    assert found(cast, cast.funder, "heron") == ["The green chair"]
    assert found(cast, cast.funder, "kestrel") == ["As Kestrel"]
    assert found(cast, cast.funder, "míra") == ["The green chair"]


def written(step):
    return make_step(step.story.community, step.cycle.key, text=step.text, step=step)


def joined(link, **content):
    return WrittenLink(0, 1, **content)


def test_a_name_that_is_not_shown_leads_to_nothing(cast):
    guest = people.add_guest_teller(community=cast.community, name="Zenobia")
    for title, attribution in (("P", "pseudonym"), ("A", "anonymous")):
        fields = {"attribution": attribution, "pseudonym": "K" if title == "P" else ""}
        say(cast, "x", title=title, **fields)
        make_published(cast.community, guest, title=f"guest {title}", **fields)
    for user in (cast.funder, cast.facilitator, cast.member):
        assert found(cast, user, "Mira") == []
        assert found(cast, user, "Zenobia") == []


def test_nobody_finds_what_they_may_not_open(cast):
    other = make_member(cast.community)
    for audience in list(Audience)[1:]:
        say(cast, "heron", title=f"published {audience.name}", audience=audience)
        submitted = make_story(cast.community, cast.member, title=f"submitted {audience.name}")
        actions.submit(story=submitted, by=cast.member, others="nobody")
    make_story(cast.community, cast.member, title="draft heron", audience=Audience.ME)
    withdrawn = say(cast, "heron", title="withdrawn")
    actions.withdraw(story=withdrawn, by=cast.member)
    hidden = say(cast, "heron", title="hidden")
    actions.hide(story=hidden, by=cast.facilitator, note="heron")
    make_published(cast.neighbour, cast.neighbours_facilitator, title="heron next door")
    expected = {
        cast.funder: ["published FUNDERS", "published PUBLIC"],
        other: ["published FUNDERS", "published MEMBERS", "published PUBLIC"],
        cast.facilitator: ["hidden", *(f"published {one.name}" for one in sorted_audiences())],
        cast.member: [
            "draft heron",
            "hidden",
            *(f"published {one.name}" for one in sorted_audiences()),
            "withdrawn",
        ],
    }
    for user, titles in expected.items():
        assert found(cast, user, "heron") == titles
        text = page(cast, user, "heron").content.decode()
        assert f"{len(titles)} stor" in text
        assert ("next door" in text) is False


def sorted_audiences():
    return sorted(list(Audience)[1:], key=lambda one: one.name)


def test_words_that_the_teller_has_not_confirmed_are_not_found_nor_shown(cast):
    story = say(cast, "The heron came")
    story.steps.create(
        cycle=story.steps.get().cycle, text="heron secretly", position=2, status="proposed"
    )
    actions.change_audience(story=story, by=cast.member, audience=Audience.FUNDERS)
    assert found(cast, cast.facilitator, "secretly") == []
    text = page(cast, cast.facilitator, "heron").content.decode()
    assert "The <mark>heron</mark> came" in text
    assert "secretly" not in text


def test_the_place_is_shown_in_any_form_of_the_word(cast):
    say(cast, "In the morning the héron came, and we were harvesting.")
    for searched, shown in (
        ("HERON came", "<mark>héron came</mark>"),
        ("harvested", "<mark>harves</mark>ting"),
        ("came heron", "the <mark>héron</mark> came"),
    ):
        assert shown in page(cast, cast.funder, searched).content.decode()


def test_a_step_that_is_taken_out_is_found_no_more(cast):
    story = say(cast, "The heron came")
    actions.revise(
        story=story,
        by=cast.member,
        version=story.version,
        steps=[make_step(cast.community, text="The lamp came", step=story.steps.get())],
        links=[],
    )
    assert found(cast, cast.funder, "heron") == []
    assert found(cast, cast.funder, "lamp") == ["Said"]


def test_no_words_stay_of_what_is_purged(cast):
    story = say(cast, "The heron came")
    actions.withdraw(story=story, by=cast.member)
    Story.objects.update(withdrawn_at="2026-01-01T00:00Z")
    assert purge.purge() == 1
    assert not Words.objects.exists()


def test_what_cannot_be_searched_is_said_and_kept(cast):
    say(cast, "The lamp came")
    for text, fault in (
        ("a\0b", "Null characters are not allowed."),
        ("a" * 201, "Ensure this value has at most 200 characters (it has 201)."),
    ):
        answer = page(cast, cast.funder, text)
        assert answer.context["form"].errors["q"] == [fault]
        assert [story.title for story in answer.context["page"]] == ["Said"]


def test_a_story_of_the_greatest_length_is_searched(cast):
    words = " ".join(f"w{number:05d}" for number in range(1_400))
    steps = [make_step(cast.community, text=f"{words} x{number}") for number in range(200)]
    make_published(cast.community, cast.member, steps, title="Long")
    assert found(cast, cast.funder, "x199") == ["Long"]


def test_pages_of_a_search_go_on_searching(cast):
    for _ in range(26):
        say(cast, "The lamp came")
    assert 'href="?q=lamp&amp;page=2"' in page(cast, cast.funder, "lamp").content.decode()
    assert len(page(cast, cast.funder, "lamp", page=2).context["page"].object_list) == 1


def test_a_search_makes_the_same_number_of_queries_at_1_and_3_rows(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.funder)
    address = reverse("stories:stories", args=[cast.community.slug])
    for rows in (1, 3):
        while Story.objects.count() < rows:
            say(cast, "The lamp came")
        with django_assert_num_queries(12):
            assert len(client.get(address, {"q": "lamp"}).context["page"].object_list) == rows
