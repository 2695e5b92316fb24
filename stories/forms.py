"""The forms a story is written in: the story itself, its steps, and links beyond the usual one."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communities.fields import normalise
from communities.permissions import Audience
from indicators.models import Capital
from valuecreation.framework import (
    ATTRIBUTION_TEXTS,
    AUDIENCE_TEXTS,
    PROMPTS,
    TENSE_TEXTS,
    VALUE_TEXTS,
)

from .models import Step, Story


def explained(prompts, choice):
    """The choice's label with the plain words that go with it."""
    prompt = prompts[str(getattr(choice, "name", choice)).lower()]
    if not prompt.help:
        return prompt.text
    return format_html("<strong>{}</strong>: {}", prompt.text, prompt.help)


class NormalisedCharField(forms.CharField):
    def to_python(self, value):
        return normalise(super().to_python(value))


def words_field(prompt, *, rows=2, max_length=5_000, **kwargs):
    return NormalisedCharField(
        label=PROMPTS[prompt].text,
        help_text=PROMPTS[prompt].help,
        required=False,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class StoryForm(forms.ModelForm):
    """Everything but the trail. `key` tells a form sent twice; `version` one sent too late."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    class Meta:
        model = Story
        fields = ["title", "audience", "attribution", "pseudonym", "quotable"]
        widgets = {"audience": forms.RadioSelect, "attribution": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("A few words others will recognise it by.")
        for name, prompts, choices in (
            ("audience", AUDIENCE_TEXTS, Audience),
            ("attribution", ATTRIBUTION_TEXTS, Story.Attribution),
        ):
            field = self.fields[name]
            field.label, field.help_text = PROMPTS[name].text, PROMPTS[name].help
            field.choices = [(one.value, explained(prompts, one)) for one in choices]
        self.fields["audience"].required = False
        self.fields["pseudonym"].label = _("The name you choose")
        self.fields["quotable"].label = PROMPTS["quotable"].text
        self.fields["quotable"].help_text = PROMPTS["quotable"].help
        if self.instance.pk:
            self.initial |= {"key": self.instance.key, "version": self.instance.version}

    def clean_audience(self):
        """Nobody else's until the teller says so."""
        chosen = self.cleaned_data["audience"]
        return self.instance.audience if chosen in {None, ""} else Audience(chosen)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("attribution") == Story.Attribution.PSEUDONYM and not cleaned["pseudonym"]:
            self.add_error("pseudonym", _("Write the name you would like to be shown by."))
        return cleaned

    def _post_clean(self):
        """Whether the story as a whole may stand is for the action to say."""

    def written(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StepForm(forms.Form):
    step = forms.IntegerField(widget=forms.HiddenInput, required=False)
    led_from = forms.TypedChoiceField(
        label=_("What led to this?"), coerce=int, empty_value=None, required=False
    )
    how = words_field("link_how")
    would_have_happened_anyway = words_field("link_anyway")
    other_influences = words_field("link_other_influences")
    corroborator = words_field("link_corroborator", rows=1, max_length=200)
    cycle = forms.TypedChoiceField(label=PROMPTS["step_cycle"].text, coerce=int)
    text = words_field("step_text", rows=4, max_length=Step.MAX_LENGTH)
    tense = forms.ChoiceField(
        label=_("Did it happen?"),
        choices=[(one.value, TENSE_TEXTS[one.value].text) for one in Step.Tense],
    )
    value = forms.ChoiceField(
        label=_("Was it of value?"),
        choices=[(one.value, VALUE_TEXTS[one.value].text) for one in Step.Value],
        initial=Step.Value.UNSET,
    )
    capital = forms.ChoiceField(
        label=PROMPTS["step_capital"].text, help_text=PROMPTS["step_capital"].help, required=False
    )
    indicators = forms.TypedMultipleChoiceField(
        label=PROMPTS["step_indicators"].text,
        help_text=PROMPTS["step_indicators"].help,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    take_out = forms.BooleanField(label=_("Take this step out"), required=False)

    def __init__(self, *args, choices, number, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = number
        self.choices = choices
        self.fields["cycle"].choices = choices.cycles
        self.fields["indicators"].choices = choices.indicators
        self.fields["capital"].choices = [("", _("I would rather not say")), *Capital.choices]
        self.fields["led_from"].choices = numbered_steps(count, _("Nothing I can name"), number)
        self.cycles = choices.cycle_rows
        # What was explained once is not explained again.
        for name, first in (("text", 1), ("how", 2)):
            if number > first:
                self.fields[name].help_text = ""

    @property
    def chosen_cycle(self):
        chosen = str(self["cycle"].value())
        return next((row for pk, row in self.cycles.items() if str(pk) == chosen), None)

    @property
    def asks_for_capital(self):
        return bool(self.chosen_cycle and self.chosen_cycle.has_capitals)

    @property
    def chips(self):
        """The check boxes of the indicators, by cycle: (cycle's name, boxes)."""
        boxes = iter(self["indicators"].subwidgets)
        return [(name, [next(boxes) for _row in rows]) for name, rows in self.choices.indicators]

    def clean(self):
        cleaned = super().clean()
        cycle = self.cycles.get(cleaned.get("cycle"))
        if cycle and cleaned.get("capital") and not cycle.has_capitals:
            cleaned["capital"] = ""
        return cleaned

    @property
    def is_blank(self):
        """A row nobody wrote in."""
        told = ("text", "how", "indicators", "step")
        return not any(self.cleaned_data.get(name) for name in told)


class LinkForm(forms.Form):
    start = forms.TypedChoiceField(label=_("From step"), coerce=int, required=False)
    end = forms.TypedChoiceField(label=_("To step"), coerce=int, required=False)
    how = words_field("link_how")
    would_have_happened_anyway = words_field("link_anyway")
    other_influences = words_field("link_other_influences")
    corroborator = words_field("link_corroborator", rows=1, max_length=200)

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            self.fields[name].choices = numbered_steps(count, _("No link"))

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("start")) != bool(cleaned.get("end")):
            raise ValidationError(_("Choose both steps of the link, or none."))
        return cleaned


def numbered_steps(count, nothing, but=None):
    label = _("Step %(number)d")
    return [("", nothing)] + [
        (number, label % {"number": number}) for number in range(1, count + 1) if number != but
    ]
