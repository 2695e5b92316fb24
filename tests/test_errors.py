"""The pages of what goes wrong, in plain words and with a way on."""

import logging
import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from .make import make_member


def fail(request):
    raise RuntimeError("a fault of ours")


def lose_the_database(request):
    raise OperationalError("the server closed the connection")


handler500 = "valuecreation.errors.server_error"
urlpatterns = [
    path("fail/", fail),
    path("lost/", lose_the_database),
    path("", include("valuecreation.urls")),
]


def test_a_failure_shows_a_reference_that_is_in_the_log(settings, caplog):
    settings.ROOT_URLCONF = __name__
    with caplog.at_level(logging.ERROR):
        answer = Client(raise_request_exception=False).get("/fail/")
    page = answer.content.decode()
    reference = re.search(r"<strong>([0-9a-f]{8})</strong>", page)[1]
    assert answer.status_code == 500
    assert f"Reference {reference}: GET /fail/ failed" in caplog.text
    assert "a fault of ours" not in page


def test_without_its_database_the_site_asks_to_come_back_later(settings, caplog):
    settings.ROOT_URLCONF = __name__
    answer = Client(raise_request_exception=False).get("/lost/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "What was saved before is safe" in answer.content.decode()
    assert re.search(r"Reference [0-9a-f]{8}: GET /lost/ failed", caplog.text)


@pytest.mark.django_db
def test_what_is_not_there_and_what_is_not_allowed_have_a_way_on(cast, client):
    client.force_login(make_member(cast.community))
    missing = client.get("/c/nowhere/")
    forbidden = client.get(f"/c/{cast.community.slug}/stories/waiting/")
    assert (missing.status_code, forbidden.status_code) == (404, 403)
    for answer in (missing, forbidden):
        assert 'href="/"' in answer.content.decode()
