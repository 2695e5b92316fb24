"""The page on which somebody says which of the steps told without an indicator may tell of this one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.adminforms import show_faults
from communities.guard import community_page
from communities.permissions import Permission

from . import offering


class StepsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, step):
        return f"{step.text} ({step.story}, {step.story.told_by})"


class OfferForm(forms.Form):
    steps = StepsField(
        None,
        label=gettext_lazy("Which of them tell of it?"),
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["steps"].queryset = steps


@community_page(Permission.PROPOSE_INDICATOR)
def offer(request, viewer, code):
    rows = viewer.community.indicators.select_related("definition", "cycle", "community")
    indicator = rows.filter(code=code).first()
    if not indicator:
        raise Http404
    steps = offering.untouched_steps(viewer, indicator.cycle)
    form = OfferForm(request.POST or None, steps=steps)
    if form.is_valid():
        try:
            asked = offering.offer(
                indicator=indicator, steps=form.cleaned_data["steps"], by=viewer.user
            )
        except ValidationError as error:
            show_faults(form, error)
        else:
            words = ngettext(
                "Who told %(count)d step is asked whether it tells of this.",
                "Who told %(count)d steps is asked whether they tell of this.",
                len(asked),
            )
            messages.success(request, words % {"count": len(asked)})
            return redirect("matrix:indicator", viewer.community.slug, code)
    context = {"form": form, "indicator": indicator, "title": _("From stories to this indicator")}
    return render(request, "stories/offer.html", context, status=422 if form.errors else 200)
