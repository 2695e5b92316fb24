"""A facilitator does the whole negotiation in the admin: the same acts, the same refusals, the same
rows as on its page. Two of them at once lose nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from communities.permissions import Role
from communities.viewer import Viewer
from indicators import actions, negotiating
from indicators.acts import ACTS
from indicators.models import Decision, GamingCheck, Indicator, Round, Stance
from indicators.talk import Talk

from .desk import Desk, address, faults, filled
from .make import make_indicator, make_member
from .test_negotiation import AGREED, GAMING, join, over, refused, say

pytestmark = pytest.mark.django_db
SENT_GAMING = GAMING | {"review_on": "2027-01-01"}


@pytest.fixture
def groups(cast):
    """Three groups: of the member, of the funder, of the facilitator."""
    return [
        join(cast, cast.member, "Nurses", "horizontal"),
        join(cast, cast.funder, "The host", "vertical"),
        join(cast, cast.facilitator, "The table", "horizontal"),
    ]


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, name="Nights", unit="calls")


def page_of(client, indicator):
    """Does acts on the page of the talk; gives what is said."""
    where = reverse("negotiation", args=[indicator.community.slug, indicator.code])

    def act(user, key, **fields):
        client.force_login(user)
        answer = client.post(where, {"act": key} | fields, follow=True)
        if answer.status_code == 422:
            form = answer.context["forms"][key]
            return [fault for faults in form.errors.values() for fault in faults]
        return [str(message) for message in answer.context["messages"]]

    return act


def rows():
    """What a negotiation leaves, but for who wrote it down, and when."""
    return {
        "rounds": [
            (one.number, sorted(map(str, one.asked.all())), one.phase)
            for one in Round.objects.order_by("indicator", "number")
        ],
        "stances": list(
            Stance.objects.order_by("pk").values_list(
                "user__name",
                "stakeholder_group__name",
                "choice",
                "reason",
                "would_answer",
                "answer",
            )
        ),
        "gaming": list(GamingCheck.objects.values_list("judged", "safeguard", "review_on")),
        "decisions": list(
            Decision.objects.values_list("outcome", "rationale", "how", "present", "groups")
        ),
        "states": list(Indicator.objects.values_list("state", flat=True)),
    }


OBJECTION = {"choice": "object", "reason": "It costs.", "would_answer": "How much?"}
SUPPORT = {"choice": "support", "reason": "We sleep."}


class TestTheSameRows:
    def on_the_page(self, cast, client, indicator, groups):
        act = page_of(client, indicator)
        act(cast.facilitator, "open", groups=[group.pk for group in groups])
        act(cast.member, "stance", **SUPPORT)
        act(cast.funder, "stance", **OBJECTION)
        act(cast.facilitator, "stance", **SUPPORT)
        [said] = Stance.objects.filter(choice="object", round__indicator=indicator)
        act(cast.facilitator, "answer", stance=said.pk, answer="Nothing.")
        act(cast.facilitator, "gaming", **SENT_GAMING)
        return act

    def in_the_admin(self, cast, indicator, groups):
        desk = Desk(cast.facilitator)
        members = {one.user: one.pk for one in cast.community.memberships.select_related("user")}
        desk.decide("open", indicator, groups=[group.pk for group in groups])
        desk.decide("record", indicator, person=members[cast.member], **SUPPORT)
        desk.decide("record", indicator, person=members[cast.funder], **OBJECTION)
        desk.decide("stance", indicator, **SUPPORT)
        [said] = Stance.objects.filter(choice="object", round__indicator=indicator)
        desk.decide("answer", indicator, stance=said.pk, answer="Nothing.")
        desk.decide("gaming", indicator, **SENT_GAMING)
        return desk

    @pytest.mark.parametrize("outcome", ["agree", "decline", "change", "retire"])
    def test_page_and_admin_end_in_the_same_rows(self, cast, client, indicator, groups, outcome):
        ends = []
        for door in ("page", "admin"):
            with transaction.atomic():
                if door == "page":
                    act = self.on_the_page(cast, client, indicator, groups)
                    said = act(cast.facilitator, outcome, present="Four of us", **AGREED)
                else:
                    desk = self.in_the_admin(cast, indicator, groups)
                    said = desk.decide(outcome, indicator, present="Four of us", **AGREED)
                assert said == [str(ACTS[outcome].done)]
                ends.append(rows())
                transaction.set_rollback(True)
        assert ends[0] == ends[1]
        assert [one[0] for one in ends[0]["decisions"]] == [outcome]
        assert len(ends[0]["stances"]) == 3

    def test_refusals_are_said_in_the_same_words(self, cast, client, indicator, groups):
        act, desk = page_of(client, indicator), Desk(cast.facilitator)
        sent = [
            ("open", {"groups": []}),
            ("open", {"groups": [groups[0].pk], "closes_on": "2020-01-01"}),
            ("open", {"groups": [groups[0].pk], "is_blind": "on"}),
            ("agree", AGREED),
            ("gaming", SENT_GAMING | {"safeguard": ""}),
            ("target", {"start": "2026-02-01", "end": "2026-01-01", "value": "3"}),
            ("decline", AGREED | {"rationale": ""}),
            ("merge", AGREED | {"into": "999999"}),
            ("split", AGREED | {"names": "One"}),
            ("delete", {}),
        ]
        found = {}
        for key, fields in sent:
            if key == "agree":
                negotiating.open_round(indicator=indicator, by=cast.facilitator, groups=[groups[0]])
            page, admin = (
                act(cast.facilitator, key, **fields),
                desk.decide(key, indicator, **fields),
            )
            assert page == admin
            found[key] = page
        assert found["agree"] == [
            "“Nurses” has not said yet why it matters to them.",
            "It is not said yet how this could be gamed or mislead.",
        ]
        assert found["delete"] == ["This can't be done now: things have moved on meanwhile."]


def test_the_change_page_says_how_the_round_stands_and_who_is_missing(cast, indicator, groups):
    round = negotiating.open_round(
        indicator=indicator, by=cast.facilitator, groups=groups, closes_on=cast.community.today
    )
    say(round, cast.member)
    page = Desk(cast.facilitator).get(Indicator, "change", indicator.pk).content.decode()
    assert "Round 1: Open" in page
    assert "Not heard yet: <bdi>The host</bdi>, <bdi>The table</bdi>" in page
    assert "It is not said yet how this could be gamed or mislead." in page
    offered = {key for key in ACTS if f"/acts/{key}/" in page}
    assert offered == {
        "extend",
        "stance",
        "record",
        "gaming",
        "comment",
        "target",
        "agree",
        "change",
        "decline",
        "retire",
        "merge",
        "split",
    }


def test_the_list_is_narrowed_by_state_cycle_missing_group_and_review_date(cast, indicator, groups):
    applied = make_indicator(cast.community, "applied", "Applied")
    make_indicator(cast.neighbour, "applied", "Next door")
    round = negotiating.open_round(indicator=indicator, by=None, groups=groups[:2])
    say(round, cast.member)
    today = cast.community.today
    negotiating.check_gaming(indicator=indicator, by=None, **GAMING | {"review_on": today})
    later = today + timedelta(days=31)
    negotiating.check_gaming(indicator=applied, by=None, **GAMING | {"review_on": later})
    bare = make_indicator(cast.community, name="Bare")
    desk = Desk(cast.facilitator)

    def found(**query):
        return {
            str(one) for one in desk.get(Indicator, "changelist", **query).context["cl"].result_list
        }

    assert found(cycle="applied") == {"Applied"}
    assert found(missing="any") == {"Nights"}
    assert found(missing=groups[1].pk) == {"Nights"}
    assert found(missing=groups[0].pk) == set()
    assert found(review="due") == {"Nights"}
    assert found(review="soon") == set()
    assert found(review="later") == {"Applied"}
    assert found(review="never") == {str(bare)}
    assert found(state__exact="agreed") == set()
    for name in ("cycle", "missing", "review"):
        assert found(**{name: "nonsense"}) in (set(), {"Nights", "Applied", "Bare"})


def test_an_act_is_for_those_who_look_after_the_community(cast, client, indicator):
    where = address(Indicator, "act", indicator.pk, "open")
    client.force_login(cast.neighbours_facilitator)
    assert client.get(where).status_code == 404
    assert client.get(address(Indicator, "act", indicator.pk, "nonsense")).status_code == 404
    client.force_login(cast.facilitator)
    assert client.get(where).status_code == 200


class TestTwoAtOnce:
    @pytest.fixture
    def two(self, cast):
        other = make_member(cast.community, Role.FACILITATOR)
        return Desk(cast.facilitator), Desk(other)

    def opened(self, desk, indicator):
        return filled(desk.get(Indicator, "change", indicator.pk))

    def send(self, desk, indicator, sent, **fields):
        return desk.client.post(address(Indicator, "change", indicator.pk), sent | fields)

    def test_different_fields_are_both_kept(self, cast, two, indicator):
        applied = cast.community.cycles.get(key="applied")
        pages = [self.opened(desk, indicator) for desk in two]
        assert self.send(two[0], indicator, pages[0], unit="rings").status_code == 302
        changed = {"name": "Nights and days", "cycle": applied.pk, "levels": "", "baseline": "3"}
        assert self.send(two[1], indicator, pages[1], **changed).status_code == 302
        now = Indicator.objects.select_related("definition", "cycle").get()
        assert (now.definition.unit, now.definition.name, now.definition.baseline) == (
            "rings",
            "Nights and days",
            3,
        )
        assert (now.cycle, now.definition.number) == (applied, 3)

    def test_of_the_same_field_both_are_shown_before_either_is_lost(self, two, indicator):
        pages = [self.opened(desk, indicator) for desk in two]
        self.send(two[0], indicator, pages[0], name="Mine", unit="rings")
        answer = self.send(two[1], indicator, pages[1], name="Yours", text="In words.")
        assert faults(answer) == {
            "__all__": ["This was changed meanwhile. Nothing is lost: both are shown."],
            "name": [
                "Somebody else wrote meanwhile: “Mine”. Save again to put yours in its place."
            ],
        }
        again = filled(answer)
        assert (again["name"], again["initial-name"], again["text"]) == (
            "Yours",
            "Mine",
            "In words.",
        )
        assert self.send(two[1], indicator, again).status_code == 302
        now = Indicator.objects.select_related("definition").get().definition
        assert (now.name, now.unit, now.text) == ("Yours", "rings", "In words.")
        assert [one.name for one in now.indicator.definitions.all()] == ["Nights", "Mine", "Yours"]

    def test_the_same_change_twice_is_one(self, two, indicator):
        pages = [self.opened(desk, indicator) for desk in two]
        for desk, page in zip(two, pages, strict=True):
            assert self.send(desk, indicator, page, name="Both").status_code == 302
        assert [one.number for one in indicator.definitions.all()] == [1, 2]

    def test_a_field_that_somebody_emptied_is_emptied(self, two, indicator):
        page = self.opened(two[0], indicator)
        assert self.send(two[0], indicator, page, unit="").status_code == 302
        assert Indicator.objects.select_related("definition").get().definition.unit == ""

    def test_what_was_seen_is_compared_under_the_lock(self, cast, indicator):
        with pytest.raises(actions.Conflict) as conflict:
            actions.amend(indicator=indicator, by=None, seen={"unit": "x"}, unit="y")
        assert conflict.value.now == {"unit": "calls"}


def test_decided_after_the_last_day_without_a_word_it_says_so_everywhere(
    cast, client, indicator, groups
):
    today = cast.community.today
    round = negotiating.open_round(indicator=indicator, by=None, groups=groups[:2], closes_on=today)
    say(round, cast.member)
    negotiating.check_gaming(indicator=indicator, by=None, **GAMING)
    over(round)
    assert Desk(cast.facilitator).decide("agree", indicator, **AGREED) == [
        "Agreed, and kept as it stood."
    ]
    client.force_login(cast.member)
    slug = cast.community.slug
    for name, args in (
        ("matrix:matrix", [slug]),
        ("matrix:indicator", [slug, indicator.code]),
        ("negotiation", [slug, indicator.code]),
        ("negotiations", [slug]),
    ):
        page = client.get(reverse(name, args=args)).content.decode().lower()
        assert "agreed without a word from" in page, name
    figures = client.get(reverse("api:matrix", args=[slug])).json()
    assert figures["cycles"][0]["indicators"][0]["agreed_without"] == ["The host"]


def test_acts_are_offered_as_the_state_allows(cast, indicator, groups):
    def offered(user=cast.facilitator):
        talk = Talk(Viewer.of(user, cast.community), Indicator.objects.get(pk=indicator.pk))
        return {key for key, act in ACTS.items() if act.is_offered(talk)}

    decided = {"decline", "retire", "merge", "split"}
    always = {"gaming", "comment", "target"}
    assert offered() == {"open", "delete"} | decided | always
    assert offered(cast.member) == {"gaming", "comment"}
    round = negotiating.open_round(indicator=indicator, by=None, groups=groups)
    assert offered(cast.member) == {"stance", "gaming", "comment"}
    say(round, cast.member)
    actions.amend(indicator=indicator, by=None, unit="rings")
    assert offered(cast.member) == {"stance", "hold", "gaming", "comment"}
    assert refused(negotiating.open_round, indicator=indicator, by=None, groups=groups) == [
        "The community talks about this already."
    ]
