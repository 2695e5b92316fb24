"""The trail of a story as somebody writes it: from a form, an API document or an example."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.fields import normalise
from communities.models import Cycle
from indicators.actions import propose
from indicators.models import Indicator

from .models import Link, Step, Touch

# Names the lock on a community's touches among all advisory locks of the database.
TOUCHES = 7001


@dataclass
class WrittenStep:
    """`step` is the stored step that these words replace, None for a new one."""

    cycle: Cycle
    text: str = ""
    tense: str = Step.Tense.HAPPENED
    value: str = Step.Value.UNSET
    capital: str = ""
    indicators: list[Indicator] = field(default_factory=list)
    # The name of an indicator that is not there yet, and why it matters.
    proposes: str = ""
    proposes_why: str = ""
    step: Step | None = None


@dataclass
class WrittenLink:
    """From the step at index `start` of the trail to the one at index `end`, counted from 0."""

    start: int
    end: int
    how: str = ""
    would_have_happened_anyway: str = ""
    other_influences: str = ""
    corroborator: str = ""

    def content(self):
        return {name: getattr(self, name) for name in Link.CONTENT}


def require_trail(story, steps, links):
    """Raises ValidationError where the trail cannot be stored for this story."""
    faults = []
    if len(steps) > Step.MOST:
        faults.append(
            ngettext(
                "A story has at most %(most)d steps; this one has %(count)d.",
                "A story has at most %(most)d steps; this one has %(count)d.",
                len(steps),
            )
            % {"most": Step.MOST, "count": len(steps)}
        )
    for number, step in enumerate(steps, start=1):
        faults += [
            _("Step %(number)d: %(fault)s") % {"number": number, "fault": fault}
            for fault in faults_of_step(story, step)
        ]
    replaced = Counter(step.step.pk for step in steps if step.step)
    if any(times > 1 for times in replaced.values()):
        faults.append(_("The same step of the story is there twice."))
    pairs = Counter((link.start, link.end) for link in links)
    for (start, end), times in pairs.items():
        names = {"start": start + 1, "end": end + 1}
        if not (0 <= start < len(steps) and 0 <= end < len(steps)):
            faults.append(_("There is no step %(start)d or %(end)d to link.") % names)
        elif start == end:
            faults.append(_("Step %(start)d cannot lead to itself.") % names)
        elif times > 1:
            faults.append(_("Steps %(start)d and %(end)d are linked twice.") % names)
    if faults:
        raise ValidationError(faults)


def faults_of_step(story, written):
    if len(written.text) > Step.MAX_LENGTH:
        yield _("the text is longer than %(most)d characters.") % {"most": Step.MAX_LENGTH}
    if "\0" in written.text:
        yield _("the text holds a character that cannot be stored (NUL).")
    if written.cycle.community_id != story.community_id:
        yield _("choose a cycle of this community.")
    if written.capital and not written.cycle.has_capitals:
        yield _("“%(cycle)s” has no capitals.") % {"cycle": written.cycle}
    if written.step and written.step.story_id != story.pk:
        yield _("this step belongs to another story.")
    if written.proposes.strip() and not written.proposes_why.strip():
        yield _("say why “%(name)s” matters.") % {"name": written.proposes}
    for indicator in written.indicators:
        if indicator.community_id != story.community_id:
            yield _("choose indicators of this community.")
        elif not indicator.is_drawn and not is_kept(written.step, indicator):
            yield _("“%(indicator)s” is no longer in use.") % {"indicator": indicator}


def is_kept(step, indicator):
    return step is not None and step.touches.filter(indicator=indicator).exists()


def store_trail(story, steps, links, *, by, told):
    """Makes the story's rows equal to the trail. What stays keeps its row; what is new is `told`,
    or proposed until the teller confirms it."""
    hold_touches(story.community)
    require_trail(story, steps, links)
    status = Step.Status.TOLD if told else Step.Status.PROPOSED
    kept = {written.step.pk for written in steps if written.step}
    story.steps.exclude(pk__in=kept).delete()
    rows = [
        store_step(story, written, position, by, status)
        for position, written in enumerate(steps, start=1)
    ]
    store_links(story, links, rows, by, status)


def hold_touches(community, *, alone=False):
    """Until the transaction ends: many may write touches at once; who moves those of an indicator
    does it `alone`, so that none is written meanwhile to one that is going."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", (TOUCHES, community.pk))


def trail_rows(story, steps, links, *, by, told):
    """(steps, touches, links): the rows of a new story's trail, checked and not saved."""
    require_trail(story, steps, links)
    status = Step.Status.TOLD if told else Step.Status.PROPOSED
    rows = [
        step_row(story, written, position, by, status)
        for position, written in enumerate(steps, start=1)
    ]
    touches = [
        touch
        for row, written in zip(rows, steps, strict=True)
        for touch in touch_rows(row, dict.fromkeys(written.indicators), by, status)
    ]
    joined = [
        link_row(story, written, rows[written.start], rows[written.end], by, status)
        for written in links
    ]
    return rows, touches, joined


def clean_row(row):
    """What it points at was read from the database just now, which also checks that it is there."""
    points = [one.name for one in row._meta.fields if one.is_relation]
    row.full_clean(exclude=points, validate_unique=False, validate_constraints=False)


def step_row(story, written, position, by, status):
    row = written.step or Step(story=story, status=status, said_by=by)
    row.position = position
    put_words(
        row,
        status,
        by,
        cycle_id=written.cycle.pk,
        text=written.text.strip(),
        tense=written.tense,
        value=written.value,
        capital=written.capital,
    )
    clean_row(row)
    return row


def touch_rows(step, indicators, by, status):
    return [Touch(step=step, indicator=one, status=status, said_by=by) for one in indicators]


def link_row(story, written, start, end, by, status, stored=None):
    row = stored or Link(story=story, from_step=start, to_step=end, status=status, said_by=by)
    put_words(row, status, by, **{name: value.strip() for name, value in written.content().items()})
    clean_row(row)
    return row


def store_step(story, written, position, by, status):
    row = step_row(story, written, position, by, status)
    indicators = [*written.indicators]
    if written.proposes.strip():
        row.proposed_indicator = proposed(story, written, by)
        indicators.append(row.proposed_indicator)
    row.save()
    wanted = {indicator.pk: indicator for indicator in indicators}
    row.touches.exclude(indicator__in=wanted).delete()
    present = set(row.touches.values_list("indicator_id", flat=True))
    new = [indicator for pk, indicator in wanted.items() if pk not in present]
    Touch.objects.bulk_create(touch_rows(row, new, by, status))
    return row


def proposed(story, written, by):
    """An emergent indicator; the one of this name where the community has it. Its proposer is not
    named where the story's teller is not."""
    name = normalise(written.proposes.strip())
    offered = story.community.indicators.offered()
    same = offered.filter(definition__name__iexact=name).first()
    is_named = story.attribution == story.Attribution.NAME
    return same or propose(
        community=story.community,
        by=by if is_named else None,
        cycle=written.cycle,
        capital=written.capital,
        name=name,
        reason=written.proposes_why.strip(),
    )


def put_words(row, status, by, **words):
    """New words make a part what its writer makes it: a proposal that the teller put into words of
    their own is told."""
    if row.pk and any(getattr(row, name) != value for name, value in words.items()):
        row.status, row.said_by = status, by
    for name, value in words.items():
        setattr(row, name, value)


def store_links(story, links, rows, by, status):
    stored = {(link.from_step_id, link.to_step_id): link for link in story.links.all()}
    for written in links:
        start, end = rows[written.start], rows[written.end]
        kept = stored.pop((start.pk, end.pk), None)
        link_row(story, written, start, end, by, status, kept).save()
    Link.objects.filter(pk__in=[link.pk for link in stored.values()]).delete()
