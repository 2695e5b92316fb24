"""A story's trail as a page to read: steps in told order, each with what led to it."""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.permissions import Permission
from valuecreation.framework import TENSE_TEXTS, VALUE_TEXTS

from .models import Link, Step, Story, Touch


@dataclass
class Arrival:
    """A link, read from the step it arrives at."""

    link: Link
    number: int
    is_next: bool
    opening: str
    said: str


@dataclass
class ReadStep:
    step: Step
    number: int
    touches: list[Touch]
    arrivals: list[Arrival] = field(default_factory=list)
    leads_on: bool = False
    line_out: str = "none"

    @property
    def tense(self):
        return TENSE_TEXTS[self.step.tense].text

    @property
    def value(self):
        """What the teller said of its value; nothing where they said nothing."""
        return self.step.value != Step.Value.UNSET and VALUE_TEXTS[self.step.value].text

    @property
    def mark(self):
        """How the cycle's shape is drawn: filled, outlined, or crossed where the trail broke."""
        if self.step.tense == Step.Tense.HOPED:
            return "hoped"
        ended = self.is_without_value and not self.leads_on
        return "broken" if ended or not self.step.has_happened else "happened"

    @property
    def is_without_value(self):
        return self.step.value in {Step.Value.NEGATIVE, Step.Value.NONE_CREATED}

    @property
    def line_in(self):
        """The line that comes from the step before; none where no link does."""
        direct = next((arrival for arrival in self.arrivals if arrival.is_next), None)
        if not direct:
            return "none"
        if not direct.link.is_counted:
            return "dotted"
        if not self.step.has_happened:
            return "dashed"
        return "double" if self.is_without_value else "solid"


def is_inside(story, viewer):
    """The story's own people and facilitators."""
    written_by = viewer.user and viewer.user in (story.elicitor, story.recorder)
    holds = viewer.holds == story.pk
    return bool(holds or viewer.is_facilitator or written_by or story.is_told_by(viewer.user))


def knows_how(story, viewer):
    """May this viewer know who helped to tell it, and where it was told?"""
    return is_inside(story, viewer) or viewer.can(Permission.SEE_PEOPLE)


def helpers_of(story, viewer):
    """{"elicitor": person, "recorder": person}, those whom this viewer may know. A teller who is not shown
    by name is not named as who wrote it either."""
    if not knows_how(story, viewer):
        return {}
    is_named = story.attribution == Story.Attribution.NAME
    did = {"elicitor": story.elicitor, "recorder": story.recorder}
    return {
        role: who for role, who in did.items() if who and (is_named or not story.is_told_by(who))
    }


def helpers(story, viewer):
    """[(what they did, who; or where it was told)] for those who may know people here."""
    words = {"elicitor": _("Drawn out by"), "recorder": _("Written by")}
    shown = [(words[role], who) for role, who in helpers_of(story, viewer).items()]
    if story.told_on and knows_how(story, viewer):
        place = {"where": story.told_where, "day": date_format(story.told_on, "DATE_FORMAT")}
        shown.append((_("Told elsewhere"), _("%(where)s, %(day)s") % place))
    return shown


def minutes(story, viewer):
    """What telling it took, all three together; for the story's own people and facilitators."""
    spent = story.minutes_teller + story.minutes_elicitor + story.minutes_recorder
    return spent if is_inside(story, viewer) else 0


def trail(story, viewer):
    """The steps of a `with_trail` story that this viewer may read. What somebody proposed and the
    teller has not confirmed is for the story's own people and facilitators."""
    inside = is_inside(story, viewer)

    def shown(part):
        return part.is_counted or (inside and part.status == part.Status.PROPOSED)

    steps = [
        ReadStep(
            step,
            number,
            [touch for touch in step.touches.all() if shown(touch) and touch.indicator.is_drawn],
        )
        for number, step in enumerate(filter(shown, story.steps.all()), start=1)
    ]
    return joined(steps, filter(shown, story.links.all()), story)


def joined(steps, links, story):
    """The steps (`ReadStep`), each with what led to it, as the links between them say."""
    by_pk = {read.step.pk: read for read in steps}
    for link in links:
        start, end = by_pk.get(link.from_step_id), by_pk.get(link.to_step_id)
        if start and end:
            is_next = end.number == start.number + 1
            start.leads_on = start.leads_on or link.is_counted
            words = opening(start, end, is_next, bool(link.how))
            end.arrivals.append(Arrival(link, start.number, is_next, words, said(link, story)))
    for before, after in pairwise(steps):
        before.line_out = after.line_in
    return steps


def opening(start, end, is_next, is_told):
    """How the sentence of a link begins; where the teller told how, "because …" follows."""
    hoped = end.step.tense == Step.Tense.HOPED
    if is_next:
        words = _("And I hope it leads here") if hoped else _("This led to that")
        if end.step.tense == Step.Tense.DID_NOT_HAPPEN:
            words = _("I had hoped it would lead here")
    elif end.number < start.number:
        words = _("Step %(number)d led back here")
        if hoped:
            words = _("And I hope step %(number)d leads back here")
    else:
        words = _("Step %(number)d led here too")
        if hoped:
            words = _("And I hope step %(number)d leads here too")
    sentence = _("%(words)s because") if is_told else _("%(words)s.")
    return sentence % {"words": words % {"number": start.number}}


def said(link, story):
    """Who stands behind a link, in words."""
    if link.status == Link.Status.PROPOSED:
        return _("Proposed, waiting for the teller. Not counted.")
    words = _("told by %(teller)s")
    if link.status == Link.Status.CONFIRMED:
        words = _("confirmed by %(teller)s")
    return words % {"teller": story.told_by}
