"""Getting in, on a phone: a community is founded, three people are invited, and each comes in by
another way: by a QR code, by a code in a mail, with a password."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from communities.mailbox import letters
from communities.models import Community, User

from .make import make_user
from .running import wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "a quiet corridor at night"
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "locale": "en"}


@pytest.fixture
def site(running, tmp_path, settings):
    address = f"http://127.0.0.1:{running.port}"
    media = tmp_path / "media"
    settings.MAILBOX = media / "mailbox"
    running.environment |= {"MEDIA_ROOT": str(media), "SITE_URL": address, "FOUNDERS": "*"}
    running.web()
    running.worker()
    wait_for(lambda: running.get("/health/ready").status == 200, "a worker")
    return address


@pytest.fixture
def phone(site, new_context):
    """A phone of somebody's own; no page of it scrolls sideways."""

    def phone():
        page = new_context(base_url=site, **PHONE).new_page()
        page.set_default_timeout(30_000)
        return page

    return phone


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def mail_to(email, words):
    """The newest mail to this address whose subject holds the words."""

    def find():
        return next((one for one in letters() if one.to == email and words in one.subject), None)

    wait_for(find, f"a mail to {email}")
    return find()


def code_for(email):
    return re.search(r"\b\d{6}\b", mail_to(email, "Your code").text)[0]


def enter_by_code(page, email):
    page.goto("/accounts/login/code/")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_for(email))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def join_page(letter):
    return urlsplit(re.search(r"http\S+/join/\S+", letter.text)[0]).path


def test_a_community_is_founded_and_three_people_come_in(site, phone):
    founder, known = make_user("Farid"), make_user("Paz", password=PASSWORD)
    page = phone()
    enter_by_code(page, founder.email)
    page.get_by_role("link", name="Found a community").click()
    page.get_by_label("What is it called?").fill("Wound care circle")
    page.get_by_text("Starter indicators").click()
    page.get_by_label("People taking part").check()
    assert fits(page)
    page.get_by_role("button", name="Found it").click()

    # The invitation page comes next.
    page.get_by_label("Whom").fill(f"Cora <cora@example.org>; {known.email}")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("2 people are invited.")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Make an address or QR code").click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert fits(page)
    passed_on = urlsplit(page.locator(".address a").get_attribute("href")).path

    # By QR code: somebody new, whose address nobody knew.
    quentin = phone()
    quentin.goto(passed_on)
    expect(quentin.get_by_role("heading", name="Come to “Wound care circle”")).to_be_visible()
    assert fits(quentin)
    quentin.get_by_label("Your name").fill("Quentin")
    quentin.get_by_label("Your e-mail address").fill("Quentin@Example.org")
    quentin.get_by_role("button", name="Join").click()
    quentin.get_by_label("Code").fill(code_for("quentin@example.org"))
    quentin.get_by_role("button", name="Go on").click()
    expect(quentin.get_by_role("heading", name="Wound care circle")).to_be_visible()

    # By mail, with a code: her name and address stand there already.
    cora = phone()
    cora.goto(join_page(mail_to("cora@example.org", "Come to")))
    expect(cora.get_by_label("Your name")).to_have_value("Cora")
    cora.get_by_role("button", name="Join").click()
    cora.get_by_label("Code").fill(code_for("cora@example.org"))
    cora.get_by_role("button", name="Go on").click()
    expect(cora.get_by_role("heading", name="Wound care circle")).to_be_visible()

    # By mail, with a password.
    paz = phone()
    paz.goto(join_page(mail_to(known.email, "Come to")))
    paz.get_by_role("button", name="I have an account").click()
    paz.get_by_label("Email").fill(f" {known.email.upper()}")
    paz.get_by_label("Password").fill(PASSWORD)
    paz.get_by_role("button", name="Sign in", exact=True).click()
    expect(paz.get_by_role("heading", name="Wound care circle")).to_be_visible()
    assert fits(paz)

    community = Community.objects.get()
    came = community.memberships.order_by("pk").values_list("user__name", "roles")
    assert list(came) == [
        ("Farid", ["member", "facilitator"]),
        ("Quentin", ["member"]),
        ("Cora", ["member"]),
        ("Paz", ["member"]),
    ]
    assert list(community.indicators.values_list("code", flat=True)) == ["people-taking-part"]
    assert User.objects.count() == 4
    page.goto(f"/c/{community.slug}/people/invitations/")
    states = page.locator(".rows .state").all_inner_texts()
    assert sorted(states) == ["came", "came", "open"]


def test_a_passkey_signs_in(site, phone):
    """With an authenticator that the browser plays; the site's address must be a name for that."""
    person = make_user("Pia")
    page = phone()
    named = site.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{named}/accounts/login/code/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_for(person.email))
    page.get_by_role("button", name="Go on").click()
    page.goto(f"{named}/accounts/security/webauthn/add/")
    page.get_by_label("What you call it").fill("My phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    page.goto(f"{named}/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{named}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
