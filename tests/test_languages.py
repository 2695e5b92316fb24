"""English and Spanish: complete, chosen by the reader, with plural forms and numbers of their own."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from launcher import ROOT

from indicators.figures import quantity
from matrix import sync, words
from valuecreation import catalogues
from valuecreation.alphabet import place_of

from .make import make_published


def test_every_text_of_ours_stands_in_spanish():
    stored = catalogues.stored("es")
    missing = [
        message.id
        for message in catalogues.extracted()
        if message.id and not catalogues.is_translated(stored.get(message.id, message.context))
    ]
    assert missing == []


def test_a_missing_text_would_be_noticed():
    assert not catalogues.is_translated(catalogues.stored("es").get("A text that nobody wrote"))


def test_plural_forms_and_numbers_follow_the_language():
    with translation.override("es"):
        assert (words.stories(1), words.stories(2)) == ("1 historia", "2 historias")
        assert quantity(Decimal("78.91"), "%") == "78,9\N{NO-BREAK SPACE}%"
    with translation.override("en"):
        assert quantity(Decimal("78.91"), "%") == "78.9\N{NO-BREAK SPACE}%"


@pytest.mark.django_db
def test_the_language_is_the_browsers_until_the_reader_chooses(cast, client):
    client.force_login(cast.funder)
    story = make_published(cast.community, cast.member, title="The chair by the window")
    address = reverse("stories:story", args=[cast.community.slug, story.pk])
    spanish = client.get(address, headers={"Accept-Language": "es-MX,es;q=0.9"}).content.decode()
    assert '<html lang="es" dir="ltr">' in spanish
    assert "Historias" in spanish and "The chair by the window" in spanish
    chosen = {"language": "en", "next": address}
    assert client.post(reverse("set_language"), chosen).url == address
    english = client.get(address, headers={"Accept-Language": "es"}).content.decode()
    assert '<html lang="en" dir="ltr">' in english


@pytest.mark.django_db
@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example/", "/\\evil.example"]
)
def test_choosing_a_language_leads_nowhere_else(client, next_page):
    answer = client.post(reverse("set_language"), {"language": "es", "next": next_page})
    assert answer.url == "/"


def test_names_stand_in_the_order_of_the_readers_alphabet():
    names = ["Zoo", "ñandú", "Nube", "apple", "Äpfel", "nz", "Apfel"]
    with translation.override("es"):
        assert sorted(names, key=place_of) == [
            "Apfel", "Äpfel", "apple", "Nube", "nz", "ñandú", "Zoo",
        ]  # fmt: skip
    with translation.override("en"):
        assert sorted(names, key=place_of) == [
            "Apfel", "Äpfel", "apple", "ñandú", "Nube", "nz", "Zoo",
        ]  # fmt: skip


@pytest.mark.django_db
def test_arabic_stands_from_right_to_left_and_says_that_it_is_incomplete(cast, client):
    client.force_login(cast.member)
    address = reverse("stories:stories", args=[cast.community.slug])
    page = client.get(address, headers={"Accept-Language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "bootstrap.rtl.min" in page and "القصص" in page and "(غير مكتملة)" in page


@pytest.mark.django_db
def test_words_of_another_script_keep_their_order_in_the_drawing(cast, client):
    sync.sync(cast.community)
    client.force_login(cast.member)
    address = reverse("matrix:matrix", args=[cast.community.slug])
    isolated = "\u2068Immediate value\u2069"
    assert isolated in client.get(address, headers={"Accept-Language": "ar"}).content.decode()
    assert isolated not in client.get(address, headers={"Accept-Language": "en"}).content.decode()


def test_only_a_demo_offers_the_incomplete_language():
    languages = "from django.conf import settings; print(*dict(settings.LANGUAGES))"
    offered = {
        demo: subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", languages],
            env={
                **os.environ,
                "DEMO": demo,
                "ALLOWED_HOSTS": "localhost",
                "SITE_URL": "http://localhost",
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for demo in ("0", "1")
    }
    assert offered == {"0": ["en", "es"], "1": ["en", "es", "ar"]}
