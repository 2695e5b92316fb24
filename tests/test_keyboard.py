"""The main job by keyboard alone: entering, telling, publishing, reading. What has the focus shows
it, and the order is the order of reading."""

import re

import pytest
from playwright.sync_api import expect

from matrix import sync
from stories.models import Story

from .make import make_indicator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a quiet corridor at night"
# More presses than any page of ours has places to stop at.
MOST = 150
SHOWN = """(element) => {
    const look = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const ring = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1;
    return (ring || look.boxShadow !== 'none') && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.fixture
def page(page):
    page.set_default_timeout(30_000)
    return page


def walk_to(page, target):
    """Presses Tab until the target has the focus; every stop on the way is one that can be seen."""
    handle = target.element_handle()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement").as_element()
        page.wait_for_function(SHOWN, arg=focused)
        if focused.evaluate("(one, wanted) => one === wanted", handle):
            return
    raise AssertionError(f"{target} is not reached by Tab")


def enter(page, live_server, user):
    user.set_password(PASSWORD)
    user.save()
    page.goto(f"{live_server.url}/accounts/login/")
    walk_to(page, page.get_by_label("Email"))
    page.keyboard.type(user.email)
    walk_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_story_is_told_published_and_read_by_keyboard(cast, live_server, page, new_context):
    make_indicator(cast.community, "immediate", "Who came")
    enter(page, live_server, cast.member)
    walk_to(page, page.get_by_role("link", name="Tell a story").first)
    page.keyboard.press("Enter")
    walk_to(page, page.get_by_label("Title"))
    page.keyboard.type("The lamp")
    step = page.locator("fieldset.step").first
    walk_to(page, step.get_by_label("Tell this step in your own words."))
    page.keyboard.type("We met at night.")
    walk_to(page, step.locator("summary").filter(has_text="Does this step say something"))
    page.keyboard.press("Enter")
    walk_to(page, step.get_by_label("Who came"))
    page.keyboard.press("Space")
    walk_to(page, page.locator("[name=audience]").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(re.compile("Members: "))).to_be_checked()
    walk_to(page, page.get_by_role("button", name="Save and go on to submit"))
    page.keyboard.press("Enter")
    walk_to(page, page.get_by_label("Nobody else is named or described"))
    page.keyboard.press("Space")
    walk_to(page, page.get_by_role("button", name="Submit"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert Story.objects.get().status == "submitted"

    other = new_context().new_page()
    enter(other, live_server, cast.facilitator)
    walk_to(other, other.get_by_role("link", name="1 story waits to be published"))
    other.keyboard.press("Enter")
    walk_to(other, other.get_by_role("link", name="The lamp"))
    other.keyboard.press("Enter")
    walk_to(other, other.get_by_role("link", name="Publish"))
    other.keyboard.press("Enter")
    walk_to(other, other.get_by_label("Nobody else is named or described"))
    other.keyboard.press("Space")
    walk_to(other, other.get_by_role("button", name="Publish"))
    other.keyboard.press("Enter")
    expect(other.get_by_text("Published.")).to_be_visible()
    assert Story.objects.get().status == "published"
    sync.sync(cast.community)

    other.goto(f"{live_server.url}/c/{cast.community.slug}/")
    walk_to(other, other.locator(".matrix-table").get_by_role("link", name="Who came"))
    other.keyboard.press("Enter")
    walk_to(other, other.locator("[data-panel]").get_by_role("link", name="The lamp"))
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="The lamp")).to_be_visible()
