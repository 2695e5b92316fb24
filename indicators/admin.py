"""Indicators, their numbers and targets, as forms for facilitators. Every save is an action."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from communities.admin import ActForm, CommunityAdmin, site
from communities.permissions import Permission

from . import actions
from .figures import figure, parts
from .models import Definition, Indicator, Observation, Target

DefinitionFields = type(
    "DefinitionFields", (forms.Form,), forms.fields_for_model(Definition, Definition.CONTENT)
)


class IndicatorForm(ActForm, DefinitionFields):
    """The indicator with the content of its definition; saving a change makes the next version."""

    class Meta:
        model = Indicator
        fields = ["community", "cycle", "capital"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["levels"].help_text = _("Lowest first, with commas between. For a scale only.")
        self.fields["categories"].help_text = _("With commas between.")
        if self.instance.pk:
            self.initial |= self.instance.definition.content()

    def act(self):
        content = self.written(Definition.CONTENT)
        place = self.written(["cycle", "capital"])
        if self.instance.pk:
            return actions.amend(indicator=self.instance, by=self.by, **place, **content)
        community = self.cleaned_data["community"]
        return actions.propose(community=community, by=self.by, **place, **content)


@admin.register(Indicator, site=site)
class IndicatorAdmin(CommunityAdmin):
    permission = Permission.KEEP_INDICATORS
    form = IndicatorForm
    list_display = ["name", "cycle", "state", "number", "community"]
    list_filter = ["state"]
    list_select_related = ["definition", "cycle", "community"]
    search_fields = ["definition__name", "code"]
    ordering = ["community__name", "cycle__position", "definition__name", "pk"]
    actions = ["retire", "decline"]
    fieldsets = [
        (None, {"fields": ["community", "name", "text", "cycle", "capital"]}),
        (_("How it is counted"), {"fields": ["kind", "unit", "levels", "direction", "cumulative"]}),
        (
            _("Where the numbers come from"),
            {"fields": ["data_source", "collector", "frequency", "categories", "baseline"]},
        ),
    ]

    @admin.display(description=_("name"), ordering="definition__name")
    def name(self, indicator):
        return str(indicator)

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
        for indicator in chosen:
            try:
                action(indicator=indicator, by=request.user, rationale="")
            except forms.ValidationError as error:
                self.message_user(request, " ".join(error.messages), "WARNING")
            else:
                self.message_user(request, done % {"name": indicator})


class OfAnIndicator(CommunityAdmin):
    community_path = "indicator__community"
    permission = Permission.RECORD_OBSERVATION

    def choices(self, model, request):
        return super().choices(model, request).drawn().in_reading_order()


class ObservationForm(ActForm):
    class Meta:
        model = Observation
        fields = ["indicator", *Observation.CONTENT]

    def act(self):
        content = self.written(Observation.CONTENT)
        if self.instance.pk:
            return actions.correct_observation(observation=self.instance, by=self.by, **content)
        indicator = self.cleaned_data["indicator"]
        return actions.record_observation(indicator=indicator, by=self.by, **content)


@admin.register(Observation, site=site)
class ObservationAdmin(OfAnIndicator):
    form = ObservationForm
    list_display = ["indicator", "start", "end", "shown", "parts", "source", "status"]
    list_filter = ["status"]
    list_select_related = ["indicator__definition", "definition"]
    search_fields = ["indicator__definition__name", "source"]
    ordering = ["-end", "-pk"]
    fieldsets = [
        (None, {"fields": ["indicator", ("start", "end"), "category"]}),
        (
            _("The value: fill in what fits the indicator"),
            {"fields": ["value", ("numerator", "denominator"), "level", "words"]},
        ),
        (_("Where it comes from"), {"fields": ["source", "note"]}),
    ]

    @admin.display(description=_("value"))
    def shown(self, observation):
        return figure(observation)

    @admin.display(description=_("counted"))
    def parts(self, observation):
        return parts(observation)

    def get_readonly_fields(self, request, obj=None):
        return ["indicator"] if obj else []


class TargetForm(ActForm):
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label=_("indicator"))

    class Meta:
        model = Target
        fields = ["start", "end", "value"]

    def act(self):
        content = self.written(["start", "end", "value"])
        if self.instance.pk:
            return actions.change_target(target=self.instance, by=self.by, **content)
        indicator = self.cleaned_data["indicator"]
        return actions.set_target(indicator=indicator, by=self.by, **content)


@admin.register(Target, site=site)
class TargetAdmin(OfAnIndicator):
    community_path = "definition__indicator__community"
    form = TargetForm
    list_display = ["definition", "start", "end", "value"]
    list_select_related = ["definition"]
    ordering = ["-end", "-pk"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not obj:
            form.base_fields["indicator"].queryset = self.choices(Indicator, request)
        return form

    def get_fields(self, request, obj=None):
        return ["definition" if obj else "indicator", ("start", "end"), "value"]

    def get_readonly_fields(self, request, obj=None):
        return ["definition"] if obj else []
