"""Indicators, their numbers and targets, as facilitators look after them. Every save is an action."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.admin import CommunityAdmin, site
from communities.permissions import Permission

from . import actions
from .adminforms import IndicatorForm, ObservationForm, TargetForm
from .figures import figure, parts, quantity, unit_of
from .models import Definition, Indicator, Observation, Target


class ReasonForm(ActionForm):
    """Beside the list's acts; the decision keeps the reason."""

    reason = forms.Field(label=_("Reason:"), required=False, widget=forms.TextInput)


@admin.register(Indicator, site=site)
class IndicatorAdmin(CommunityAdmin):
    permission = Permission.KEEP_INDICATORS
    form = IndicatorForm
    action_form = ReasonForm
    list_display = ["name", "cycle", "state", "kind", "number"]
    list_filter = ["state"]
    list_select_related = ["definition", "cycle", "community"]
    search_fields = ["definition__name", "code"]
    search_help_text = _("Search by name")
    ordering = ["community__name", "cycle__position", "definition__name", "pk"]
    actions = ["retire", "decline"]
    fieldsets = [
        (None, {"fields": ["community", "name", "text", "cycle", "capital"]}),
        (
            _("How it is counted"),
            {
                "fields": ["kind", "unit", "levels", "direction", "cumulative", "baseline"],
                "description": _(
                    "A change of anything but cycle and capital makes a new version of the "
                    "definition. Values entered before stay under the version they were entered by."
                ),
            },
        ),
        (
            _("Where the numbers come from"),
            {"fields": ["data_source", "collector", "frequency", "categories"]},
        ),
    ]

    @admin.display(description=_("name"), ordering="definition__name")
    def name(self, indicator):
        return str(indicator)

    @admin.display(description=_("kind"), ordering="definition__kind")
    def kind(self, indicator):
        return indicator.definition.get_kind_display()

    @admin.display(description=_("definition"), ordering="definition__number")
    def number(self, indicator):
        return _("version %(number)d") % {"number": indicator.definition.number}

    def get_readonly_fields(self, request, obj=None):
        return ["community"] if obj else []

    @admin.action(description=_("Retire the chosen indicators"))
    def retire(self, request, chosen):
        self.each(request, chosen, actions.retire, _("Retired: %(name)s."))

    @admin.action(description=_("Decline the chosen indicators"))
    def decline(self, request, chosen):
        self.each(request, chosen, actions.decline, _("Declined: %(name)s."))

    def each(self, request, chosen, action, done):
        reason = request.POST.get("reason", "").strip()
        for indicator in chosen:
            try:
                action(indicator=indicator, by=request.user, rationale=reason)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), "WARNING")
            else:
                self.message_user(request, done % {"name": indicator})


class OfAnIndicator(CommunityAdmin):
    """Rows of an indicator, which is chosen when they are added and stays."""

    community_path = "indicator__community"
    permission = Permission.RECORD_OBSERVATION
    kinds = ()

    def get_readonly_fields(self, request, obj=None):
        return ["indicator"] if obj else []

    def choices(self, model, request, obj=None):
        rows = super().choices(model, request, obj)
        if model is not Indicator:
            return rows
        return rows.drawn().filter(definition__kind__in=self.kinds).in_reading_order()


@admin.register(Observation, site=site)
class ObservationAdmin(OfAnIndicator):
    form = ObservationForm
    kinds = [kind for kind, takes in Observation.TAKES.items() if takes]
    list_display = ["indicator", "start", "end", "shown", "parts", "source", "status"]
    list_filter = ["status"]
    list_select_related = ["indicator__definition", "indicator__community", "definition"]
    search_fields = ["indicator__definition__name", "source"]
    search_help_text = _("Search by indicator or source")
    ordering = ["-end", "-pk"]

    @admin.display(description=_("value"))
    def shown(self, observation):
        return figure(observation)

    @admin.display(description=_("counted"))
    def parts(self, observation):
        return parts(observation)

    @admin.display(description=_("community"), ordering="indicator__community__name")
    def community(self, observation):
        return observation.indicator.community

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["indicator", ("start", "end"), "category"]}),
            (_("The value"), self.value_fields(obj)),
            (_("Where it comes from"), {"fields": ["source", "note"]}),
        ]

    def value_fields(self, obj):
        if not obj:
            fill_in = _(
                "Fill in what fits the indicator: for a number its value; for a percentage how many, "
                "out of how many; for a scale the level; for words the words."
            )
            fields = ["value", ("numerator", "denominator"), "level", "words"]
            return {"fields": fields, "description": fill_in}
        kept = _("The value that stands now is kept as replaced.")
        return {"fields": [tuple(obj.TAKES[obj.kind])], "description": kept}


@admin.register(Target, site=site)
class TargetAdmin(OfAnIndicator):
    community_path = "definition__indicator__community"
    form = TargetForm
    kinds = [Definition.Kind.NUMBER, Definition.Kind.PERCENTAGE, Definition.Kind.STORY_COUNT]
    list_display = ["indicator", "start", "end", "shown"]
    list_select_related = ["definition__indicator__community"]
    search_fields = ["definition__name"]
    search_help_text = _("Search by indicator")
    ordering = ["-end", "-pk"]
    fields = ["indicator", ("start", "end"), "value"]

    @admin.display(description=_("indicator"), ordering="definition__name")
    def indicator(self, target):
        return target.definition.name

    @admin.display(description=_("value"), ordering="value")
    def shown(self, target):
        return quantity(target.value, unit_of(target.definition))

    @admin.display(description=_("community"), ordering="definition__indicator__community__name")
    def community(self, target):
        return target.definition.indicator.community
