"""A day's matrix beside today's: what more people tell, what fewer do, what came and what went."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.models import Cycle
from indicators.models import Indicator

from . import page, reading


@dataclass
class Row:
    """`before`: its name then, where it was another; `became`: what happened to one that is gone."""

    name: str
    then: object
    now: object
    word: str
    before: str = ""
    became: str = ""


@dataclass
class Section:
    cycle: Cycle
    rows: list[Row]
    total: Row


def compare(then, now, word=None):
    """The sections of two Readings of one community: cycles and boxes as they stand now, and in each
    cycle those that stood there then and no more. `word`: what is said of two sums, None for one that
    is not there."""
    word = word or word_of
    cycles_then = {one.cycle.pk: one for one in then.cycles}
    cycles_now = {one.cycle.pk: one for one in now.cycles}
    gone = [box for one in then.cycles for box in one.boxes if box.pk not in now.boxes]
    became = became_of(gone)
    return [
        section(
            cycles_then.get(pk),
            cycles_now.get(pk),
            then.boxes,
            [row(box, None, word, became) for box in gone if box.cycle.pk == pk],
            word,
        )
        for pk in {**cycles_now, **cycles_then}
    ]


def section(then, now, boxes_then, gone, word):
    came_or_stayed = [row(boxes_then.get(box.pk), box, word) for box in now.boxes] if now else []
    without = row(then and then.no_indicator, now and now.no_indicator, word)
    return Section(
        cycle=(now or then).cycle,
        rows=[*came_or_stayed, *gone, without],
        total=totals(_("Told in this cycle"), then and then.cell, now and now.cell, word),
    )


def row(then, now, word, became=None):
    """Of a box that stands in both, or in one of them alone."""
    name = page.name_of(now or then)
    before = page.name_of(then) if then else ""
    made = totals(name, then and then.cell, now and now.cell, word)
    made.before = before if before != name else ""
    if became and then.indicator:
        made.became = became.get(then.indicator.pk, "")
    return made


def totals(name, then, now, word=None):
    word = word or word_of
    return Row(name, then or reading.NOTHING, now or reading.NOTHING, word(then, now))


def word_of(then, now):
    """How a sum has changed, in a word; None where there was, or is, no such place. People first:
    a story whose teller is not known may be anybody's."""
    if then is None:
        return _("appeared")
    if now is None:
        return _("no longer there")
    told_then, told_now = ((one.tellers, one.unknown_stories) for one in (then, now))
    if told_now != told_then:
        return _("more tell it") if told_now > told_then else _("fewer tell it")
    if now.stories != then.stories:
        return (
            _("as many tell it, in more stories")
            if now.stories > then.stories
            else _("as many tell it, in fewer stories")
        )
    return _("the same")


def became_of(boxes):
    """{indicator: what became of it since, in words}."""
    pks = [box.indicator.pk for box in boxes]
    found = Indicator.objects.filter(pk__in=pks).select_related("merged_into__definition")
    return {one.pk: fate(one) for one in found}


def fate(indicator):
    if indicator.merged_into:
        return _("merged into “%s”") % indicator.merged_into
    return indicator.get_state_display()
