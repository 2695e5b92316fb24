"""A `Reading` as what the page shows: the drawing, the table beside it, the key of its stories."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communities.models import Cycle
from indicators.figures import figure, parts, quantity
from indicators.models import Definition

from . import drawing, words

SPARK = 12


@dataclass
class Row:
    """A box as a row of the table: the same numbers as in the drawing."""

    box: object
    name: str
    href: str
    state: str
    value: str
    parts: str
    target: str
    direction: str
    unheard: str
    comes_from: list
    leads_to: list


@dataclass
class Section:
    cycle: Cycle
    cell: object
    rows: list[Row]


def name_of(box):
    return str(box.indicator) if box.indicator else _("Told here, no indicator yet")


def href_of(community, box):
    if box.indicator:
        return reverse("matrix:indicator", args=[community.slug, box.indicator.code])
    return reverse("matrix:no_indicator", args=[community.slug, box.cycle.key])


def value_of(box):
    return figure(box.observation) if box.observation else ""


def target_of(box):
    if not box.target:
        return ""
    definition = box.indicator.definition
    unit = "%" if definition.kind == Definition.Kind.PERCENTAGE else definition.unit
    return quantity(box.target.value, unit)


def sections(reading):
    return [
        Section(
            one.cycle,
            one.cell,
            [row(reading.community, box) for box in [*one.boxes, one.no_indicator]],
        )
        for one in reading.cycles
    ]


def row(community, box):
    return Row(
        box=box,
        name=name_of(box),
        href=href_of(community, box),
        state=words.state(box.state),
        value=value_of(box),
        parts=parts(box.observation) if box.observation else "",
        target=target_of(box),
        direction=box.indicator.definition.get_direction_display() if box.indicator else "",
        unheard=unheard(box),
        comes_from=[(place_of(one), words.tellers(pair.tellers)) for one, pair in box.comes_from],
        leads_to=[(place_of(one), words.tellers(pair.tellers)) for one, pair in box.leads_to],
    )


def place_of(box):
    """The box's name where its cycle does not stand beside it."""
    if box.indicator:
        return name_of(box)
    return _("%(cycle)s, no indicator yet") % {"cycle": box.cycle.name}


def unheard(box):
    """Said wherever the indicator is shown (framework.md): it stands agreed without these groups."""
    if not box.silent:
        return ""
    return _("agreed without a word from %s") % ", ".join(box.silent)


def face(community, box):
    observed = [one.number for one in box.observations if one.number is not None]
    return drawing.Face(
        id=box.pk,
        name=name_of(box),
        href=href_of(community, box),
        tellers=box.cell.tellers,
        stories=box.cell.stories,
        unknown_stories=box.cell.unknown_stories,
        value=value_of(box),
        target=target_of(box),
        direction=box.indicator.definition.direction if box.indicator else "neither",
        series=tuple(float(number) for number in observed[-SPARK:]),
        goal=float(box.target.value) if box.target else None,
        state=box.state,
        negotiating=bool(box.indicator) and box.indicator.state == "proposed",
        retired=bool(box.indicator) and box.indicator.state == "retired",
        unheard=unheard(box),
        unplaced=box.indicator is None,
    )


def column(community, one, first_stage):
    return drawing.Column(
        key=one.cycle.key,
        name=one.cycle.name,
        question=one.cycle.question,
        kind=one.cycle.kind,
        colour=one.cycle.colour,
        shape=one.cycle.shape,
        before=one.cycle.kind == Cycle.Kind.SIDE and one.cycle.position < first_stage,
        tellers=one.cell.tellers,
        stories=one.cell.stories,
        faces=tuple(face(community, box) for box in [*one.boxes, one.no_indicator] if box.pk),
    )


def thread(community, told):
    return drawing.Thread(
        number=told.number,
        title=str(told.story),
        teller=told.story.told_by,
        href=reverse("stories:story", args=[community.slug, told.story.pk]),
        visits=tuple(drawing.Visit(v.box, v.tense, v.value, step=v.step) for v in told.visits),
        links=tuple(drawing.Link(*link) for link in told.links),
    )


def picture(reading, told):
    community = reading.community
    stages = [one.cycle.position for one in reading.cycles if one.cycle.kind == Cycle.Kind.STAGE]
    return drawing.Picture(
        title=_("Matrix of %(community)s") % {"community": community},
        sentence=summary(reading),
        columns=tuple(column(community, one, min(stages, default=0)) for one in reading.cycles),
        threads=tuple(thread(community, one) for one in told),
        words=words.of_the_drawing(),
        right_to_left=get_language_bidi(),
    )


def summary(reading):
    indicators = sum(len(one.boxes) for one in reading.cycles)
    counted = ngettext("%(count)d indicator", "%(count)d indicators", indicators)
    return _("%(indicators)s, %(stories)s, %(sources)s. The table below holds the same.") % {
        "indicators": counted % {"count": indicators},
        "stories": words.stories(reading.whole.stories),
        "sources": words.sources(reading.whole),
    }


def not_drawn(reading, told):
    """How many counted stories the drawing leaves out, in words; "" for none."""
    count = reading.whole.stories - len(told)
    if count <= 0:
        return ""
    return ngettext(
        "The drawing shows the newest %(drawn)d stories; %(count)d older one is in the numbers only.",
        "The drawing shows the newest %(drawn)d stories; %(count)d older ones are in the numbers only.",
        count,
    ) % {"drawn": len(told), "count": count}
