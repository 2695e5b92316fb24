"""Puts an example community into the database, act by act, as its people would have."""

from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction

from communities import actions as communities
from communities.models import Community, Mail, User
from communities.permissions import Audience, Role
from indicators import actions as indicators
from indicators import deciding, negotiating
from stories import actions as stories
from stories.models import Status, Story
from stories.trail import WrittenLink, WrittenStep

PASSWORD = "example"

# The acts that bring a draft to the status the example gives it.
WAY_TO = {
    Status.DRAFT: (),
    Status.SUBMITTED: (stories.submit,),
    Status.RETURNED: (stories.submit, stories.return_),
    Status.PUBLISHED: (stories.submit, stories.publish),
    Status.HIDDEN: (stories.submit, stories.publish, stories.hide),
    Status.WITHDRAWN: (stories.submit, stories.publish, stories.withdraw),
}
BY_TELLER = {stories.submit, stories.withdraw}
NOTED = {stories.return_, stories.hide}
# The people in the examples are invented.
ASKED = {stories.submit, stories.publish}


@transaction.atomic
def load(example):
    """The example's community. Where its short name is taken already, nothing changes."""
    if community := Community.objects.filter(slug=example.slug).first():
        return community
    return Loading(example).community


def entrances(example):
    """For each role the first person who holds it: those whom the first page lets one enter as."""
    return {
        role: next(person for person in example.people if role in person.roles) for role in Role
    }


def propose(example, community, by, cycle):
    """The example's indicator, being negotiated, without its numbers."""
    return indicators.propose(
        community=community,
        by=by,
        code=example.code,
        cycle=cycle,
        capital=example.capital,
        name=example.name,
        text=example.text,
        kind=example.kind,
        unit=example.unit,
        direction=example.direction,
        cumulative=example.cumulative,
        data_source=example.data_source,
        collector=example.collector,
        frequency=example.frequency,
    )


class Loading:
    """One run: what was made so far, by the keys of the example."""

    def __init__(self, example):
        self.community = communities.found_community(
            slug=example.slug,
            name=example.name,
            scheme=example.scheme,
            purpose=example.purpose,
            language=example.language,
            time_zone=example.time_zone,
            example_note=example.note,
        )
        self.cycles = {cycle.key: cycle for cycle in self.community.cycles.all()}
        self.groups = {one.key: self.add_group(one) for one in example.groups}
        self.people = {one.key: self.add_person(one) for one in example.people}
        self.give_password()
        self.tellers = {one.key: self.add_guest(one) for one in example.guests}
        self.facilitator = self.people[entrances(example)[Role.FACILITATOR].key]
        self.indicators = {one.code: self.add_indicator(one) for one in example.indicators}
        for one in example.talks:
            self.add_talk(one)
        for one in example.stories:
            self.add_story(one)
        # Nobody waits for mails about stories that were always there.
        Mail.objects.filter(user__in=self.people.values()).delete()

    def add_group(self, group):
        return communities.add_group(community=self.community, name=group.name, axis=group.axis)

    def add_person(self, person):
        user = communities.add_person(email=person.email, name=person.name)
        communities.add_member(
            community=self.community,
            user=user,
            roles=list(person.roles),
            stakeholder_group=self.groups[person.group],
        )
        return user

    def give_password(self):
        """One hash for all: hashing is slow on purpose. Whoever had an account keeps theirs."""
        new = User.objects.filter(memberships__community=self.community)
        new = new.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        new.update(password=make_password(PASSWORD))

    def add_guest(self, guest):
        return communities.add_guest_teller(community=self.community, name=guest.name)

    def add_indicator(self, example):
        indicator = propose(example, self.community, self.facilitator, self.cycles[example.cycle])
        for one in example.observations:
            indicators.record_observation(
                indicator=indicator,
                by=self.facilitator,
                start=one.start,
                end=one.end,
                value=one.value,
                numerator=one.numerator,
                denominator=one.denominator,
                note=one.note,
                source=one.source,
            )
        for one in example.targets:
            indicators.set_target(
                indicator=indicator,
                by=self.facilitator,
                start=one.start,
                end=one.end,
                value=one.value,
            )
        return indicator

    def add_talk(self, example):
        """A round as its people held it, up to the decision where there is one."""
        indicator, today = self.indicators[example.indicator], self.community.today
        round = negotiating.open_round(
            indicator=indicator,
            by=self.facilitator,
            groups=[self.groups[key] for key in example.groups],
            closes_on=today + timedelta(days=example.days) if example.days else None,
            is_blind=example.is_blind,
        )
        for one in example.said:
            stance = negotiating.take_stance(
                round=round,
                by=self.people[one.person],
                choice=one.choice,
                reason=one.reason,
                would_answer=one.would_answer,
            )
            if one.answer:
                negotiating.answer_objection(stance=stance, by=self.facilitator, answer=one.answer)
        for person, text in example.comments:
            negotiating.comment(indicator=indicator, by=self.people[person], text=text)
        if example.gaming:
            self.add_gaming(indicator, example.gaming)
        if example.outcome:
            said = {name: getattr(example, name) for name in ("rationale", "present", "how")}
            deciding.agree(round=round, by=self.facilitator, **said)

    def add_gaming(self, indicator, example):
        negotiating.check_gaming(
            indicator=indicator,
            by=self.facilitator,
            judged=example.judged,
            cheapest_way=example.cheapest_way,
            losers=example.losers,
            hidden=example.hidden,
            safeguard=example.safeguard,
            counter_indicator=self.indicators.get(example.counter),
            review_on=self.community.today + timedelta(days=180),
        )

    def add_story(self, example):
        """Told to the end. What a recorder proposed, the teller confirmed but for a few parts."""
        minutes_teller, minutes_elicitor, minutes_recorder = example.minutes
        user = self.people.get(example.teller)
        elicitor, recorder = self.people.get(example.elicitor), self.people.get(example.recorder)
        story = stories.tell(
            community=self.community,
            teller=self.teller(example.teller),
            by=recorder or user,
            steps=[self.step(one) for one in example.steps],
            links=[self.link(one) for one in example.links],
            told=not example.proposed,
            template=example.template,
            title=example.title,
            language=example.language,
            audience=Audience[example.audience.upper()],
            attribution=example.attribution,
            pseudonym=example.pseudonym,
            quotable=example.quotable,
            elicitor=elicitor,
            recorder=recorder,
            minutes_teller=minutes_teller,
            minutes_elicitor=minutes_elicitor,
            minutes_recorder=minutes_recorder,
            happened_from=example.happened_from,
            happened_to=example.happened_to,
        )
        if example.proposed:
            self.confirm(story, example, by=recorder)
        for act in WAY_TO[example.status]:
            said = {"note": example.note} if act in NOTED else {}
            if act in ASKED:
                said = {"others": Story.Others.NOBODY}
            act(story=story, by=user if act in BY_TELLER else self.facilitator, **said)

    def confirm(self, story, example, *, by):
        """On the recorder's screen. What stands on an unconfirmed step waits with it."""
        steps = dict(enumerate(story.steps.all(), start=1))
        numbers = {step.pk: number for number, step in steps.items()}
        waiting = set(example.unconfirmed_steps)
        for number, step in steps.items():
            if number not in waiting:
                stories.confirm(part=step, by=by)
                for touch in step.touches.select_related("indicator"):
                    if (number, touch.indicator.code) not in example.unconfirmed_touches:
                        stories.confirm(part=touch, by=by)
        for link in story.links.all():
            ends = (numbers[link.from_step_id], numbers[link.to_step_id])
            if not waiting.intersection(ends) and ends not in example.unconfirmed_links:
                stories.confirm(part=link, by=by)

    def teller(self, key):
        if key not in self.tellers:
            self.tellers[key] = communities.teller_of(
                community=self.community, user=self.people[key]
            )
        return self.tellers[key]

    def step(self, example):
        return WrittenStep(
            cycle=self.cycles[example.cycle],
            text=example.text,
            tense=example.tense,
            value=example.value,
            capital=example.capital,
            indicators=[self.indicators[code] for code in example.indicators],
        )

    def link(self, example):
        return WrittenLink(
            start=example.start - 1,
            end=example.end - 1,
            how=example.how,
            would_have_happened_anyway=example.would_have_happened_anyway,
            other_influences=example.other_influences,
            corroborator=example.corroborator,
        )
