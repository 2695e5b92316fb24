"""What a person keeps about themselves, and what follows from it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
SENT = {"name": "Mira", "language": "", "time_zone": "", "wanted": []}


def test_name_language_zone_and_mails_are_kept(cast, client):
    client.force_login(cast.member)
    sent = {
        "name": "Míra",
        "language": "es",
        "time_zone": "Asia/Tokyo",
        "wanted": ["story_published"],
    }
    assert client.post("/profile/", sent).status_code == 302
    cast.member.refresh_from_db()
    kept = (cast.member.name, cast.member.language, cast.member.time_zone)
    assert kept == ("Míra", "es", "Asia/Tokyo")
    assert cast.member.unwanted_mails == [
        "round_opened",
        "round_closing",
        "round_changed",
        "objection_answered",
        "round_decided",
        "story_submitted",
        "story_revised",
        "story_told",
        "story_returned",
        "story_asks",
        "concern_raised",
    ]
    form = client.get("/profile/").context["form"]
    assert form["wanted"].value() == ["story_published"]


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("language", "xx"), ("time_zone", "Mars/Olympus")]
)
def test_what_is_wrong_is_said_at_its_field(cast, client, field, value):
    client.force_login(cast.member)
    answer = client.post("/profile/", SENT | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    cast.member.refresh_from_db()
    assert cast.member.name == "Mira"


def test_the_profiles_language_goes_before_the_browsers(cast, client):
    cast.member.language = "es"
    cast.member.save()
    client.force_login(cast.member)
    page = client.get("/", headers={"accept-language": "en"})
    assert '<html lang="es"' in page.content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    cast.member.refresh_from_db()
    assert cast.member.language == "en"
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("person", "community", "shown"),
    [
        ("", "Asia/Tokyo", "11/26/2026 5 a.m."),
        ("America/Lima", "Asia/Tokyo", "11/25/2026 3 p.m."),
        ("", "UTC", "11/25/2026 8 p.m."),
    ],
)
def test_times_follow_the_person_then_the_community(cast, client, person, community, shown):
    cast.community.time_zone = community
    cast.community.save()
    cast.facilitator.time_zone = person
    cast.facilitator.save()
    client.force_login(cast.facilitator)
    moment = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    cast.community.audit_entries.create(act="leave", about="user", about_id=1, at=moment)
    page = client.get(reverse("people:audit", args=[cast.community.slug])).content.decode()
    assert shown in page


def test_another_persons_choices_do_not_stay_behind(cast, client):
    cast.member.language, cast.member.time_zone = "es", "Asia/Tokyo"
    cast.member.save()
    client.force_login(cast.member)
    client.get("/")
    client.force_login(cast.facilitator)
    assert '<html lang="en"' in client.get("/").content.decode()
