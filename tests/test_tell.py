"""Telling and revising a story through its form."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.permissions import Audience
from stories import actions
from stories.models import Step, Story

from .make import make_indicator, make_published, make_step, make_story

pytestmark = pytest.mark.django_db


def form_of(community, *steps, links=(), **fields):
    """The form's data as a browser sends it; a step is its text or a dictionary."""
    first = community.cycles.first().pk
    data = {"key": uuid.uuid4(), "version": 1, "title": "The chair by the window"}
    data |= {"audience": Audience.MEMBERS.value, "attribution": "name"}
    data |= {"steps-count": len(steps), "links-count": len(links)} | fields
    for index, step in enumerate(steps):
        told = {"cycle": first, "tense": "happened", "value": "unset"}
        told |= step if isinstance(step, dict) else {"text": step}
        data |= {f"steps-{index}-{name}": value for name, value in told.items()}
    for index, link in enumerate(links):
        data |= {f"links-{index}-{name}": value for name, value in link.items()}
    return data


@pytest.fixture
def tell(client, cast):
    client.force_login(cast.member)
    address = reverse("stories:tell", args=[cast.community.slug])
    return lambda *steps, **fields: client.post(address, form_of(cast.community, *steps, **fields))


def test_tell_makes_exactly_what_was_written(cast, tell):
    indicator = make_indicator(cast.community, "potential")
    potential = cast.community.cycles.get(key="potential")
    answer = tell(
        "We met.",
        {
            "text": "I learned to ask.",
            "cycle": potential.pk,
            "capital": "human",
            "led_from": 1,
            "how": "somebody showed me.",
            "would_have_happened_anyway": "Not soon.",
            "other_influences": "A leaflet.",
            "corroborator": "The ward lead",
            "value": "positive",
            "indicators": [indicator.pk],
        },
        {"text": "It will spread.", "tense": "hoped", "led_from": 2},
        "",
        links=[{"start": 3, "end": 1, "how": "it began again."}],
        attribution="pseudonym",
        pseudonym="Edda",
        quotable="on",
        submit="1",
    )
    story = Story.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("stories:submit", args=[cast.community.slug, story.pk])
    assert (story.status, story.title, story.told_by) == (
        "draft",
        "The chair by the window",
        "Edda",
    )
    assert (story.audience, story.quotable, story.language) == (Audience.MEMBERS, True, "en")
    assert list(
        story.steps.values_list("position", "cycle__key", "text", "tense", "value", "capital")
    ) == [
        (1, "immediate", "We met.", "happened", "unset", ""),
        (2, "potential", "I learned to ask.", "happened", "positive", "human"),
        (3, "immediate", "It will spread.", "hoped", "unset", ""),
    ]
    assert list(story.links.values_list("from_step__position", "to_step__position", "how")) == [
        (1, 2, "somebody showed me."),
        (2, 3, ""),
        (3, 1, "it began again."),
    ]
    link = story.links.first()
    assert (link.would_have_happened_anyway, link.other_influences, link.corroborator) == (
        "Not soon.",
        "A leaflet.",
        "The ward lead",
    )
    parts = [*story.steps.all(), *story.links.all(), *story.steps.all()[1].touches.all()]
    assert {part.status for part in parts} == {"told"}
    assert [t.indicator for t in story.steps.all()[1].touches.all()] == [indicator]


def test_tell_saves_a_draft_that_nobody_else_sees(cast, tell):
    tell("We met.", audience="", save="1")
    story = Story.objects.get()
    assert (story.status, story.audience) == ("draft", Audience.ME)
    assert story.consented_at is None


def test_the_same_form_sent_twice_makes_one_story(cast, tell):
    key = uuid.uuid4()
    first = tell("We met.", key=key, submit="1")
    second = tell("We met.", key=key, submit="1")
    assert Story.objects.count() == 1
    assert first.url == second.url


def test_submit_says_what_is_missing_and_keeps_the_draft(cast, tell, client):
    answer = tell("", title="", audience="", submit="1")
    page = client.get(answer.url, follow=True).content.decode()
    for sentence in (
        "Your story is saved as a draft.",
        "Give your story a title.",
        "Choose who may see your story.",
        "Tell at least one step of your story.",
    ):
        assert sentence in page
    assert Story.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"text": "x" * (Step.MAX_LENGTH + 1)}, "at most 10000 characters (it has 10001)"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"text": "a", "cycle": "999999"}, "999999 is not one of the available choices."),
        ({"text": "a", "cycle": ""}, "This field is required."),
        ({"text": "a", "indicators": ["999999"]}, "999999 is not one of the available choices."),
        ({"text": "a", "led_from": "7"}, "7 is not one of the available choices."),
        ({"text": "a", "tense": "soon"}, "soon is not one of the available choices."),
    ],
)
def test_tell_refuses_in_words_and_keeps_what_was_typed(cast, tell, step, sentence):
    answer = tell({"text": "The first step stays."}, step, submit="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "The first step stays." in page
    assert Story.objects.count() == 0


def test_tell_refuses_the_neighbours_cycle_and_indicator(cast, tell):
    foreign = make_indicator(cast.neighbour)
    cycle = cast.neighbour.cycles.first()
    assert tell({"text": "a", "cycle": cycle.pk}, submit="1").status_code == 422
    assert tell({"text": "a", "indicators": [foreign.pk]}, submit="1").status_code == 422
    assert Story.objects.count() == 0


def test_tell_refuses_more_steps_than_a_story_may_have(cast):
    steps = [make_step(cast.community)] * (Step.MOST + 1)
    with pytest.raises(ValidationError) as refused:
        make_story(cast.community, cast.member, steps)
    assert refused.value.messages == ["A story has at most 200 steps; this one has 201."]
    assert Story.objects.count() == 0


def test_a_forged_number_of_rows_makes_no_rows(cast, tell):
    answer = tell("We met.", **{"steps-count": "99999999", "links-count": "-3"}, save="1")
    assert answer.status_code == 302
    assert Story.objects.get().steps.count() == 0


def test_one_more_step_keeps_what_was_typed_and_stores_nothing(cast, tell, client):
    answer = tell("We met.", "x" * 11_000, add="step")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "We met." in page and "x" * 11_000 in page
    assert "Step 3" in page and "at most 10000" not in page
    assert Story.objects.count() == 0


def revise_form(story, *steps, **fields):
    known = list(story.steps.all())
    rows = [
        {"step": known[index].pk if index < len(known) else ""}
        | (step if isinstance(step, dict) else {"text": step})
        for index, step in enumerate(steps)
    ]
    return form_of(
        story.community,
        *rows,
        **{"key": story.key, "version": story.version, "title": story.title} | fields,
    )


@pytest.fixture
def draft(cast):
    steps = [make_step(cast.community, text="First."), make_step(cast.community, text="Second.")]
    return make_story(cast.community, cast.member, steps, [(0, 1)], audience=Audience.MEMBERS)


@pytest.fixture
def revise(client, cast, draft):
    client.force_login(cast.member)
    address = reverse("stories:revise", args=[cast.community.slug, draft.pk])
    return lambda *steps, **fields: client.post(address, revise_form(draft, *steps, **fields))


def test_revise_keeps_the_rows_of_what_stays(cast, draft, revise):
    before = list(draft.steps.values_list("pk", flat=True))
    revise("First, again.", {"text": "Third.", "step": ""}, save="1")
    after = list(draft.steps.values_list("pk", "text"))
    assert after[0] == (before[0], "First, again.")
    assert [text for _, text in after] == ["First, again.", "Third."]
    assert before[1] not in [pk for pk, _ in after]
    assert draft.links.count() == 0


def test_revise_shows_a_link_beside_its_step_and_any_other_below(cast, draft, client):
    first, second = draft.steps.all()
    actions.link(from_step=second, to_step=first, by=cast.member, how="it began again.")
    third = make_step(cast.community, text="Third.")
    client.force_login(cast.member)
    page = client.get(reverse("stories:revise", args=[cast.community.slug, draft.pk]))
    writing = page.context["writing"]
    assert [form.initial.get("led_from") for form in writing.steps] == [2, 1]
    assert [form.initial for form in writing.links] == []
    assert third.text == "Third."


def test_a_stale_save_is_refused_with_both_texts(cast, draft, revise):
    revise("What the first tab said.", "Second.", save="1")
    stale = revise("What the second tab said.", "Second.", save="1")
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "What the first tab said." in page
    assert "What the second tab said." in page
    assert draft.steps.first().text == "What the first tab said."
    draft.refresh_from_db()
    again = revise("What the second tab said.", "Second.", save="1")
    assert again.status_code == 302
    assert draft.steps.first().text == "What the second tab said."


def test_a_stale_tab_never_blanks_a_published_story(cast, draft, revise):
    actions.publish(
        story=actions.submit(story=draft, by=cast.member, others="nobody"),
        by=cast.facilitator,
        others="nobody",
    )
    answer = revise("", "", title="", save="1")
    assert answer.status_code == 409
    assert [step.text for step in draft.steps.all()] == ["First.", "Second."]


def test_a_published_story_stays_complete(cast, draft, revise):
    actions.publish(
        story=actions.submit(story=draft, by=cast.member, others="nobody"),
        by=cast.facilitator,
        others="nobody",
    )
    draft.refresh_from_db()
    answer = revise("", "", title="", save="1")
    assert answer.status_code == 422
    assert "Give your story a title." in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title != "", draft.status) == (True, "published")


def test_a_step_of_another_story_is_not_taken(cast, draft, revise):
    other = make_published(cast.community, cast.member, [make_step(cast.community, text="Other.")])
    foreign = other.steps.get()
    revise({"step": foreign.pk, "text": "Taken."}, save="1")
    foreign.refresh_from_db()
    assert (foreign.text, foreign.story_id) == ("Other.", other.pk)


def test_revise_makes_the_same_number_of_queries_at_1_and_3_steps(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.member)
    for count in (1, 3):
        indicator = make_indicator(cast.community)
        steps = [make_step(cast.community, "immediate", indicator) for _ in range(count)]
        story = make_story(cast.community, cast.member, steps, audience=Audience.MEMBERS)
        with django_assert_num_queries(12):
            client.get(reverse("stories:revise", args=[cast.community.slug, story.pk]))


def test_a_proposal_put_into_the_tellers_own_words_is_told(cast, client):
    story = make_story(
        cast.community,
        cast.member,
        [make_step(cast.community, text="As I heard it."), make_step(cast.community, text="Kept.")],
        by=cast.facilitator,
        told=False,
        audience=Audience.MEMBERS,
    )
    client.force_login(cast.member)
    address = reverse("stories:revise", args=[cast.community.slug, story.pk])
    client.post(address, revise_form(story, "As it was.", "Kept.", save="1"))
    assert list(story.steps.values_list("text", "status", "said_by")) == [
        ("As it was.", "told", cast.member.pk),
        ("Kept.", "proposed", cast.facilitator.pk),
    ]


def test_in_a_long_story_a_step_is_named_by_its_number(cast, tell):
    steps = [{"text": f"{n}.", "led_from": n - 1 or ""} for n in range(1, 41)]
    back = {"start": 40, "end": 1, "how": "round again"}
    answer = tell(*steps, links=[back | {"start": 99}])
    writing = answer.context["writing"]
    assert writing.links[0].errors == {"start": ["Ensure this value is less than or equal to 40."]}
    assert writing.steps[1]["led_from"].value() == "1"
    assert tell(*steps, links=[back]).status_code == 302
    links = Story.objects.get().links
    assert (links.count(), links.get(how="round again").to_step.text) == (40, "1.")
