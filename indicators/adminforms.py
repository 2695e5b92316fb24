"""The forms of indicators, observations and targets in the facilitators' admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.adminforms import ActForm

from . import actions
from .forms import DefinitionFields, explain
from .models import Definition, Indicator, Observation, Target


class IndicatorForm(ActForm, DefinitionFields):
    """The indicator with the content of its definition; saving a change makes the next version."""

    class Meta:
        model = Indicator
        fields = ["community", "cycle", "capital"]

    def __init__(self, *args, **kwargs):
        if instance := kwargs.get("instance"):
            kwargs["initial"] = instance.definition.content()
        super().__init__(*args, **kwargs)
        explain(self)

    def act(self):
        content = self.written(Definition.CONTENT)
        place = self.written(["cycle", "capital"])
        if self.instance.pk:
            return actions.amend(indicator=self.instance, by=self.by, **place, **content)
        community = self.cleaned_data["community"]
        return actions.propose(community=community, by=self.by, **place, **content)


class ObservationForm(ActForm):
    """A value; changing one makes a correction, which takes its place."""

    class Meta:
        model = Observation
        fields = ["indicator", *Observation.CONTENT]
        help_texts = {
            "category": _(
                "Empty for the value of the whole; else one of a breakdown's categories."
            ),
            "source": _("Where somebody could look it up."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"words", "note"} & set(self.fields):
            self.fields[name].widget.attrs["rows"] = 3
        if self.instance.pk and "level" in self.fields:
            levels = [(level, level) for level in self.instance.definition.levels]
            self.fields["level"].widget = forms.Select(choices=levels)

    def act(self):
        content = self.written(Observation.CONTENT)
        if self.instance.pk:
            return actions.correct_observation(observation=self.instance, by=self.by, **content)
        indicator = self.cleaned_data["indicator"]
        return actions.record_observation(indicator=indicator, by=self.by, **content)


class TargetForm(ActForm):
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label=_("Indicator"))

    class Meta:
        model = Target
        fields = ["start", "end", "value"]

    def act(self):
        content = self.written(["start", "end", "value"])
        if self.instance.pk:
            return actions.change_target(target=self.instance, by=self.by, **content)
        indicator = self.cleaned_data["indicator"]
        return actions.set_target(indicator=indicator, by=self.by, **content)
