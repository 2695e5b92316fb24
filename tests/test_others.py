"""Others in a story: what is found that may lead to them, masking, and the question before anybody
reads it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from communities import actions as people
from stories import actions
from stories.models import Story
from stories.others import found_in, mask, own_name

from .make import make_indicator, make_member, make_step, make_story

pytestmark = pytest.mark.django_db


def texts(story, names=()):
    return [one.text for one in found_in(story, names)]


def told(cast, text, **fields):
    fields = {"title": "a title", "attribution": "anonymous"} | fields
    steps = [make_step(cast.community, text=text)]
    return make_story(cast.community, cast.member, steps, **fields)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I met Rosa at the door.", ["Rosa"]),
        ("Rosa came. Then rosa left.", []),
        ("Rosa Nieto came. Rosa stayed.", ["Rosa Nieto", "Rosa"]),
        ("When Rosa came, we began.", ["Rosa"]),
        ("We asked Dr. Ito and sister Ana.", ["Dr. Ito", "sister Ana"]),
        ("dr Ito said no.", ["dr Ito"]),
        ("On Monday in March the NHS paid in Spain, in English.", []),
        (
            "Write to rosa@example.org or call +34 600 11 22 33.",
            ["rosa@example.org", "+34 600 11 22 33"],
        ),
        ("Born 12.03.1961, file 4711-0815.", ["12.03.1961", "4711-0815"]),
        ("From 2019-2020 we had 1,200 visits and 3571 words, 12 %.", []),
        ("It said: “Nobody comes.” (Always.)", []),
        ("The Wound care circle met.", []),
        ("O'Brien-Ito was there with O'Brien-Ito.", ["O'Brien-Ito"]),
        ("I told José-María and Łukasz.", ["José-María", "Łukasz"]),
    ],
)
def test_what_may_lead_to_somebody_is_found(cast, text, found):
    assert texts(told(cast, text)) == found


def test_the_communitys_own_words_are_nobody(cast):
    make_indicator(cast.community, name="Visits by Heron")
    assert texts(told(cast, "We did the Heron visits.")) == []


def test_members_are_found_however_they_stand(cast):
    story = told(cast, "Farid said yes. We asked 李明 too.")
    assert texts(story) == []
    assert texts(story, ["Farid Haddad", "李明"]) == ["Farid", "李明"]


def test_the_tellers_own_name_is_offered_where_it_is_not_shown(cast):
    words = "Mira was tired."
    assert own_name(told(cast, words, attribution="name")) == []
    anonymous = told(cast, words)
    assert texts(anonymous, own_name(anonymous)) == ["Mira"]
    guest = people.add_guest_teller(community=cast.community, name="Rosa")
    assert own_name(make_story(cast.community, guest, attribution="anonymous")) == ["Rosa"]


def test_where_every_noun_has_a_capital_only_other_signs_count(cast):
    story = told(cast, "Wir fragten die Schwester und Frau Ito.", language="de")
    assert texts(story) == ["Frau Ito"]


def test_mask_takes_it_out_wherever_it_stands(cast):
    steps = [
        make_step(cast.community, text="I met Rosa, and Rosalind."),
        make_step(cast.community, text="Then Rosa called 600 112 233."),
    ]
    story = make_story(cast.community, cast.member, steps, [(0, 1)], title="With Rosa")
    story.links.update(how="Rosa knew", corroborator="Rosa")
    mask(story=story, by=None, texts=["Rosa", "600 112 233", "not there"])
    story.refresh_from_db()
    assert story.title == "With [name]"
    assert [step.text for step in story.steps.all()] == [
        "I met [name], and Rosalind.",
        "Then [name] called [number].",
    ]
    link = story.links.get()
    assert (link.how, link.corroborator, link.status) == ("[name] knew", "[name]", "told")
    assert story.words.folded.count("rosa") == 1


def test_what_is_found_is_masked_in_any_script(cast):
    story = told(cast, "李明和我, and نور معنا", title="李明")
    names = ["李明", "نور"]
    assert sorted(texts(story, names)) == sorted(names)
    mask(story=story, by=None, texts=names, names=names)
    story.refresh_from_db()
    assert (story.title, story.steps.get().text) == ("[name]", "[name]和我, and [name] معنا")


@pytest.mark.parametrize("answer", ["", "perhaps", None])
def test_nothing_is_submitted_or_published_without_an_answer(cast, answer):
    story = make_story(cast.community, cast.member)
    fault = {"others": ["Say whether it names or describes somebody who has not agreed."]}
    for act in (actions.submit, actions.publish):
        with pytest.raises(ValidationError) as refused:
            act(story=story, by=None, others=answer)
        assert refused.value.message_dict == fault
    assert Story.objects.get().status == "draft"


@pytest.fixture
def pages(cast, client):
    """(a submitted story's address of an act, and a client signed in as its teller)."""
    story = told(cast, "I met Rosa and Farid.")
    client.force_login(cast.member)
    return story, lambda name: reverse(f"stories:{name}", args=[cast.community.slug, story.pk])


def test_the_teller_masks_then_says_and_submits(cast, client, pages):
    story, address = pages
    page = client.get(address("submit"))
    assert [one.text for one in page.context["form"].found] == ["Rosa", "Farid"]
    answer = client.post(address("submit"), {"mask": ["Rosa"], "mask_now": "1"}, follow=True)
    assert "I met [name] and Farid." == story.steps.get().text
    assert [one.text for one in answer.context["form"].found] == ["Farid"]
    answer = client.post(address("submit"), {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["others"] == [
        "Choose one of the two. If neither is so, change the story."
    ]
    assert Story.objects.get().status == "draft"
    client.post(address("submit"), {"others": "agreed", "mask": ["Farid"]})
    story.refresh_from_db()
    assert (story.status, story.others) == ("submitted", "agreed")
    assert "I met [name] and [name]." == story.steps.get().text


def test_a_tick_that_is_not_offered_masks_nothing(cast, client, pages):
    story, address = pages
    answer = client.post(address("submit"), {"others": "nobody", "mask": ["met"]})
    assert answer.status_code == 422
    assert answer.context["form"].errors["mask"] == ["“met” is no longer in the story."]
    assert (Story.objects.get().status, story.steps.get().text) == (
        "draft",
        "I met Rosa and Farid.",
    )


def test_the_facilitator_is_asked_and_changes_no_word(cast, client, pages):
    story, address = pages
    actions.submit(story=story, by=cast.member, others="agreed")
    client.force_login(cast.facilitator)
    page = client.get(address("publish"))
    text = page.content.decode()
    assert "Somebody is, and they have agreed." in text and 'name="mask"' not in text
    assert client.post(address("publish"), {"mask": ["Rosa"]}).status_code == 422
    client.post(address("publish"), {"others": "agreed", "mask": ["Rosa"]})
    story.refresh_from_db()
    assert (story.status, story.others_reviewed) == ("published", "agreed")
    assert story.steps.get().text == "I met Rosa and Farid."


def test_sent_twice_it_is_submitted_once(cast, client, pages):
    story, address = pages
    for _ in range(2):
        answer = client.post(address("submit"), {"others": "nobody"}, follow=True)
        assert answer.status_code == 200
    assert "This can&#x27;t be done now" in answer.content.decode()
    assert Story.objects.get().version == 2


def test_the_reader_is_not_told_whose_an_anonymous_story_is_by_what_is_found(cast):
    """A name that no rule finds is not marked for a facilitator because it is the teller's."""
    teller = make_member(cast.community, name="李明")
    guest = people.add_guest_teller(community=cast.community, name="王芳")
    client = Client()
    client.force_login(cast.facilitator)
    for one in (guest, teller):
        story = make_story(
            cast.community,
            one,
            [make_step(cast.community, text="王芳和我")],
            attribution="anonymous",
        )
        actions.submit(story=story, by=None, others="nobody")
        address = reverse("stories:publish", args=[cast.community.slug, story.pk])
        assert client.get(address).context["form"].found == []


def test_a_story_of_the_greatest_length_is_looked_through(cast):
    """However many names it holds: the work grows with its length, and the list stays readable."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"{a}{b}{c}".title() for a in letters for b in letters for c in letters]
    text = ("we saw " + " and ".join(names))[:10_000]
    steps = [make_step(cast.community, text=f"{text[number:]}") for number in range(200)]
    story = make_story(cast.community, cast.member, steps)
    assert len(found_in(story, names)) == 100
