"""What a story said before: its versions from the rows that triggers wrote, and two of them compared."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from communities.models import Cycle, User
from communities.permissions import Audience
from indicators.models import Indicator
from valuecreation.framework import TENSE_TEXTS, VALUE_TEXTS

from .models import Link, LinkEvent, Part, Status, Step, StepEvent, Story, StoryEvent, TouchEvent

# The states in which facilitators read a story. What it said before is its teller's alone.
REVIEWED = {Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.HIDDEN}
# A piece of text that changes as a whole. Scripts without spaces change by the letter.
PIECES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u9fff]|\w+|\s+|.", re.DOTALL)
# More than this is shown as one text in place of another: comparing takes the square of it.
MOST_PIECES = 3_000


@dataclass(frozen=True)
class Version:
    """The story after one act. `who` did it, as far as that is known and may be said."""

    event: StoryEvent
    who: str

    @property
    def number(self):
        return self.event.version

    @property
    def at(self):
        return self.event.pgh_created_at


@dataclass(frozen=True)
class Entry:
    """A part of a version: `key` tells it from the others, `label` names it for a reader."""

    key: tuple
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """`pieces`: (same, taken out or put in; text)."""

    label: str
    pieces: list[tuple[str, str]]

    @property
    def is_change(self):
        return any(kind != "same" for kind, _text in self.pieces)


def may_read(story, viewer):
    return story.is_told_by(viewer.user) or viewer.is_facilitator


def versions_of(story, viewer):
    """Newest first: all for its teller; for a facilitator those that were theirs to read."""
    events = StoryEvent.objects.filter(pgh_obj=story.pk, version__gt=0).exclude(pgh_label="delete")
    # The row as the act left it; a later one of the same version is no act (a person was deleted).
    acts = {event.version: event for event in events.order_by("-pgh_id")}
    is_own = story.is_told_by(viewer.user)
    shown = [event for event in acts.values() if is_own or was_reviewed(event)]
    names = User.objects.in_bulk({event.changed_by_id for event in shown} - {None})
    return [
        Version(event, who_did(event, story, names, is_own))
        for event in sorted(shown, key=lambda event: -event.version)
    ]


def was_reviewed(event):
    return event.is_stub or (event.status in REVIEWED and event.audience > Audience.ME)


def who_did(event, story, names, is_own):
    """A teller who is not shown by name is not named here either, so no teller is."""
    if event.changed_by_id is None:
        return ""
    if event.changed_by_id == story.teller.user_id:
        return _("you") if is_own else _("its teller")
    who = names.get(event.changed_by_id)
    return str(who) if who else _("a former member")


class Past:
    """All that was ever written of a story, read once."""

    def __init__(self, story):
        steps = StepEvent.objects.filter(story=story.pk)
        self.steps = list(steps.order_by("pgh_id"))
        touched = {event.pgh_obj_id for event in self.steps}
        self.touches = list(TouchEvent.objects.filter(step__in=touched).order_by("pgh_id"))
        self.links = list(LinkEvent.objects.filter(story=story.pk).order_by("pgh_id"))
        self.cycles = Cycle.objects.filter(community=story.community_id).in_bulk()
        indicators = Indicator.objects.filter(community=story.community_id)
        self.indicators = indicators.select_related("definition").in_bulk()

    @staticmethod
    def standing(events, at):
        """The newest row of each part at this moment, but for what was gone or rejected."""
        newest = {event.pgh_obj_id: event for event in events if event.pgh_created_at <= at}
        return [
            event
            for event in newest.values()
            if event.pgh_label != "delete" and event.status != Part.Status.REJECTED
        ]

    def entries(self, version):
        """[Entry] of the story as it was then."""
        event = version.event
        steps = self.standing(self.steps, version.at)
        steps.sort(key=lambda step: (step.position, step.pgh_obj_id))
        numbers = {step.pgh_obj_id: number for number, step in enumerate(steps, start=1)}
        touched = {}
        for touch in self.standing(self.touches, version.at):
            touched.setdefault(touch.step_id, []).append(self.indicators.get(touch.indicator_id))
        entries = [Entry(("title",), _("Title"), event.title)]
        for step in steps:
            label = _("Step %(number)d") % {"number": numbers[step.pgh_obj_id]}
            entries.append(Entry(("step", step.pgh_obj_id), label, self.told(step, touched)))
        for link in self.standing(self.links, version.at):
            ends = numbers.get(link.from_step_id), numbers.get(link.to_step_id)
            if all(ends):
                label = _("From step %(start)d to step %(end)d") % dict(
                    zip(("start", "end"), ends, strict=True)
                )
                words = [getattr(link, name) for name in Link.CONTENT]
                entries.append(
                    Entry(("link", link.pgh_obj_id), label, "\n".join(filter(None, words)))
                )
        if event.note:
            entries.append(Entry(("note",), _("Note from the facilitator:"), event.note))
        entries.append(Entry(("terms",), _("Who may see it"), terms(event)))
        return entries

    def told(self, step, touched):
        """A step as one text."""
        cycle = self.cycles.get(step.cycle_id)
        said = [cycle.name if cycle else "", TENSE_TEXTS[step.tense].text]
        if step.value != Step.Value.UNSET:
            said.append(VALUE_TEXTS[step.value].text)
        names = sorted(str(one) for one in touched.get(step.pgh_obj_id, ()) if one)
        lines = [step.text, " · ".join(str(one) for one in said if one), ", ".join(names)]
        return "\n".join(filter(None, lines))


def terms(event):
    said = [Audience(event.audience).label, Story.Attribution(event.attribution).label]
    return " · ".join(map(str, said))


def compared(before, after):
    """[Difference] of two lists of entries: in the order of the newer one, what is gone behind."""
    earlier = {entry.key: entry for entry in before}
    found = [
        Difference(
            entry.label, pieces(earlier[entry.key].text if entry.key in earlier else "", entry.text)
        )
        for entry in after
    ]
    kept = {entry.key for entry in after}
    return found + [
        Difference(entry.label, pieces(entry.text, "")) for entry in before if entry.key not in kept
    ]


def pieces(old, new):
    """[(same / out / in, text)] that lead from one text to the other."""
    if old == new:
        return [("same", new)] if new else []
    one, other = PIECES.findall(old), PIECES.findall(new)
    if not (one and other) or max(len(one), len(other)) > MOST_PIECES:
        return [part for part in (("out", old), ("in", new)) if part[1]]
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(one[a:b])))
            continue
        found += [
            part for part in (("out", "".join(one[a:b])), ("in", "".join(other[c:d]))) if part[1]
        ]
    return found


def replace(story, pattern, word):
    """What its teller masks is masked in what the story said before, too."""
    rows = [
        (StoryEvent.objects.filter(pgh_obj=story.pk), ["title"]),
        (StepEvent.objects.filter(story=story.pk), ["text"]),
        (LinkEvent.objects.filter(story=story.pk), Link.CONTENT),
    ]
    for events, names in rows:
        for event in events:
            for name in names:
                setattr(event, name, pattern.sub(word, getattr(event, name)))
        events.model.objects.bulk_update(events, names)


def forget(story_pk):
    """Nothing of what it said stays."""
    steps = StepEvent.objects.filter(story=story_pk)
    TouchEvent.objects.filter(step__in=list(steps.values_list("pgh_obj", flat=True))).delete()
    LinkEvent.objects.filter(story=story_pk).delete()
    steps.delete()
    StoryEvent.objects.filter(pgh_obj=story_pk).delete()


@receiver(post_delete, sender=Story)
def forget_with_the_story(instance, **kwargs):
    forget(instance.pk)
