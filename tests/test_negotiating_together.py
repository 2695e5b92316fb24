"""A negotiation in real browsers: four people of three groups, on a phone and at a desk, without and
with JavaScript; one ends agreed after an objection was answered, one declined."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from communities import actions as people
from communities.permissions import Role
from indicators import negotiating
from indicators.models import Decision, Indicator

from .make import make_indicator, make_member
from .running import cookie_of
from .test_negotiation import join

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def others(cast):
    """The fourth: a second member of the member's group; and the three groups."""
    ines = make_member(cast.community, name="Ines")
    nurses = join(cast, cast.member, "Nurses", "horizontal")
    cast.community.memberships.filter(user=ines).update(stakeholder_group=nurses)
    join(cast, cast.funder, "The host", "vertical")
    join(cast, cast.facilitator, "The table", "horizontal")
    return ines


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, name="Nights", unit="calls")


@pytest.fixture
def enter(live_server, new_context, indicator):
    """The page of the talk as this person has it, in a browser of their own."""

    def enter(user, width=360, **options):
        context = new_context(viewport={"width": width, "height": 780}, **options)
        name, value = cookie_of(user).split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + talk_of(indicator))
        return page

    return enter


def talk_of(indicator):
    return reverse("negotiation", args=[indicator.community.slug, indicator.code])


def say(page, choice, reason, would_answer=""):
    own = page.get_by_role("region", name="Your word")
    own.get_by_label(choice, exact=True).check()
    own.get_by_label("Why does it matter to you?").fill(reason)
    own.get_by_label("If you object").fill(would_answer)
    own.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Thank you. Your words stand there now.")).to_be_visible()


def ask_all(page):
    page.get_by_role("button", name="Open the talk").click()
    expect(page.get_by_role("heading", name="What still stands between")).to_be_visible()


def write_down(page, outcome, why):
    page.get_by_text(outcome, exact=True).click()
    form = page.locator("details[open]").filter(has=page.get_by_text(outcome, exact=True))
    form.get_by_label("Why did the community decide so?").fill(why)
    form.get_by_label("Who was there?").fill("All four")
    form.get_by_label("Consent").check()
    form.get_by_role("button", name="Write it down").click()


def test_agreed_after_an_objection_is_answered(cast, enter, others, indicator):
    table = enter(cast.facilitator, width=1280)
    ask_all(table)
    # On phones, one of them without JavaScript.
    say(enter(cast.member), "Support", "We sleep.")
    say(enter(others, java_script_enabled=False), "Support with a concern", "Who writes it down?")
    host = enter(cast.funder)
    say(host, "Object", "It costs.", would_answer="How much it costs.")
    table.reload()
    say(table, "Support", "It is talked about anyway.")
    between = table.get_by_role("region", name="What still stands between")
    expect(between.get_by_role("listitem")).to_have_text(
        [
            "An objection from “The host” has no answer yet.",
            "It is not said yet how this could be gamed or mislead.",
        ]
    )
    # Refused with the sentence that says what is missing; what was typed stays.
    write_down(table, "Agreed", "We want to sleep.")
    expect(table.get_by_role("alert").first).to_have_text(
        "An objection from “The host” has no answer yet."
    )
    expect(table.locator("#agree-rationale")).to_have_value("We want to sleep.")
    table.get_by_label("What is the answer?").fill("Nothing: the book is there.")
    table.get_by_role("button", name="Answer", exact=True).click()
    gaming = table.get_by_role("region", name="How it could be gamed")
    gaming.get_by_text("Answer it", exact=True).click()
    for field in ("judged", "cheapest_way", "losers", "hidden", "safeguard"):
        table.locator(f"#gaming-{field}").fill("Somebody.")
    table.locator("#gaming-review_on").fill("2027-06-01")
    gaming.get_by_role("button", name="Keep it").click()
    expect(between).to_contain_text("Nothing: the community can decide.")
    host.reload()
    expect(host.get_by_text("Nothing: the book is there.").first).to_be_visible()
    write_down(table, "Agreed", "We want to sleep.")
    expect(table.get_by_text("Agreed, and kept as it stood.")).to_be_visible()
    decision = Decision.objects.get()
    assert (decision.outcome, decision.how, decision.silent) == ("agree", "consent", [])
    assert [(one["name"], one["people"], one["stances"]) for one in decision.groups] == [
        ("Nurses", 2, {"support": 1, "concern": 1}),
        ("The host", 1, {"object": 1}),
        ("The table", 1, {"support": 1}),
    ]
    assert Indicator.objects.get().state == "agreed"


def test_declined(cast, enter, others, indicator):
    table = enter(cast.facilitator, width=1280)
    ask_all(table)
    for user in (cast.member, others, cast.funder):
        say(enter(user), "Object", "Nobody reads it.", would_answer="Nothing.")
    write_down(table, "Declined", "Nobody wants it.")
    expect(table.get_by_text("Declined, and kept as it stood.")).to_be_visible()
    expect(table.get_by_text("Nobody wants it.")).to_be_visible()
    decision = Decision.objects.get()
    assert (decision.outcome, [one["stances"] for one in decision.groups]) == (
        "decline",
        [{"object": 2}, {"object": 1}, {}],
    )
    assert Indicator.objects.get().state == "declined"


def test_a_long_name_overflows_nothing(cast, live_server, enter, others):
    name = "N" * 200
    long = make_indicator(cast.community, name=name, unit="u" * 60, reason="R" * 300)
    group = people.add_group(community=cast.community, name="G" * 100, axis="vertical")
    host = cast.community.memberships.get(user=cast.funder)
    people.change_member(
        membership=host, roles=[Role.FUNDER], stakeholder_group=group, by=cast.facilitator
    )
    round = negotiating.open_round(
        indicator=long, by=cast.facilitator, groups=list(cast.community.stakeholder_groups.all())
    )
    negotiating.take_stance(
        round=round, by=cast.funder, choice="object", reason="O" * 300, would_answer="W" * 300
    )
    page = enter(cast.facilitator, width=320)
    slug, code = cast.community.slug, long.code
    for path in (
        talk_of(long),
        reverse("negotiations", args=[slug]),
        reverse("matrix:indicator", args=[slug, code]),
        reverse("stories:offer", args=[slug, code]),
        reverse("admin:indicators_indicator_change", args=[long.pk]),
        reverse("admin:indicators_indicator_act", args=[long.pk, "answer"]),
        reverse("admin:indicators_indicator_act", args=[long.pk, "record"]),
    ):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
