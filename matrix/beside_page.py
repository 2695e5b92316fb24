"""Two parts of the matrix beside each other: two periods, or what was hoped for and what happened."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.guard import community_page
from communities.permissions import Permission
from stories.filters import PeriodForm
from stories.models import Step

from . import comparing, page, reading
from .filtering import Filter
from .later import figures_or_later

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


class TwoPeriodsForm(PeriodForm):
    """The later period as `since` and `until`, the earlier one beside it."""

    before_since = forms.DateField(
        label=gettext_lazy("Beside it, from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    before_until = forms.DateField(
        label=gettext_lazy("until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    field_order = ["since", "until", "before_since", "before_until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].label = gettext_lazy("From")
        for field in self.fields.values():
            field.required = True

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("before_since"), cleaned.get("before_until")
        if since and until and since > until:
            self.add_error("before_until", _("This is before the first day."))
        return cleaned


@dataclass(frozen=True)
class Side:
    """`href`: the same part on the page of the matrix."""

    title: str
    chosen: Filter
    href: str


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def periods(request, viewer):
    """This year beside the one before, or two other periods."""
    today = viewer.community.today
    initial = {
        "since": today - YEAR,
        "until": today,
        "before_since": today - 2 * YEAR - DAY,
        "before_until": today - YEAR - DAY,
    }
    form = TwoPeriodsForm(request.GET or None, initial=initial)
    said = initial if not form.is_bound else form.cleaned_data if form.is_valid() else None
    context = {"form": form}
    if said:
        sides = [
            period(viewer.community, said["before_since"], said["before_until"]),
            period(viewer.community, said["since"], said["until"]),
        ]
        context |= beside(viewer, sides, of_periods)
    return render(request, "matrix/periods.html", context)


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def hopes(request, viewer):
    sides = [
        side(viewer.community, _("Hoped for"), tense=Step.Tense.HOPED),
        side(viewer.community, _("Happened"), tense=Step.Tense.HAPPENED),
    ]
    return render(request, "matrix/hopes.html", beside(viewer, sides, of_hopes))


def period(community, since, until):
    days = [date_format(day, "SHORT_DATE_FORMAT") for day in (since, until)]
    title = _("%(since)s to %(until)s") % {"since": days[0], "until": days[1]}
    return side(community, title, since=since, until=until)


def side(community, title, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    href = page.with_query(reverse("matrix:matrix", args=[community.slug]), query)
    return Side(title, Filter(**asked), href)


def beside(viewer, sides, word):
    """Both read in one moment; `word` says of two sums what is to be seen in them. What is told of in
    neither stands apart."""
    with reading.one_moment():
        then, now = (reading.read(viewer.community, viewer.audience, one.chosen) for one in sides)
        sections = comparing.compare(then, now, word)
        return {
            "sides": sides,
            "sections": [(one, [row for row in one.rows if row.word]) for one in sections],
            "silent": [row.name for one in sections for row in one.rows[:-1] if not row.word],
            "whole": comparing.totals(_("All that is told"), then.whole, now.whole, word),
        }


def of_periods(then, now):
    """People first; whose teller is not known may be anybody."""
    told_then, told_now = (one and (one.tellers, one.stories) for one in (then, now))
    if not (told_then and any(told_then)):
        return _("new") if told_now and any(told_now) else ""
    if not (told_now and any(told_now)):
        return _("no longer told")
    if told_now == told_then:
        return _("the same")
    return _("grew") if told_now > told_then else _("became less")


def of_hopes(hoped, happened):
    hoped, happened = (one and one.stories for one in (hoped, happened))
    if hoped and happened:
        return _("hoped for, and it happened")
    if hoped:
        return _("hoped for, not told to have happened")
    return _("happened, and nobody told of hoping for it") if happened else ""
