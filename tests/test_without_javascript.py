"""The whole of telling a story without JavaScript: a file, something else, a fault, and submitting."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stories.models import Story

from .make import make_indicator
from .running import cookie_of
from .test_attachments import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_blank_page_to_the_receipt(cast, live_server, new_context, width):
    make_indicator(cast.community, "immediate", "Nights")
    name, value = cookie_of(cast.member).split("=", 1)
    context = new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 740},
        java_script_enabled=False,
    )
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("stories:tell", args=[cast.community.slug]))
    page.locator("[name=steps-0-text]").fill("We met at night.")
    chosen = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.get_by_label("Add files").set_input_files(chosen)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="lamp.jpg")).to_be_visible()
    page.get_by_label("What it shows or says").fill("A lamp")
    growing = page.get_by_role("complementary", name="Your story so far")
    expect(growing).to_contain_text("We met at night.")
    page.locator("[data-chips] > summary").first.click()
    page.get_by_label("Nights").first.check()
    page.get_by_text("Something else", exact=True).first.click()
    page.get_by_label("What else does it say something about?").first.fill("Quiet hours")
    page.get_by_role("button", name="Save and go on to submit").click()
    # What is missing is said, and nothing is lost, the file neither.
    expect(page.get_by_text("Say why it matters, so that others can follow.")).to_be_visible()
    expect(page.get_by_role("link", name="lamp.jpg")).to_be_visible()
    page.get_by_label("Why does that matter?").first.fill("We sleep.")
    page.get_by_label("Title").fill("The lamp")
    page.locator("[name=audience][value='2']").check()
    page.get_by_role("button", name="Save and go on to submit").click()
    page.get_by_label("Nobody else is named or described").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    story = Story.objects.get()
    touched = [str(touch.indicator) for touch in story.steps.get().touches.all()]
    assert (story.status, sorted(touched)) == ("submitted", ["Nights", "Quiet hours"])
    assert [(one.original_name, one.shows) for one in story.attachments.all()] == [
        ("lamp.jpg", "A lamp")
    ]
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_role("img", name="A lamp")).to_be_visible()
    page.get_by_role("link", name="What the story said before").click()
    expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
