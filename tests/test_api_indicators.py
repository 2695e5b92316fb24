"""Indicators and their negotiation by the API."""

from datetime import timedelta

import pytest

from communities.actions import add_group
from indicators.models import Indicator
from matrix import sync

from .api import Asking
from .make import make_indicator, make_published, make_step

pytestmark = pytest.mark.django_db
HOME = "communities/wound-care/"
INDICATORS = f"{HOME}indicators/"
NEW = {
    "code": "visits",
    "name": "Visits",
    "definition": "Visits to another ward.",
    "cycle": "applied",
    "kind": "number",
    "unit": "visits",
}
GAMING = {
    "judged": "Wards.",
    "cheapest_way": "Count corridors.",
    "losers": "Patients.",
    "hidden": "Quality.",
    "safeguard": "Ask patients.",
}


@pytest.fixture
def asking(cast):
    group = add_group(community=cast.community, name="Nurses", axis="horizontal")
    cast.community.memberships.filter(user=cast.member).update(stakeholder_group=group)
    cast.group = group
    return Asking(cast.facilitator)


def test_an_indicator_is_proposed_and_read(cast, asking):
    member = Asking(cast.member, "tell")
    made = member.post(INDICATORS, NEW)
    assert member.status == 201, made
    assert made == {
        "code": "visits",
        "name": "Visits",
        "definition": "Visits to another ward.",
        "state": "proposed",
        "cycle": "applied",
        "capital": "",
        "reason": "",
        "merged_into": None,
        "version": 1,
        "kind": "number",
        "unit": "visits",
        "levels": [],
        "direction": "up",
        "cumulative": False,
        "data_source": "",
        "collector": "",
        "frequency": "",
        "categories": [],
        "baseline": None,
        "created_at": made["created_at"],
    }
    assert member.get(f"{INDICATORS}visits/") == made
    assert member.post(INDICATORS, NEW)["code"] == "visits-2"
    assert [one["code"] for one in member.get(INDICATORS)["results"]] == ["visits-2", "visits"]
    funder = Asking(cast.funder)
    funder.post(INDICATORS, NEW)
    assert funder.status == 403


def test_a_proposal_may_bring_a_target(cast, asking):
    target = {"start": "2026-01-01", "end": "2026-12-31", "value": 12.5}
    asking.post(INDICATORS, NEW | target)
    [shown] = asking.get(f"{INDICATORS}visits/targets/")["results"]
    assert (shown["start"], shown["end"], shown["value"]) == ("2026-01-01", "2026-12-31", "12.5")
    lacking = asking.post(INDICATORS, NEW | {"value": 3})
    assert lacking["errors"] == dict.fromkeys(
        ["start", "end"], ["A target needs its first and last day, and its value."]
    )


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"cycle": "nowhere"}, ["cycle"]),
        ({"kind": "level"}, ["levels"]),
        ({"capital": "human"}, ["capital"]),
        ({"name": ""}, ["name"]),
        ({"levels": "low"}, ["levels"]),
        ({"baseline": "much"}, ["baseline"]),
        ({"start": "1.2.2026"}, ["start"]),
        ({"colour": "red"}, ["colour"]),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said_at_its_field(cast, asking, fields, errors):
    problem = asking.post(INDICATORS, NEW | fields)
    assert (asking.status, list(problem["errors"])) == (400, errors)
    assert not Indicator.objects.exists()


def test_it_is_amended_by_whoever_saw_it_as_it_stands(cast, asking):
    asking.post(INDICATORS, NEW)
    asking.get(f"{INDICATORS}visits/")
    seen = asking.last["ETag"]
    amended = asking.post(f"{INDICATORS}visits/amend/", {"unit": "times"}, if_match=seen)
    assert asking.status == 200, amended
    assert (amended["unit"], amended["version"], amended["name"]) == ("times", 2, "Visits")
    stale = asking.post(f"{INDICATORS}visits/amend/", {"unit": "days"}, if_match=seen)
    assert (asking.status, stale["current"]) == (412, amended)
    moved = asking.post(f"{INDICATORS}visits/amend/", {"cycle": "realized", "definition": "All."})
    assert (moved["cycle"], moved["definition"], moved["unit"]) == ("realized", "All.", "times")
    versions = asking.get(f"{INDICATORS}visits/definitions/")["results"]
    assert [(one["number"], one["unit"]) for one in versions] == [
        (3, "times"),
        (2, "times"),
        (1, "visits"),
    ]
    member = Asking(cast.member)
    member.post(f"{INDICATORS}visits/amend/", {"unit": "x"})
    assert member.status == 403


def test_it_is_negotiated_from_the_first_word_to_the_decision(cast, asking):
    member, visits = Asking(cast.member, "tell"), f"{INDICATORS}visits/"
    asking.post(INDICATORS, NEW)
    early = member.post(f"{visits}stances/", {"choice": "support", "reason": "We learn."})
    assert (member.status, early["detail"]) == (
        409,
        "This can't be done now: things have moved on meanwhile.",
    )
    until = str(cast.community.today + timedelta(days=9))
    asking.post(f"{visits}open/", {"groups": [cast.group.pk], "closes_on": until})
    assert asking.status == 200
    [opened] = asking.get(f"{visits}rounds/")["results"]
    assert (opened["phase"], opened["asked"], opened["closes_on"]) == (
        "open",
        [cast.group.pk],
        until,
    )
    stance = member.post(f"{visits}stances/", {"choice": "object", "reason": "Too much work."})
    assert (member.status, stance["said_by"], stance["stakeholder_group"]) == (
        201,
        "Mira",
        cast.group.pk,
    )
    member.get(f"{visits}gaming-check/")
    assert member.status == 404
    review = {"review_on": until}
    lacking = member.post(f"{visits}gaming-check/", GAMING | review | {"safeguard": ""})
    assert lacking["errors"] == {"safeguard": ["Name a safeguard or a counter-indicator."]}
    check = member.post(f"{visits}gaming-check/", GAMING | review)
    assert (member.status, check["judged"], check["is_current"]) == (201, "Wards.", True)
    assert member.get(f"{visits}gaming-check/") == check
    said = member.post(f"{visits}comments/", {"text": "Who counts?"})
    reply = asking.post(f"{visits}comments/", {"text": "The wards.", "parent": said["id"]})
    assert [one["id"] for one in member.get(f"{visits}comments/")["results"]] == [
        reply["id"],
        said["id"],
    ]
    decision = {"outcome": "agree", "rationale": "It helps.", "how": "consent", "present": "All"}
    between = asking.post(f"{visits}decide/", decision)
    assert (asking.status, between["detail"]) == (
        400,
        "An objection from “Nurses” has no answer yet.",
    )
    asking.post(f"{visits}answer/", {"stance": stance["id"], "answer": "Once a month is enough."})
    assert asking.status == 200
    agreed = asking.post(f"{visits}decide/", decision)
    assert (asking.status, agreed["outcome"], agreed["present"]) == (200, "agree", "All")
    assert asking.get(visits)["state"] == "agreed"
    assert asking.get(f"{visits}decisions/")["results"] == [agreed]
    funder = Asking(cast.funder)
    assert funder.get(f"{visits}decisions/")["results"] == [agreed | {"present": ""}]


def test_it_is_merged_split_off_and_retired(cast, asking):
    asking.post(INDICATORS, NEW)
    asking.post(INDICATORS, NEW | {"code": "calls", "name": "Calls"})
    said = {"rationale": "The same.", "how": "majority"}
    merged = asking.post(f"{INDICATORS}calls/merge/", said | {"into": "visits"})
    assert (merged["state"], merged["merged_into"]) == ("merged", "visits")
    assert asking.post(f"{INDICATORS}calls/undo-merge/")["state"] == "proposed"
    assert asking.post(f"{INDICATORS}calls/retire/", said)["state"] == "retired"
    assert asking.post(f"{INDICATORS}visits/decide/", said | {"outcome": "decline"})["outcome"] == (
        "decline"
    )
    states = asking.get(f"{INDICATORS}?state=declined")["results"]
    assert [one["code"] for one in states] == ["visits"]
    wrong = asking.get(f"{INDICATORS}?state=lost&cycle=nowhere")
    assert (asking.status, sorted(wrong["errors"])) == (400, ["cycle", "state"])
    asking.post(INDICATORS, NEW | {"code": "slip", "name": "Slip"})
    asking.delete(f"{INDICATORS}slip/")
    assert asking.status == 204
    asking.get(f"{INDICATORS}slip/")
    assert asking.status == 404


def test_its_numbers_are_entered_and_corrected(cast, asking):
    asking.post(INDICATORS, NEW)
    numbers = f"{INDICATORS}visits/observations/"
    period = {"start": "2026-01-01", "end": "2026-03-31"}
    made = asking.post(numbers, period | {"value": 63, "source": "Ward book"})
    assert (asking.status, made["value"], made["number"], made["version"]) == (201, "63", 63, 1)
    again = asking.post(numbers, period | {"value": 64})
    assert again["detail"] == (
        "There is a value for this indicator and period already; correct that one."
    )
    wrong = asking.post(numbers, {"start": "2026-04-01", "end": "2026-06-30", "words": "many"})
    assert sorted(wrong["errors"]) == ["value", "words"]
    corrected = asking.patch(f"{numbers}{made['id']}/", {"value": "62.5"})
    assert (corrected["number"], corrected["source"]) == (62.5, "Ward book")
    assert asking.get(numbers)["results"] == [corrected]
    share = NEW | {"code": "share", "name": "Share", "kind": "percentage"}
    asking.post(INDICATORS, share)
    part = asking.post(
        f"{INDICATORS}share/observations/", period | {"numerator": 30, "denominator": 40}
    )
    assert part["number"] == 75
    target = asking.post(f"{INDICATORS}visits/targets/", period | {"value": 70})
    changed = asking.patch(f"{INDICATORS}visits/targets/{target['id']}/", {"value": 71})
    assert changed == target | {"value": "71"}
    member = Asking(cast.member)
    member.post(numbers, period | {"value": 1})
    assert member.status == 403
    [box] = [
        one
        for cycle in member.get(f"{HOME}matrix/")["cycles"]
        for one in cycle["indicators"]
        if one["code"] == "visits"
    ]
    assert box["observation"] == period | {"value": 62.5}


def test_a_step_counts_for_an_indicator_that_is_not_agreed_yet(cast, asking):
    asking.post(INDICATORS, NEW)
    member = Asking(cast.member, "tell")
    story = {
        "title": "Visited",
        "audience": "public",
        "steps": [{"cycle": "applied", "text": "I went.", "indicators": ["visits"]}],
        "status": "submitted",
        "others": "nobody",
    }
    told = member.post(f"{HOME}stories/", story)
    asking.post(f"{HOME}stories/{told['id']}/publish/", {"others": "nobody"})
    sync.sync(cast.community)
    read = Asking(cast.funder).get(f"{HOME}matrix/")
    assert (read["tellers"], read["stories"]) == (1, 1)


def test_what_is_said_in_a_blind_round_is_ones_own_until_it_closes(cast, asking):
    asking.post(INDICATORS, NEW)
    until = str(cast.community.today + timedelta(days=9))
    blind = {"groups": [cast.group.pk], "closes_on": until, "is_blind": True}
    asking.post(f"{INDICATORS}visits/open/", blind)
    member = Asking(cast.member, "tell")
    said = member.post(f"{INDICATORS}visits/stances/", {"choice": "support", "reason": "Mine."})
    assert member.get(f"{INDICATORS}visits/stances/")["results"] == [said]
    assert asking.get(f"{INDICATORS}visits/stances/")["results"] == []


def test_pairs_and_paths_say_what_leads_where(cast):
    start, end = (make_indicator(cast.community, one) for one in ("immediate", "applied"))
    steps = [
        make_step(cast.community, "immediate", start),
        make_step(cast.community, "applied", end),
    ]
    make_published(cast.community, cast.member, steps, [(0, 1)])
    make_published(cast.community, cast.facilitator, steps, [(0, 1)])
    sync.sync(cast.community)
    asking = Asking(cast.facilitator)
    edge = {"from": start.code, "to": end.code, "tellers": 2, "citations": 2}
    assert asking.get(f"{HOME}pairs/") == [edge | {"stories": 2}]
    assert asking.get(f"{HOME}paths/?from={start.code}&to={end.code}") == {
        "tellers": 2,
        "stories": 2,
        "unknown_teller_stories": 0,
        "robustness": {"citations": 2, "sources": 2},
        "min_cut": [edge],
        "stitched": [],
        "paths": [
            {
                "indicators": [start.code, end.code],
                "tellers": 2,
                "stories": 2,
                "is_stitched": False,
            }
        ],
    }
    funder = Asking(cast.funder).get(f"{HOME}paths/?from={start.code}&to={end.code}")
    assert (funder["robustness"], funder["min_cut"], funder["tellers"]) == (None, None, 2)
    wrong = asking.get(f"{HOME}paths/?from={start.code}&to={start.code}&max_links=9")
    assert (asking.status, sorted(wrong["errors"])) == (400, ["max_links", "to"])
    seen = asking.get(f"{HOME}matrix/?audience=public")
    assert seen["tellers"] == 2
    other = Asking(cast.member).get(f"{HOME}matrix/?audience=public&cycle=nowhere")
    assert list(other["errors"]) == ["cycle"]
