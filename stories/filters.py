"""Which of the stories one may open are listed: by words, and by what their told parts are about.

Only told and confirmed parts are looked at: what somebody proposed must not show by a story's absence.
"""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from communities.fields import NormalisedCharField
from communities.permissions import Permission
from valuecreation.alphabet import place_of
from valuecreation.framework import TENSE_TEXTS, VALUE_TEXTS

from . import search
from .models import Status, Step, Story, Touch

ANY = ("", _("any"))
# What one step is asked for.
OF_A_STEP = {"cycle": "cycle__key", "tense": "tense", "value": "value"}


class PeriodForm(forms.Form):
    """From a day until a day, both included; each may be left open."""

    since = forms.DateField(
        label=_("Told from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the first day."))
        return cleaned


class Choices:
    """What stands behind the fields of a form whose choices are a community's own."""

    def offer(self, choices):
        for name, found in choices.items():
            self.fields[name].choices = [ANY, *found]

    @property
    def chosen(self):
        """(label, choice) of what is asked for besides words."""
        return [(field.label, self.said(field)) for field in self.filters if field.value()]

    def said(self, field):
        """A choice or a day, as the reader calls it."""
        value = field.value()
        day = self.is_bound and getattr(self, "cleaned_data", {}).get(field.name)
        if isinstance(day, date):
            return date_format(day, "DATE_FORMAT")
        if isinstance(field.field, forms.BooleanField):
            return ""
        return dict(getattr(field.field, "choices", ())).get(value, value)


def steps_choices(community):
    """What a step may be asked for: its cycle, tense and value."""
    return {
        "cycle": [(row.key, row.name) for row in community.cycles.all()],
        "tense": [(one.value, TENSE_TEXTS[one.value].text) for one in Step.Tense],
        "value": [(one.value, VALUE_TEXTS[one.value].text) for one in Step.Value],
    }


class FilterForm(Choices, PeriodForm):
    """What is searched for, as the list's address says it."""

    q = NormalisedCharField(
        label=_("Search in the stories"), max_length=search.LONGEST, required=False
    )
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    tense = forms.ChoiceField(label=_("Did it happen?"), required=False)
    value = forms.ChoiceField(label=_("Was it of value?"), required=False)
    template = forms.ChoiceField(label=_("Kind of story"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False, choices=[ANY, *Status.choices])
    language = forms.ChoiceField(label=_("Language"), required=False)

    field_order = [
        *("q", "cycle", "indicator", "tense", "value", "template", "status", "language"),
        *("since", "until"),
    ]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.community = community = viewer.community
        indicators = sorted(community.indicators.drawn().in_reading_order(), key=place_of_name)
        # Of stories one may open: the language of a hidden one says that there is one.
        self.offer(
            steps_choices(community)
            | {
                "indicator": [(row.code, str(row)) for row in indicators],
                "template": Story.Template.choices,
                "language": languages_of(Story.objects.visible_to(viewer)),
            }
        )
        # Whoever reads only what is published has nothing to choose from.
        if not viewer.can(Permission.TELL_STORY):
            del self.fields["status"]

    @property
    def filters(self):
        return [self[name] for name in self.fields if name != "q"]

    def found(self, stories):
        """Those of `stories` that are asked for; in their order, or what says it best first."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        parts = {path: asked[name] for name, path in OF_A_STEP.items() if name in asked}
        if parts:
            steps = Step.objects.counted().filter(story=OuterRef("pk"), **parts)
            stories = stories.filter(Exists(steps))
        if code := asked.get("indicator"):
            touches = Touch.objects.counted().filter(indicator__code=code)
            stories = stories.filter(Exists(touches.filter(step__story=OuterRef("pk"))))
        for name in ("template", "status", "language"):
            if name in asked:
                stories = stories.filter(**{name: asked[name]})
        stories = stories.filter(self.period(asked.get("since"), asked.get("until")))
        if text := asked.get("q"):
            stories = search.find(stories, text, self.community)
        return stories

    @staticmethod
    def period(since, until):
        """By the day on which it was told, in the reader's time zone; both days count."""
        period = Q()
        if since:
            period &= Q(created_at__date__gte=since)
        if until:
            period &= Q(created_at__date__lte=until)
        return period


def languages_of(stories):
    codes = stories.order_by("language").values_list("language", flat=True).distinct()
    return [(code, name_of(code)) for code in codes]


def name_of(language):
    """As the reader calls it; a language that Django does not know by its code."""
    try:
        return get_language_info(language)["name_translated"]
    except KeyError:
        return language


def place_of_name(indicator):
    return place_of(str(indicator))
