"""A story's trail as a page to read: steps in told order, each with what led to it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from valuecreation.framework import TENSE_TEXTS, VALUE_TEXTS

from .models import Link, Step, Touch


@dataclass
class Arrival:
    """A link, read from the step it arrives at."""

    link: Link
    number: int
    is_next: bool
    opening: str


@dataclass
class ReadStep:
    step: Step
    number: int
    touches: list[Touch]
    arrivals: list[Arrival] = field(default_factory=list)

    @property
    def tense(self):
        return TENSE_TEXTS[self.step.tense].text

    @property
    def value(self):
        """What the teller said of its value; nothing where they said nothing."""
        return self.step.value != Step.Value.UNSET and VALUE_TEXTS[self.step.value].text


def trail(story, viewer):
    """The steps of a `with_trail` story that this viewer may read. What somebody proposed and the
    teller has not confirmed is for the story's own people and facilitators."""
    written_by = viewer.user and viewer.user in (story.elicitor, story.recorder)
    inside = viewer.is_facilitator or written_by or story.is_told_by(viewer.user)

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
    by_pk = {read.step.pk: read for read in steps}
    for link in story.links.all():
        start, end = by_pk.get(link.from_step_id), by_pk.get(link.to_step_id)
        if start and end and shown(link):
            is_next = end.number == start.number + 1
            end.arrivals.append(Arrival(link, start.number, is_next, opening(start, end, is_next)))
    return steps


def opening(start, end, is_next):
    """How the sentence of a link begins; the teller's "because …" follows."""
    hoped = end.step.tense == Step.Tense.HOPED
    if is_next:
        return _("And I hope it leads here, because") if hoped else _("This led to that because")
    if end.number < start.number:
        words = _("And I hope step %(number)d leads back here, because")
        told = _("Step %(number)d led back here, because")
    else:
        words = _("And I hope step %(number)d leads here too, because")
        told = _("Step %(number)d led here too, because")
    return (words if hoped else told) % {"number": start.number}
