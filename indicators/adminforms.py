"""The forms of indicators, observations and targets in the facilitators' admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.adminforms import ActForm

from . import actions
from .definitions import worded
from .forms import DefinitionFields, explain
from .models import Definition, Indicator, Observation, Target


class IndicatorForm(ActForm, DefinitionFields):
    """The indicator with the content of its definition; saving a change makes the next version.

    What stood in a field when the form was opened goes with it: two people's changes of different
    fields are both kept, and of the same field both are shown before either is lost."""

    class Meta:
        model = Indicator
        fields = ["community", "cycle", "capital"]

    def __init__(self, *args, **kwargs):
        if instance := kwargs.get("instance"):
            kwargs["initial"] = instance.definition.content()
        super().__init__(*args, **kwargs)
        explain(self)
        if self.instance.pk:
            for name in self.editable:
                self.fields[name].show_hidden_initial = True

    @property
    def editable(self):
        return [name for name in ["cycle", "capital", *Definition.CONTENT] if name in self.fields]

    def act(self):
        if not self.instance.pk:
            community = self.cleaned_data["community"]
            content = self.written([*self.editable])
            return actions.propose(community=community, by=self.by, **content)
        changed = [name for name in self.editable if name in self.changed_data]
        seen = {name: self.seen(name) for name in changed}
        try:
            return actions.amend(
                indicator=self.instance, by=self.by, seen=seen, **self.written(changed)
            )
        except actions.Conflict as conflict:
            self.show_both(conflict.now)
            raise ValidationError(conflict.messages) from conflict

    def seen(self, name):
        """What stood in the field when the form was opened."""
        field, sent = self.fields[name], self.add_initial_prefix(name)
        if sent not in self.data:
            return self.get_initial_for_field(field, name)
        return field.clean(field.hidden_widget().value_from_datadict(self.data, {}, sent))

    def show_both(self, now):
        """What stands there now beside what was typed; saved again, the typed words stand."""
        self.data = self.data.copy()
        for name, value in now.items():
            field = self.fields[name]
            value = value.pk if isinstance(field, forms.ModelChoiceField) else value
            self.data[self.add_initial_prefix(name)] = field.prepare_value(value)
            words = Definition(**{name: value}) if name in Definition.CONTENT else None
            shown = worded(words, name) if words else str(now[name])
            self.add_error(
                name,
                _("Somebody else wrote meanwhile: “%(now)s”. Save again to put yours in its place.")
                % {"now": shown or "–"},
            )


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
