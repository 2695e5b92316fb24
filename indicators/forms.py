"""The fields of a definition, and the page on which a member proposes an indicator."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.adminforms import LinesField, show_faults
from communities.models import Cycle

from . import actions
from .models import Capital, Definition, Indicator, Target

LINES = ["levels", "categories"]
# What each field is for, in plain words.
HELP = {
    "text": _("What counts and what does not, so that two people count the same."),
    "capital": _("Only where the cycle asks for one."),
    "unit": _("For a number: days, people, meetings. A percentage has its own."),
    "levels": _("For a scale only: one level a line, the lowest first."),
    "cumulative": _("A running total, such as members so far; not a value for each period."),
    "baseline": _("The value before the community began, where it is known."),
    "frequency": _("For example: every quarter."),
    "categories": _("One category a line, such as the wards a value is also given for."),
}


def definition_field(field, **kwargs):
    if field.name not in LINES:
        return field.formfield(**kwargs)
    most = field.base_field.max_length
    return LinesField(label=capfirst(field.verbose_name), most=most, required=False)


DefinitionFields = type(
    "DefinitionFields",
    (forms.Form,),
    forms.fields_for_model(Definition, Definition.CONTENT, formfield_callback=definition_field),
)


def explain(form):
    """Puts its words to each field of a definition."""
    for name, help_text in HELP.items():
        form.fields[name].help_text = help_text
    form.fields["text"].widget.attrs["rows"] = 4


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})


class ProposalForm(DefinitionFields):
    """What a member proposes; `preset`: an indicator of the starter library to begin from."""

    MORE = ("direction", "cumulative", "baseline", "data_source", "collector", "frequency")
    MORE += ("categories", "start", "end", "value")
    TARGET = ("start", "end", "value")

    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=_("Where does it belong?"), empty_label=None
    )
    capital = forms.ChoiceField(
        label=_("Kind of capital"), required=False, choices=[("", "–"), *Capital.choices]
    )
    reason = Indicator._meta.get_field("reason").formfield(
        label=_("Why does it matter to you?"),
        required=True,
        help_text=_("Everybody who looks at the indicator reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # A first target; all three or none.
    start = DayField(label=_("A target: from"), required=False)
    end = DayField(label=_("A target: to"), required=False)
    value = Target._meta.get_field("value").formfield(
        label=_("A target: what do you hope for?"), required=False
    )

    def __init__(self, *args, community, preset=None, **kwargs):
        kwargs.setdefault("initial", {})
        if preset:
            kwargs["initial"] |= beginning(preset, community)
        super().__init__(*args, **kwargs)
        self.community = community
        self.fields["cycle"].queryset = community.cycles.all()
        explain(self)

    @property
    def more(self):
        return [self[name] for name in self.MORE]

    def clean(self):
        cleaned = super().clean()
        given = [name for name in self.TARGET if cleaned.get(name) is not None]
        for name in set(self.TARGET) - set(given) if given else ():
            if name not in self.errors:
                self.add_error(name, _("A target needs its first and last day, and its value."))
        return cleaned

    def propose(self, by):
        """The new indicator; None with the faults at their fields."""
        try:
            return self.proposed(by)
        except ValidationError as error:
            show_faults(self, error)
            return None

    @transaction.atomic
    def proposed(self, by, code=""):
        content = dict(self.cleaned_data)
        target = {name: content.pop(name) for name in self.TARGET}
        indicator = actions.propose(community=self.community, by=by, code=code, **content)
        if target["value"] is not None:
            actions.set_target(indicator=indicator, by=by, **target)
        return indicator


def beginning(preset, community):
    """An indicator of the starter library, as the form shows it."""
    cycle = community.cycles.filter(key=preset.cycle).first()
    return {
        "cycle": cycle and cycle.pk,
        "capital": preset.capital,
        "name": str(preset.name),
        "text": str(preset.text),
        "kind": preset.kind,
        "unit": str(preset.unit),
        "levels": [str(level) for level in preset.levels],
        "direction": preset.direction,
        "cumulative": preset.cumulative,
        "data_source": str(preset.data_source),
        "collector": str(preset.collector),
        "frequency": str(preset.frequency),
    }
