"""The page on which a community is founded."""

from itertools import groupby

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from communities.forms import ActForm, sent
from communities.models import Community
from communities.permissions import may_found
from communities.zones import AS_THEY_ARE, zone_choices
from valuecreation.framework import SCHEMES, STARTER_INDICATORS

from .founding import found

MAY_NOT_FOUND = _("Communities are founded here by the people who run this site. Ask them for one.")
EXAMPLES_OF = {"primary-care": _("primary care"), "amr-genomics": _("a genomics network")}
PRESETS = {preset.code: preset for preset in STARTER_INDICATORS}


def scheme_choices():
    return [
        (key, f"{scheme.name}: {', '.join(str(cycle.name) for cycle in scheme.cycles)}")
        for key, scheme in SCHEMES.items()
    ]


def example_choices():
    words = gettext(
        "Those of the example of %s, in English, without its people, stories and numbers"
    )
    return [
        ("", gettext("The ones that I tick below, or none for now")),
        *((slug, words % name) for slug, name in EXAMPLES_OF.items()),
    ]


def preset_choices():
    names = {cycle.key: cycle.name for one in SCHEMES.values() for cycle in one.cycles}
    return [
        (names[key], [(preset.code, preset.name) for preset in presets])
        for key, presets in groupby(STARTER_INDICATORS, key=lambda preset: preset.cycle)
    ]


class FoundForm(ActForm):
    name = Community._meta.get_field("name").formfield(label=_("What is it called?"))
    purpose = Community._meta.get_field("purpose").formfield(
        label=_("What is it for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two, as you would say it to somebody who might join."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select(attrs=AS_THEY_ARE)
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        widget=forms.Select(attrs=AS_THEY_ARE | {"data-time-zone": ""}),
    )
    scheme = forms.ChoiceField(
        label=_("Cycles of value"),
        choices=scheme_choices,
        widget=forms.RadioSelect,
        initial="2011",
        help_text=_("The first is right for most. Names and questions can be changed later."),
    )
    example = forms.ChoiceField(
        label=_("Which indicators to begin with"),
        choices=example_choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("They are proposals: what you look at is for the community to negotiate."),
    )
    presets = forms.MultipleChoiceField(
        label=_("Starter indicators"),
        choices=preset_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args):
        first = {"language": get_language(), "time_zone": "UTC"}
        super().__init__(*args, community=None, initial=first)

    def clean_presets(self):
        return [PRESETS[code] for code in self.cleaned_data["presets"]]

    def clean(self):
        chosen = super().clean()
        if chosen.get("example") and chosen.get("presets"):
            self.add_error("example", gettext("Choose the example, or tick indicators; not both."))
        return chosen

    def chips(self):
        """The boxes to tick, by cycle, for the template."""
        boxes = {box.data["value"]: box for box in self["presets"]}
        return [
            (cycle, [boxes[code] for code, name in presets]) for cycle, presets in preset_choices()
        ]

    def act(self, by):
        return found(by=by, **self.cleaned_data)


@login_required
def found_page(request):
    """Two minutes: a name is enough."""
    if not may_found(request.user):
        raise PermissionDenied(MAY_NOT_FOUND)
    form = FoundForm(*sent(request))
    if form.done(request.user):
        messages.success(
            request, gettext("“%s” is founded. Invite the first people.") % form.outcome
        )
        return redirect("people:invite", form.outcome.slug)
    return render(request, "stories/found.html", {"form": form}, status=422 if form.errors else 200)
