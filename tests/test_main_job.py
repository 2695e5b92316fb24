"""The main job in a real browser, with the real worker: a member tells, a facilitator publishes,
the funder sees it on the page that is open."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from communities.actions import add_guest_teller
from communities.fields import NameField, WordsField
from communities.models import Cycle, Teller, User
from indicators.actions import record_observation as record_observation_of
from matrix import sync
from stories.actions import return_, submit
from stories.models import Story
from stories.trail import WrittenLink

from .make import make_indicator, make_published, make_step, make_story
from .running import wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "a quiet corridor at night"


@pytest.fixture
def site(cast, running):
    running.web()
    running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    return f"http://127.0.0.1:{running.port}"


@pytest.fixture
def enter(site, new_context):
    """Signs a person in through the form, in a browser of their own, and gives their page."""

    def enter(user, **options):
        user.set_password(PASSWORD)
        user.save()
        page = new_context(base_url=site, **options).new_page()
        page.set_default_timeout(30_000)
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(user.email.upper())
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page

    return enter


def row_of(page, name):
    return page.locator("#matrix tr").filter(has=page.get_by_role("rowheader", name=name))


def numbers_of(row):
    """Tellers, stories, happened, hoped for, did not happen."""
    return [int(cell) for cell in row.locator("td").all_inner_texts()[:5]]


def propose_indicator(page, name, cycle):
    page.goto("/admin/indicators/indicator/add/")
    if page.locator("select#id_community").count():
        page.locator("#id_community").select_option(index=1)
    page.locator("#id_name").fill(name)
    page.locator("#id_cycle").select_option(label=cycle)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def record_observation(page, name, value):
    page.goto("/admin/indicators/observation/add/")
    page.locator("#id_indicator").select_option(label=name)
    page.locator("#id_start").fill("2026-01-01")
    page.locator("#id_end").fill("2026-03-31")
    page.locator("#id_value").fill(value)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def write_step(page, index, text, *, how="", tense="happened", indicator=None):
    step = page.locator("fieldset.step").nth(index)
    step.get_by_label("Tell this step in your own words.").fill(text)
    step.get_by_label("Did it happen?").select_option(tense)
    if how:
        step.get_by_label("How did this lead to that?").fill(how)
    if indicator:
        step.get_by_text("Does this step say something").click()
        step.get_by_label(indicator).check()


def submit_story(page):
    page.get_by_role("button", name="Save and go on to submit").click()
    page.get_by_label("Nobody else is named or described").check()
    page.get_by_role("button", name="Submit").click()


def test_a_story_goes_from_the_member_to_the_funders_open_page(cast, enter):
    facilitator = enter(cast.facilitator)
    propose_indicator(facilitator, "Visits begun by the patient", "Applied value")
    record_observation(facilitator, "Visits begun by the patient", "12")

    funder = enter(cast.funder)
    funder.goto(f"/c/{cast.community.slug}/")
    row = row_of(funder, "Visits begun by the patient")
    expect(row).to_contain_text("12")
    assert numbers_of(row) == [0, 0, 0, 0, 0]
    funder.evaluate("window.sameDocument = true")

    member = enter(cast.member)
    member.goto(f"/c/{cast.community.slug}/")
    member.get_by_role("link", name="Tell a story").click()
    member.get_by_label("Title").fill("The chair by the window")
    write_step(member, 0, "We spoke about letting the patient begin.")
    write_step(member, 1, "I learned one opening question.", how="a colleague tried it out loud.")
    write_step(
        member,
        2,
        "I asked it on Monday.",
        how="it was short enough to remember.",
        indicator="Visits begun by the patient",
    )
    member.get_by_role("button", name="Add a step").click()
    write_step(member, 3, "Fewer people come back for the same thing.", how="", tense="hoped")
    member.get_by_label(re.compile("Funders and hosts: ")).check()
    submit_story(member)
    expect(member.get_by_text("Thank you.")).to_be_visible()

    facilitator.goto(f"/c/{cast.community.slug}/")
    facilitator.get_by_role("link", name="Waiting").click()
    facilitator.get_by_role("link", name="The chair by the window").click()
    facilitator.get_by_role("link", name="Publish").click()
    facilitator.get_by_label("Nobody else is named or described").check()
    facilitator.get_by_role("button", name="Publish").click()
    expect(facilitator.get_by_text("Published.")).to_be_visible()

    # Nobody touches the funder's page.
    expect(row.locator("td").first).to_have_text("1", timeout=60_000)
    assert numbers_of(row) == [1, 1, 1, 0, 0]
    assert funder.evaluate("window.sameDocument")
    thread = funder.locator("svg[data-picture=matrix] a.thread")
    expect(thread).to_have_count(1)
    expect(thread).to_have_attribute("aria-label", re.compile("The chair by the window"))

    row.get_by_role("link", name="Visits begun by the patient").click()
    panel = funder.get_by_role("complementary", name="Visits begun by the patient")
    expect(panel.get_by_text("1 teller", exact=True)).to_be_visible()
    panel.get_by_role("link", name="The chair by the window").click()
    expect(funder.get_by_role("heading", name="The chair by the window")).to_be_visible()
    trail = funder.locator("ol.trail > li")
    expect(trail).to_have_count(4)
    expect(trail.nth(2)).to_contain_text("it was short enough to remember.")
    expect(trail.nth(3)).to_contain_text("I hope for it")

    story = Story.objects.get()
    member.goto(f"/c/{cast.community.slug}/stories/{story.pk}/")
    member.get_by_role("button", name="Withdraw").click()
    expect(member.get_by_text("Your story is withdrawn.")).to_be_visible()
    funder.goto(f"/c/{cast.community.slug}/")
    assert numbers_of(row_of(funder, "Visits begun by the patient")) == [0, 0, 0, 0, 0]
    funder.goto(f"/c/{cast.community.slug}/stories/{story.pk}/")
    expect(funder.get_by_text("The chair by the window")).to_have_count(0)


def test_a_story_is_told_without_javascript(cast, enter):
    member = enter(cast.member, java_script_enabled=False)
    member.goto(f"/c/{cast.community.slug}/stories/tell/")
    member.get_by_label("Title").fill("A story by hand")
    write_step(member, 0, "We met.")
    write_step(member, 1, "I came away with a list.", how="somebody wrote it down.")
    member.get_by_role("button", name="Add a step").click()
    # What was typed is still there, and one more step to write in.
    expect(member.get_by_label("Title")).to_have_value("A story by hand")
    expect(member.locator("fieldset.step legend", has_text="Step 4")).to_be_visible()
    member.get_by_role("button", name="go on to submit").click()
    expect(member.get_by_text("Choose who may see your story.")).to_be_visible()
    member.get_by_label(re.compile("Members: ")).check()
    submit_story(member)
    expect(member.get_by_text("Thank you.")).to_be_visible()

    story = Story.objects.get()
    assert story.status == "submitted"
    assert [step.text for step in story.steps.all()] == ["We met.", "I came away with a list."]
    assert [link.how for link in story.links.all()] == ["somebody wrote it down."]


def test_markup_in_every_text_is_inert(cast, enter):
    """Whatever people write is shown as they wrote it, in pages, drawing and embedded data."""
    evil = "</script><script>alert(1)</script>"
    fill_every_text_with(evil, cast)
    pages = [
        "/",
        f"/c/{cast.community.slug}/",
        f"/c/{cast.community.slug}/stories/",
        *[
            f"/c/{cast.community.slug}/stories/{story.pk}/"
            for story in Story.objects.filter(status="published")
        ],
        *[
            f"/c/{cast.community.slug}/indicators/{i.code}/"
            for i in cast.community.indicators.all()
        ],
        *[
            f"/c/{cast.community.slug}/cycles/{c.key}/no-indicator/"
            for c in cast.community.cycles.all()
        ],
    ]
    returned = Story.objects.get(status="returned")
    own = [
        f"/c/{cast.community.slug}/stories/{returned.pk}/",
        f"/c/{cast.community.slug}/stories/{returned.pk}/revise/",
    ]
    admin = [
        f"/admin/{name}/"
        for name in ("indicators/indicator", "stories/story", "indicators/observation")
    ]
    admin += [f"/admin/indicators/indicator/{cast.community.indicators.first().pk}/change/"]
    for user, addresses in (
        (cast.funder, pages),
        (cast.member, pages + own),
        (cast.facilitator, pages + admin),
    ):
        page = enter(user)
        shown = []
        page.on(
            "dialog", lambda dialog, shown=shown: (shown.append(dialog.message), dialog.dismiss())
        )
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == 200, address
            assert evil not in answer.text(), address
        assert shown == []


def fill_every_text_with(evil, cast):
    community = cast.community
    indicator = make_indicator(
        community,
        by=cast.facilitator,
        **dict.fromkeys(["name", "text", "unit", "data_source", "collector", "frequency"], evil),
    )
    record_observation_of(
        indicator=indicator,
        by=cast.facilitator,
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        value=Decimal(1),
        source=evil,
        note=evil,
    )
    for model in (type(community), Cycle, Teller):
        names = [
            field.name for field in model._meta.fields if isinstance(field, (NameField, WordsField))
        ]
        model.objects.exclude(**{"kind": "user"} if model is Teller else {}).update(
            **dict.fromkeys(names, evil)
        )
    User.objects.update(name=evil)
    community.refresh_from_db()
    story = make_published(
        community,
        cast.member,
        [make_step(community, "immediate", indicator, text=evil), make_step(community, text=evil)],
        [WrittenLink(0, 1, evil, evil, evil, evil)],
        title=evil,
        attribution="pseudonym",
        pseudonym=evil,
    )
    returned = submit(
        story=make_story(community, cast.member, title=evil), by=None, others="nobody"
    )
    return_(story=returned, by=cast.facilitator, note=evil)
    guest = add_guest_teller(community=community, name=evil)
    make_published(community, guest, title=evil, by=cast.facilitator)
    sync.sync(community)
    return story
