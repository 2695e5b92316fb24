"""What a story said before: who reads it, what it shows, and when nothing of it stays."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.actions import add_guest_teller
from communities.permissions import Audience
from stories import actions, history
from stories.models import LinkEvent, StepEvent, Story, StoryEvent, TouchEvent
from stories.others import mask
from stories.purge import purge_story
from stories.stubs import forget
from stories.trail import WrittenLink

from .make import make_indicator, make_member, make_published, make_step, make_story, make_stub

EVENTS = (StoryEvent, StepEvent, TouchEvent, LinkEvent)


def read(client, story, **asked):
    address = reverse("stories:history", args=[story.community.slug, story.pk])
    return client.get(address, asked)


def revise(story, *steps, by, links=(), **fields):
    story = Story.objects.get(pk=story.pk)
    return actions.revise(
        story=story, by=by, version=story.version, steps=list(steps), links=list(links), **fields
    )


def numbers(client, story):
    return [version.number for version in read(client, story).context["versions"]]


def changes(client, story, **asked):
    """{label: pieces} of what differs."""
    found = read(client, story, **asked).context["differences"]
    return {str(one.label): one.pieces for one in found if one.is_change}


@pytest.mark.django_db
class TestWhatIsShown:
    def test_words_that_were_taken_out_and_put_in(self, cast, client):
        step = make_step(cast.community, text="We met in the night.")
        story = make_story(cast.community, cast.member, [step], title="The lamp")
        kept = story.steps.get()
        again = make_step(cast.community, text="We met in the yard.", step=kept)
        revise(story, again, by=cast.member, title="The lamps")
        client.force_login(cast.member)
        assert numbers(client, story) == [2, 1]
        assert changes(client, story) == {
            "Title": [("same", "The "), ("out", "lamp"), ("in", "lamps")],
            "Step 1": [
                ("same", "We met in the "),
                ("out", "night"),
                ("in", "yard"),
                ("same", ".\nImmediate value · It happened"),
            ],
        }

    def test_steps_links_and_indicators_come_and_go(self, cast, client):
        indicator = make_indicator(cast.community, name="Nights")
        first, second = (
            make_step(cast.community, text="One."),
            make_step(cast.community, text="Two."),
        )
        story = make_story(
            cast.community, cast.member, [first, second], [WrittenLink(0, 1, how="so")]
        )
        one, _two = story.steps.all()
        revise(
            story,
            make_step(cast.community, "immediate", indicator, text="One.", step=one),
            make_step(cast.community, "applied", text="Three.", value="none_created"),
            by=cast.member,
        )
        client.force_login(cast.member)
        assert changes(client, story) == {
            "Step 1": [("same", "One.\nImmediate value · It happened"), ("in", "\nNights")],
            "Step 2": [("in", "Three.\nApplied value · It happened · Nothing came of it")],
        } | {"Step 2": [("out", "Two.\nImmediate value · It happened")]} | {
            "From step 1 to step 2": [("out", "so")]
        }
        both = [
            (str(one.label), one.pieces[0])
            for one in read(client, story).context["differences"]
            if str(one.label) == "Step 2"
        ]
        assert both == [
            ("Step 2", ("in", "Three.\nApplied value · It happened · Nothing came of it")),
            ("Step 2", ("out", "Two.\nImmediate value · It happened")),
        ]

    def test_any_two_versions(self, cast, client):
        story = make_story(cast.community, cast.member, title="A")
        for title in ("B", "C", "D"):
            revise(story, by=cast.member, title=title)
        client.force_login(cast.member)
        assert changes(client, story, old=1, new=3)["Title"] == [("out", "A"), ("in", "C")]
        assert changes(client, story, new=2)["Title"] == [("out", "A"), ("in", "B")]
        for nonsense in ("x", "99", "-1", "9" * 30):
            assert read(client, story, old=nonsense, new=nonsense).status_code == 200

    def test_who_did_it_and_a_former_member(self, cast, client):
        other = make_member(cast.community, "facilitator", name="Ines")
        story = actions.submit(
            story=make_story(cast.community, cast.member), by=cast.member, others="nobody"
        )
        actions.publish(story=story, by=cast.facilitator, others="nobody")
        actions.hide(story=story, by=other, note="Whose lamp?")
        other.delete()
        for user, expected in (
            (cast.member, ["a former member", "Farid", "you", "you"]),
            (cast.facilitator, ["a former member", "Farid", "its teller"]),
        ):
            client.force_login(user)
            assert [one.who for one in read(client, story).context["versions"]] == expected

    def test_queries_do_not_grow(self, cast, client, django_assert_num_queries):
        client.force_login(cast.member)
        for count in (1, 3):
            steps = [make_step(cast.community) for _each in range(count)]
            story = make_story(cast.community, cast.member, steps)
            for _each in range(count):
                revise(story, by=cast.member)
            with django_assert_num_queries(14):
                read(client, story)


@pytest.mark.django_db
class TestWhoReadsIt:
    def test_its_teller_and_facilitators(self, cast, client):
        story = make_published(cast.community, cast.member)
        answers = {}
        for name in ("member", "facilitator", "funder", "stranger", "neighbours_facilitator"):
            client.force_login(getattr(cast, name))
            answers[name] = read(client, story).status_code
        client.force_login(make_member(cast.community))
        answers["another"] = read(client, story).status_code
        assert answers == {
            "member": 200,
            "facilitator": 200,
            "funder": 403,
            "stranger": 404,
            "neighbours_facilitator": 404,
            "another": 403,
        }

    def test_what_was_a_draft_or_for_the_teller_alone_stays_so(self, cast, client):
        story = make_story(cast.community, cast.member, title="Secret")
        revise(story, make_step(cast.community), by=cast.member, title="Open")
        actions.submit(story=story, by=cast.member, others="nobody")
        actions.publish(story=story, by=cast.facilitator, others="nobody")
        actions.change_audience(story=story, by=cast.member, audience=Audience.ME)
        revise(story, make_step(cast.community), by=cast.member, title="Secret again")
        revise(story, make_step(cast.community), by=cast.member, title="Open", audience=2)
        actions.submit(story=story, by=cast.member, others="nobody")
        client.force_login(cast.facilitator)
        assert numbers(client, story) == [8, 4, 3]
        for asked in ({}, {"old": 1, "new": 6}, {"new": 2}):
            assert "Secret" not in read(client, story, **asked).content.decode()
        client.force_login(cast.member)
        assert numbers(client, story) == [8, 7, 6, 5, 4, 3, 2, 1]

    def test_taken_back_it_is_the_tellers_alone(self, cast, client):
        story = make_published(cast.community, cast.member)
        actions.withdraw(story=story, by=cast.member)
        client.force_login(cast.facilitator)
        assert read(client, story).status_code == 404


@pytest.mark.django_db
class TestNothingStays:
    def test_purged(self, cast):
        story = make_published(
            cast.community,
            cast.member,
            [make_step(cast.community, "immediate", make_indicator(cast.community))] * 2,
            [(0, 1)],
        )
        assert all(events.objects.exists() for events in EVENTS)
        actions.withdraw(story=story, by=cast.member)
        purge_story(story.pk)
        assert not any(events.objects.exists() for events in EVENTS)

    def test_of_a_stub_that_is_forgotten(self, cast):
        forget(story=make_stub(cast.community, by=cast.member))
        assert not any(events.objects.exists() for events in EVENTS)

    def test_of_what_was_masked(self, cast):
        step = make_step(cast.community, text="We asked Rosa Prat.")
        story = make_story(
            cast.community, cast.member, [step, step], [(0, 1)], title="About Rosa Prat"
        )
        kept = list(story.steps.all())
        revise(
            story,
            *(make_step(cast.community, text="Then Rosa Prat came.", step=one) for one in kept),
            by=cast.member,
            links=[WrittenLink(0, 1, how="Rosa Prat knew", corroborator="Rosa Prat")],
        )
        mask(story=Story.objects.get(), by=cast.member, texts=["Rosa Prat"])
        said = [
            *StoryEvent.objects.values_list("title", flat=True),
            *StepEvent.objects.values_list("text", flat=True),
            *LinkEvent.objects.values_list("how", flat=True),
            *LinkEvent.objects.values_list("corroborator", flat=True),
        ]
        assert not [words for words in said if "Rosa" in words]
        assert "About [name]" in said


@pytest.mark.django_db
def test_any_way_of_writing_is_kept(cast):
    """Triggers write it, so a statement past all actions is in it too."""
    story = make_story(cast.community, cast.member)
    story.steps.update(text="Past all actions.")
    assert "Past all actions." in StepEvent.objects.values_list("text", flat=True)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(old, new):
    found = history.pieces(old, new)
    assert "".join(text for kind, text in found if kind != "in") == old
    assert "".join(text for kind, text in found if kind != "out") == new


def test_a_very_long_text_is_shown_as_one_in_place_of_another():
    old, new = "a " * 4_000, "b " * 4_000
    assert history.pieces(old, new) == [("out", old), ("in", new)]


@pytest.mark.django_db
def test_a_guest_is_its_teller_without_a_name(cast, client):
    guest = add_guest_teller(community=cast.community, name="Guest")
    story = make_published(cast.community, guest)
    client.force_login(cast.facilitator)
    assert {version.who for version in read(client, story).context["versions"]} == {""}
