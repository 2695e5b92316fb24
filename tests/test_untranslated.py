"""Every page, as each role reads it, in a language in which an untranslated text stands out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from communities.models import User
from matrix import sync
from stories.examples.load import load
from stories.examples.primary_care import PRIMARY_CARE

from . import pseudo
from .test_accessibility import pages_of

pytestmark = pytest.mark.django_db
HEADERS = {"Accept-Language": pseudo.LANGUAGE}


@pytest.fixture
def community(db, settings, tmp_path):
    community = load(PRIMARY_CARE)
    pseudo.mark_what_people_wrote()
    sync.sync(community)
    pseudo.use(tmp_path, settings)
    cache.clear()
    return community


def as_read_by(email):
    client = Client(headers=HEADERS)
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def test_no_page_shows_an_untranslated_text(community):
    faults = {}
    for email, paths in pages_of(community).items():
        client = as_read_by(email)
        for path in paths:
            html = client.get(path).content.decode()
            assert f'lang="{pseudo.LANGUAGE}"' in html, path
            if found := pseudo.untranslated(html):
                faults[email, path] = found
    assert faults == {}


def test_no_answer_to_an_empty_form_shows_an_untranslated_text(community):
    client = as_read_by("member@example.org")
    tell = reverse("stories:tell", args=[community.slug])
    answers = [
        client.post(tell, {"steps-count": 1, "links-count": 1, "submit": 1}),
        client.post(tell, {"steps-count": 1, "links-count": 0, "add": "link"}),
        client.post(reverse("account_change_password"), {}),
        Client(headers=HEADERS).post(reverse("account_login"), {"login": "nobody"}),
    ]
    assert [pseudo.untranslated(answer.content.decode()) for answer in answers] == [[]] * 4


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦ťóľď⟧ by ◊Mira</p>",
        '<input placeholder="Name">',
        '<svg><text x="1">Stories</text></svg>',
        '<button aria-label="Close"></button>',
        "<select><option>One</option></select>",
        '<input type="submit" value="Save">',
        "<title>Stories</title>",
    ],
)
def test_an_untranslated_text_would_be_noticed(html):
    assert len(pseudo.untranslated(html)) == 1


def test_what_people_wrote_and_figures_are_no_fault():
    html = (
        '<p title="⟦ťóľď⟧">⟦ťóľď⟧ 78.9 % ◊by ◊Mira mira@example.org</p><script>let x</script>'
        '<ul translate="no"><li>Wenger<br>et al.</li></ul><input type="hidden" value="save">'
    )
    assert pseudo.untranslated(html) == []
