"""The form a story is written in: the story itself, its steps, and links beyond the usual one."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
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

from .models import Link, Status, Step, Story
from .trail import WrittenLink, WrittenStep

FIRST_STEPS = 3


def explained(prompts, choice):
    """The choice's label with the plain words that go with it."""
    prompt = prompts[str(getattr(choice, "name", choice)).lower()]
    return f"{prompt.text}: {prompt.help}" if prompt.help else prompt.text


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
    cycle = forms.TypedChoiceField(
        label=PROMPTS["step_cycle"].text, help_text=PROMPTS["step_cycle"].help, coerce=int
    )
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
        self.fields["cycle"].choices = choices.cycles
        self.fields["indicators"].choices = choices.indicators
        self.fields["capital"].choices = [("", _("I would rather not say")), *Capital.choices]
        self.fields["led_from"].choices = numbered_steps(count, _("Nothing I can name"), number)
        self.cycles = choices.cycle_rows

    @property
    def asks_for_capital(self):
        chosen = str(self["cycle"].value())
        return any(str(pk) == chosen and row.has_capitals for pk, row in self.cycles.items())

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


class Choices:
    """What a step can be put to in this community, read once for all steps of a form."""

    def __init__(self, community, story=None):
        self.cycle_rows = {cycle.pk: cycle for cycle in community.cycles.all()}
        self.cycles = [
            (cycle.pk, f"{cycle.name}: {cycle.question}" if cycle.question else cycle.name)
            for cycle in self.cycle_rows.values()
        ]
        kept = {touch.indicator_id for step in steps_of(story) for touch in step.touches.all()}
        rows = community.indicators.in_reading_order()
        self.indicator_rows = {row.pk: row for row in rows if row.is_offered or row.pk in kept}
        self.indicators = [
            (
                cycle.name,
                [(row.pk, str(row)) for row in self.indicator_rows.values() if row.cycle_id == pk],
            )
            for pk, cycle in self.cycle_rows.items()
        ]
        self.indicators = [group for group in self.indicators if group[1]]


def steps_of(story):
    return list(story.steps.all()) if story else []


class Writing:
    """The story form, its steps and its further links as one: what the page shows and sends."""

    consent = PROMPTS["consent_snapshots"]
    copies = PROMPTS["consent_copies"]

    def __init__(self, community, story=None, data=None):
        self.community = community
        self.story = story
        self.choices = Choices(community, story)
        self.stored = {step.pk: step for step in steps_of(story)}
        initial_steps, initial_links = self.initial()
        self.form = StoryForm(data, instance=story or Story(community=community))
        if not story:
            self.form.initial["audience"] = None
        count = self.count(data, "steps", len(initial_steps))
        self.steps = [
            StepForm(
                data,
                prefix=f"steps-{index}",
                initial=initial_steps[index] if index < len(initial_steps) else {},
                choices=self.choices,
                number=index + 1,
                count=count,
            )
            for index in range(count)
        ]
        self.links = [
            LinkForm(
                data,
                prefix=f"links-{index}",
                initial=initial_links[index] if index < len(initial_links) else {},
                count=count,
            )
            for index in range(self.count(data, "links", len(initial_links)))
        ]

    @staticmethod
    def count(data, name, otherwise):
        """How many rows the page had; a forged number is no reason to make a thousand."""
        if data is None:
            return otherwise
        sent = str(data.get(f"{name}-count", ""))
        return min(int(sent), Step.MOST + 1) if sent.isdecimal() and len(sent) < 6 else 0

    def initial(self):
        """What is stored, as the page shows it: the first link that arrives at a step stands with
        it, any other stands below."""
        if not self.story:
            stages = [c.pk for c in self.choices.cycle_rows.values() if c.kind == "stage"]
            return [
                {"cycle": pk, "led_from": index or None}
                for index, pk in enumerate(stages[:FIRST_STEPS])
            ], []
        numbers = {pk: number for number, pk in enumerate(self.stored, start=1)}
        arriving, further = {}, []
        for link in self.story.links.all():
            start, end = numbers[link.from_step_id], numbers[link.to_step_id]
            content = {name: getattr(link, name) for name in Link.CONTENT}
            if end in arriving:
                further.append({"start": start, "end": end} | content)
            else:
                arriving[end] = {"led_from": start} | content
        steps = [
            {
                "step": step.pk,
                "cycle": step.cycle_id,
                "text": step.text,
                "tense": step.tense,
                "value": step.value,
                "capital": step.capital,
                "indicators": [touch.indicator_id for touch in step.touches.all()],
            }
            | arriving.get(number, {})
            for number, step in enumerate(self.stored.values(), start=1)
        ]
        return steps, further

    @property
    def is_sendable(self):
        return not self.story or self.story.status in {Status.DRAFT, Status.RETURNED}

    def is_valid(self):
        forms_of_it = [self.form, *self.steps, *self.links]
        # Every form is asked, so that every fault is shown at once.
        valid = [form.is_valid() for form in forms_of_it]
        return all(valid)

    def written(self):
        """(fields, steps, links) for the actions; links by index within the steps that are kept."""
        kept = [
            form for form in self.steps if not form.cleaned_data["take_out"] and not form.is_blank
        ]
        places = {form.number: index for index, form in enumerate(kept)}
        steps = [self.written_step(form.cleaned_data) for form in kept]
        links = [
            self.written_link(places, form.cleaned_data["led_from"], form.number, form.cleaned_data)
            for form in kept
        ] + [
            self.written_link(places, data.get("start"), data.get("end"), data)
            for data in (form.cleaned_data for form in self.links)
        ]
        return self.form.written(), steps, [link for link in links if link]

    def written_step(self, data):
        return WrittenStep(
            cycle=self.choices.cycle_rows[data["cycle"]],
            text=data["text"],
            tense=data["tense"],
            value=data["value"],
            capital=data["capital"],
            indicators=[self.choices.indicator_rows[pk] for pk in data["indicators"]],
            step=self.stored.get(data["step"]),
        )

    @staticmethod
    def written_link(places, start, end, data):
        """None where there is no link, or an end of it was taken out or left blank."""
        if start not in places or end not in places:
            return None
        content = {name: data[name] for name in Link.CONTENT}
        return WrittenLink(places[start], places[end], **content)

    def with_another(self, row):
        """The same writing, nothing checked yet, with one more step or link (`row`) to write in."""
        data = self.form.data.copy()
        name = {"step": "steps", "link": "links"}[row]
        count = min(len(getattr(self, name)), Step.MOST) + 1
        data[f"{name}-count"] = str(count)
        if row == "step":
            previous = self.steps[-1]["cycle"].value() if self.steps else None
            data[f"steps-{count - 1}-cycle"] = str(self.cycle_after(previous))
            data[f"steps-{count - 1}-led_from"] = str(count - 1) if count > 1 else ""
            data[f"steps-{count - 1}-value"] = Step.Value.UNSET
        return Writing(self.community, self.story, data).unchecked()

    def at_version(self, version):
        """The same writing, to be saved over this version of the story."""
        data = self.form.data.copy()
        data["version"] = str(version)
        return Writing(self.community, self.story, data).unchecked()

    def unchecked(self):
        """Shows what was typed without faults: nobody asked to save it yet."""
        for form in [self.form, *self.steps, *self.links]:
            form._errors = ErrorDict()
        return self

    def cycle_after(self, pk):
        """The next stage after this one; the last stays the last."""
        stages = [row.pk for row in self.choices.cycle_rows.values() if row.kind == "stage"]
        if not str(pk).isdecimal() or int(pk) not in stages:
            return stages[0] if stages else ""
        return stages[min(stages.index(int(pk)) + 1, len(stages) - 1)]
