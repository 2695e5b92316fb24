"""The stored place of each box in its column. A story never moves a box."""

from dataclasses import dataclass

from django.db import transaction

from communities.permissions import Audience
from communities.signals import tell

from . import drawing
from .models import Box, Pair


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
    if len(new) == len(boxes):
        order = fresh(community, boxes, links)
    else:
        columns = stored(community, [box for box in boxes if box.place is not None])
        cycles = list(community.cycles.values_list("pk", flat=True))
        for box in new:
            column = cycles.index(cycle_of(box))
            columns = drawing.insert(columns, links, box.pk, column, last=last(boxes))
        order = Order(columns, 0)
    store(boxes, order)


def orders(community):
    """(the Order as it stands, a fresh one with as few crossings as can be had)."""
    boxes, links = boxes_of(community), links_of(community)
    columns = stored(community, boxes)
    return Order(columns, drawing.crossings(columns, links)), fresh(community, boxes, links)


@transaction.atomic
def tidy(*, community):
    """Stores a fresh order: for whoever knows the drawing by heart, boxes move."""
    _now, tidied = orders(community)
    store(boxes_of(community), tidied)
    tell(community, ())


def fresh(community, boxes, links):
    # Side cycles stand in the order too: what counts here is who is whose neighbour.
    cycles = community.cycles.values_list("pk", flat=True)
    columns = drawing.order([pks(boxes, cycle) for cycle in cycles], links, last=last(boxes))
    return Order(columns, drawing.crossings(columns, links))


def stored(community, boxes):
    cycles = community.cycles.values_list("pk", flat=True)
    placed = sorted(boxes, key=lambda box: (box.place is None, box.place, box.pk))
    return [pks(placed, cycle) for cycle in cycles]


def store(boxes, order):
    places = order.places
    for box in boxes:
        box.place = places[box.pk]
    Box.objects.bulk_update(boxes, ["place"])


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
