"""The stored place of each box in its column. A story never moves a box."""

from dataclasses import dataclass

from django.db import transaction

from communities.permissions import Audience
from communities.signals import tell

from . import drawing
from .models import Box, Pair

# By so much fewer crossings a fresh order is worth telling a facilitator of. Of more links it is not
# found out: it takes longer, and moves many boxes to win little (picture.md, "Stability rule").
WORTH_TELLING = 0.25
MOST_LINKS = 1000


@dataclass(frozen=True)
class Order:
    """`columns`: boxes (ids) from top to bottom, by cycle; `crossings` of links, by their tellers."""

    columns: list[list[int]]
    crossings: float

    @property
    def places(self):
        return {pk: place for column in self.columns for place, pk in enumerate(column)}


def place_boxes(community):
    """Places the boxes that have no place yet, where links are told: all of them with as few
    crossings as can be had, where none has a place; else each new one where it crosses fewest."""
    boxes = boxes_of(community)
    new = [box for box in boxes if box.place is None]
    links = new and links_of(community)
    if not links:
        return
    cycles = cycles_of(community)
    if len(new) == len(boxes):
        order = fresh(cycles, boxes, links)
    else:
        columns = stored(cycles, [box for box in boxes if box.place is not None])
        for box in new:
            column = cycles.index(cycle_of(box))
            columns = drawing.insert(columns, links, box.pk, column, last=last(boxes))
        order = Order(columns, 0)
    store(boxes, order)


def orders(community):
    """(the Order as it stands, a fresh one with as few crossings as can be had)."""
    cycles, boxes, links = cycles_of(community), boxes_of(community), links_of(community)
    columns = stored(cycles, boxes)
    return Order(columns, drawing.crossings(columns, links)), fresh(cycles, boxes, links)


def fewer_crossings(community):
    """By how many percent fewer links would cross in a fresh order; 0 where it is not worth telling, or
    would take a page too long to find out."""
    cycles, boxes, links = cycles_of(community), boxes_of(community), links_of(community)
    now = len(links) <= MOST_LINKS and drawing.crossings(stored(cycles, boxes), links)
    if not now:
        return 0
    fewer = 1 - fresh(cycles, boxes, links).crossings / now
    return int(100 * fewer) if fewer >= WORTH_TELLING else 0


@transaction.atomic
def tidy(*, community):
    """Stores a fresh order: for whoever knows the drawing by heart, boxes move."""
    _now, tidied = orders(community)
    store(boxes_of(community), tidied)
    tell(community, ())


def fresh(cycles, boxes, links):
    # Side cycles stand in the order too: what counts here is who is whose neighbour.
    columns = drawing.order([pks(boxes, cycle) for cycle in cycles], links, last=last(boxes))
    return Order(columns, drawing.crossings(columns, links))


def stored(cycles, boxes):
    placed = sorted(boxes, key=lambda box: (box.place is None, box.place, box.pk))
    return [pks(placed, cycle) for cycle in cycles]


def store(boxes, order):
    places = order.places
    for box in boxes:
        box.place = places[box.pk]
    Box.objects.bulk_update(boxes, ["place"])


def cycles_of(community):
    return list(community.cycles.values_list("pk", flat=True))


def boxes_of(community):
    return list(Box.objects.filter(community=community).select_related("indicator"))


def last(boxes):
    return {box.pk for box in boxes if box.cycle_id}


def links_of(community):
    """(from box, to box, distinct tellers), the same for all audiences: one order serves them all."""
    pairs = Pair.objects.filter(community=community, audience=Audience.FACILITATORS)
    return list(pairs.exclude(tellers=0).values_list("u", "v", "tellers").order_by("u", "v"))


def cycle_of(box):
    return box.cycle_id or box.indicator.cycle_id


def pks(boxes, cycle):
    return [box.pk for box in boxes if cycle_of(box) == cycle]
