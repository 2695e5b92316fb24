"""A `Reading` as what the page shows: the drawing, the table beside it, the key of its stories."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communities.models import Cycle
from indicators.figures import figure, parts, quantity
from indicators.models import Definition

from . import drawing, words

SPARK = 12
# Up to so many stories are drawn as threads, more as ribbons, where nobody asks for one of them.
MOST_AS_THREADS = 60
# Of what a box comes from or leads to, so many stand in its row, and whatever is drawn.
NEIGHBOURS = 12


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
    more_from: int = 0
    more_to: int = 0


@dataclass
class Section:
    cycle: Cycle
    cell: object
    rows: list[Row]


def name_of(box):
    return str(box.indicator) if box.indicator else _("Told here, no indicator yet")


def href_of(community, box, query=""):
    """The page of a box, of the same part of the matrix."""
    if box.indicator:
        address = reverse("matrix:indicator", args=[community.slug, box.indicator.code])
    else:
        address = reverse("matrix:no_indicator", args=[community.slug, box.cycle.key])
    return with_query(address, query)


def with_query(address, query):
    return f"{address}?{query}" if query else address


def name_in_address(box):
    """A box in the address of a pair; no code begins with a tilde."""
    return box.indicator.code if box.indicator else f"~{box.cycle.key}"


def href_of_pair(community, start, end, query=""):
    address = f"{pairs_of(community.slug)}{name_in_address(start)}/{name_in_address(end)}/"
    return with_query(address, query)


@lru_cache(maxsize=1000)
def pairs_of(slug):
    """Where the pages of all pairs begin: a matrix has thousands, and to ask for each takes its time."""
    return reverse("matrix:pair", args=[slug, "0", "0"]).removesuffix("0/0/")


def value_of(box):
    return figure(box.observation) if box.observation else ""


def target_of(box):
    if not box.target:
        return ""
    definition = box.indicator.definition
    unit = "%" if definition.kind == Definition.Kind.PERCENTAGE else definition.unit
    return quantity(box.target.value, unit)


def sections(reading, query="", drawn=frozenset()):
    """The table; `drawn`: the pairs (box, box) that the drawing shows."""
    return [
        Section(
            one.cycle,
            one.cell,
            [row(reading.community, box, query, drawn) for box in [*one.boxes, one.no_indicator]],
        )
        for one in reading.cycles
    ]


def row(community, box, query="", drawn=frozenset()):
    comes_from = [
        one
        for place, one in enumerate(box.comes_from)
        if place < NEIGHBOURS or (one[0].pk, box.pk) in drawn
    ]
    leads_to = [
        one
        for place, one in enumerate(box.leads_to)
        if place < NEIGHBOURS or (box.pk, one[0].pk) in drawn
    ]
    return Row(
        box=box,
        name=name_of(box),
        href=href_of(community, box, query),
        state=words.state(box.state),
        value=value_of(box),
        parts=parts(box.observation) if box.observation else "",
        target=target_of(box),
        direction=box.indicator.definition.get_direction_display() if box.indicator else "",
        unheard=unheard(box),
        comes_from=neighbours(community, box, query, comes_from, from_there),
        leads_to=neighbours(community, box, query, leads_to, to_there),
        more_from=len(box.comes_from) - len(comes_from),
        more_to=len(box.leads_to) - len(leads_to),
    )


def ways(community, box, query=""):
    """[(title, [(name, its tellers, address)])] of all that it comes from and leads to."""
    found = [
        (_("Comes from"), neighbours(community, box, query, box.comes_from, from_there)),
        (_("Leads to"), neighbours(community, box, query, box.leads_to, to_there)),
    ]
    return [(title, some) for title, some in found if some]


def from_there(box, other):
    return other, box


def to_there(box, other):
    return box, other


def neighbours(community, box, query, some, ends):
    """[(name, its tellers, address)] of pairs that this box is one end of."""
    return [
        (
            place_of(other),
            words.tellers(pair.tellers),
            href_of_pair(community, *ends(box, other), query),
        )
        for other, pair in some
    ]


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


def series(box):
    """Its numbers, oldest first."""
    return [float(one.number) for one in box.observations if one.number is not None]


def goal(box):
    return float(box.target.value) if box.target else None


def face(community, box, query=""):
    return drawing.Face(
        id=box.pk,
        name=name_of(box),
        href=href_of(community, box, query),
        tellers=box.cell.tellers,
        stories=box.cell.stories,
        unknown_stories=box.cell.unknown_stories,
        value=value_of(box),
        target=target_of(box),
        direction=box.indicator.definition.direction if box.indicator else "neither",
        series=tuple(series(box)[-SPARK:]),
        goal=goal(box),
        state=box.state,
        negotiating=bool(box.indicator) and box.indicator.state == "proposed",
        retired=bool(box.indicator) and box.indicator.state == "retired",
        unheard=unheard(box),
        unplaced=box.indicator is None,
        broke=box.cell.negative_claims + box.cell.none_created_claims,
    )


def column(community, one, first_stage, query=""):
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
        faces=tuple(
            face(community, box, query) for box in [*one.boxes, one.no_indicator] if box.pk
        ),
    )


def thread(community, told, own=(), one=None):
    return drawing.Thread(
        number=told.number,
        title=str(told.story),
        teller=told.story.told_by,
        href=reverse("stories:story", args=[community.slug, told.story.pk]),
        mine=told.story.pk in own,
        lifted=told.story == one,
        visits=tuple(drawing.Visit(v.box, v.tense, v.value, step=v.step) for v in told.visits),
        links=tuple(drawing.Link(*link) for link in told.links),
    )


def picture(reading, told, ribbons=(), *, own=(), one=None, query=""):
    """`own`: the ids of the stories drawn as the reader's; `one`: the story lifted out of the others."""
    community = reading.community
    stages = [one.cycle.position for one in reading.cycles if one.cycle.kind == Cycle.Kind.STAGE]
    first_stage = min(stages, default=0)
    return drawing.Picture(
        title=_("Matrix of %(community)s") % {"community": community},
        sentence=summary(reading),
        columns=tuple(column(community, one, first_stage, query) for one in reading.cycles),
        threads=tuple(thread(community, each, own, one) for each in told),
        ribbons=tuple(ribbons),
        words=words.of_the_drawing(is_part=bool(reading.chosen)),
        right_to_left=get_language_bidi(),
    )


def ribbons(reading, query=""):
    """One for each pair of boxes."""
    return [
        drawing.Ribbon(
            start=box.pk,
            end=other.pk,
            tellers=pair.tellers,
            stories=pair.stories,
            hoped=pair.tellers - pair.happened_tellers,
            href=href_of_pair(reading.community, box, other, query),
        )
        for box in reading.boxes.values()
        for other, pair in box.leads_to
        if box is not other
    ]


def picture_of_ways(reading, ways, in_one):
    """What lies on the way alone; what no single story tells is only an outline."""
    box_of = {box.indicator.pk: box for box in reading.boxes.values() if box.indicator}
    on_the_way = {box_of[one].pk for one in ways.kept}
    whole = picture(reading, ())
    columns = (
        replace(column, faces=tuple(one for one in column.faces if one.id in on_the_way))
        for column in whole.columns
    )
    edges = {(box_of[edge.u].pk, box_of[edge.v].pk) for edge in ways.edges}
    told = {(box_of[u].pk, box_of[v].pk) for u, v in in_one}
    found = (
        drawing.Ribbon(
            start=box.pk,
            end=other.pk,
            tellers=pair.happened_tellers,
            stories=pair.happened_stories,
            href=href_of_pair(reading.community, box, other),
            stitched=(box.pk, other.pk) not in told,
        )
        for box in reading.boxes.values()
        for other, pair in box.leads_to
        if (box.pk, other.pk) in edges
    )
    return replace(whole, columns=tuple(columns), ribbons=tuple(found))


def summary(reading):
    indicators = sum(len(one.boxes) for one in reading.cycles)
    counted = ngettext("%(count)d indicator", "%(count)d indicators", indicators)
    return _("%(indicators)s, %(stories)s, %(sources)s. The table below holds the same.") % {
        "indicators": counted % {"count": indicators},
        "stories": words.stories(reading.whole.stories),
        "sources": words.sources(reading.whole),
    }


def key(told, picture, asked):
    """[(thread, its small trail, the address's words that lift it)]."""
    return [
        (drawn, drawing.mini_trail(drawn, picture), asked.query_with(one.story.pk))
        for one, drawn in zip(told, picture.threads, strict=True)
    ]


def as_ribbons(reading, draw):
    """Whether ribbons are drawn: as asked for, else where there are many stories."""
    return draw == "ribbons" or not draw and reading.whole.stories > MOST_AS_THREADS


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


def ribbons_drawn(drawn, every, least):
    """ "69 of 376 links are drawn: those told by 3 people or more." """
    if not every:
        return ""
    counted = ngettext(
        "%(drawn)d of %(count)d link is drawn.", "%(drawn)d of %(count)d links are drawn.", every
    ) % {"drawn": drawn, "count": every}
    if drawn == every:
        return counted
    told_by = ngettext(
        "Those are told by %(count)d person or more.",
        "Those are told by %(count)d people or more.",
        least,
    ) % {"count": least}
    return f"{counted} {told_by}"
