"""The trail grows beside the form while it is written: the drawing that the story will have."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stories.models import Sketch, Story

from .make import make_indicator
from .running import cookie_of
from .test_tell import form_of


def drawn(client, cast, *steps, **fields):
    address = reverse("stories:drawing", args=[cast.community.slug])
    trail = client.post(address, form_of(cast.community, *steps, **fields)).context["drawn"]
    return [
        (
            read.number,
            read.step.text,
            read.mark,
            read.line_in,
            [(one.number, one.link.how) for one in read.arrivals],
            [str(touch.indicator) for touch in read.touches],
        )
        for read in trail
    ]


@pytest.mark.django_db
class TestWhatIsDrawn:
    def test_steps_links_and_indicators_as_they_will_be_read(self, cast, client):
        client.force_login(cast.member)
        indicator = make_indicator(cast.community, name="Nights")
        steps = [
            {"text": "We met.", "indicators": [indicator.pk]},
            {"text": "Nothing came.", "value": "none_created", "led_from": 1, "how": "no time"},
            {"text": "It may.", "tense": "hoped", "led_from": 2},
        ]
        links = [{"start": 3, "end": 1, "how": "round again"}]
        shown = drawn(client, cast, *steps, links=links)
        assert shown == [
            (1, "We met.", "happened", "none", [(3, "round again")], ["Nights"]),
            (2, "Nothing came.", "happened", "double", [(1, "no time")], []),
            (3, "It may.", "hoped", "dashed", [(2, "")], []),
        ]
        address = reverse("stories:tell", args=[cast.community.slug])
        client.post(address, form_of(cast.community, *steps, links=links, save="1"))
        page = client.get(
            reverse("stories:story", args=[cast.community.slug, Story.objects.get().pk])
        )
        stored = [(read.number, read.mark, read.line_in) for read in page.context["trail"]]
        assert stored == [one[:1] + one[2:4] for one in shown]

    def test_nothing_is_drawn_of_what_is_empty_or_makes_no_sense(self, cast, client):
        client.force_login(cast.member)
        steps = [
            {"text": "", "led_from": 2},
            {"text": "Told.", "tense": "nonsense", "value": "nonsense", "led_from": "x"},
            {"text": "Nowhere.", "cycle": "999999"},
            {"text": "Itself.", "led_from": 99, "indicators": ["7", "x"]},
        ]
        assert drawn(client, cast, *steps, links=[{"start": 1, "end": ""}]) == [
            (2, "Told.", "happened", "none", [], []),
            (4, "Itself.", "happened", "none", [], []),
        ]
        assert drawn(client, cast, **{"steps-count": "x"}) == []

    def test_it_keeps_nothing(self, cast, client):
        client.force_login(cast.member)
        drawn(client, cast, "We met.")
        assert not (Story.objects.exists() or Sketch.objects.exists())

    def test_queries_do_not_grow(self, cast, client, django_assert_num_queries):
        client.force_login(cast.member)
        address = reverse("stories:drawing", args=[cast.community.slug])
        for steps in (["a"], ["a", "b", "c"]):
            with django_assert_num_queries(8):
                client.post(address, form_of(cast.community, *steps))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_it_grows_while_one_writes(live_server, new_context, cast, width):
    name, value = cookie_of(cast.member).split("=", 1)
    context = new_context(base_url=live_server.url, viewport={"width": width, "height": 740})
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("stories:tell", args=[cast.community.slug]) + "?start=activity")
    growing = page.get_by_role("complementary", name="Your story so far")
    expect(growing).to_contain_text("It grows here as you write.")
    field = page.locator("[name=steps-0-text]")
    field.press_sequentially("We met at night.")
    expect(growing.locator(".trail-text")).to_have_text("We met at night.")
    # Where one writes stays where it is.
    expect(field).to_be_focused()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Was it of value?").select_option("positive")
    expect(growing.locator(".trail-head")).to_have_text(re.compile("It was good"))
    expect(page.get_by_label("Was it of value?")).to_be_visible()
    page.get_by_role("button", name="There is more").click()
    page.locator("[name=steps-1-text]").fill("I ask.")
    expect(growing.locator("li.trail-step")).to_have_count(2)
    beside = page.evaluate(
        """() => document.querySelector('.growing').getBoundingClientRect().left
             >= document.querySelector('.telling-form').getBoundingClientRect().right"""
    )
    assert beside is (width == 1280)
