"""Which part of the matrix somebody asks for; `reading` adds it up when it is asked for."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import BitXor
from django.db.models import BigIntegerField, Count, DateField, F, Func, Value
from django.db.models.functions import Coalesce, TruncDate

from stories.models import Step, Story

OF_A_STORY = ("template", "language")
OF_A_CLAIM = ("tense", "value")


@dataclass(frozen=True)
class Filter:
    """`since` and `until` are days by the community's calendar, both included: what happened within
    them at least in part; a story that says no day is of the day on which it was told. `group` is the
    id of a stakeholder group, `teller` of a user ("mine"). `tense` and `value` are a claim's."""

    since: date | None = None
    until: date | None = None
    template: str = ""
    language: str = ""
    tense: str = ""
    value: str = ""
    group: int | None = None
    teller: int | None = None

    def __post_init__(self):
        for name, choices in (("tense", Step.Tense), ("value", Step.Value)):
            if getattr(self, name) and getattr(self, name) not in choices:
                raise ValueError(f"{name}: {getattr(self, name)!r}")

    def __bool__(self):
        return self != Filter()

    def stories(self, community, audience):
        """Those counted for the audience that are asked for. In a group are those who are shown by
        name: that one of its people told a story without a name must not be found out by asking."""
        stories = Story.objects.counted_for(audience).filter(community=community)
        asked = {name: value for name in OF_A_STORY if (value := getattr(self, name))}
        stories = stories.filter(**asked)
        if self.since or self.until:
            told = TruncDate("created_at", tzinfo=community.zone)
            stories = stories.annotate(
                first_day=day("happened_from", "happened_to", told),
                last_day=day("happened_to", "happened_from", told),
            )
            if self.since:
                stories = stories.filter(last_day__gte=self.since)
            if self.until:
                stories = stories.filter(first_day__lte=self.until)
        if self.group:
            belongs = community.memberships.filter(stakeholder_group=self.group).values("user")
            stories = stories.filter(teller__user__in=belongs, attribution=Story.Attribution.NAME)
        if self.teller:
            stories = stories.filter(teller__user=self.teller)
        return stories

    def holds(self, observation):
        """Whether a number is of a period that is asked for, at least in part."""
        return not (
            (self.since and observation.end < self.since)
            or (self.until and observation.start > self.until)
        )

    def of_claims(self):
        """{column: value} of the claims that are asked for."""
        return {name: value for name in OF_A_CLAIM if (value := getattr(self, name))}

    def lets_through(self, tense, value):
        return self.tense in ("", tense) and self.value in ("", value)

    def mark(self, community, audience):
        """Two filters with the same mark let through the same, of an unchanged matrix."""
        number = Func(
            F("pk"), Value(0), function="hashint8extended", output_field=BigIntegerField()
        )
        chosen = (
            self.stories(community, audience).order_by().aggregate(n=Count("pk"), x=BitXor(number))
        )
        return f"{chosen['n']}:{chosen['x']}:{self.tense}:{self.value}"


def day(*choices):
    return Coalesce(*choices, output_field=DateField())
