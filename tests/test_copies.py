"""Without a connection, or once the session has ended, what is typed is kept in the browser: for the
one who typed it, in that community, until the server has it or they sign out."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import expect

from communities import actions as people
from stories.copies import key_of, note_saved, owner_of
from stories.models import Sketch, Story

from .make import make_member
from .running import cookie_of, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The heron stood in the yard"
KEPT = "Typed in this browser, and not kept anywhere else"


def test_keys_are_one_persons_in_one_community(cast):
    keys = {
        key_of(user, community)
        for user in (cast.member, cast.facilitator)
        for community in (cast.community, cast.neighbour)
    }
    assert (len(keys), {len(key) for key in keys}) == (4, {44})
    assert owner_of(cast.member) != owner_of(cast.facilitator)


@pytest.fixture
def browser_of(live_server, new_context):
    context = new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})

    def enter(user):
        """The same computer, with this person signed in."""
        name, value = cookie_of(user).split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context

    return enter


def tell(context, community):
    page = context.new_page()
    page.goto(reverse("stories:tell", args=[community.slug]))
    return page


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter(one => one.startsWith('vc-copy:'))")


def type_offline(context, community, words=WORDS):
    page = tell(context, community)
    page.get_by_label("Title").fill("Yard")
    context.set_offline(True)
    page.locator("[name=steps-0-text]").press_sequentially(words)
    expect(page.get_by_text("What you type is kept in this browser, for you alone")).to_be_visible()
    wait_for(lambda: len(copies(page)) == 1, "the copy")
    return page


@pytest.mark.browser
def test_typed_offline_and_the_page_closed_it_is_gone_on_with(cast, browser_of):
    context = browser_of(cast.member)
    page = type_offline(context, cast.community)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert not re.search("heron|yard|Mira", stored, re.IGNORECASE)
    page.close()
    context.set_offline(False)
    again = tell(context, cast.community)
    expect(again.get_by_role("heading", name=KEPT)).to_be_visible()
    expect(again.get_by_role("region", name=KEPT)).to_contain_text("Yard")
    again.get_by_role("button", name="Go on with it").first.click()
    expect(again.locator("[name=steps-0-text]")).to_have_value(WORDS)
    expect(again.get_by_label("Title")).to_have_value("Yard")
    # The server has it now, and the browser nothing more.
    wait_for(lambda: Sketch.objects.filter(fields__title=["Yard"]).exists(), "the sketch")
    wait_for(lambda: copies(again) == [], "that the copy is gone")
    again.get_by_role("button", name="Save as a draft").click()
    expect(again.get_by_text("Saved.")).to_be_visible()
    assert [step.text for step in Story.objects.get().steps.all()] == [WORDS]


@pytest.mark.browser
def test_the_session_ended_and_after_signing_in_it_is_there(cast, browser_of):
    context = browser_of(cast.member)
    page = tell(context, cast.community)
    Session.objects.all().delete()
    page.locator("[name=steps-0-text]").press_sequentially(WORDS)
    expect(page.get_by_text("You are signed out. What you typed is kept")).to_be_visible()
    page.close()
    assert not Sketch.objects.exists()
    again = tell(browser_of(cast.member), cast.community)
    again.get_by_role("button", name="Go on with it").click()
    expect(again.locator("[name=steps-0-text]")).to_have_value(WORDS)


@pytest.mark.browser
def test_nobody_else_on_this_computer_sees_it_nor_another_community(cast, browser_of):
    context = browser_of(cast.member)
    people.add_member(community=cast.neighbour, user=cast.member, roles=["member"])
    other = make_member(cast.community, name="Ines")
    type_offline(context, cast.community).close()
    context.set_offline(False)
    for user, community in ((other, cast.community), (cast.member, cast.neighbour)):
        page = tell(browser_of(user), community)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading", name=KEPT)).to_be_hidden()
        # It stays there for the one whose it is.
        assert len(copies(page)) == 1
        page.close()
    page = tell(browser_of(other), cast.community)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert len(copies(page)) == 1
    page.close()
    page = tell(browser_of(cast.member), cast.community)
    expect(page.get_by_role("heading", name=KEPT)).to_be_visible()


@pytest.mark.browser
def test_signing_out_leaves_nothing(cast, browser_of):
    context = browser_of(cast.member)
    type_offline(context, cast.community).close()
    context.set_offline(False)
    page = tell(context, cast.community)
    assert len(copies(page)) == 1
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert copies(page) == []


@pytest.mark.browser
def test_what_was_saved_is_not_offered_again(cast, browser_of):
    context = browser_of(cast.member)
    page = type_offline(context, cast.community)
    context.set_offline(False)
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    again = tell(context, cast.community)
    again.wait_for_load_state("networkidle")
    expect(again.get_by_role("heading", name=KEPT)).to_be_hidden()
    assert copies(again) == []


@pytest.mark.browser
def test_it_is_thrown_away(cast, browser_of):
    context = browser_of(cast.member)
    type_offline(context, cast.community).close()
    context.set_offline(False)
    page = tell(context, cast.community)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_role("heading", name=KEPT)).to_be_hidden()
    assert copies(page) == []


@pytest.mark.browser
def test_without_https_nothing_is_kept_and_a_sentence_says_so(cast, browser_of):
    context = browser_of(cast.member)
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(reverse("stories:tell", args=[cast.community.slug]))
    context.set_offline(True)
    page.locator("[name=steps-0-text]").press_sequentially(WORDS)
    expect(page.get_by_text("It can't be kept in this browser")).to_be_visible()
    assert copies(page) == []


@pytest.mark.parametrize("tab", ["", "x", "a;b" * 8, "0" * 41])
def test_only_a_pages_own_mark_goes_into_the_cookie(tab):
    answer = note_saved(RequestFactory().post("/"), HttpResponse(), tab)
    assert not answer.cookies
