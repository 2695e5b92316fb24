"""The guided way through a story: one question at a time, by touch and by keyboard, and without
JavaScript; and steps that are moved, put between and taken out."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stories.models import Story
from valuecreation.starts import STARTS

from .make import make_indicator
from .running import cookie_of
from .test_tell import form_of


def tell_address(cast, start=""):
    address = reverse("stories:tell", args=[cast.community.slug])
    return f"{address}?start={start}" if start else address


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "cycle", "tense", "value"),
    [
        ("activity", "immediate", "happened", "unset"),
        ("change", "applied", "happened", "unset"),
        ("hope", "immediate", "hoped", "unset"),
    ],
)
def test_a_story_begins_where_its_teller_wants(cast, client, start, cycle, tense, value):
    client.force_login(cast.member)
    writing = client.get(tell_address(cast, start)).context["writing"]
    [step] = writing.steps
    begun = (step.chosen_cycle.key, step["tense"].value(), step["value"].value())
    assert begun == (cycle, tense, value)
    assert str(step.fields["text"].label) == str(STARTS[start].steps[0][0].text)
    sent = form_of(cast.community, "We met.", add="step", start=start)
    [_first, second] = client.post(tell_address(cast), sent).context["writing"].steps
    assert (str(second.fields["text"].label), second["led_from"].value()) == ("So what?", "1")


@pytest.mark.django_db
def test_what_did_not_work_is_asked_for_where_and_why_it_broke(cast, client):
    client.force_login(cast.member)
    writing = client.get(tell_address(cast, "did-not-work")).context["writing"]
    assert [
        (str(step.fields["text"].label), step.chosen_cycle.key, step["value"].value())
        for step in writing.steps
    ] == [
        ("What did not work?", "immediate", "unset"),
        ("Why did it stop here?", "applied", "none_created"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "template", "tense", "cycles"),
    [
        ("hope-for-me", "personal_hope", "hoped", "immediate potential potential applied realized"),
        ("our-account", "collective", "happened", "immediate potential applied realized"),
        ("our-hope", "collective_hope", "hoped", "immediate potential applied realized reframing"),
    ],
)
def test_the_whole_is_looked_at_as_it_is_and_as_it_should_be(
    cast, client, start, template, tense, cycles
):
    client.force_login(cast.member)
    writing = client.get(tell_address(cast, start)).context["writing"]
    assert [step.chosen_cycle.key for step in writing.steps] == cycles.split()
    assert {step["tense"].value() for step in writing.steps} == {tense}
    sent = form_of(cast.community, "Tea.", start=start, save="1")
    client.post(tell_address(cast), sent)
    assert Story.objects.get().template == template


@pytest.mark.django_db
def test_what_taking_part_is_worth_is_asked_in_five_questions(cast, client):
    client.force_login(cast.member)
    writing = client.get(tell_address(cast, "worth-to-me")).context["writing"]
    asked = [(str(step.fields["text"].label), step.chosen_cycle.key) for step in writing.steps]
    assert asked == [
        ("Why do you take part?", "immediate"),
        ("What does it change in you?", "potential"),
        ("What does it change between you and others?", "potential"),
        ("What does it change in what you do?", "applied"),
        ("What does it change in what you can move?", "realized"),
    ]
    sent = form_of(cast.community, "For the people.", "", "I ask.", start="worth-to-me", save="1")
    assert client.post(tell_address(cast), sent).status_code == 302
    story = Story.objects.get()
    assert (story.template, [step.text for step in story.steps.all()]) == (
        "personal",
        ["For the people.", "I ask."],
    )
    assert not story.links.exists()


@pytest.mark.django_db
def test_any_other_start_is_the_whole_page(cast, client):
    client.force_login(cast.member)
    writing = client.get(tell_address(cast, "nonsense")).context["writing"]
    assert (writing.start, len(writing.steps)) == (None, 3)


@pytest.mark.django_db
def test_a_community_without_that_cycle_begins_with_its_first(cast, client):
    client.force_login(cast.member)
    cast.community.cycles.filter(key="applied").update(key="doing")
    [step] = client.get(tell_address(cast, "change")).context["writing"].steps
    assert step.chosen_cycle.key == "immediate"


ARRANGED = [
    ("up-2", ["b", "a", "c"], [(2, 1), (1, 3)]),
    ("down-1", ["b", "a", "c"], [(2, 1), (1, 3)]),
    ("up-1", ["a", "b", "c"], [(1, 2), (2, 3)]),
    ("down-3", ["a", "b", "c"], [(1, 2), (2, 3)]),
    ("out-2", ["a", "c"], []),
    ("before-2", ["a", "new", "b", "c"], [(1, 2), (1, 3), (3, 4)]),
    ("before-1", ["new", "a", "b", "c"], [(2, 3), (3, 4)]),
    ("up-9", ["a", "b", "c"], [(1, 2), (2, 3)]),
    ("up-", ["a", "b", "c"], [(1, 2), (2, 3)]),
    ("sideways-2", ["a", "b", "c"], [(1, 2), (2, 3)]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "texts", "links"), ARRANGED)
def test_steps_are_moved_put_between_and_taken_out_with_their_links(
    cast, client, act, texts, links
):
    client.force_login(cast.member)
    steps = ["a", {"text": "b", "led_from": 1}, {"text": "c", "led_from": 2, "value": "positive"}]
    sent = form_of(cast.community, *steps, arrange=act, links=[{"start": 3, "end": 1, "how": "x"}])
    writing = client.post(tell_address(cast), sent).context["writing"]
    assert not Story.objects.exists()
    shown = [step["text"].value() or "new" for step in writing.steps]
    assert shown == texts
    told = [
        (int(step["led_from"].value()), step.number)
        for step in writing.steps
        if step["led_from"].value()
    ]
    assert sorted(told) == sorted(links)
    [again] = writing.links
    assert again["start"].value() == str(texts.index("c") + 1)
    assert again["end"].value() == str(texts.index("a") + 1)
    [last] = [step for step in writing.steps if step["text"].value() == "c"]
    assert last["value"].value() == "positive"


@pytest.fixture
def enter(live_server, new_context, cast):
    name, value = cookie_of(cast.member).split("=", 1)

    def enter(width=360, **options):
        context = new_context(
            base_url=live_server.url, viewport={"width": width, "height": 740}, **options
        )
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(tell_address(cast))
        return page

    return enter


def told(story):
    return [(step.text, step.cycle.key, step.tense, step.value) for step in story.steps.all()]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_one_question_at_a_time(cast, enter, width):
    make_indicator(cast.community, "potential", "Who can ask")
    page = enter(width)
    page.get_by_role("link", name="From something I took part in").click()
    question = page.get_by_label("Which activities did you take part in")
    question.fill("We met at night.")
    # Nothing else is asked meanwhile.
    expect(page.get_by_label("Title")).to_be_hidden()
    expect(page.get_by_label("Was it of value?")).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Was it of value?").select_option("positive")
    page.get_by_role("button", name="There is more").click()
    page.get_by_label("So what?").fill("I learned whom to ask.")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("How did this lead to that?").fill("she sat beside me.")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("So what?")).to_have_value("I learned whom to ask.")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Does this step say something").locator("visible=true").click()
    page.get_by_label("Who can ask").locator("visible=true").check()
    page.get_by_role("button", name="That is my story").click()
    page.get_by_label("Title").fill("The night we met")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Add files")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_label(re.compile("Members: ")).check()
    page.get_by_role("button", name="Save and go on to submit").click()
    page.get_by_label("Nobody else is named or described").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    story = Story.objects.get()
    assert (story.title, story.status) == ("The night we met", "submitted")
    assert told(story) == [
        ("We met at night.", "immediate", "happened", "positive"),
        ("I learned whom to ask.", "potential", "happened", "unset"),
    ]
    assert [link.how for link in story.links.all()] == ["she sat beside me."]
    assert [str(touch.indicator) for touch in story.steps.last().touches.all()] == ["Who can ask"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(cast, enter):
    page = enter()
    page.get_by_role("link", name="From something that did not work").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What did not work?").focus()
    page.keyboard.type("Nobody came.")
    reach(page, "Next")
    expect(page.locator("[name=steps-0-tense]")).to_be_focused()
    reach(page, "Next")
    expect(page.get_by_label("Why did it stop here?")).to_be_focused()
    page.keyboard.type("It was at night.")
    for _ in range(2):
        reach(page, "Next")
    expect(page.get_by_text("What was missing").locator("visible=true")).to_be_visible()
    reach(page, "There is more")
    expect(page.get_by_label("So what?")).to_be_focused()
    page.keyboard.type("We stopped asking.")
    for _ in range(2):
        reach(page, "Next")
    reach(page, "That is my story")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Nobody came")
    # Enter in a line of text goes on; it sends nothing.
    page.keyboard.press("Enter")
    expect(page.get_by_label("Add files")).to_be_focused()
    reach(page, "Next")
    expect(page.locator("[name=audience]").first).to_be_focused()
    reach(page, "Save as a draft")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert told(Story.objects.get()) == [
        ("Nobody came.", "immediate", "happened", "unset"),
        ("It was at night.", "applied", "happened", "none_created"),
        ("We stopped asking.", "realized", "happened", "unset"),
    ]


def reach(page, name):
    """To the button by Tab, and pressed."""
    wanted = page.get_by_role("button", name=name)
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"{name} is not reached")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_all_on_one_page_and_back_without_losing_a_word(cast, enter):
    page = enter()
    page.get_by_role("link", name="From a hope").click()
    page.get_by_label("What do you hope will come of it?").fill("It will spread.")
    page.get_by_role("button", name="All on one page").click()
    expect(page.get_by_label("Title")).to_be_visible()
    expect(page.get_by_label("What do you hope will come of it?")).to_have_value("It will spread.")
    page.get_by_text("Move this step, or take it out").click()
    page.get_by_role("button", name="A step before this one").click()
    expect(page.locator("[name=steps-0-text]")).to_be_focused()
    page.keyboard.type("We tried it twice.")
    page.get_by_label("Title").fill("It will spread")
    # Enter in a line of text saves, and goes on to submitting.
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_text("Choose who may see your story.")).to_be_visible()
    assert [text for text, *_ in told(Story.objects.get())] == [
        "We tried it twice.",
        "It will spread.",
    ]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_start_is_a_form_without_javascript(cast, enter):
    page = enter(java_script_enabled=False)
    page.get_by_role("link", name="From a change I made").click()
    page.get_by_label("What do you do differently now?").fill("I ask first.")
    page.get_by_role("button", name="Add a step").click()
    page.get_by_label("So what?").fill("Fewer come back.")
    page.get_by_label("Title").fill("Asking first")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert [(text, cycle) for text, cycle, *_ in told(Story.objects.get())] == [
        ("I ask first.", "applied"),
        ("Fewer come back.", "realized"),
    ]
