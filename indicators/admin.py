"""Indicators, their numbers and targets, as facilitators look after them. Every save is an action."""

from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import unquote
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communities.admin import CommunityAdmin, site
from communities.permissions import Permission
from communities.viewer import Viewer

from .acts import ACTS, TOO_LATE
from .adminfilters import CycleFilter, MissingFilter, ReviewFilter
from .adminforms import IndicatorForm, ObservationForm, TargetForm
from .figures import figure, parts, quantity, unit_of
from .models import Definition, GamingCheck, Indicator, Observation, Round, Target
from .talk import Talk


@admin.register(Indicator, site=site)
class IndicatorAdmin(CommunityAdmin):
    permission = Permission.KEEP_INDICATORS
    form = IndicatorForm
    change_form_template = "admin/indicators/indicator/change_form.html"
    list_display = ["name", "cycle", "state", "talked_until", "review_on", "kind", "number"]
    list_filter = ["state", CycleFilter, MissingFilter, ReviewFilter]
    list_select_related = ["definition", "cycle", "community"]
    search_fields = ["definition__name", "code"]
    search_help_text = _("Search by name")
    ordering = ["community__name", "cycle__position", "definition__name", "pk"]
    fieldsets = [
        (None, {"fields": ["community", "name", "text", "cycle", "capital"]}),
        (
            _("How it is counted"),
            {
                "fields": ["kind", "unit", "levels", "direction", "cumulative", "baseline"],
                "description": _(
                    "A change of anything but cycle and capital makes a new version of the "
                    "definition. Values entered before stay under the version they were entered by; "
                    "what was agreed is being negotiated again."
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

    @admin.display(description=_("talked about"))
    def talked_until(self, indicator):
        """The phase of its open round, and until when."""
        if not indicator.open_rounds:
            return ""
        [round] = indicator.open_rounds
        round.indicator = indicator
        until = date_format(round.closes_on, "SHORT_DATE_FORMAT") if round.closes_on else ""
        return f"{round.phase.label} {until}".strip()

    @admin.display(description=_("look again on"), ordering="review_on")
    def review_on(self, indicator):
        return indicator.review_on or ""

    def get_queryset(self, request):
        undecided = Prefetch("rounds", Round.objects.undecided(), to_attr="open_rounds")
        checks = GamingCheck.objects.current().filter(definition=OuterRef("definition"))
        return (
            super()
            .get_queryset(request)
            .annotate(review_on=Subquery(checks.values("review_on")))
            .prefetch_related(undecided)
        )

    def get_readonly_fields(self, request, obj=None):
        return ["community"] if obj else []

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        own = path("<int:pk>/acts/<slug:key>/", view, name="indicators_indicator_act")
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the state of its negotiation, and what can be done in it."""
        indicator = self.get_object(request, unquote(object_id))
        talk = self.talk(request, indicator) if indicator else None
        offered = [act for act in ACTS.values() if talk and act.is_offered(talk)]
        context = {"talk": talk, "acts": offered} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def talk(self, request, indicator):
        return Talk(Viewer.of(request.user, indicator.community), indicator)

    def act_view(self, request, pk, key):
        """One act of the negotiation, as the admin's form: the same form and act as on its page."""
        indicator = self.get_queryset(request).filter(pk=pk).first()
        act = ACTS.get(key)
        if not indicator or not act:
            raise Http404
        back = reverse("admin:indicators_indicator_change", args=[pk])
        talk = self.talk(request, indicator)
        if not act.is_offered(talk):
            self.message_user(request, TOO_LATE, "WARNING")
            return redirect(back)
        form, done = act.form_for(talk), False
        if request.method == "POST":
            form, done = act.do(talk, request.user, request.POST)
        if done:
            self.message_user(request, act.done)
            is_there = Indicator.objects.filter(pk=pk).exists()
            if is_there:
                self.log_change(request, indicator, [str(act.label)])
            return redirect(back if is_there else "admin:indicators_indicator_changelist")
        fields = [(None, {"fields": [bound.name for bound in form.visible_fields()]})]
        context = self.admin_site.each_context(request) | {
            "title": act.label,
            "act": act,
            "talk": talk,
            "original": indicator,
            "opts": self.opts,
            "form": form,
            "adminform": AdminForm(form, fields, {}, model_admin=self),
            "errors": AdminErrorList(form, []),
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(
            request, "admin/indicators/indicator/act.html", context, status=status
        )


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
