"""The words of the matrix, in the reader's language: on the page, in the drawing, in the table."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .drawing import Words


def tellers(count):
    return ngettext("%(count)d teller", "%(count)d tellers", count) % {"count": count}


def stories(count):
    return ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}


def unknown_stories(count):
    return ngettext(
        "%(count)d story whose teller is not known",
        "%(count)d stories whose teller is not known",
        count,
    ) % {"count": count}


def sources(cell):
    """Tellers first; stories of unknown tellers are counted apart: "7 tellers, and 3 stories whose
    teller is not known"."""
    if not cell.unknown_stories:
        return tellers(cell.tellers)
    if not cell.tellers:
        return unknown_stories(cell.unknown_stories)
    return _("%(tellers)s, and %(stories)s") % {
        "tellers": tellers(cell.tellers),
        "stories": unknown_stories(cell.unknown_stories),
    }


def hoped_of_them(count):
    return ngettext(
        "%(count)d of them does not tell it as happened",
        "%(count)d of them do not tell it as happened",
        count,
    ) % {"count": count}


def broke_here(count):
    return ngettext(
        "the trail broke here %(count)d time", "the trail broke here %(count)d times", count
    ) % {"count": count}


def shown_of(sums, all_sums):
    """What is shown of all that this audience may open, with counts."""
    left_out = all_sums.stories - sums.stories
    return _("Shown: %(stories)s by %(sources)s. Left out: %(left_out)s.") % {
        "stories": stories(sums.stories),
        "sources": sources(sums),
        "left_out": stories(left_out),
    }


def whole_ways(ways):
    """T in words, tellers first."""
    if not ways.stories:
        return _("Nobody tells the whole way by themselves yet.")
    if not ways.tellers:
        return ngettext(
            "%(count)d story tells the whole way; its teller is not known.",
            "%(count)d stories tell the whole way; their tellers are not known.",
            ways.unknown_stories,
        ) % {"count": ways.unknown_stories}
    return ngettext(
        "%(count)d person tells the whole way by themselves.",
        "%(count)d people tell the whole way by themselves.",
        ways.tellers,
    ) % {"count": ways.tellers}


def state(name):
    return {
        "both": _("Numbers and stories"),
        "numbers": _("Numbers only, no story yet"),
        "stories": _("Stories only, no numbers yet"),
        "empty": _("Nothing told or counted yet"),
    }[name]


def breakdown(cell):
    """How the tellers' stories stand, in words, for each tense and value that was told. A story with
    both is in both, so these may add up to more than the whole."""
    labels = {
        "happened": _("tell that something happened"),
        "hoped": _("hope for something"),
        "did_not_happen": _("tell of a hope that did not come true"),
        "positive": _("say that it was of value"),
        "negative": _("say that it did harm"),
        "none_created": _("say that nothing came of it"),
    }
    counted = [(getattr(cell, f"{facet}_stories"), label) for facet, label in labels.items()]
    return [f"{stories(count)} {label}" for count, label in counted if count]


def as_of(state_now, community):
    """ "as of 25 November 2026, 14:05", in the community's time zone."""
    if not state_now.built_at:
        return _("not added up yet")
    moment = timezone.localtime(state_now.built_at, community.zone)
    return _("as of %(date)s, %(time)s") % {
        "date": date_format(moment, "DATE_FORMAT"),
        "time": date_format(moment, "TIME_FORMAT"),
    }


def of_the_drawing(is_part=False):
    """Of a part nothing is said to be missing "yet": it may stand in the rest."""
    return Words(
        tellers=tellers,
        stories=stories,
        unknown_stories=unknown_stories,
        stories_here=_("{stories} here"),
        no_numbers=_("no numbers yet"),
        no_numbers_short=_("no numbers"),
        no_story=_("no story in this part") if is_part else _("no story yet"),
        nothing=_("nothing in this part") if is_part else _("nothing told or counted yet"),
        teller_unknown=_("teller not known"),
        negotiating=_("being negotiated"),
        retired=_("retired"),
        no_indicator=_("no indicator yet"),
        told_without=_("Told here, no indicator yet"),
        empty_column=_("nothing here yet"),
        target=_("target {target}"),
        more_wanted=_("more is wanted"),
        less_wanted=_("less is wanted"),
        state_both=state("both"),
        state_numbers=state("numbers"),
        state_stories=state("stories"),
        state_empty=state("empty"),
        thread=_("Story {number}: {title}, told by {teller}: {steps}"),
        told_by=_("told by {teller}"),
        card_title=_("{number} · {title}"),
        my_story=_("my story"),
        step_happened="{name}",
        step_hoped=_("hoped for {name}"),
        step_failed=_("{name}, did not happen"),
        step_broke=_("{name}, no value: the trail broke here"),
        ribbon=_("From {start} to {end}: {tellers}, {stories}"),
        ribbon_hoped=hoped_of_them,
        broke_here=broke_here,
        lanes_shown=_("Stories shown"),
        comma=_(", "),
        stop=_(". "),
    )
