"""Indicators beside a step: searched, ranked by what the step says, and proposed where none fits."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from communities.permissions import Audience
from indicators.deciding import retire
from indicators.models import Indicator
from matrix import sync
from matrix.reading import read
from stories import actions
from stories.models import Story

from .make import make_indicator, make_published, make_step, make_story
from .running import cookie_of
from .test_tell import form_of

ELSE = {"proposes": "Nights without a call", "proposes_why": "We sleep again."}


def tell(client, cast, *steps, **fields):
    address = reverse("stories:tell", args=[cast.community.slug])
    return client.post(address, form_of(cast.community, *steps, save="1", **fields))


@pytest.mark.django_db
class TestSomethingElse:
    def test_it_is_proposed_with_its_reason_and_its_origin(self, cast, client):
        client.force_login(cast.member)
        realized = cast.community.cycles.get(key="realized").pk
        tell(client, cast, "We met.", {"text": "It is quiet now.", "cycle": realized} | ELSE)
        indicator = Indicator.objects.get()
        step = Story.objects.get().steps.get(proposed_indicator=indicator)
        assert (str(indicator), indicator.state, indicator.cycle.key) == (
            "Nights without a call",
            "proposed",
            "realized",
        )
        assert (indicator.reason, indicator.proposed_by) == ("We sleep again.", cast.member)
        assert step.text == "It is quiet now."
        assert [touch.indicator for touch in step.touches.all()] == [indicator]

    def test_saved_again_it_is_one(self, cast, client):
        client.force_login(cast.member)
        for name in ("Nights without a call", "nights WITHOUT a call "):
            tell(client, cast, {"text": "Quiet."} | ELSE | {"proposes": name})
        assert (Indicator.objects.count(), Story.objects.count()) == (1, 2)

    def test_one_that_was_retired_is_not_taken_up_again_by_its_name(self, cast, client):
        retired = make_indicator(cast.community, name=ELSE["proposes"])
        retire(indicator=retired, by=cast.facilitator, rationale="Old.", how="consent")
        client.force_login(cast.member)
        tell(client, cast, {"text": "Quiet."} | ELSE)
        assert list(retired.touches.all()) == []
        assert Indicator.objects.exclude(pk=retired.pk).get().state == "proposed"

    def test_the_form_shows_it_as_chosen(self, cast, client):
        client.force_login(cast.member)
        tell(client, cast, {"text": "Quiet."} | ELSE)
        story = Story.objects.get()
        answer = client.get(reverse("stories:revise", args=[cast.community.slug, story.pk]))
        [step] = answer.context["writing"].steps
        assert step["indicators"].value() == [Indicator.objects.get().pk]
        assert step["proposes"].value() is None

    @pytest.mark.parametrize(
        ("sent", "field", "fault"),
        [
            (
                {"proposes_why": ""},
                "proposes_why",
                "Say why it matters, so that others can follow.",
            ),
            ({"proposes": " "}, "proposes", "Give it a name."),
            ({"proposes": "x" * 201}, "proposes", None),
            ({"proposes_why": "nu\0l"}, "proposes_why", None),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, cast, client, sent, field, fault):
        client.force_login(cast.member)
        answer = tell(client, cast, {"text": "Quiet."} | ELSE | sent)
        assert (answer.status_code, Indicator.objects.count()) == (422, 0)
        [step] = [one for one in answer.context["writing"].steps if one.errors]
        assert field in step.errors
        assert fault in (None, *step.errors[field])
        assert step["text"].value() == "Quiet."

    def test_its_proposer_is_not_named_where_the_teller_is_not(self, cast, client):
        client.force_login(cast.member)
        tell(client, cast, {"text": "Quiet."} | ELSE, attribution="anonymous")
        assert Indicator.objects.get().proposed_by is None

    def test_where_it_comes_from_is_shown_as_far_as_the_story_is_open(self, cast, client):
        step = make_step(cast.community, "applied", text="Quiet.")
        step.proposes, step.proposes_why = ELSE["proposes"], ELSE["proposes_why"]
        story = make_published(
            cast.community, cast.member, [step], title="The quiet", audience=Audience.MEMBERS
        )
        sync.sync(cast.community)
        indicator = Indicator.objects.get()
        address = reverse("matrix:indicator", args=[cast.community.slug, indicator.code])
        shown = {}
        for role in ("member", "funder"):
            client.force_login(getattr(cast, role))
            page = client.get(address).content.decode()
            assert "We sleep again." in page
            shown[role] = "It comes from this story:" in page
        assert shown == {"member": True, "funder": False}
        actions.withdraw(story=story, by=cast.member)
        client.force_login(cast.facilitator)
        assert "It comes from this story:" not in client.get(address).content.decode()

    def test_the_story_counts_at_it(self, cast):
        step = make_step(cast.community, "applied", text="Quiet.")
        step.proposes, step.proposes_why = ELSE["proposes"], ELSE["proposes_why"]
        make_published(cast.community, cast.member, [step])
        sync.sync(cast.community)
        boxes = read(cast.community, Audience.MEMBERS).boxes.values()
        assert [(str(box.indicator), box.cell.stories) for box in boxes if box.indicator] == [
            ("Nights without a call", 1)
        ]

    def test_a_story_without_its_teller_s_reason_is_refused_by_the_action_too(self, cast):
        step = make_step(cast.community, text="Quiet.")
        step.proposes = "Nights"
        with pytest.raises(Exception, match="say why “Nights” matters"):
            make_story(cast.community, cast.member, [step])


@pytest.fixture
def page(live_server, new_context, cast):
    make_indicator(cast.community, "applied", "Élan of the night shift")
    make_indicator(cast.community, "realized", "Wounds healed within twelve weeks")
    make_indicator(cast.community, "immediate", "Meetings held")
    make_indicator(
        cast.community, "potential", "People one can ask", text="Somebody to call at night"
    )
    name, value = cookie_of(cast.member).split("=", 1)
    context = new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("stories:tell", args=[cast.community.slug]))
    return page


def chips(page):
    first = page.locator("[data-chips]").first
    return [text.strip() for text in first.locator("li:visible").all_inner_texts()]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_fits_the_words_stands_first(page):
    page.locator("[name=steps-0-text]").fill("The wound healed in ten weeks.")
    page.locator("[data-chips] summary").first.click()
    expect(page.get_by_role("group", name="Perhaps one of these").first).to_be_visible()
    assert chips(page)[0] == "Wounds healed within twelve weeks"
    page.locator("[name=steps-0-text]").fill("We held a meeting.")
    page.locator("[name=steps-0-text]").blur()
    expect(page.locator("[data-chips-best] li").first).to_have_text(re.compile("Meetings held"))
    assert sorted(chips(page)) == sorted(
        [
            "Meetings held",
            "People one can ask",
            "Wounds healed within twelve weeks",
            "Élan of the night shift",
        ]
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_they_are_searched_whatever_the_case_and_accents(page):
    page.locator("[data-chips] summary").first.click()
    field = page.get_by_label("Search the indicators").first
    field.fill("ELAN night")
    expect(page.get_by_text("Found: 1").first).to_be_visible()
    assert chips(page) == ["Élan of the night shift"]
    field.press("Enter")
    page.get_by_label("Élan of the night shift").first.check()
    field.fill("nothing of the kind")
    expect(page.get_by_text("None is called so.").first).to_be_visible()
    # What is chosen stays in sight.
    assert chips(page) == ["Élan of the night shift"]
    field.fill("")
    expect(page.get_by_label("Meetings held").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_something_else_is_proposed_in_place(page):
    page.locator("[name=steps-0-text]").fill("It is quiet at night.")
    page.locator("[data-chips] summary").first.click()
    page.get_by_text("Something else", exact=True).first.click()
    page.get_by_label("What else does it say something about?").first.fill("Quiet nights")
    page.get_by_label("Title").fill("The quiet")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Say why it matters, so that others can follow.")).to_be_visible()
    page.get_by_label("Why does that matter?").first.fill("We sleep.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("link", name="Quiet nights")).to_be_visible()
