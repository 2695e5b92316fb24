"""What is typed and not saved: kept as it is, for its writer alone, and never in place of the story."""

import uuid

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from stories import actions, sketches
from stories.models import Sketch, Story

from .conftest import make_cast
from .make import make_member, make_published, make_step, make_story
from .test_tell import form_of

pytestmark = pytest.mark.django_db
PAGES = ["one", "two"]


@pytest.fixture
def keep(cast, client):
    client.force_login(cast.member)
    address = reverse("stories:autosave", args=[cast.community.slug])

    def keep(*steps, sketch=0, tab="one", turn=1, **fields):
        sent = form_of(cast.community, *steps, **fields)
        return client.post(address, sent | {"sketch": sketch, "tab": tab, "turn": turn})

    return keep


def page(cast, client, name="tell", *args, **query):
    return client.get(reverse(f"stories:{name}", args=[cast.community.slug, *args]), query)


def test_what_is_typed_is_kept_as_it_is_and_changes_no_story(cast, client, keep):
    key = uuid.uuid4()
    typed = {"text": "x" * 11_000, "cycle": "nonsense", "tense": "", "led_from": "7"}
    answer = keep(typed, "Nu\u0301mero", title="", audience="9", key=key)
    assert answer.json()["version"] == 1
    assert not Story.objects.exists()
    shown = page(cast, client, sketch=str(key)).context["writing"]
    assert [step["text"].value() for step in shown.steps] == ["x" * 11_000, "Número"]
    assert shown.steps[0]["cycle"].value() == "nonsense"
    assert (shown.form["title"].value(), shown.form["audience"].value()) == ("", "9")
    assert not shown.form.errors and not shown.steps[0].errors


def test_it_is_found_again_where_stories_are_told_and_listed(cast, client, keep):
    key = uuid.uuid4()
    keep("We met.", title="The heron", key=key)
    for name in ("tell", "mine"):
        text = page(cast, client, name).content.decode()
        assert "The heron" in text and f"sketch={key}" in text


def test_it_is_its_writers_alone(cast, client, keep):
    key = uuid.uuid4()
    keep("We met.", title="The heron", key=key)
    for user in (make_member(cast.community), cast.facilitator):
        other = Client()
        other.force_login(user)
        for name, query in (("tell", {"sketch": str(key)}), ("tell", {}), ("mine", {})):
            assert "The heron" not in page(cast, other, name, **query).content.decode()
        other.post(reverse("stories:throw_away", args=[cast.community.slug]), {"key": key})
    assert Sketch.objects.count() == 1


def test_of_a_published_story_nothing_changes_until_it_is_saved(cast, client, keep):
    story = make_published(cast.community, cast.member, [make_step(cast.community, text="Told.")])
    step = {"step": story.steps.get().pk, "text": "Told, and half typ"}
    keep(step, key=story.key, version=story.version)
    assert story.steps.get().text == "Told."
    assert Sketch.objects.get().story == story
    answer = page(cast, client, "revise", story.pk)
    assert "and did not save" in answer.content.decode()
    assert answer.context["writing"].steps[0]["text"].value() == "Told, and half typ"
    known = {"key": story.key, "version": story.version, "sketch": 1}
    sent = form_of(cast.community, step, save="1", **known)
    client.post(reverse("stories:revise", args=[cast.community.slug, story.pk]), sent)
    assert story.steps.get().text == "Told, and half typ"
    assert not Sketch.objects.exists()


def test_one_page_goes_on_and_what_arrives_late_is_left_out(keep):
    key = uuid.uuid4()
    for turn, text in ((1, "W"), (3, "We met."), (2, "We")):
        assert keep(text, key=key, turn=turn).status_code == 200
    assert Sketch.objects.get().fields["steps-0-text"] == ["We met."]


def test_another_page_is_not_written_over_and_both_are_shown(cast, client, keep):
    key = uuid.uuid4()
    version = keep("On the phone.", key=key, tab="phone").json()["version"]
    refused = keep("On the laptop.", key=key, tab="laptop")
    assert refused.status_code == 409
    assert Sketch.objects.get().fields["steps-0-text"] == ["On the phone."]
    sent = form_of(cast.community, "On the laptop.", key=key, compare="1")
    both = client.post(reverse("stories:tell", args=[cast.community.slug]), sent)
    text = both.content.decode()
    assert "On the phone." in text and "On the laptop." in text
    assert f'name="sketch" value="{version}"' in text
    assert keep("Both.", key=key, tab="laptop", sketch=version).status_code == 200
    assert Sketch.objects.get().fields["steps-0-text"] == ["Both."]


def test_what_cannot_be_saved_is_kept_without_javascript_too(cast, client):
    client.force_login(cast.member)
    key = uuid.uuid4()
    sent = form_of(cast.community, {"text": "x" * 10_001}, key=key, save="1")
    answer = client.post(reverse("stories:tell", args=[cast.community.slug]), sent)
    assert answer.status_code == 422
    assert "What you typed is kept." in answer.content.decode()
    shown = page(cast, client, sketch=str(key)).context["writing"]
    assert shown.steps[0]["text"].value() == "x" * 10_001


def test_going_back_to_a_saved_form_saves_to_the_same_story(cast, client):
    """Back, another sentence, and saved again: one story, and the sentence is in it."""
    client.force_login(cast.member)
    key, address = uuid.uuid4(), reverse("stories:tell", args=[cast.community.slug])
    for texts in (["We met."], ["We met.", "And again."]):
        answer = client.post(address, form_of(cast.community, *texts, key=key, save="1"))
        assert answer.status_code == 302
    story = Story.objects.get()
    assert [step.text for step in story.steps.all()] == ["We met.", "And again."]
    actions.submit(story=story, by=cast.member, others="nobody")
    answer = client.post(address, form_of(cast.community, "Old.", key=key, save="1"))
    assert answer.status_code == 409
    assert "And again." in answer.content.decode() and "Old." in answer.content.decode()


def test_it_is_thrown_away_when_its_writer_says_so(cast, client, keep):
    key = uuid.uuid4()
    keep("We met.", key=key)
    address = reverse("stories:throw_away", args=[cast.community.slug])
    for sent in ({"key": "nonsense"}, {}, {"key": uuid.uuid4()}):
        client.post(address, sent)
    assert Sketch.objects.count() == 1
    client.post(address, {"key": key})
    assert not Sketch.objects.exists()


@pytest.mark.parametrize("key", ["", "nonsense", "\0"])
def test_a_form_without_its_key_is_not_kept(keep, key):
    assert keep("We met.", key=key).status_code == 400
    assert not Sketch.objects.exists()


def test_nul_is_kept_as_a_sign_and_refused_when_saved(cast, client, keep):
    key = uuid.uuid4()
    assert keep("a\0b", key=key).status_code == 200
    assert Sketch.objects.get().fields["steps-0-text"] == ["a\N{REPLACEMENT CHARACTER}b"]
    sent = form_of(cast.community, "a\0b", key=key, save="1")
    assert client.post(reverse("stories:tell", args=[cast.community.slug]), sent).status_code == 422


def test_somebody_elses_key_leads_to_no_story_of_theirs(cast, client, keep):
    other = make_story(cast.community, make_member(cast.community), title="Theirs")
    keep("Mine.", key=other.key)
    assert Sketch.objects.get().story is None
    assert other.steps.get().text == "Something happened."


def test_a_story_of_the_greatest_length_is_kept_and_saved(cast, client, keep):
    steps = ["語" * 10_000] * 200
    key = uuid.uuid4()
    assert keep(*steps, key=key).status_code == 200
    sent = form_of(cast.community, *steps, key=key, save="1")
    assert client.post(reverse("stories:tell", args=[cast.community.slug]), sent).status_code == 302
    assert Story.objects.get().steps.count() == 200


def test_a_page_gone_wrong_does_not_fill_the_database(keep):
    answers = [keep("We met.", key=uuid.uuid4()).status_code for _ in range(51)]
    assert answers == [200] * 50 + [400]


class TwoPages(RuleBasedStateMachine):
    """Two pages of one writer are opened, typed in and saved at random. Each word is kept in the story
    or in the sketch, or the page it was typed in has been told that it is not, and still shows it."""

    def __init__(self, cast):
        super().__init__()
        self.cast = cast
        self.count = 0
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    @initialize(is_old=st.booleans())
    def begin(self, is_old):
        self.key = uuid.uuid4()
        if is_old:
            self.key = make_story(self.cast.community, self.cast.member).key
        self.pages = {}
        for name in PAGES:
            self.open(name)

    @rule(name=st.sampled_from(PAGES))
    def open(self, name):
        """Read anew, it shows what is kept, or else what is saved."""
        sketch, story = self.sketch(), self.story()
        version = story.version if story else 1
        self.count += 1
        self.pages[name] = {
            "text": self.kept() if sketch else self.told(),
            "version": int(sketch.fields["version"][0]) if sketch else version,
            "sketch": sketch.version if sketch else 0,
            "tab": f"page {self.count}",
            "turn": 0,
            "typed": set(),
        }

    @rule(name=st.sampled_from(PAGES))
    def type(self, name):
        here = self.pages[name]
        self.count += 1
        here["turn"] += 1
        here["text"] += f" word{self.count}."
        here["typed"].add(f" word{self.count}.")
        try:
            here["sketch"] = self.keep(here).version
        except sketches.Overtaken:
            # It says so, and goes on showing what was typed.
            here["typed"] = set()

    @rule(name=st.sampled_from(PAGES))
    def save(self, name):
        here, story = self.pages[name], self.story()
        steps = [make_step(self.cast.community, text=here["text"])]
        try:
            if story:
                words = {"steps": steps, "links": [], "version": here["version"]}
                story = actions.revise(story=story, by=None, **words)
            else:
                story = make_story(self.cast.community, self.cast.member, steps, key=self.key)
        except actions.Stale:
            here["typed"] = set()
            return
        page = {"version": here["sketch"], "tab": here["tab"]}
        sketches.settle(community=self.cast.community, user=self.cast.member, key=self.key, **page)
        self.open(name)

    def keep(self, here):
        data = QueryDict(mutable=True)
        sent = form_of(self.cast.community, here["text"], key=self.key, version=here["version"])
        data.update({name: str(value) for name, value in sent.items()})
        return sketches.keep(
            community=self.cast.community,
            user=self.cast.member,
            sent=data,
            version=here["sketch"],
            tab=here["tab"],
            turn=here["turn"],
        )

    def sketch(self):
        return Sketch.objects.filter(key=self.key).first()

    def story(self):
        return Story.objects.filter(key=self.key).first()

    def kept(self):
        sketch = self.sketch()
        return sketch.fields["steps-0-text"][0] if sketch else ""

    def told(self):
        story = self.story()
        return " ".join(step.text for step in story.steps.all()) if story else ""

    @invariant()
    def nothing_is_lost(self):
        somewhere = f" {self.kept()} {self.told()}"
        for here in self.pages.values():
            assert {word for word in here["typed"] if word not in somewhere} == set()


def test_whatever_two_pages_do_no_text_is_lost(db):
    cast = make_cast()
    run_state_machine_as_test(lambda: TwoPages(cast))
