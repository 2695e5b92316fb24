"""What is typed is kept by itself: found again after the page is gone, shown when two pages meet."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stories.models import Sketch, Story

from .running import cookie_of, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(live_server, new_context, cast):
    """A page of the member's, on a phone."""
    name, value = cookie_of(cast.member).split("=", 1)

    def enter(width=360):
        context = new_context(base_url=live_server.url, viewport={"width": width, "height": 740})
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(reverse("stories:tell", args=[cast.community.slug]))
        return page

    return enter


def text_of(page, number=0):
    return page.locator(f"[name=steps-{number}-text]")


def kept():
    return [sketch.fields.get("steps-0-text", [""])[0] for sketch in Sketch.objects.all()]


def test_a_page_that_was_closed_is_gone_on_with(cast, enter):
    page = enter()
    page.get_by_label("Title").fill("The heron")
    text_of(page).press_sequentially("We met at ni")
    expect(page.get_by_text(re.compile("Kept at"))).to_be_visible()
    text_of(page).press_sequentially("ght.")
    # Put away before the pause is over.
    page.evaluate("""
        Object.defineProperty(document, 'hidden', {value: true});
        document.dispatchEvent(new Event('visibilitychange'));
    """)
    wait_for(lambda: kept() == ["We met at night."], "what was typed last")
    page.close()
    again = enter()
    expect(again.get_by_text("You began this and did not save it")).to_be_visible()
    again.get_by_role("link", name="Go on with it").click()
    expect(text_of(again)).to_have_value("We met at night.")
    expect(again.get_by_label("Title")).to_have_value("The heron")
    again.get_by_role("button", name="Save as a draft").click()
    expect(again.get_by_text("Saved.")).to_be_visible()
    assert (Story.objects.get().title, Sketch.objects.count()) == ("The heron", 0)


def test_two_pages_meet_and_both_texts_are_shown(cast, enter):
    phone = enter()
    text_of(phone).fill("On the phone.")
    expect(phone.get_by_text(re.compile("Kept at"))).to_be_visible()
    laptop = enter(1280)
    laptop.get_by_role("link", name="Go on with it").click()
    text_of(laptop).fill("On the laptop.")
    expect(laptop.get_by_text(re.compile("Kept at"))).to_be_visible()
    text_of(phone).fill("On the phone again.")
    overtaken = phone.get_by_text(re.compile("was typed on another page too"))
    expect(overtaken).to_be_visible()
    phone.get_by_role("button", name="Show both").click()
    expect(phone.get_by_text("What was typed on the other page")).to_be_visible()
    expect(phone.get_by_text("On the laptop.")).to_be_visible()
    expect(text_of(phone)).to_have_value("On the phone again.")
    text_of(phone).fill("On both.")
    wait_for(lambda: kept() == ["On both."], "the page that has seen both")


def test_without_a_connection_it_says_so_and_keeps_it_once_there_is_one(cast, enter):
    page = enter()
    page.context.set_offline(True)
    text_of(page).fill("Under the bridge.")
    expect(page.get_by_text("No connection.")).to_be_visible()
    assert kept() == []
    page.context.set_offline(False)
    wait_for(lambda: kept() == ["Under the bridge."], "the connection")


def test_somebody_who_is_signed_out_is_told(cast, enter):
    page = enter()
    page.context.clear_cookies()
    text_of(page).fill("Still here.")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(text_of(page)).to_have_value("Still here.")


def test_what_is_too_long_is_counted_kept_and_never_cut(cast, enter):
    page = enter()
    text_of(page).evaluate("(one) => { one.focus(); }")
    page.keyboard.insert_text("語" * 10_050)
    expect(page.get_by_text("10,050 of at most 10,000 characters")).to_be_visible()
    assert text_of(page).evaluate("(one) => one.value.length") == 10_050
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("What you typed is kept.")).to_be_visible()
    assert text_of(page).evaluate("(one) => one.value.length") == 10_050
    assert not Story.objects.exists()
