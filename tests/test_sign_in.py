"""Signing in: by code and by password; limits that lock out nobody else; no word on who is known."""

import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from communities import actions
from communities import mail as outbox
from communities.models import Mail, User

from .make import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet corridor at night"
CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def person():
    user = make_user("Ada", password=PASSWORD)
    return user


def signed_in(client):
    return client.session.get("_auth_user_id")


def mailed():
    outbox.sweep()
    return mail.outbox[-1] if mail.outbox else None


def code_of(message):
    return re.search(r"\b(\d{6})\b", message.body)[1]


def test_a_code_by_mail_signs_in(client, person):
    answer = client.post(CODE, {"email": person.email, "next": "/about/"})
    assert urlsplit(answer.url).path == CONFIRM
    message = mailed()
    assert (message.to, message.subject) == (
        [person.email],
        f"Your code to sign in: {code_of(message)}",
    )
    answer = client.post(answer.url, {"code": code_of(message), "next": "/about/"})
    assert (answer.url, signed_in(client)) == ("/about/", str(person.pk))
    assert Mail.objects.get().about == {}


@pytest.mark.parametrize(
    "typed",
    ["{}", " {} ", "upper", "title", "nfd"],
    ids=["same", "spaces", "upper", "title", "nfd"],
)
def test_whatever_the_case_or_spaces_there_is_one_account(typed):
    user = make_user(password=PASSWORD)
    actions.change_profile(user=user, email="ada@İñaki.example")
    stored = User.objects.get(pk=user.pk).email
    if typed == "nfd":
        written = unicodedata.normalize("NFD", stored)
    else:
        written = typed.format(stored) if "{" in typed else getattr(stored, typed)()
    for way in ("code", "password", "reset"):
        client = Client()
        if way == "password":
            client.post(LOGIN, {"login": written, "password": PASSWORD})
            assert signed_in(client) == str(user.pk)
        else:
            client.post(CODE if way == "code" else "/accounts/password/reset/", {"email": written})
            assert mailed().to == [stored]
    assert User.objects.count() == 1


def test_known_unknown_and_closed_addresses_get_the_same_answers(person):
    closed = make_user()
    actions.deactivate(user=closed)
    for address in (CODE, "/accounts/password/reset/"):
        answers = []
        for email in (person.email, "nobody@example.org", closed.email):
            client = Client(REMOTE_ADDR=f"10.0.0.{len(answers) + 1}")
            answer = client.post(address, {"email": email}, follow=True)
            text = answer.content.decode().replace(email, "…")
            text = re.sub(r'value="[A-Za-z0-9]{64}"|"[A-Za-z0-9]{64}"', "", text)
            answers.append((answer.redirect_chain, text, sorted(client.cookies)))
        assert answers[0] == answers[1] == answers[2]
    outbox.sweep()
    assert [one.to for one in mail.outbox] == [[person.email]] * 2


def test_no_mail_goes_to_an_address_that_has_no_account(client):
    client.post(CODE, {"email": "nobody@example.org"})
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert not Mail.objects.exists()


def test_a_wrong_code_may_be_corrected_a_few_times(client, person):
    client.post(CODE, {"email": person.email})
    code = code_of(mailed())
    wrong = "111111" if code != "111111" else "222222"
    answer = client.post(CONFIRM, {"code": wrong})
    assert answer.status_code == 200 and not signed_in(client)
    client.post(CONFIRM, {"code": code})
    assert signed_in(client)


def test_guessing_a_code_ends_soon(client, person):
    client.post(CODE, {"email": person.email})
    code = code_of(mailed())
    wrong = "111111" if code != "111111" else "222222"
    for _ in range(5):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": code})
    assert not signed_in(client)


def test_a_code_that_has_run_out_neither_goes_out_nor_lets_in(client, person, settings):
    client.post(CODE, {"email": person.email})
    code = code_of(mailed())
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 0
    client.post(CONFIRM, {"code": code})
    assert not signed_in(client)


def test_a_code_is_good_in_the_browser_that_asked_only(client, person):
    client.post(CODE, {"email": person.email})
    other = Client()
    other.post(CODE, {"email": "nobody@example.org"})
    other.post(CONFIRM, {"code": code_of(mailed())})
    assert not signed_in(other)


def test_who_guesses_passwords_locks_out_themselves_alone(person):
    abuser, owner = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for _ in range(6):
        abuser.post(LOGIN, {"login": person.email, "password": "guessed"})
    abuser.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert not signed_in(abuser)
    owner.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert signed_in(owner)


def test_who_asks_for_codes_again_and_again_is_asked_to_wait_alone(person):
    asked = {"email": person.email}
    answers = [Client(REMOTE_ADDR="10.0.0.1").post(CODE, asked) for _ in range(4)]
    assert [one.status_code for one in answers] == [302, 302, 302, 200]
    assert "Please wait a minute." in answers[-1].content.decode()
    assert Mail.objects.count() == 3
    assert Client(REMOTE_ADDR="10.0.0.2").post(CODE, asked).status_code == 302


def test_another_address_may_be_given_after_all(client, person):
    client.post(CODE, {"email": "typo@example.org"})
    answer = client.post("/accounts/logout/", {"next": CODE})
    assert answer.url == CODE
    client.post(CODE, {"email": person.email})
    client.post(CONFIRM, {"code": code_of(mailed())})
    assert signed_in(client)


def test_a_flood_from_one_client_gets_a_plain_page(client):
    for number in range(21):
        answer = client.post("/accounts/password/reset/", {"email": f"n{number}@example.org"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "A short pause, please" in answer.content.decode()


EVIL = [
    "//evil.example",
    r"/\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:x",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_way_in_or_out_leads_to_another_site(person, evil):
    def by_code(client):
        asked = client.post(CODE, {"email": person.email, "next": evil})
        return client.post(asked.url, {"code": code_of(mailed()), "next": evil})

    def by_password(client):
        return client.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": evil})

    def out(client):
        client.force_login(person)
        return client.post("/accounts/logout/", {"next": evil})

    def language(client):
        return client.post("/language/", {"language": "es", "next": evil})

    for way in (by_code, by_password, out, language):
        answer = way(Client())
        assert answer.status_code == 302
        assert urlsplit(answer.url).netloc == "" and answer.url.startswith("/")
        assert "evil" not in urlsplit(answer.url).path
        assert "evil" not in str(parse_qs(urlsplit(answer.url).query).get("next", ""))


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_addresses_in_mails_name_our_host_whatever_the_request_says(person, settings, header):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://learning.example.org"
    Client().post("/accounts/password/reset/", {"email": person.email}, **{header: "evil.example"})
    source = mailed().message().as_string()
    assert "evil" not in source
    assert re.search(r"https://learning\.example\.org/accounts/password/reset/key/\w+-", source)


def test_a_forgotten_password_is_replaced_and_the_owner_hears_of_it(client, person):
    client.post("/accounts/password/reset/", {"email": person.email})
    path = re.search(r"http://127\.0\.0\.1:8000(\S+)", mailed().body)[1]
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    new = "another quiet corridor"
    client.post(form, {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert mailed().subject == "Your password was changed"
    assert not EmailAddress.objects.exists()


def test_an_authenticator_app_is_asked_for_after_the_code(client, person):
    totp = TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance
    client.post(CODE, {"email": person.email})
    answer = client.post(CONFIRM, {"code": code_of(mailed())})
    assert urlsplit(answer.url).path == reverse("mfa_authenticate")
    assert not signed_in(client)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    client.post(answer.url, {"code": code})
    assert signed_in(client) == str(person.pk)
    assert totp.user == person


def test_people_come_by_invitation_unless_the_site_is_open(client, settings):
    sent = {"name": "Ada", "email": " ADA@Example.org"}
    assert "by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", sent)
    assert not User.objects.exists()
    settings.SIGN_UP = "open"
    answer = client.post("/accounts/signup/", sent)
    assert answer.url == CONFIRM
    client.post(CONFIRM, {"code": code_of(mailed())})
    assert signed_in(client) == str(User.objects.get(email="ada@example.org").pk)
    again = Client()
    assert again.post("/accounts/signup/", sent).url == CONFIRM
    assert User.objects.count() == 1


def test_sessions_elsewhere_are_ended_from_the_profile(person):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert here.get("/accounts/sessions/").context["session_count"] == 2
    here.post("/accounts/sessions/")
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
