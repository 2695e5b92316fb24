"""What an example community is made of: plain frozen data, without logic or database.

Keys and codes join the parts: a story names its teller, its cycles and its indicators by key.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ExampleGroup:
    key: str
    name: str
    axis: str  # "horizontal" (peers) or "vertical" (those one reports to)


@dataclass(frozen=True)
class ExamplePerson:
    key: str
    email: str
    name: str
    roles: tuple[str, ...]  # of "member", "facilitator", "funder"
    group: str


@dataclass(frozen=True)
class ExampleGuest:
    """A teller without an account; without a name, a teller whom nobody knows."""

    key: str
    name: str


@dataclass(frozen=True)
class ExampleObservation:
    start: date
    end: date
    value: str | None = None  # a decimal number, or none where numerator and denominator say it
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class ExampleTarget:
    start: date
    end: date
    value: str


@dataclass(frozen=True)
class ExampleIndicator:
    code: str
    name: str
    text: str
    cycle: str
    capital: str = ""  # of potential value only
    kind: str = "number"  # "number", "percentage" or "story_count"
    unit: str = ""
    direction: str = "up"  # "up", "down" or "neither"
    cumulative: bool = False
    data_source: str = ""
    collector: str = ""
    frequency: str = ""
    observations: tuple[ExampleObservation, ...] = ()
    targets: tuple[ExampleTarget, ...] = ()


@dataclass(frozen=True)
class ExampleStep:
    cycle: str
    text: str
    indicators: tuple[str, ...] = ()
    tense: str = "happened"  # "happened", "hoped" or "did_not_happen"
    value: str = "unset"  # "positive", "negative", "none_created" or "unset"
    capital: str = ""  # of potential value only


@dataclass(frozen=True)
class ExampleLink:
    """Steps are numbered from 1. `how` ends the sentence "This led to that because …"."""

    start: int
    end: int
    how: str
    would_have_happened_anyway: str = ""
    other_influences: str = ""
    corroborator: str = ""


@dataclass(frozen=True)
class ExampleStory:
    title: str
    teller: str
    audience: str  # "me", "facilitators", "members", "funders" or "public"
    steps: tuple[ExampleStep, ...]
    links: tuple[ExampleLink, ...]
    template: str = "specific"  # or "personal"
    language: str = "en"
    attribution: str = "name"  # "name", "pseudonym" or "anonymous"
    pseudonym: str = ""
    quotable: bool = True
    status: str = "published"  # draft, submitted, returned, published, hidden, withdrawn
    note: str = ""  # why it was returned or hidden
    elicitor: str = ""
    recorder: str = ""
    minutes: tuple[int, int, int] = (0, 0, 0)  # of teller, elicitor and recorder
    happened_from: date | None = None
    happened_to: date | None = None
    # Put into words by the recorder: the teller confirmed all of it but the parts below.
    proposed: bool = False
    unconfirmed_steps: tuple[int, ...] = ()
    unconfirmed_touches: tuple[tuple[int, str], ...] = ()  # (step, code of the indicator)
    unconfirmed_links: tuple[tuple[int, int], ...] = ()  # (start, end)


@dataclass(frozen=True)
class ExampleSaid:
    """A person's stance; of an objection also its answer, where there is one."""

    person: str
    choice: str  # "support", "concern", "object" or "abstain"
    reason: str
    would_answer: str = ""
    answer: str = ""


@dataclass(frozen=True)
class ExampleGaming:
    judged: str
    cheapest_way: str
    losers: str
    hidden: str
    safeguard: str
    counter: str = ""  # code of an indicator


@dataclass(frozen=True)
class ExampleTalk:
    """A round about an indicator; without an outcome it is open for so many days from now."""

    indicator: str
    groups: tuple[str, ...]
    said: tuple[ExampleSaid, ...]
    gaming: ExampleGaming | None = None
    comments: tuple[tuple[str, str], ...] = ()  # (person, text)
    days: int = 0
    is_blind: bool = False
    outcome: str = ""  # "" or "agree"
    rationale: str = ""
    present: str = ""
    how: str = ""


@dataclass(frozen=True)
class ExampleCommunity:
    slug: str
    name: str
    purpose: str
    language: str
    time_zone: str
    scheme: str  # a key of valuecreation.framework.SCHEMES
    note: str  # shown on every page of the example
    groups: tuple[ExampleGroup, ...]
    people: tuple[ExamplePerson, ...]
    guests: tuple[ExampleGuest, ...]
    indicators: tuple[ExampleIndicator, ...]
    stories: tuple[ExampleStory, ...]
    talks: tuple[ExampleTalk, ...] = ()
