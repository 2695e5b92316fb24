"""What the drawing is told: plain, frozen dataclasses, already cut for the audience and already in the reader's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

COLOURS = (
    "immediate",
    "potential",
    "applied",
    "realized",
    "reframing",
    "strategic",
    "enabling",
    "orienting",
)
SHAPES = ("circle", "diamond", "square", "triangle", "hexagon", "flag", "plinth", "cross")
STATES = ("both", "numbers", "stories", "empty")
TENSES = ("happened", "hoped", "did_not_happen")
VALUES = ("positive", "negative", "none_created", "unset")


@dataclass(frozen=True, slots=True)
class Face:
    """One box. `value` and `target` are formatted for the locale; `series` and `goal` are in the indicator's unit.

    `slot` is the column (0-based) in which a side band draws this box; None lets the drawing choose.
    `id` is None for what an empty column invites to.
    """

    id: int | None
    name: str
    href: str
    tellers: int = 0
    stories: int = 0
    unknown_stories: int = 0
    value: str = ""
    target: str = ""
    direction: str = "neither"
    series: tuple[float, ...] = ()
    goal: float | None = None
    state: str = "empty"
    negotiating: bool = False
    retired: bool = False
    # Agreed without a word from these: a note in words.
    unheard: str = ""
    unplaced: bool = False
    slot: int | None = None
    # How many stories broke here; drawn with ribbons only, because a thread shows it by itself.
    broke: int = 0


@dataclass(frozen=True, slots=True)
class Invitation:
    """One act this person may do in an empty column, e.g. "Add the first indicator"."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """One cycle: a column ("stage") or a band across all columns ("side"; `before` puts it above the stages)."""

    key: str
    name: str
    question: str = ""
    kind: str = "stage"
    colour: str = "immediate"
    shape: str = "circle"
    before: bool = False
    tellers: int = 0
    stories: int = 0
    faces: tuple[Face, ...] = ()
    invitations: tuple[Invitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A trail touches a box. Several visits of one step share `step` and stand next to each other."""

    face: int
    tense: str = "happened"
    value: str = "unset"
    joined: bool = True
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A counted "this led to that", from and to being indices into the thread's visits."""

    start: int
    end: int
    tense: str = "happened"
    value: str = "unset"


@dataclass(frozen=True, slots=True)
class Thread:
    """One story. `mine`: the reader's own; `lifted`: shown in full while all others are dim. `links` None derives them from `joined` (a chain); an empty tuple means that no link counts.

    `note` is one more line for the hover card, e.g. "reach: Realized · 1 open end".
    """

    number: int
    title: str
    teller: str
    href: str
    mine: bool = False
    visits: tuple[Visit, ...] = ()
    links: tuple[Link, ...] | None = None
    note: str = ""
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Ribbon:
    """All that was told of one box leading to another, in place of threads where there are many.

    `hoped` of the tellers don't tell it as happened; `stitched` draws it as an outline.
    """

    start: int
    end: int
    tellers: int
    stories: int
    hoped: int = 0
    href: str = ""
    stitched: bool = False


def _tellers(n: int) -> str:
    return "1 teller" if n == 1 else f"{n} tellers"


def _stories(n: int) -> str:
    return "1 story" if n == 1 else f"{n} stories"


def _unknown(n: int) -> str:
    return (
        "1 story whose teller is not known" if n == 1 else f"{n} stories whose teller is not known"
    )


def _hoped(n: int) -> str:
    return (
        "1 of them does not tell it as happened"
        if n == 1
        else f"{n} of them do not tell it as happened"
    )


def _broke_here(n: int) -> str:
    return "1 trail broke here" if n == 1 else f"{n} trails broke here"


@dataclass(frozen=True, slots=True)
class Words:
    """Every word the drawing needs. Strings with {braces} are filled by name; callables choose the plural."""

    tellers: Callable[[int], str] = _tellers
    stories: Callable[[int], str] = _stories
    unknown_stories: Callable[[int], str] = _unknown
    stories_here: str = "{stories} here"
    no_numbers: str = "no numbers yet"
    no_numbers_short: str = "no numbers"
    no_story: str = "no story yet"
    nothing: str = "nothing told or counted yet"
    teller_unknown: str = "teller not known"
    negotiating: str = "being negotiated"
    retired: str = "retired"
    no_indicator: str = "no indicator yet"
    told_without: str = "Told here, no indicator yet"
    empty_column: str = "nothing here yet"
    target: str = "target {target}"
    more_wanted: str = "more is wanted"
    less_wanted: str = "less is wanted"
    state_both: str = "Numbers and stories"
    state_numbers: str = "Numbers only, no story yet"
    state_stories: str = "Stories only, no numbers yet"
    state_empty: str = "Nothing told or counted yet"
    thread: str = "Story {number}: {title}, told by {teller}: {steps}"
    told_by: str = "told by {teller}"
    card_title: str = "{number} · {title}"
    my_story: str = "my story"
    step_happened: str = "{name}"
    step_hoped: str = "hoped for {name}"
    step_failed: str = "{name}, did not happen"
    step_broke: str = "{name}, no value: the trail broke here"
    ribbon: str = "From {start} to {end}: {tellers}, {stories}"
    ribbon_hoped: Callable[[int], str] = _hoped
    broke_here: Callable[[int], str] = _broke_here
    lanes_shown: str = "Stories shown"
    comma: str = ", "
    stop: str = ". "


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole matrix. `sentence` is the accessible summary. Where there are `ribbons`, they are drawn in place of
    the threads, at most `most` of them.
    """

    title: str
    sentence: str
    columns: tuple[Column, ...] = ()
    threads: tuple[Thread, ...] = ()
    words: Words = field(default_factory=Words)
    right_to_left: bool = False
    ribbons: tuple[Ribbon, ...] = ()
    most: int = 95

    def shown_threads(self) -> tuple[Thread, ...]:
        """Threads that touch at least one known box, by number: the paint and focus order."""
        known = {face.id for column in self.columns for face in column.faces}
        return tuple(
            sorted(
                (t for t in self.threads if any(v.face in known for v in t.visits)),
                key=lambda t: t.number,
            )
        )


def chosen_links(thread: Thread) -> tuple[Link, ...]:
    """The links to draw: those told, else the chain of joined visits; indices outside the visits are dropped."""
    count = len(thread.visits)
    if thread.links is None:
        return tuple(
            Link(i - 1, i, visit.tense, visit.value)
            for i, visit in enumerate(thread.visits)
            if i and visit.joined
        )
    seen, kept = set(), []
    for link in thread.links:
        link = link if isinstance(link, Link) else Link(*link)
        if 0 <= link.start < count and 0 <= link.end < count and (link.start, link.end) not in seen:
            seen.add((link.start, link.end))
            kept.append(link)
    return tuple(kept)


def broke(value: str) -> bool:
    """The teller says that the trail ended without value, or with a loss."""
    return value in ("negative", "none_created")


# XML 1.0 knows no control characters and no lone surrogates; a pasted name may hold some.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: no-break spaces stay


def clean(text: object) -> str:
    """Text that XML can hold, with white space collapsed."""
    return _SPACES.sub(" ", _FORBIDDEN.sub("", str(text))).strip(" ")


def esc(text: object) -> str:
    """Text escaped for an element or a quoted attribute."""
    return (
        clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )
