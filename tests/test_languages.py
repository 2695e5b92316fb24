"""English and Spanish: complete, chosen by the reader, with plural forms and numbers of their own."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from indicators.figures import quantity
from matrix import words
from valuecreation import catalogues

from .make import make_published


def test_every_text_of_ours_stands_in_spanish():
    stored = catalogues.stored("es")
    missing = [
        message.id
        for message in catalogues.extracted()
        if message.id and not is_translated(stored.get(message.id, message.context))
    ]
    assert missing == []


def is_translated(message):
    if not message or message.fuzzy:
        return False
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


def test_a_missing_text_would_be_noticed():
    assert not is_translated(catalogues.stored("es").get("A text that nobody wrote"))


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
