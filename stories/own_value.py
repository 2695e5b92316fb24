"""What taking part was worth to one person: their own stories over time, in all their communities, to
look back on or to print for an appraisal. Theirs alone: others have no address for it."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.viewer import Viewer

from .filters import FilterForm, PeriodForm
from .models import Status, Step, Story
from .reading import trail

# On one page, newest first; earlier ones are reached by the period.
MOST = 200


class OwnPeriodForm(PeriodForm):
    private = forms.BooleanField(
        label=_("With drafts, and with what only I can see"), required=False
    )


@dataclass(frozen=True)
class Told:
    story: Story
    steps: list

    @property
    def year(self):
        return timezone.localtime(self.story.created_at).year


@login_required
def own_value(request):
    form = OwnPeriodForm(request.GET)
    told = told_by(request.user)
    if form.is_valid():
        told = told.filter(
            FilterForm.period(form.cleaned_data["since"], form.cleaned_data["until"])
        )
        if not form.cleaned_data["private"]:
            told = told.filter(status=Status.PUBLISHED)
    shown = list(told.with_trail().newest_first()[: MOST + 1])
    rows = [Told(story, own_trail(story, request.user)) for story in shown[:MOST]]
    context = {"form": form, "rows": rows, "has_more": len(shown) > MOST}
    return render(request, "stories/own_value.html", context)


def told_by(user):
    """The person's own stories in every community they belong to, but for those taken back."""
    mine = Q(pk__in=[])
    for community in Community.objects.of(user).order_by("pk"):
        visible = Story.objects.visible_to(Viewer(community, user))
        mine |= Q(pk__in=visible.values("pk"))
    return Story.objects.filter(mine).told_by(user).exclude(status=Status.WITHDRAWN)


def own_trail(story, user):
    """What they told or confirmed."""
    return [read for read in trail(story, Viewer(story.community, user)) if read.step.is_counted]


def open_hopes(viewer):
    """The hoped steps of the viewer's own stories of which nobody knows yet what became."""
    own = Story.objects.visible_to(viewer).told_by(viewer.user).exclude(status=Status.WITHDRAWN)
    steps = Step.objects.counted().filter(story__in=own, tense=Step.Tense.HOPED)
    return steps.select_related("story", "cycle").order_by("story__created_at", "position")
