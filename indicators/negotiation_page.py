"""The pages on which a community talks about its indicators: read from a projector, answered by phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from communities.guard import community_page
from communities.permissions import Permission

from .acts import ACTS, TOO_LATE
from .calendars import calendar_of
from .talk import Talk

# Those that stand within the page; the others follow one another at its end.
PLACED = {"open", "stance", "hold", "answer", "gaming", "comment"}


@community_page(Permission.NEGOTIATE)
def negotiation(request, viewer, code):
    talk = talk_of(viewer, code)
    status, sent = 200, None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act"))
        if not act or not viewer.can(act.permission):
            raise PermissionDenied
        sent, done = act.do(talk, request.user, request.POST)
        if done:
            messages.success(request, act.done)
        elif not sent:
            messages.error(request, TOO_LATE)
        if done or not sent:
            return redirect(*place_of(viewer, code))
        status = 422
    # For a projector.
    context = shown(talk, sent) | {"large": "large" in request.GET}
    return render(request, "indicators/negotiation.html", context, status=status)


def shown(talk, sent=None):
    """What the page shows; `sent`: a form that was refused."""
    offered = {key: act for key, act in ACTS.items() if act.is_offered(talk)}
    forms = {key: act.form_for(talk) for key, act in offered.items()}
    if sent:
        forms |= {key: sent for key, form in forms.items() if type(form) is type(sent)}
    rest = [(offered[key], form) for key, form in forms.items() if key not in PLACED]
    return {
        "talk": talk,
        "indicator": talk.indicator,
        "forms": forms,
        "outcomes": [(act, form) for act, form in rest if act.decides],
        "others": [(act, form) for act, form in rest if not act.decides],
    }


def talk_of(viewer, code):
    rows = viewer.community.indicators.select_related(
        "definition", "cycle", "merged_into__definition", "proposed_by"
    )
    indicator = rows.filter(code=code).first()
    if not indicator:
        raise Http404
    return Talk(viewer, indicator)


def place_of(viewer, code):
    """Where to go on: a deleted indicator's page is gone."""
    slug = viewer.community.slug
    if viewer.community.indicators.filter(code=code).exists():
        return "negotiation", slug, code
    return "negotiations", slug


@community_page(Permission.NEGOTIATE)
def calendar(request, viewer, code):
    """The last day of the open round, for one's calendar."""
    talk = talk_of(viewer, code)
    content = talk.round and calendar_of(talk.round)
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="calendar.ics"'},
    )
