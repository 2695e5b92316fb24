"""A community talks about an indicator: who is asked, who spoke, what stands between it and a decision."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities import actions as people
from indicators import deciding, negotiating
from indicators.actions import amend
from indicators.hearing import between, voices
from indicators.models import Decision, Definition, GamingCheck, Indicator, Round, Stance

from .make import make_indicator, make_member

pytestmark = pytest.mark.django_db
GAMING = {
    "judged": "The night nurse.",
    "cheapest_way": "Not to write a call down.",
    "losers": "Whoever calls.",
    "hidden": "Calls by day.",
    "safeguard": "Count both.",
    "review_on": date(2027, 1, 1),
}
AGREED = {"rationale": "We want to sleep.", "how": "consent"}


@pytest.fixture
def nurses(cast):
    return join(cast, cast.member, "Nurses", "horizontal")


@pytest.fixture
def host(cast):
    return join(cast, cast.funder, "The host", "vertical")


def join(cast, user, name, axis):
    group = people.add_group(community=cast.community, name=name, axis=axis)
    membership = cast.community.memberships.get(user=user)
    people.change_member(
        membership=membership, roles=membership.roles, stakeholder_group=group, by=cast.facilitator
    )
    return group


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, name="Nights")


@pytest.fixture
def talk(cast, indicator, nurses, host):
    return negotiating.open_round(indicator=indicator, by=cast.facilitator, groups=[nurses, host])


def say(talk, user, choice="support", reason="We sleep.", **fields):
    return negotiating.take_stance(round=talk, by=user, choice=choice, reason=reason, **fields)


def over(talk, days=1):
    """Its last day is so many days ago; what it is about was written before."""
    day = timezone.localdate() - timedelta(days=days)
    Round.objects.filter(pk=talk.pk).update(opens_on=day, closes_on=day)
    Definition.objects.update(created_at=timezone.now() - timedelta(days=days))


def stands(talk):
    return list(between(Round.objects.get(pk=talk.pk)))


def refused(act, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        act(**kwargs)
    return refusal.value.messages


class TestWhatStandsBetween:
    def test_it_is_said_in_words_until_nothing_does(self, cast, talk, nurses, host):
        assert stands(talk) == [
            "“Nurses” has not said yet why it matters to them.",
            "“The host” has not said yet why it matters to them.",
            "It is not said yet how this could be gamed or mislead.",
        ]
        say(talk, cast.member)
        said = say(talk, cast.funder, "object", would_answer="Who counts?")
        negotiating.check_gaming(indicator=talk.indicator, by=cast.member, **GAMING)
        assert stands(talk) == ["An objection from “The host” has no answer yet."]
        assert refused(deciding.agree, round=talk, by=cast.facilitator, **AGREED) == stands(talk)
        negotiating.answer_objection(stance=said, by=cast.facilitator, answer="The book does.")
        assert stands(talk) == []
        decision = deciding.agree(round=talk, by=cast.facilitator, **AGREED)
        assert (decision.outcome, decision.how) == ("agree", "consent")
        assert decision.groups == [
            {
                "name": "Nurses",
                "axis": "horizontal",
                "people": 1,
                "stances": {"support": 1},
                "heard": True,
            },
            {
                "name": "The host",
                "axis": "vertical",
                "people": 1,
                "stances": {"object": 1},
                "heard": True,
            },
        ]
        assert Indicator.objects.get().state == "agreed"

    def test_who_spoke_of_an_older_version_is_asked_again(self, cast, talk, nurses, host):
        say(talk, cast.member)
        say(talk, cast.funder)
        negotiating.check_gaming(indicator=talk.indicator, by=cast.member, **GAMING)
        amend(indicator=talk.indicator, by=cast.facilitator, unit="calls")
        assert stands(talk) == [
            "“Nurses” spoke of version 1: does it still hold?",
            "“The host” spoke of version 1: does it still hold?",
            "It is not said yet how this could be gamed or mislead.",
        ]
        say(talk, cast.member)
        assert "Nurses" not in " ".join(stands(talk))

    def test_a_group_that_stays_silent_until_the_last_day(
        self, cast, client, indicator, nurses, host
    ):
        today = timezone.localdate()
        talk = negotiating.open_round(
            indicator=indicator, by=cast.facilitator, groups=[nurses, host], closes_on=today
        )
        say(talk, cast.member)
        negotiating.check_gaming(indicator=indicator, by=cast.member, **GAMING)
        # The day itself counts.
        assert stands(talk) == ["“The host” has not said yet why it matters to them."]
        over(talk)
        assert stands(talk) == []
        decision = deciding.agree(round=talk, by=cast.facilitator, **AGREED)
        assert (decision.silent, decision.groups[1]["stances"]) == (["The host"], {})
        client.force_login(cast.funder)
        shown = reverse("matrix:indicator", args=[cast.community.slug, indicator.code])
        page = client.get(shown).content.decode()
        assert "<strong>Agreed without a word from:</strong> <bdi>The host</bdi>" in page

    def test_neither_gaming_nor_an_objection_is_overridden_by_the_last_day(
        self, cast, talk, nurses, host
    ):
        say(talk, cast.member, "object")
        over(talk)
        assert stands(talk) == [
            "An objection from “Nurses” has no answer yet.",
            "It is not said yet how this could be gamed or mislead.",
        ]

    def test_the_day_ends_by_the_communitys_clock(self, cast, indicator, nurses, monkeypatch):
        people.change_community(community=cast.community, by=None, time_zone="Pacific/Auckland")
        moment = timezone.datetime(2026, 11, 26, 12, 0, tzinfo=timezone.get_fixed_timezone(0))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        talk = Round(indicator=Indicator.objects.get(), closes_on=date(2026, 11, 26))
        assert talk.is_over


class TestWhatIsSaid:
    def test_said_anew_the_earlier_words_are_kept(self, cast, talk, nurses):
        say(talk, cast.member, "object", "No.", would_answer="Tea.")
        say(talk, cast.member, "support", "Yes.", would_answer="Tea.")
        [now] = Stance.objects.current()
        assert (now.reason, now.would_answer) == ("Yes.", "")
        assert [one.reason for one in Stance.objects.all()] == ["No.", "Yes."]

    def test_a_reason_is_needed_and_the_group_is_one_that_is_asked(self, cast, talk, nurses):
        assert refused(say, talk=talk, user=cast.member, reason=" ")
        groupless = make_member(cast.community)
        outside = make_member(cast.community)
        join(cast, outside, "Others", "horizontal")
        for user in (groupless, outside, cast.stranger, cast.neighbours_facilitator):
            [fault] = refused(say, talk=talk, user=user)
            assert fault.startswith("Your group is not asked here.")
        assert not Stance.objects.exists()

    def test_an_objection_that_changed_is_not_answered(self, cast, talk, nurses):
        old = say(talk, cast.member, "object")
        say(talk, cast.member)
        answer = negotiating.answer_objection
        assert refused(answer, stance=old, by=cast.facilitator, answer="x") == [
            "This objection was taken back or changed meanwhile."
        ]

    def test_objecting_again_after_an_answer_opens_it(self, cast, talk, nurses):
        said = say(talk, cast.member, "object")
        negotiating.answer_objection(stance=said, by=cast.facilitator, answer="So.")
        assert "An objection from “Nurses” has no answer yet." not in stands(talk)
        say(talk, cast.member, "object")
        assert "An objection from “Nurses” has no answer yet." in stands(talk)

    def test_after_the_decision_nothing_is_said_in_that_round(self, cast, talk, nurses):
        Round.objects.update(decided_at=timezone.now())
        assert refused(say, talk=talk, user=cast.member) == ["This was decided meanwhile."]
        again = negotiating.open_round(
            indicator=talk.indicator, by=cast.facilitator, groups=[nurses]
        )
        assert again.number == 2

    def test_declining_ends_the_round_and_keeps_what_was_said(self, cast, talk, nurses, host):
        say(talk, cast.member, "object")
        deciding.decline(indicator=talk.indicator, by=cast.facilitator, **AGREED)
        [decision] = Decision.objects.all()
        assert (decision.round, decision.outcome) == (talk, "decline")
        assert [group["stances"] for group in decision.groups] == [{"object": 1}, {}]
        assert Round.objects.get().phase == "decided"

    def test_nobody_amends_what_is_being_decided(self, cast, talk, nurses):
        """Every act locks the indicator, and it first, so that no two wait for each other."""
        with CaptureQueriesContext(connection) as asked:
            say(talk, cast.member)
        locks = [
            one["sql"] for one in asked if "UPDATE OF" in one["sql"] or "FOR UPDATE" in one["sql"]
        ]
        tables = [re.search(r'FROM "(\w+)"', sql)[1] for sql in locks]
        assert tables[:2] == ["indicators_indicator", "indicators_round"]

    def test_one_round_at_a_time_of_ones_own_groups(self, cast, talk, nurses):
        opened = negotiating.open_round
        assert refused(opened, indicator=talk.indicator, by=None, groups=[nurses]) == [
            "The community talks about this already."
        ]
        foreign = people.add_group(community=cast.neighbour, name="N", axis="vertical")
        other = make_indicator(cast.community)
        assert refused(opened, indicator=other, by=None, groups=[foreign])
        assert refused(opened, indicator=other, by=None, groups=[])
        past = timezone.localdate() - timedelta(days=2)
        assert refused(opened, indicator=other, by=None, groups=[nurses], closes_on=past) == [
            "This day is past."
        ]

    def test_a_gaming_check_answered_anew_keeps_the_earlier_words(self, cast, indicator):
        for hidden in ("Calls by day.", "Calls by night."):
            answers = GAMING | {"hidden": hidden}
            negotiating.check_gaming(indicator=indicator, by=cast.member, **answers)
        checks = GamingCheck.objects
        assert [one.hidden for one in checks.current()] == ["Calls by night."]
        assert [one.hidden for one in checks.all()] == ["Calls by day.", "Calls by night."]

    def test_a_counter_indicator_is_another_one_of_this_community(self, cast, indicator):
        foreign = make_indicator(cast.neighbour)
        for counter in (indicator, foreign):
            answers = GAMING | {"counter_indicator": counter}
            assert refused(negotiating.check_gaming, indicator=indicator, by=None, **answers)


class TestThePage:
    @pytest.fixture
    def send(self, cast, client, indicator):
        address = reverse("negotiation", args=[cast.community.slug, indicator.code])

        def send(user, act=None, **fields):
            client.force_login(user)
            if not act:
                return client.get(address)
            return client.post(address, {"act": act} | fields, follow=True)

        return send

    def test_from_opening_to_agreeing(self, cast, send, nurses, host, indicator):
        send(cast.facilitator, "open", groups=[nurses.pk, host.pk])
        send(cast.member, "stance", choice="support", reason="We sleep.")
        send(cast.funder, "stance", choice="object", reason="It costs.", would_answer="How much?")
        page = send(cast.facilitator).content.decode()
        # Both sides read each other.
        assert "We sleep." in page
        assert "How much?" in page
        objection = Stance.objects.get(choice="object")
        send(cast.facilitator, "answer", stance=objection.pk, answer="Nothing.")
        send(cast.member, "gaming", **GAMING | {"review_on": "2027-01-01"})
        send(cast.funder, "comment", text="Who writes it down?")
        page = send(cast.member).content.decode()
        assert "Nothing: the community can decide." in page
        assert "Who writes it down?" in page
        send(cast.facilitator, "agree", present="Mira, Fumiko", **AGREED)
        assert Decision.objects.get().present == "Mira, Fumiko"
        assert Indicator.objects.get(pk=indicator.pk).state == "agreed"
        shown = reverse("matrix:indicator", args=[cast.community.slug, indicator.code])
        assert "We want to sleep." in send(cast.member).client.get(shown).content.decode()

    def test_what_is_refused_is_said_and_nothing_typed_is_lost(self, cast, send, talk):
        answer = send(cast.member, "stance", choice="support", reason="")
        assert answer.status_code == 422
        assert answer.context["forms"]["stance"].errors["reason"]
        answer = send(cast.facilitator, "agree", **AGREED)
        assert answer.status_code == 422
        assert "“Nurses” has not said yet why it matters to them." in answer.content.decode()
        assert answer.context["forms"]["agree"]["rationale"].value() == "We want to sleep."
        answer = send(
            cast.member, "gaming", **GAMING | {"safeguard": "", "review_on": "2027-01-01"}
        )
        assert answer.context["forms"]["gaming"].errors == {
            "safeguard": ["Name a safeguard or a counter-indicator."]
        }

    def test_who_may_do_what(self, cast, send, talk, nurses):
        for act in ("open", "answer", "agree"):
            assert send(cast.member, act).status_code == 403
        assert send(cast.member, "nonsense").status_code == 403
        assert send(cast.stranger).status_code == 404
        assert send(cast.neighbours_facilitator).status_code == 404
        groupless = make_member(cast.community)
        assert "Your group is not asked here." in send(groupless).content.decode()
        answer = send(groupless, "stance", choice="support", reason="x")
        assert answer.status_code == 422
        # Opened twice: the second one is told so.
        answer = send(cast.facilitator, "open", groups=[nurses.pk])
        assert "This can&#x27;t be done now" in answer.content.decode()

    def test_replies_stand_below_what_they_answer(self, cast, send, talk, indicator):
        first = negotiating.comment(indicator=indicator, by=cast.member, text="One.")
        send(cast.funder, "comment", text="Two.", parent=first.pk)
        [(one, replies)] = send(cast.member).context["talk"].comments
        assert (one.text, [reply.text for reply in replies]) == ("One.", ["Two."])
        other = negotiating.comment(
            indicator=make_indicator(cast.community), by=cast.member, text="Elsewhere."
        )
        assert send(cast.member, "comment", text="x", parent=other.pk).status_code == 422

    def test_queries_do_not_grow(self, cast, send, talk, nurses, django_assert_num_queries):
        for _more in (1, 2):
            for _each in range(2):
                member = make_member(cast.community)
                cast.community.memberships.filter(user=member).update(stakeholder_group=nurses)
                say(talk, member, "object")
                negotiating.comment(indicator=talk.indicator, by=member, text="x")
            page = send(cast.member)
            with django_assert_num_queries(17):
                page.client.get(page.request["PATH_INFO"])

    def test_somebody_who_is_gone_is_a_former_member(self, cast, send, talk, nurses):
        gone = make_member(cast.community, name="Gertrud")
        cast.community.memberships.filter(user=gone).update(stakeholder_group=nurses)
        say(talk, gone)
        negotiating.comment(indicator=talk.indicator, by=gone, text="Bye.")
        gone.delete()
        page = send(cast.member).content.decode()
        assert ("Gertrud" in page, "a former member" in page) == (False, True)


def test_a_voice_is_heard_by_one_reason(cast, talk, nurses):
    say(talk, cast.member, "abstain", "I was away.")
    assert [voice.is_heard for voice in voices(talk)] == [True, False]
