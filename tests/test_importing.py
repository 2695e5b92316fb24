"""`import_stories`: stories from a file, through the same checks and into the same rows as one by one."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import AuditEntry, Mail
from communities.permissions import Role
from matrix import sync
from matrix.models import Pending
from stories import actions, importing, importing_lines
from stories.management.commands.import_stories import Progress
from stories.models import Consent, LinkEvent, StepEvent, Story, StoryEvent, TouchEvent, Words
from stories.purge import purge_story
from stories.tellers import match_teller

from .api import Asking
from .make import make_indicator, make_member
from .oracle import differences
from .test_api_stories import STORIES, document

pytestmark = pytest.mark.django_db

ELSEWHERE = {"told": True, "told_where": "Ward meeting", "told_on": "2026-03-05"}
ROSA = {"guest": {"name": "Rosa", "email": "rosa@example.org"}}
PUBLISHED = {"status": "published", "others": "agreed"}


@pytest.fixture
def visits(cast):
    return make_indicator(cast.community, "applied", "Visits")


def line(number=1, **fields):
    """A published story that Rosa told elsewhere."""
    fields = {"external_id": f"old-{number}", "teller": ROSA} | ELSEWHERE | PUBLISHED | fields
    return document(**fields)


@pytest.fixture
def bring(cast, visits, tmp_path):
    """Imports documents, or bytes as they are; gives back status, output and errors."""

    def bring(*lines, slug="wound-care", **options):
        path = tmp_path / "stories.jsonl"
        raw = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines]
        path.write_bytes(b"\n".join(raw) + b"\n")
        return run(slug, str(path), **options)

    return bring


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_stories", *arguments, stdout=out, stderr=err, **options)
    except CommandError as error:
        return SimpleNamespace(
            status=error.returncode, out=str(error), faults=err.getvalue().splitlines()
        )
    return SimpleNamespace(status=0, out=out.getvalue().strip(), faults=err.getvalue().splitlines())


def said(new=0, changed=0, unchanged=0, withdrawn=0):
    read = new + changed + unchanged + withdrawn
    return (
        f"{read} read: {new} new, {changed} changed, {unchanged} unchanged,"
        f" {withdrawn} withdrawn since."
    )


def story_of(number=1):
    return Story.objects.with_people().get(external_id=f"old-{number}")


# What says when, or only which row it is.
NO_MATTER = {"id", "pgh_id", "pgh_obj", "pgh_created_at", "story", "step", "at", "key"}
NO_MATTER |= {"created_at", "changed_at", "from_step", "to_step", "about_id"}
IS_SET = {"consented_at", "submitted_at", "published_at", "receipt_hash"}
OF_IMPORT = {"external_id", "external_hash", "external_version"}


def plain(row, places):
    """The row by its fields; its steps by their places in the story."""
    found = {}
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if field.name in {"step", "from_step", "to_step"} or (
            field.name == "pgh_obj" and isinstance(row, StepEvent)
        ):
            found[field.name] = places.get(value)
        elif field.name == "teller" and isinstance(row, (Story, StoryEvent)):
            teller = row.teller
            found["teller"] = (teller.kind, teller.user_id, teller.name, teller.email)
        elif field.name in IS_SET:
            found[field.name] = value is not None
        elif field.name not in NO_MATTER | OF_IMPORT:
            found[field.name] = value
    return found


def rows_of(story):
    """All that is stored of a story, but for ids, keys and times."""
    places = {step.pk: step.position for step in story.steps.all()}
    sets = {
        "story": Story.objects.filter(pk=story.pk),
        "steps": story.steps.all(),
        "touches": [touch for step in story.steps.all() for touch in step.touches.all()],
        "links": story.links.all(),
        "consents": Consent.objects.filter(story=story).order_by("pk"),
        "words": Words.objects.filter(story=story),
        "audit": AuditEntry.objects.filter(about="story", about_id=story.pk),
        "story events": StoryEvent.objects.filter(pgh_obj=story.pk).order_by("pgh_id"),
        "step events": StepEvent.objects.filter(story=story.pk).order_by("pgh_id"),
        "touch events": TouchEvent.objects.filter(step__in=places).order_by("pgh_id"),
        "link events": LinkEvent.objects.filter(story=story.pk).order_by("pgh_id"),
    }
    return {name: [plain(row, places) for row in rows] for name, rows in sets.items()}


WAYS = {
    "own draft": {"teller": "facilitator", "audience": "me"},
    "own submitted": {"teller": "facilitator", "status": "submitted", "others": "nobody"},
    "own published": {"teller": "facilitator", **PUBLISHED},
    "told elsewhere by a guest": {"teller": ROSA, **ELSEWHERE},
    "told elsewhere and published": {"teller": ROSA, **ELSEWHERE, **PUBLISHED},
    "told elsewhere by nobody known": {"teller": None, **ELSEWHERE, **PUBLISHED},
    "told elsewhere by a member": {
        **ELSEWHERE,
        **PUBLISHED,
        "teller": "member",
        "attribution": "pseudonym",
        "pseudonym": "The owl",
        "quotable": True,
        "elicitor": "funder",
        "recorder": "facilitator",
        "minutes": {"teller": 5, "recorder": 7},
        "language": "es",
        "happened_from": "2026-01-01",
        "title": " Cafe\u0301 ",
    },
    "written down for a member": {"teller": "member"},
    "written down of a guest": {"teller": ROSA},
}


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_story_that_is_brought_in_is_as_one_by_the_api(cast, bring, way, at_once):
    cast.community.publishes_at_once = at_once
    cast.community.save()
    people = {
        "facilitator": cast.facilitator.pk,
        "member": cast.member.pk,
        "funder": cast.funder.pk,
    }
    sent = {
        name: people[value] if isinstance(value, str) and value in people else value
        for name, value in WAYS[way].items()
    }
    asking = Asking(cast.facilitator)
    made = asking.post(STORIES, document(**sent))
    assert asking.status == 201, made
    mails = Mail.objects.count()
    assert bring(document(**sent, external_id="old-1")).out == said(new=1)
    assert Mail.objects.count() == mails
    assert rows_of(story_of()) == rows_of(Story.objects.get(pk=made["id"]))
    assert story_of().external_version == story_of().version
    sync.sync(cast.community)
    assert differences(cast.community) == []


def counted():
    """How many rows there are of all that an import writes."""
    models = (Story, StoryEvent, StepEvent, TouchEvent, LinkEvent, AuditEntry, Pending, Consent)
    return [model.objects.count() for model in models]


def test_the_same_lines_again_change_nothing_at_all(cast, bring):
    lines = [line(number) for number in range(3)]
    assert bring(*lines).out == said(new=3)
    before = counted(), list(Story.objects.order_by("pk").values())
    # Neither the order of keys nor blanks between them make another document.
    again = [json.dumps(dict(reversed(one.items())), indent=None).encode() for one in lines]
    assert bring(b"", *again, b"  ").out == said(unchanged=3)
    assert (counted(), list(Story.objects.order_by("pk").values())) == before


def test_what_changed_is_revised_and_keeps_its_rows(cast, bring):
    bring(line(1), line(2))
    story = story_of()
    first, second = story.steps.all()
    sync.sync(cast.community)
    changed = line(1, title="Better", audience="facilitators")
    changed["steps"][1] |= {"text": "We all tried it.", "indicators": []}
    changed["links"] = []
    assert bring(changed, line(2)).out == said(changed=1, unchanged=1)
    again = story_of()
    assert (again.pk, again.version, again.status, again.title) == (
        story.pk,
        4,
        "published",
        "Better",
    )
    assert [(step.pk, step.text) for step in again.steps.all()] == [
        (first.pk, "We met."),
        (second.pk, "We all tried it."),
    ]
    assert (again.links.count(), second.touches.count()) == (0, 0)
    assert [one.audience for one in again.consents.order_by("pk")] == [2, 1]
    told = Pending.objects.filter(community=cast.community)
    assert list(told.values_list("story", "narrows")) == [(story.pk, True)]
    # And once more, to where it was.
    assert bring(line(1)).out == said(changed=1)
    assert bring(line(1)).out == said(unchanged=1)
    sync.sync(cast.community)
    assert differences(cast.community) == []


def test_what_is_left_out_of_a_changed_line_is_as_in_a_new_story(cast, bring):
    bring(line(1, quotable=True, happened_from="2026-01-01", elicitor=cast.member.pk))
    bring(line(1))
    bring(line(2))
    one, other = rows_of(story_of(1))["story"][0], rows_of(story_of(2))["story"][0]
    assert one | {"version": 0} == other | {"version": 0}


def test_a_changed_line_takes_a_story_further_and_never_back(cast, bring):
    bring(line(1, status="submitted"))
    assert bring(line(1)).out == said(changed=1)
    assert (story_of().status, story_of().version) == ("published", 4)
    assert bring(line(1, status="submitted")).faults == [
        "line 1: status: The story is “published” here already; an import takes nothing back."
    ]
    assert bring(line(1, told=False, status="draft")).faults == [
        "line 1: told: Whether its teller told it, here or elsewhere, can't be changed any more."
    ]
    assert bring(line(1, title="x", others="")).faults[0].startswith("line 1: others: ")


def test_what_was_changed_here_is_not_overwritten(cast, bring):
    bring(line(1), line(2))
    actions.hide(story=story_of(), by=cast.facilitator, note="Look again.")
    refused = bring(line(1, title="Other"), line(2, title="Other"))
    assert (refused.status, refused.faults) == (
        1,
        [
            "line 1: external_id: The story was changed here since it was brought in, so it is left"
            " as it is."
        ],
    )
    assert refused.out == "2 read; nothing was brought in."
    assert {story.title for story in Story.objects.all()} == {"A new dressing"}
    assert bring(line(1), line(2)).out == said(unchanged=2)


def test_what_the_api_made_is_not_overwritten(cast, bring):
    Asking(cast.facilitator).post(STORIES, line(1))
    assert bring(line(1)).faults == [
        "line 1: external_id: A story with this external_id is here that no import brought."
    ]


def test_what_was_withdrawn_never_comes_back(cast, bring):
    bring(line(1), line(2))
    for number in (1, 2):
        actions.withdraw(story=story_of(number), by=None)
    purge_story(story_of(2).pk)
    before = counted()
    again = bring(line(1), line(2, title="Other"), line(3))
    assert again.out == said(new=1, withdrawn=2)
    assert {story_of(1).status, story_of(2).status} == {"withdrawn"}
    assert (story_of(2).title, counted()[0]) == ("", before[0] + 1)


def test_whose_story_it_is_here_stays_so(cast, bring):
    bring(line(1), line(2, teller=None))
    match_teller(teller=story_of(1).teller, user=cast.member, by=cast.facilitator)
    unknown = story_of(2).teller
    assert bring(line(1, title="Other"), line(2, title="Other", teller=None)).out == said(changed=2)
    assert (story_of(1).title, story_of(1).teller.user) == ("Other", cast.member)
    assert (story_of(1).attribution, story_of(1).pseudonym) == ("pseudonym", "Rosa")
    assert story_of(2).teller == unknown
    assert bring(line(2, teller={"guest": {"name": "Omar"}})).out == said(changed=1)
    assert story_of(2).teller.name == "Omar"


def test_the_same_guest_is_one_teller(cast, bring):
    other = {"guest": {"name": "Rosa"}}
    bring(line(1), line(2), line(3, teller=other), line(4, teller=other))
    bring(line(5))
    assert story_of(1).teller == story_of(2).teller == story_of(5).teller
    assert story_of(3).teller == story_of(4).teller != story_of(1).teller


def test_every_fault_is_reported_with_its_line_and_nothing_is_brought_in(cast, bring, monkeypatch):
    monkeypatch.setattr(importing_lines, "MOST_BYTES", 2_000)
    before = counted()
    wrong_cycle = line(2)
    wrong_cycle["steps"][1]["cycle"] = "x"
    without_id, without_teller, without_answer = line(3), line(4), line(16)
    del without_id["external_id"], without_teller["teller"], without_answer["others"]
    found = bring(
        line(1),
        wrong_cycle,
        without_id,
        without_teller,
        line(1),
        b"{",
        b"[]",
        b'{"title": "\xff"}',
        json.dumps(line(9)).replace("A new", "A\\ud800").encode() + b"\r",
        line(10, happened_from="2026-02-01", happened_to="2026-01-01"),
        line(11, title="x" * 3_000),
        line(12, attribution="pseudonym", pseudonym=""),
        b'{"external_id": NaN}',
        b"[" * 1_900,
        line(15, title=""),
        without_answer,
        line(17, told_on="2999-01-01"),
        line(18, titel="x"),
        line(19, teller=1),
        line(20, steps=[{"cycle": "applied", "text": "x", "capital": "human"}], links=[]),
        b'{"external_id": ' + b"9" * 1_900,
        line(22, external_id="a\0"),
    )
    assert found.faults == [
        "line 2: steps.1.cycle: There is no cycle “x” here. There are: immediate, potential, applied,"
        " realized, reframing.",
        "line 3: external_id: This field is required.",
        "line 4: teller: Say whose story it is: a person's number, a guest, or null if nobody knows.",
        "line 5: external_id: “old-1” is in line 1 already.",
        "line 6: The line is not JSON: Expecting property name enclosed in double quotes at"
        " character 3.",
        "line 7: The line is not a JSON object: {…}.",
        "line 8: The line is not text in UTF-8.",
        "line 9: title: Surrogate characters are not allowed: U+D800.",
        "line 10: The story ends before it begins.",
        "line 11: The line is longer than 0 MB.",
        "line 12: Give the other name.",
        "line 13: The line is not JSON: NaN.",
        "line 14: The line is nested too deeply.",
        "line 15: title: Give your story a title.",
        "line 16: others: Say whether it names or describes somebody who has not agreed.",
        "line 17: told_on: This day is still to come.",
        "line 18: titel: There is no such field here.",
        "line 19: teller: Nobody with the number 1 belongs here.",
        "line 20: Step 1: “Applied value” has no capitals.",
        "line 21: The line is not JSON: Expecting ',' delimiter at character 1918.",
        "line 22: external_id: Null characters are not allowed.",
    ]
    assert (found.status, found.out) == (1, "22 read; nothing was brought in.")
    assert counted() == before
    assert not cast.community.tellers.filter(kind="guest").exists()


def test_only_so_many_faults_are_shown(bring, monkeypatch):
    monkeypatch.setattr(importing_lines, "MOST_FAULTS", 2)
    found = bring(*[line(1, external_id="")] * 5)
    assert found.faults == [
        "line 1: external_id: This field is required.",
        "line 2: external_id: This field is required.",
        "and 3 more.",
    ]


def test_bom_and_other_ends_of_lines_are_taken(bring):
    lines = [json.dumps(line(number)).encode() for number in (1, 2)]
    found = bring(b"\xef\xbb\xbf" + lines[0] + b"\r", b"\r", lines[1] + b"\r")
    assert (found.faults, found.out) == ([], said(new=2))


def test_a_check_changes_nothing(cast, bring):
    before = counted()
    found = bring(line(1), check=True)
    assert found.out == said(new=1) + " Nothing was changed: this was a check."
    assert (counted(), cast.community.tellers.filter(kind="guest").count()) == (before, 0)
    assert bring(line(1, title=""), check=True).status == 1


def test_it_is_done_in_the_name_of_a_facilitator(cast, bring):
    other = make_member(cast.community, Role.FACILITATOR)
    assert bring(line(1)).out == (
        "“wound-care” has more than one facilitator. Say in whose name: --by EMAIL."
    )
    for stranger in (cast.member.email, cast.neighbours_facilitator.email, "nobody@example.org"):
        assert bring(line(1), by=stranger).out == f"{stranger} is no facilitator of “wound-care”."
    assert bring(line(1), by=f" {other.email.upper()}").out == said(new=1)
    assert story_of().published_by == other
    assert AuditEntry.objects.get(act="tell_elsewhere").actor_id == other.pk


def test_what_is_not_there_is_said(cast, bring, tmp_path):
    assert bring(line(1), slug="nowhere").out == "There is no community “nowhere”."
    gone = str(tmp_path / "gone.jsonl")
    assert run("wound-care", gone).out == f"{gone} can't be read: No such file or directory."
    assert run("wound-care", str(tmp_path)).out == f"{tmp_path} can't be read: Is a directory."


def test_a_dash_is_standard_input(cast, visits, monkeypatch):
    raw = io.BytesIO(json.dumps(line(1)).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=raw))
    assert run("wound-care", "-").out == said(new=1)


def test_what_a_neighbour_brought_is_another_story(cast, bring):
    mine = {"steps": [{"cycle": "applied", "text": "x"}], "links": []}
    bring(line(1, **mine), slug="night-shift")
    assert bring(line(1, **mine)).out == said(new=1)
    assert Story.objects.filter(external_id="old-1").count() == 2


def test_the_matrix_is_told_once(cast, bring, monkeypatch):
    bring(line(1), line(2), line(3, status="submitted"))
    told = Pending.objects.filter(story__isnull=False)
    assert set(told.values_list("story", "narrows")) == {
        (story_of(1).pk, False),
        (story_of(2).pk, False),
    }
    monkeypatch.setattr(importing, "MOST_TOLD", 1)
    Pending.objects.all().delete()
    bring(line(4), line(5))
    assert list(Pending.objects.values_list("story", "whole")) == [(None, True)]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_shown_where_it_is_wanted(cast, bring, tmp_path, monkeypatch):
    monkeypatch.setattr(Progress, "EVERY", 2)
    lines = [line(number) for number in range(5)]
    assert bring(*lines).faults == ["2 lines read", "4 lines read"]
    assert bring(*lines, verbosity=0).faults == []
    monkeypatch.setattr(Progress, "SECONDS", -1)
    err = Terminal()
    path = str(tmp_path / "stories.jsonl")
    call_command("import_stories", "wound-care", path, stdout=io.StringIO(), stderr=err)
    shown = err.getvalue().split("\r")
    assert shown[2] == "[############..................]  40% 2 lines"
    assert shown[-1] == "[##############################] 100% 5 lines, being stored\n"


def test_each_batch_takes_as_many_queries_as_the_last(cast, bring, tmp_path):
    def queries(count, start):
        lines = [line(start + number, teller=None) for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert bring(*lines).out.startswith(f"{count:,} read: {count:,} new, ")
        return len(captured)

    queries(500, 0)
    one, two, six = queries(500, 10_000), queries(1_000, 20_000), queries(3_000, 30_000)
    # The first one also has the database look how large its tables are.
    assert (six - two) / 4 == two - one <= 14


def test_a_story_may_become_shorter_and_longer(cast, bring):
    longer = line(1)
    longer["steps"].append({"ref": "c", "cycle": "realized", "text": "It healed."})
    longer["links"].append({"from": "b", "to": "c"})
    shorter = line(1, steps=longer["steps"][1:2], links=[])
    for one in (longer, shorter, longer):
        bring(one)
    bring(longer | {"external_id": "old-2"})
    for name in ("steps", "touches", "links", "words"):
        assert rows_of(story_of(1))[name] == rows_of(story_of(2))[name]


def test_one_import_into_a_community_at_a_time(cast, bring):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7003, %s)", [cast.community.pk])
    try:
        assert bring(line(1)).out == "Another import into “wound-care” is at work."
    finally:
        other.close()
    assert bring(line(1)).out == said(new=1)


def test_a_draft_that_a_later_line_publishes(cast, bring):
    draft = document(external_id="old-1", teller=cast.facilitator.pk, audience="me")
    bring(draft)
    assert bring(draft | {"audience": "members", **PUBLISHED}).out == said(changed=1)
    assert (story_of().status, story_of().version) == ("published", 4)
    assert [one.audience for one in story_of().consents.all()] == [2]
