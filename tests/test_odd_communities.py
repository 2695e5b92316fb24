"""Empty, tiny and odd communities: every page of the matrix answers, helps, and shows no nonsense."""

import pytest
from django.urls import reverse
from django.utils import translation

from communities.permissions import Role
from matrix import sync
from matrix.files import FILES

from .make import make_community, make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db
PAGES = ["matrix", "missing", "paths", "periods", "hopes", "snapshots"]
NONSENSE = ["NaN", "None", "Infinity", "0 %", "0%", "undefined"]


def nothing(community):
    pass


def no_indicator(community):
    make_published(community, make_member(community))


def no_story(community):
    make_indicator(community)


def no_cycle(community):
    community.cycles.all().delete()


def no_stage(community):
    make_indicator(community, "applied")
    community.cycles.update(kind="side")


def one_of_another_scheme(community):
    """An indicator whose cycle has become a band, and a story that tells in it."""
    made = make_indicator(community, "reframing")
    make_published(community, make_member(community), [make_step(community, "reframing", made)])
    community.cycles.filter(key="reframing").update(kind="side")


def long_names(community):
    long = "Wörter " * 28
    made = [make_indicator(community, "applied", f"{n} {long}"[:200].strip()) for n in range(3)]
    steps = [make_step(community, "applied", one) for one in made]
    make_published(community, make_member(community), steps, [(0, 1), (1, 2)], title="x" * 200)
    community.cycles.filter(key="applied").update(name="W" * 60, question="y" * 200)


def of_another_script(community):
    made = make_indicator(community, "applied", "مؤشر <b> 会 👩‍⚕️ \u202e")
    make_published(community, make_member(community), [make_step(community, "applied", made)])


def forty_columns(community):
    last = community.cycles.last().position
    for number in range(35):
        community.cycles.create(
            key=f"more-{number}",
            name=f"Cycle {number}",
            position=last + 1 + number,
            colour="applied",
            shape="square",
        )
    made = make_indicator(community, "more-34")
    steps = [make_step(community), make_step(community, "more-34", made)]
    make_published(community, make_member(community), steps, [(0, 1), (1, 0)])


ODD = [nothing, no_indicator, no_story, no_cycle, no_stage, one_of_another_scheme, long_names]
ODD += [of_another_script, forty_columns]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("make", ODD, ids=[one.__name__ for one in ODD])
def test_every_page_answers(client, make, language):
    community = make_community()
    facilitator = make_member(community, Role.FACILITATOR)
    client.force_login(facilitator)
    make(community)
    sync.sync(community)
    facilitator.language = language
    facilitator.save()
    with translation.override(language):
        for name in PAGES:
            answer = client.get(reverse(f"matrix:{name}", args=[community.slug]))
            html = answer.content.decode()
            assert answer.status_code == 200, name
            assert [one for one in NONSENSE if one in html] == [], name
        ribbons = client.get(reverse("matrix:matrix", args=[community.slug]), {"draw": "ribbons"})
        assert ribbons.status_code == 200
        for name in FILES:
            answer = client.get(reverse("matrix:file", args=[community.slug, name]))
            assert answer.status_code == 200, name
    assert client.get(reverse("api:matrix", args=[community.slug])).status_code == 200


def test_an_empty_one_says_what_to_do_next(client):
    community = make_community()
    client.force_login(make_member(community))
    html = client.get(reverse("matrix:matrix", args=[community.slug])).content.decode()
    assert "Tell the first story" in html
