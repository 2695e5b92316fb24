"""The picture of the matrix as a file to take along, of the part that is asked for."""

import pytest
from django.urls import reverse

from communities.permissions import Audience
from matrix import sync
from matrix.files import FILES

from .make import make_community, make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db
BEGINS = {"png": b"\x89PNG", "svg": b"<svg", "a4": b"%PDF", "a3": b"%PDF", "a2": b"%PDF"}


def get(client, community, name, **asked):
    return client.get(reverse("matrix:file", args=[community.slug, name]), asked)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_what_it_says(cast, client, name):
    met = make_indicator(cast.community, "immediate", "من التقى? 会 👩‍⚕️")
    steps = [make_step(cast.community, "immediate", met)]
    make_published(cast.community, cast.member, steps, title="Lamp <b>")
    sync.sync(cast.community)
    client.force_login(cast.funder)
    answer = get(client, cast.community, name)
    assert answer.content.startswith(BEGINS[name])
    assert answer["Content-Type"] == FILES[name].kind
    day = cast.community.today
    assert answer["Content-Disposition"] == (
        f'attachment; filename="wound-care-{day}.{FILES[name].ending}"'
    )


def test_it_holds_what_its_reader_may_see_and_asked_for(cast, client):
    for audience in (Audience.FUNDERS, Audience.MEMBERS):
        make_published(cast.community, cast.member, audience=audience)
    sync.sync(cast.community)
    client.force_login(cast.funder)
    assert "1 story ·" in get(client, cast.community, "svg").content.decode()
    client.force_login(cast.facilitator)
    assert "2 stories ·" in get(client, cast.community, "svg").content.decode()
    seen = get(client, cast.community, "svg", audience="funders").content.decode()
    assert "1 story ·" in seen and "as members and funders see it" in seen
    none = get(client, cast.community, "svg", tense="hoped").content.decode()
    assert "0 stories" in none and "a selection of the stories" in none


def test_what_can_not_be_drawn_is_no_file(cast, client):
    client.force_login(cast.member)
    assert get(client, cast.community, "gif").status_code == 404
    assert get(client, cast.community, "svg", tense="tomorrow").status_code == 400


@pytest.mark.parametrize("name", FILES)
def test_an_empty_community_has_its_picture(client, name):
    community = make_community()
    client.force_login(make_member(community))
    assert get(client, community, name).content.startswith(BEGINS[name])
