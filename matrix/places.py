"""The stored place of each box in its column. A story never moves a box."""

from communities.permissions import Audience

from . import drawing
from .models import Box, Pair


def place_boxes(community):
    """Places the boxes that have no place yet, where links are told: all of them with as few
    crossings as can be had, where none has a place; else each new one where it crosses fewest."""
    boxes = list(Box.objects.filter(community=community).select_related("indicator"))
    new = [box for box in boxes if box.place is None]
    links = new and links_of(community)
    if not links:
        return
    # Side cycles stand in the order too: what counts here is who is whose neighbour.
    cycles = list(community.cycles.values_list("pk", flat=True))
    last = {box.pk for box in boxes if box.cycle_id}
    if len(new) == len(boxes):
        columns = drawing.order([pks(boxes, cycle) for cycle in cycles], links, last=last)
    else:
        placed = sorted((box for box in boxes if box not in new), key=lambda box: box.place)
        columns = [pks(placed, cycle) for cycle in cycles]
        for box in new:
            column = cycles.index(cycle_of(box))
            columns = drawing.insert(columns, links, box.pk, column, last=last)
    places = {pk: place for column in columns for place, pk in enumerate(column)}
    for box in boxes:
        box.place = places[box.pk]
    Box.objects.bulk_update(boxes, ["place"])


def links_of(community):
    """(from box, to box, distinct tellers), the same for all audiences: one order serves them all."""
    pairs = Pair.objects.filter(community=community, audience=Audience.FACILITATORS)
    return list(pairs.exclude(tellers=0).values_list("u", "v", "tellers").order_by("u", "v"))


def cycle_of(box):
    return box.cycle_id or box.indicator.cycle_id


def pks(boxes, cycle):
    return [box.pk for box in boxes if cycle_of(box) == cycle]
