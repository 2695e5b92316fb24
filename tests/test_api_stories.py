"""Stories by the API."""

import pytest

from communities.models import AuditEntry
from stories.models import Story

from .api import Asking
from .make import make_indicator, make_published

pytestmark = pytest.mark.django_db
HOME = "communities/wound-care"
STORIES = f"{HOME}/stories/"


def document(**fields):
    return {
        "title": "A new dressing",
        "audience": "members",
        "steps": [
            {"ref": "a", "cycle": "immediate", "text": "We met.", "value": "positive"},
            {"ref": "b", "cycle": "applied", "text": "I tried it.", "indicators": ["visits"]},
        ],
        "links": [{"from": "a", "to": "b", "how": "I remembered it."}],
    } | fields


@pytest.fixture
def visits(cast):
    return make_indicator(cast.community, "applied", "Visits")


def test_a_member_tells_their_own_story(cast, visits):
    asking = Asking(cast.member, "tell")
    told = asking.post(STORIES, document())
    assert asking.status == 201, told
    first, second = (step["ref"] for step in told["steps"])
    assert told == {
        "id": told["id"],
        "version": 1,
        "status": "draft",
        "title": "A new dressing",
        "template": "specific",
        "language": "en",
        "audience": "members",
        "attribution": "name",
        "quotable": False,
        "told_by": "Mira",
        "teller": cast.member.pk,
        "elicitor": None,
        "recorder": None,
        "minutes": {"teller": 0, "elicitor": 0, "recorder": 0},
        "told_where": "",
        "told_on": None,
        "external_id": "",
        "happened_from": None,
        "happened_to": None,
        "note": "",
        "steps": [
            {
                "ref": first,
                "cycle": "immediate",
                "text": "We met.",
                "tense": "happened",
                "value": "positive",
                "capital": "",
                "indicators": [],
                "status": "told",
            },
            {
                "ref": second,
                "cycle": "applied",
                "text": "I tried it.",
                "tense": "happened",
                "value": "unset",
                "capital": "",
                "indicators": ["visits"],
                "status": "told",
            },
        ],
        "links": [
            {
                "from": first,
                "to": second,
                "how": "I remembered it.",
                "would_have_happened_anyway": "",
                "other_influences": "",
                "corroborator": "",
                "status": "told",
            }
        ],
        "acts": ["change_audience", "revise", "submit", "withdraw"],
        "created_at": told["created_at"],
        "published_at": None,
    }
    assert asking.get(f"{STORIES}{told['id']}/") == told


def test_a_story_goes_its_way_by_acts(cast, visits):
    member, facilitator = Asking(cast.member, "tell"), Asking(cast.facilitator)
    story = f"{STORIES}{member.post(STORIES, document())['id']}/"
    assert member.post(f"{story}submit/")["errors"] == {
        "others": ["Say whether it names or describes somebody who has not agreed."]
    }
    assert member.status == 400
    assert member.post(f"{story}submit/", {"others": "nobody"})["status"] == "submitted"
    assert member.post(f"{story}publish/", {"others": "nobody"})["status"] == 403
    assert facilitator.post(f"{story}publish/", {"others": "nobody"})["status"] == "published"
    again = facilitator.post(f"{story}publish/", {"others": "nobody"})
    assert (again["status"], again["detail"]) == (
        409,
        "This can't be done now: the story is “published”.",
    )
    assert facilitator.post(f"{story}hide/", {"note": "Look again."})["note"] == "Look again."
    assert facilitator.post(f"{story}return/", {"note": "Say more."})["status"] == "returned"
    assert member.post(f"{story}change-audience/", {"audience": "public"})["audience"] == "public"
    assert member.post(f"{story}withdraw/")["status"] == "withdrawn"
    facilitator.get(story)
    assert facilitator.status == 404


def test_a_story_told_elsewhere_is_its_tellers_and_is_audited(cast, visits):
    asking = Asking(cast.facilitator)
    elsewhere = {"told": True, "told_where": "Ward meeting", "told_on": "2026-03-05"}
    guest = {"guest": {"name": "Rosa", "email": "Rosa@example.org "}}
    told = asking.post(STORIES, document(teller=guest, **elsewhere))
    assert asking.status == 201, told
    assert (told["status"], told["told_by"], told["told_where"], told["told_on"]) == (
        "submitted",
        "Rosa",
        "Ward meeting",
        "2026-03-05",
    )
    assert told["teller"] == {"guest": {"name": "Rosa"}}
    assert {step["status"] for step in told["steps"]} == {"told"}
    entry = AuditEntry.objects.get(act="tell_elsewhere")
    assert (entry.actor_id, entry.about_id) == (cast.facilitator.pk, told["id"])
    whole = {"elicitor": cast.member.pk, "minutes": {"teller": 20}, "external_id": "n-7"}
    drawn_out = asking.post(STORIES, document(teller=None, **whole, **elsewhere))
    assert (drawn_out["elicitor"], drawn_out["recorder"], drawn_out["external_id"]) == (
        cast.member.pk,
        cast.facilitator.pk,
        "n-7",
    )
    assert drawn_out["minutes"] == {"teller": 20, "elicitor": 0, "recorder": 0}
    asking.post(f"{STORIES}{drawn_out['id']}/publish/", {"others": "nobody"})
    asking_funder = Asking(cast.funder)
    asking_funder.get(f"{STORIES}{drawn_out['id']}/")
    assert asking_funder.status == 404
    again = asking.post(STORIES, document(teller=None, **whole, **elsewhere))
    assert again["errors"] == {"external_id": ["There is a story with this external_id already."]}
    at_once = document(teller=guest, status="published", others="agreed", **elsewhere)
    assert asking.post(STORIES, at_once)["status"] == "published"
    nobody = asking.post(STORIES, document(teller=None, **elsewhere))
    assert (nobody["told_by"], nobody["teller"]) == (None, None)
    members = asking.post(STORIES, document(teller=cast.member.pk, **elsewhere))
    assert members["teller"] == cast.member.pk
    rosa, _drawn_out, unknown = cast.community.tellers.filter(user=None).order_by("pk")
    assert (rosa.name, rosa.email, unknown.kind) == ("Rosa", "rosa@example.org", "unknown")
    assert Story.objects.filter(teller=rosa).count() == 2


def test_what_a_facilitator_wrote_down_waits_for_its_teller(cast, visits):
    asking = Asking(cast.facilitator)
    written = asking.post(STORIES, document(teller=cast.member.pk))
    assert asking.status == 201
    assert (written["status"], {one["status"] for one in written["steps"]}) == (
        "draft",
        {"proposed"},
    )
    theirs = Asking(cast.member).get(f"{STORIES}{written['id']}/")
    assert theirs["acts"] == ["change_audience", "revise", "submit", "withdraw"]
    story = Story.objects.get(pk=written["id"])
    assert (story.consented_at, story.consents.count()) == (None, 0)
    heard = asking.post(STORIES, document(teller={"guest": {"name": "Rosa"}}))
    assert Story.objects.get(pk=heard["id"]).is_stub


def test_only_facilitators_write_down_what_others_tell(cast, visits):
    for user, teller in (
        (cast.member, cast.facilitator.pk),
        (cast.member, None),
        (cast.funder, cast.funder.pk),
    ):
        asking = Asking(user)
        asking.post(STORIES, document(teller=teller))
        assert asking.status == 403
    asking = Asking(cast.facilitator, "tell")
    asking.post(STORIES, document(teller=None))
    assert asking.status == 403
    assert not Story.objects.exists()


FAULTS = [
    ({"titel": "x"}, {"titel": ["There is no such field here."]}),
    (
        {"audience": "all"},
        {"audience": ["Select a valid choice. all is not one of the available choices."]},
    ),
    (
        {"steps": [{"cycle": "imediate"}], "links": []},
        {
            "steps.0.cycle": [
                "There is no cycle “imediate” here. There are: immediate, potential, applied,"
                " realized, reframing."
            ]
        },
    ),
    (
        {"steps": [{"cycle": "applied", "indicators": ["nothing"]}], "links": []},
        {"steps.0.indicators": ["There is no indicator “nothing” here."]},
    ),
    (
        {"links": [{"from": "a", "to": "c"}]},
        {"links.0.to": ["There is no step “c” in this story."]},
    ),
    (
        {"happened_from": "2026-02-01", "happened_to": "2026-01-01"},
        {"": ["The story ends before it begins."]},
    ),
    ({"attribution": "pseudonym"}, {"": ["Give the other name."]}),
    ({"status": "published"}, {"status": ["A facilitator publishes it."]}),
    ({"elicitor": 1}, {"elicitor": ["Nobody with the number 1 belongs here."]}),
]


@pytest.mark.parametrize(("fields", "errors"), FAULTS)
def test_what_is_wrong_is_said_at_its_place(cast, visits, fields, errors):
    asking = Asking(cast.member, "tell")
    problem = asking.post(STORIES, document(**fields))
    whole = errors.pop("", None)
    assert (asking.status, problem.get("errors", {})) == (400, errors)
    assert whole is None or problem["detail"] == whole[0]
    assert asking.last["Content-Type"] == "application/problem+json"
    assert not Story.objects.exists()


def test_a_stale_save_is_refused_with_what_stands_there(cast, visits):
    asking = Asking(cast.member, "tell")
    told = asking.post(STORIES, document())
    story, seen = f"{STORIES}{told['id']}/", asking.last["ETag"]
    change = {"title": "Better", "steps": told["steps"][:1]}
    del change["steps"][0]["status"]
    assert asking.put(story, change)["status"] == 428
    better = asking.put(story, change, if_match=seen)
    assert (asking.status, better["title"], better["version"]) == (200, "Better", 2)
    assert better["steps"][0]["ref"] == told["steps"][0]["ref"]
    stale = asking.put(story, change | {"title": "Worse"}, if_match=seen)
    assert (asking.status, stale["current"]) == (412, better)
    stale = asking.put(story, change | {"title": "Worse", "version": 1})
    assert (asking.status, stale["current"]) == (412, better)
    asking.get(story, if_none_match=seen)
    assert asking.status == 200
    asking.get(story, if_none_match=asking.last["ETag"])
    assert (asking.status, asking.last.content) == (304, b"")


def test_the_list_is_paged_and_filtered_as_on_the_page(cast, visits):
    told = [make_published(cast.community, cast.member, title=f"Story {n}").pk for n in range(5)]
    make_published(cast.neighbour, cast.neighbours_facilitator)
    asking = Asking(cast.funder, "read")
    page = asking.get(f"{STORIES}?page_size=2")
    found = [one["id"] for one in page["results"]]
    while page["next"]:
        page = asking.get(page["next"].partition("/api/v1/")[2])
        found += [one["id"] for one in page["results"]]
    assert found == told[::-1]
    assert asking.get(f"{STORIES}?q=3")["results"][0]["title"] == "Story 3"
    wrong = asking.get(f"{STORIES}?cycle=nothing")
    assert (asking.status, list(wrong["errors"])) == (400, ["cycle"])
