"""The forms a story is written in: the story itself, its steps, and links beyond the usual one."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities.fields import NormalisedCharField, clean_email
from communities.models import Cycle
from communities.permissions import Audience
from indicators.models import Capital, Definition
from valuecreation.framework import (
    ATTRIBUTION_TEXTS,
    AUDIENCE_TEXTS,
    PROMPTS,
    TENSE_TEXTS,
    VALUE_TEXTS,
)

from .models import Attachment, Step, Story

# Of a longer story each step is named by its number.
MOST_LISTED = 30


def explained(prompts, choice):
    """The choice's label with the plain words that go with it."""
    prompt = prompts[str(getattr(choice, "name", choice)).lower()]
    if not prompt.help:
        return prompt.text
    return format_html("<strong>{}</strong>: {}", prompt.text, prompt.help)


def words_field(prompt, *, rows=2, max_length=5_000, **kwargs):
    return NormalisedCharField(
        label=PROMPTS[prompt].text,
        help_text=PROMPTS[prompt].help,
        required=False,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class TermsForm(forms.ModelForm):
    """What its teller calls a story, and who may see it how."""

    consent = PROMPTS["consent_snapshots"]
    copies = PROMPTS["consent_copies"]

    class Meta:
        model = Story
        fields = ["title", "audience", "attribution", "pseudonym", "quotable"]
        widgets = {"audience": forms.RadioSelect, "attribution": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("A few words others will recognise it by.")
        attrs = self.fields["title"].widget.attrs
        attrs["data-most"] = attrs.pop("maxlength")
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

    def clean_audience(self):
        """Nobody else's until the teller says so."""
        chosen = self.cleaned_data["audience"]
        if chosen in {None, ""}:
            return Audience.ME if self.instance.is_stub else self.instance.audience
        return Audience(chosen)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("attribution") == Story.Attribution.PSEUDONYM and not cleaned["pseudonym"]:
            self.add_error("pseudonym", _("Write the name you would like to be shown by."))
        return cleaned

    def _post_clean(self):
        """Whether the story as a whole may stand is for the action to say."""

    def written(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StoryForm(TermsForm):
    """Everything but the trail. `key` tells a form sent twice; `version` one sent too late."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {"key": self.instance.key, "version": self.instance.version}


class IndicatorBoxes(forms.CheckboxSelectMultiple):
    """`merged`: {a merged indicator's id: that of the one that stands for it}."""

    merged = {}

    def value_from_datadict(self, data, files, name):
        chosen = super().value_from_datadict(data, files, name) or []
        return list(dict.fromkeys(self.merged.get(one, one) for one in chosen))


class StepForm(forms.Form):
    lack = PROMPTS["why_it_stopped"]

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
        widget=IndicatorBoxes,
    )

    proposes = NormalisedCharField(
        label=PROMPTS["step_proposes"].text,
        help_text=PROMPTS["step_proposes"].help,
        max_length=Definition._meta.get_field("name").max_length,
        required=False,
    )
    proposes_why = words_field("step_proposes_why")

    def __init__(self, *args, choices, number, count, start=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.number, self.count = number, count
        self.choices = choices
        self.fields["cycle"].choices = choices.cycles
        self.fields["indicators"].choices = choices.indicators
        self.fields["indicators"].widget.merged = choices.merged
        self.fields["capital"].choices = [("", _("I would rather not say")), *Capital.choices]
        name_steps(self, ["led_from"], count, _("Nothing I can name"), number)
        self.cycles = choices.cycle_rows
        # What was explained once is not explained again.
        for name, first in (("text", 1), ("how", 2)):
            if number > first:
                self.fields[name].help_text = ""
        if start:
            asked = start.asks(number)
            self.fields["text"].label, self.fields["text"].help_text = asked.text, asked.help
        if number == 1:
            text = self.fields["text"]
            text.help_text = format_lazy("{} {}", text.help_text, self.limits)

    @property
    def limits(self):
        words = _("At most %(characters)s characters a step, and %(steps)s steps.")
        return words % {
            "characters": number_format(Step.MAX_LENGTH, force_grouping=True),
            "steps": Step.MOST,
        }

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
        if cleaned.get("proposes") and not cleaned.get("proposes_why"):
            self.add_error("proposes_why", _("Say why it matters, so that others can follow."))
        if cleaned.get("proposes_why") and not cleaned.get("proposes"):
            self.add_error("proposes", _("Give it a name."))
        return cleaned

    @property
    def is_blank(self):
        """A row nobody wrote in."""
        told = ("text", "how", "indicators", "proposes", "step")
        return not any(self.cleaned_data.get(name) for name in told)


class ShowsForm(forms.Form):
    """What a file shows, for whoever cannot see or hear it."""

    shows = NormalisedCharField(
        label=_("What it shows or says"),
        max_length=Attachment._meta.get_field("shows").max_length,
        required=False,
    )


class LinkForm(forms.Form):
    start = forms.TypedChoiceField(label=_("From step"), coerce=int, required=False)
    end = forms.TypedChoiceField(label=_("To step"), coerce=int, required=False)
    how = words_field("link_how")
    would_have_happened_anyway = words_field("link_anyway")
    other_influences = words_field("link_other_influences")
    corroborator = words_field("link_corroborator", rows=1, max_length=200)

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        name_steps(self, ["start", "end"], count, _("No link"))

    def clean(self):
        cleaned = super().clean()
        ends = {"start", "end"} - self.errors.keys()
        if len(ends) == 2 and bool(cleaned.get("start")) != bool(cleaned.get("end")):
            raise ValidationError(_("Choose both steps of the link, or none."))
        return cleaned


def name_steps(form, names, count, nothing, but=None):
    """Fields that name one of the form's steps: chosen from a list, or by its number where each step
    would have a list of very many."""
    label = _("Step %(number)d")
    for name in names:
        if count > MOST_LISTED:
            form.fields[name] = forms.IntegerField(
                label=form.fields[name].label,
                help_text=_("The number of a step, or empty."),
                min_value=1,
                max_value=count,
                required=False,
            )
            continue
        form.fields[name].choices = [("", nothing)] + [
            (number, label % {"number": number}) for number in range(1, count + 1) if number != but
        ]


class OthersForm(forms.Form):
    """The question before others read a story, and what was found that may lead to somebody."""

    others = forms.ChoiceField(
        label=_("Does it name or describe somebody who has not agreed?"),
        choices=Story.Others,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two. If neither is so, change the story.")
        },
    )
    mask = forms.MultipleChoiceField(
        label=_("Replace what should not be there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” is no longer in the story.")},
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mask"].choices = [(one.text, one.text) for one in found]
        self.fields["others"].required = not self.only_masks
        self.found = found

    @property
    def only_masks(self):
        """Sent to replace what is ticked, and nothing more yet."""
        return "mask_now" in self.data

    @property
    def boxes(self):
        """The check boxes with the place in which each was found."""
        return list(zip(self["mask"].subwidgets, self.found, strict=True))


class HeardForm(forms.Form):
    """I heard a story."""

    name = NormalisedCharField(
        label=_("Who told it?"),
        max_length=200,
        help_text=_("Only facilitators see this, until that person has agreed."),
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("So that they can be asked. It is used for nothing else."),
    )
    title = NormalisedCharField(label=_("A few words that say what it is about"), max_length=200)
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=PROMPTS["step_cycle"].text, empty_label=None
    )
    text = NormalisedCharField(
        label=_("What you heard"),
        max_length=Step.MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = community.cycles.all()

    def clean_email(self):
        return clean_email(self.cleaned_data["email"])


class ConcernForm(forms.Form):
    """This story is about me."""

    words = NormalisedCharField(
        label=_("What is it about?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say which story, and what should not be there. Only facilitators read this."),
    )
    contact = NormalisedCharField(
        label=_("How can we reach you?"),
        max_length=200,
        required=False,
        help_text=_("An e-mail address or a number, if you want an answer. You can leave it out."),
    )
    hide = forms.BooleanField(
        label=_("Hide the story until a facilitator has looked at it"), required=False, initial=True
    )

    def __init__(self, *args, story=None, **kwargs):
        super().__init__(*args, **kwargs)
        if story:
            self.fields["words"].help_text = _("Only facilitators read this.")
        else:
            del self.fields["hide"]
