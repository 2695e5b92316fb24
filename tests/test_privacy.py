"""The privacy notice: made from a form, shown before the first story; and only the cookies needed."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.actions import change_community, make_address

from .make import make_story

pytestmark = pytest.mark.django_db


def page(cast, user, name="people:privacy"):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=[cast.community.slug])).content.decode()


def test_it_says_what_the_facilitator_wrote_and_what_always_holds(cast):
    said = page(cast, cast.member)
    assert "The facilitators of this community." in said and "after 30 days;" in said
    change_community(
        community=cast.community,
        by=cast.facilitator,
        responsible="Harbour Hospital",
        contact="Ana, tel. 12",
        retention_days=1,
    )
    said = page(cast, cast.member)
    for words in ("Harbour Hospital", "Ana, tel. 12", "after 1 day;"):
        assert words in said


def test_it_stands_before_the_first_story_and_not_before_the_next(cast):
    words = "Before your first story"
    assert words in page(cast, cast.member, "stories:tell")
    make_story(cast.community, cast.member)
    assert words not in page(cast, cast.member, "stories:tell")


def test_whoever_is_invited_reads_it_before_they_join(cast):
    invitation = make_address(community=cast.community, roles=["member"], by=cast.facilitator)
    assert "Who is responsible" in Client().get(invitation.path).content.decode()


def test_only_necessary_cookies_are_set(cast):
    client = Client()
    for address in ("/", "/about/", "/accounts/login/code/", "/receipt/"):
        client.get(address)
    assert set(client.cookies) <= {"csrftoken", "sessionid"}
    client.post("/language/", {"language": "es"})
    client.force_login(cast.member)
    client.get(reverse("matrix:matrix", args=[cast.community.slug]))
    assert set(client.cookies) == {"csrftoken", "sessionid", "django_language"}
