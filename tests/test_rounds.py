"""When a round is open, what a blind one keeps to itself, and who is told by mail."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar

from communities import actions as people
from communities.mail import sweep
from communities.models import Mail
from indicators import deciding, negotiating
from indicators.actions import amend
from indicators.hearing import between
from indicators.models import Definition, Indicator, Round, Stance
from indicators.tasks import look_after_rounds

from .desk import Desk
from .make import make_indicator, make_member
from .test_negotiation import AGREED, GAMING, join, over, refused, say, stands

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def nurses(cast):
    return join(cast, cast.member, "Nurses", "horizontal")


@pytest.fixture
def host(cast):
    return join(cast, cast.funder, "The host", "vertical")


@pytest.fixture
def indicator(cast):
    return make_indicator(cast.community, name="Nights", unit="calls")


@pytest.fixture
def today(cast):
    return cast.community.today


@pytest.fixture
def opened(cast, indicator, nurses, host):
    def opened(**fields):
        return negotiating.open_round(
            indicator=indicator, by=cast.facilitator, groups=[nurses, host], **fields
        )

    return opened


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def at(*moment):
        now = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return at


class TestTheDays:
    @pytest.mark.parametrize(
        ("zone", "evening", "after"),
        [
            # 20:00 on the 16th, and a minute past its end, by the clock there.
            ("Pacific/Auckland", (2027, 1, 16, 7), (2027, 1, 16, 11, 1)),
            ("America/Los_Angeles", (2027, 1, 17, 4), (2027, 1, 17, 8, 1)),
        ],
    )
    def test_over_the_turn_of_the_year_the_last_evening_counts(
        self, cast, at, opened, zone, evening, after
    ):
        at(2026, 12, 18, 12)
        people.change_community(community=cast.community, by=None, time_zone=zone)
        round = opened(closes_on=date(2027, 1, 16))
        at(*evening)
        say(round, cast.member)
        at(*after)
        assert refused(say, talk=round, user=cast.member) == [
            "It was open until Jan. 16, 2027. A facilitator can open it for longer."
        ]

    def test_before_its_first_day_nobody_speaks_and_nobody_is_called(self, cast, opened, today):
        round = opened(opens_on=today + DAY, closes_on=today + 9 * DAY)
        assert round.phase == "waiting"
        [fault] = refused(say, talk=round, user=cast.member)
        assert fault.startswith("It opens on ")
        assert stands(round)[0] == fault
        assert not Mail.objects.exists()
        Round.objects.update(opens_on=today)
        look_after_rounds()
        assert sorted(Mail.objects.values_list("kind", "user__name")) == [
            ("round_opened", "Fumiko"),
            ("round_opened", "Mira"),
        ]
        look_after_rounds()
        assert Mail.objects.count() == 2

    def test_days_that_make_no_sense_are_refused(self, opened, today):
        assert refused(opened, closes_on=today - DAY) == ["This day is past."]
        assert refused(opened, opens_on=today - DAY) == ["This day is past."]
        assert refused(opened, opens_on=today + 2 * DAY, closes_on=today + DAY) == [
            "It closes before it opens."
        ]
        assert refused(opened, is_blind=True) == ["A blind round needs a last day."]

    def test_for_longer_and_others_too(self, cast, opened, today, nurses):
        round = opened(closes_on=today + 9 * DAY)
        ward = people.add_group(community=cast.community, name="Ward", axis="horizontal")
        assert refused(negotiating.extend, round=round, by=cast.facilitator, closes_on=today) == [
            f"It is open until {date_format(today + 9 * DAY)} already."
        ]
        over(round)
        negotiating.extend(
            round=round, by=cast.facilitator, closes_on=today + DAY, groups=[ward, nurses]
        )
        say(round, cast.member)
        assert [str(group) for group in round.asked.order_by("name")] == [
            "Nurses",
            "The host",
            "Ward",
        ]

    def test_who_was_asked_of_another_version_and_is_silent_since_is_left_out(
        self, cast, opened, indicator, today
    ):
        round = opened(closes_on=today)
        say(round, cast.member)
        say(round, cast.funder)
        amend(indicator=indicator, by=None, unit="rings")
        negotiating.check_gaming(indicator=indicator, by=cast.member, **GAMING)
        say(round, cast.member)
        assert stands(round) == ["“The host” spoke of version 1: does it still hold?"]
        over(round)
        assert stands(round) == []
        decision = deciding.agree(round=round, by=cast.facilitator, **AGREED)
        assert decision.silent == ["The host"]

    def test_what_was_changed_after_the_last_day_nobody_was_asked_about(
        self, cast, opened, indicator, today
    ):
        round = opened(closes_on=today)
        say(round, cast.funder)
        over(round)
        amend(indicator=indicator, by=None, unit="rings")
        assert "“The host” spoke of version 1: does it still hold?" in stands(round)


class TestBlind:
    @pytest.fixture
    def blind(self, cast, opened, today):
        round = opened(closes_on=today + DAY, is_blind=True)
        say(round, cast.member, "object", "Zqreasonzq", would_answer="Zqanswerzq")
        return round

    def page(self, cast, client, user):
        client.force_login(user)
        address = reverse("negotiation", args=[cast.community.slug, Indicator.objects.get().code])
        return client.get(address).content.decode()

    def test_everybody_reads_their_own_words_only(self, cast, client, blind):
        assert "Zqreasonzq" in self.page(cast, client, cast.member)
        for user in (cast.funder, cast.facilitator):
            page = self.page(cast, client, user)
            assert "Zq" not in page
            assert "not a word yet" not in page
            assert "An objection" not in page
        assert stands(blind) == [
            f"Nobody reads what the others said until {date_format(blind.closes_on)} has ended.",
            "It is not said yet how this could be gamed or mislead.",
        ]

    def test_the_admin_says_nothing_of_it_either(self, cast, blind):
        desk = Desk(cast.facilitator)
        change = desk.get(Indicator, "change", Indicator.objects.get().pk).content.decode()
        assert "Zq" not in change and "Not heard yet" not in change
        for choice in ("any", *cast.community.stakeholder_groups.values_list("pk", flat=True)):
            found = desk.get(Indicator, "changelist", missing=choice)
            assert list(found.context["cl"].result_list) == []
        assert not LogEntry.objects.exists()

    def test_nothing_is_decided_answered_or_noted_for_others_before_it_closes(self, cast, blind):
        said = Stance.objects.get()
        acts = [
            (deciding.agree, {"round": blind, **AGREED}),
            (deciding.change, {"round": blind, **AGREED}),
            (deciding.decline, {"indicator": blind.indicator, **AGREED}),
            (deciding.retire, {"indicator": blind.indicator, **AGREED}),
            (negotiating.answer_objection, {"stance": said, "answer": "So."}),
        ]
        for act, fields in acts:
            [*faults] = refused(act, by=cast.facilitator, **fields)
            assert faults[0].startswith("Nobody reads what the others said until ")
        assert refused(say, talk=blind, user=cast.funder, recorded_by=cast.facilitator) == [
            "In a blind round everybody speaks for themselves."
        ]

    def test_when_it_has_closed_all_is_read_and_stays_so(self, cast, client, blind, today):
        over(blind)
        assert "Zqreasonzq" in self.page(cast, client, cast.funder)
        negotiating.extend(round=blind, by=cast.facilitator, closes_on=today + DAY)
        assert "Zqreasonzq" in self.page(cast, client, cast.funder)


class TestWhatStillHolds:
    def test_with_one_click_the_words_are_said_of_the_new_version(
        self, cast, client, opened, indicator
    ):
        round = opened()
        say(round, cast.member, "concern", "We sleep.")
        amend(indicator=indicator, by=None, unit="rings")
        client.force_login(cast.member)
        address = reverse("negotiation", args=[cast.community.slug, indicator.code])
        page = client.get(address).content.decode()
        assert "You spoke of version 1." in page
        assert '<del dir="auto">calls</del> <ins dir="auto">rings</ins>' in page
        assert "on version 1" in page
        client.post(address, {"act": "hold"})
        assert [(one.choice, one.reason, one.definition.number) for one in current()] == [
            ("concern", "We sleep.", 2)
        ]
        assert "You spoke of version 1." not in client.get(address).content.decode()

    def test_an_objection_that_holds_is_open_again(self, cast, opened, indicator):
        round = opened()
        said = say(round, cast.member, "object", "No.", would_answer="Tea.")
        negotiating.answer_objection(stance=said, by=cast.facilitator, answer="Here.")
        amend(indicator=indicator, by=None, unit="rings")
        negotiating.hold(stance=said, by=cast.member)
        [now] = current()
        assert (now.would_answer, now.is_open_objection) == ("Tea.", True)
        assert "An objection from “Nurses” has no answer yet." in stands(round)

    def test_one_holds_by_ones_own_words_alone(self, cast, opened, indicator):
        said = say(opened(), cast.member)
        amend(indicator=indicator, by=None, unit="rings")
        assert refused(negotiating.hold, stance=said, by=cast.funder) == [
            "You have said something else meanwhile."
        ]

    def test_what_was_agreed_and_is_changed_is_being_negotiated_again(
        self, cast, opened, indicator
    ):
        round = opened()
        say(round, cast.member)
        say(round, cast.funder)
        negotiating.check_gaming(indicator=indicator, by=cast.member, **GAMING)
        deciding.agree(round=round, by=cast.facilitator, **AGREED)
        cycle = cast.community.cycles.get(key="applied")
        amend(indicator=indicator, by=None, cycle=cycle)
        assert Indicator.objects.get().state == "agreed"
        amend(indicator=indicator, by=None, name="Nights and days")
        assert Indicator.objects.get().state == "proposed"


def current():
    return list(Stance.objects.current().select_related("definition"))


class TestTheMails:
    @pytest.fixture
    def sent(self, mailoutbox):
        def sent():
            """What was sent since it was asked last: [(to, subject, whole text)]."""
            sweep()
            found = [(mail.to[0], mail.subject, mail.body) for mail in mailoutbox]
            mailoutbox.clear()
            return found

        return sent

    def test_who_is_asked_is_called_with_the_day_for_the_calendar(
        self, cast, opened, today, mailoutbox
    ):
        make_member(cast.community, name="Outside")
        opened(closes_on=today + 9 * DAY)
        sweep()
        assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
            [cast.member.email, cast.funder.email]
        )
        [(name, content, kind)] = mailoutbox[0].attachments
        [event] = Calendar.from_ical(content).walk("VEVENT")
        assert (name, kind) == ("calendar.ics", "text/calendar")
        assert event.decoded("dtstart") == today + 9 * DAY
        assert "dtend" not in event
        assert str(event["summary"]) == "Last day: does “Nights” matter to you?"

    def test_near_the_end_who_has_not_spoken_is_reminded_once(self, cast, opened, today, sent):
        round = opened(closes_on=today + 9 * DAY)
        assert len(sent()) == 2
        say(round, cast.member)
        Round.objects.update(closes_on=today + 2 * DAY, called_at=timezone.now() - 7 * DAY)
        for _again in range(2):
            look_after_rounds()
        assert [(to, subject) for to, subject, _text in sent()] == [
            (cast.funder.email, "Soon closed: does “Nights” matter to you?")
        ]

    def test_who_speaks_before_the_mail_goes_out_is_left_alone(self, cast, opened, today, sent):
        round = opened(closes_on=today + 2 * DAY)
        sent()
        Round.objects.update(called_at=timezone.now() - 7 * DAY)
        look_after_rounds()
        say(round, cast.member)
        assert [to for to, _subject, _text in sent()] == [cast.funder.email]

    def test_a_change_an_answer_and_the_decision_are_told_to_those_who_spoke(
        self, cast, opened, indicator, sent
    ):
        round = opened()
        said = say(round, cast.member, "object", "No.")
        sent()
        amend(indicator=indicator, by=None, unit="rings")
        [(to, subject, text)] = sent()
        assert (to, subject) == (cast.member.email, "“Nights” was changed")
        assert "Unit: calls → rings" in text
        negotiating.answer_objection(stance=said, by=cast.facilitator, answer="Because.")
        [(to, subject, text)] = sent()
        assert subject == "Your objection to “Nights” was answered"
        assert "Because." in text
        deciding.decline(indicator=indicator, by=cast.facilitator, **AGREED)
        [(to, subject, text)] = sent()
        assert subject == "“Nights” was decided"
        assert "The community has decided: Decline" in text

    def test_who_is_out_is_told_nothing(self, cast, opened, sent):
        opened()
        people.remove(
            membership=cast.community.memberships.get(user=cast.member), by=cast.facilitator
        )
        assert [to for to, _subject, _text in sent()] == [cast.funder.email]


def test_the_calendar_file_is_there_while_there_is_a_last_day(cast, client, opened, today):
    client.force_login(cast.member)
    address = reverse("calendar", args=[cast.community.slug, Indicator.objects.first().code])
    assert client.get(address).status_code == 404
    round = opened()
    assert client.get(address).status_code == 404
    negotiating.extend(round=round, by=cast.facilitator, closes_on=today + DAY)
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == today + DAY


def test_the_last_day_that_a_date_can_say_is_a_day_too(cast, client, opened):
    opened(closes_on=date.max)
    look_after_rounds()
    client.force_login(cast.member)
    slug, code = cast.community.slug, Indicator.objects.get().code
    for name in ("negotiation", "calendar"):
        assert client.get(reverse(name, args=[slug, code])).status_code == 200
    sweep()
    assert not Mail.objects.unsent().exists()


def test_what_somebody_said_in_a_meeting_is_noted_for_them(cast, client, opened):
    round = opened()
    say(round, cast.member, recorded_by=cast.facilitator)
    client.force_login(cast.member)
    address = reverse("negotiation", args=[cast.community.slug, Indicator.objects.get().code])
    assert "noted by Farid" in client.get(address).content.decode()
    say(round, cast.member, "object")
    assert [one.recorded_by for one in current()] == [None]


def test_who_is_gone_in_mid_round_is_said_beside_their_words(cast, client, opened, nurses):
    round = opened()
    gone = make_member(cast.community, name="Gertrud")
    cast.community.memberships.filter(user=gone).update(stakeholder_group=nurses)
    say(round, gone)
    people.deactivate(user=gone, by=None)
    assert list(between(Round.objects.get())) == [
        "“The host” has not said yet why it matters to them.",
        "It is not said yet how this could be gamed or mislead.",
    ]
    client.force_login(cast.member)
    address = reverse("negotiation", args=[cast.community.slug, Indicator.objects.get().code])
    assert (
        "No longer here; what they said stays, and counts." in client.get(address).content.decode()
    )
    # Who could speak is counted without them.
    decided = deciding.decline(indicator=round.indicator, by=cast.facilitator, **AGREED)
    assert [(one["people"], one["stances"]) for one in decided.groups] == [
        (1, {"support": 1}),
        (1, {}),
    ]


def test_a_declined_one_is_talked_about_again(cast, opened, indicator):
    deciding.decline(indicator=indicator, by=cast.facilitator, **AGREED)
    assert opened().number == 1
    assert Indicator.objects.get().state == "proposed"
    assert Definition.objects.count() == 1
