"""Single sign-on, against a provider of OpenID Connect that runs on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread

from communities import actions
from communities.models import User

from .make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(scope="module")
def known():
    """Whom the provider knows, by their number there."""
    return {
        "verified": {"email": "Ada@Example.org", "email_verified": True, "name": "Ada"},
        "unverified": {"email": "ada@example.org", "email_verified": False, "name": "Eve"},
        "nameless": {"email": "bo@example.org", "email_verified": True},
        "in letters": {"email": "ada@example.org", "email_verified": "false", "name": "Eve"},
        "silent": {},
    }


@pytest.fixture(scope="module")
def provider(known):
    people = [Known(sub=sub, claims=claims) for sub, claims in known.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def configured(settings, provider):
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Harbour Hospital",
                    "client_id": "us",
                    "secret": "a secret",
                    "settings": {"server_url": provider},
                }
            ]
        }
    }


def come(client, sub, **ask):
    """Goes to the provider, is let through as `sub`, and comes back."""
    to_provider = client.post("/accounts/oidc/sso/login/", ask)
    assert to_provider.status_code == 302
    back = requests.post(to_provider.url, data={"sub": sub}, allow_redirects=False, timeout=10)
    address = urlsplit(back.headers["Location"])
    return client.get(f"{address.path}?{address.query}", follow=True)


def signed_in(client):
    return client.session.get("_auth_user_id")


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_sign_in_page_offers_it(client):
    page = client.get("/accounts/login/code/").content.decode()
    assert "Sign in with Harbour Hospital" in page
    assert 'action="/accounts/oidc/sso/login/' in page


def test_a_verified_address_leads_to_the_account_of_that_address(client):
    ada = make_user("Ada", password="a quiet corridor at night")
    actions.change_profile(user=ada, email="ada@example.org")
    come(client, "verified")
    assert signed_in(client) == str(ada.pk)
    ada.refresh_from_db()
    assert ada.check_password("a quiet corridor at night")
    again = Client()
    come(again, "verified")
    assert (signed_in(again), User.objects.count()) == (str(ada.pk), 1)


@pytest.mark.parametrize("sub", ["unverified", "in letters", "silent"])
def test_an_address_nobody_vouches_for_signs_nobody_in(client, sub):
    ada = make_user("Ada")
    actions.change_profile(user=ada, email="ada@example.org")
    answer = come(client, sub)
    assert not signed_in(client)
    assert said(answer) == [
        "Harbour Hospital does not vouch for your e-mail address, so it cannot sign you in here."
    ]


def test_an_unknown_address_is_let_in_where_the_site_is_open_alone(client, settings):
    answer = come(client, "nameless")
    assert "by invitation" in answer.content.decode()
    assert not User.objects.exists()
    settings.SIGN_UP = "open"
    come(Client(), "nameless")
    come(Client(), "verified")
    assert list(User.objects.order_by("pk").values_list("email", "name")) == [
        ("bo@example.org", "New member"),
        ("ada@example.org", "Ada"),
    ]


def test_an_invited_person_lands_in_the_community(cast, client):
    invitation = actions.make_address(
        community=cast.community, roles=["member"], by=cast.facilitator
    )
    page = f"/join/{invitation.secret}/"
    client.post(page, {"way": "password"})
    answer = come(client, "verified", next=page)
    ada = User.objects.get(email="ada@example.org")
    assert cast.community.memberships.get(user=ada).roles == ["member"]
    assert answer.redirect_chain[-1][0] == f"/c/{cast.community.slug}/"


def test_a_closed_account_stays_closed(client):
    ada = make_user("Ada")
    actions.change_profile(user=ada, email="ada@example.org")
    actions.deactivate(user=ada)
    come(client, "verified")
    assert not signed_in(client)


@pytest.mark.parametrize("evil", ["//evil.example", r"/\evil.example", "https:evil.example"])
def test_it_leads_back_to_this_site_alone(client, evil):
    ada = make_user("Ada")
    actions.change_profile(user=ada, email="ada@example.org")
    answer = come(client, "verified", next=evil)
    assert signed_in(client)
    assert all(
        address.startswith("/") and "evil" not in address for address, _ in answer.redirect_chain
    )
