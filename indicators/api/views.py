"""Addresses of the API on indicators: what they mean, their numbers, and how they are negotiated."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from communities.api.documents import checked, document_of, fill, require_valid
from communities.api.problems import Conflict
from communities.api.schema import IF_MATCH, example, in_query, page_of
from communities.api.view import CommunityView, found_or_404, tagged
from communities.permissions import Permission
from indicators import actions
from indicators.acts import ACTS, TOO_LATE
from indicators.definitions import decisions_of
from indicators.forms import ProposalForm
from indicators.models import GamingCheck, Indicator, Stance, Target
from indicators.talk import Talk

from .documents import (
    AmendForm,
    Amendment,
    CommentDocument,
    DecisionDocument,
    DefinitionDocument,
    GamingCheckDocument,
    IndicatorDocument,
    NewComment,
    NewDecision,
    NewGamingCheck,
    NewIndicator,
    NewObservation,
    NewStance,
    NewTarget,
    ObservationChange,
    ObservationDocument,
    RoundDocument,
    StanceDocument,
    TargetChange,
    TargetDocument,
    as_form,
)

SEE, NEGOTIATE, KEEP = Permission.SEE_MATRIX, Permission.NEGOTIATE, Permission.KEEP_INDICATORS


PROPOSAL = {
    "code": "visits",
    "name": "Visits to another ward",
    "definition": "A visit of at least an hour, to learn how others do it.",
    "cycle": "applied",
    "kind": "number",
    "unit": "visits",
}
QUARTER = {"start": "2026-01-01", "end": "2026-03-31"}
STANCE = {"choice": "concern", "reason": "It helps us, if nobody has to count for long."}


class Indicators(CommunityView):
    """What the community looks at, the newest first: agreed, being negotiated or retired; for whoever
    takes part in negotiations also what was declined or merged."""

    permissions = {"GET": SEE, "POST": Permission.PROPOSE_INDICATOR}

    @extend_schema(
        parameters=[in_query("state", enum=Indicator.State.values), in_query("cycle")],
        responses=page_of(IndicatorDocument),
    )
    def get(self, request, slug):
        rows = rows_for(self.viewer)
        asked = {name: request.query_params.get(name) for name in ("state", "cycle")}
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        if cycle := asked.get("cycle"):
            rows = rows.filter(cycle__key=cycle)
        return self.pages(rows, IndicatorDocument)

    @extend_schema(
        request=NewIndicator,
        responses={201: IndicatorDocument},
        examples=[example("A number", PROPOSAL)],
    )
    def post(self, request, slug):
        """Proposes an indicator, with its first definition."""
        sent = as_form(checked(NewIndicator, request.data))
        code = sent.pop("code", "")
        form = fill(ProposalForm(community=self.community), sent)
        form.fields["reason"].required = False
        require_valid(form)

        def make():
            return form.proposed(request.user, code=code)

        def document(pk):
            return IndicatorDocument(found_or_404(rows_for(self.viewer), pk=pk)).data

        return self.created(make, document)


def rows_for(viewer):
    rows = viewer.community.indicators.select_related("definition", "cycle", "merged_into")
    return rows if viewer.can(NEGOTIATE) else rows.drawn()


class OfIndicator(CommunityView):
    """Something of one indicator: `self.indicator`."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.indicator = self.found()

    def found(self):
        found = found_or_404(rows_for(self.viewer), code=self.kwargs["code"])
        found.community = self.community
        return found

    def document(self):
        return IndicatorDocument(self.found()).data

    def talk(self):
        return Talk(self.viewer, self.indicator)

    def act(self, key, sent=None, content=None):
        """What the act of the negotiation made of the document `sent` (a serializer), or of its checked
        `content`. Conflict where things have moved on meanwhile."""
        act, talk = ACTS[key], self.talk()
        if not act.is_offered(talk):
            raise Conflict(TOO_LATE)
        content = checked(sent, self.request.data) if sent else content or {}
        form = require_valid(fill(act.form_for(talk), content))
        return form.act(talk, self.request.user, form.cleaned_data)

    def create(self, key, sent, rows, document):
        """201 with what the act made: one of `rows()`, as its `document`."""
        return self.created_of(lambda: self.act(key, sent), rows, document)

    def created_of(self, make, rows, document):
        return self.created(make, lambda pk: self.shown(found_or_404(rows(), pk=pk), document))


class OneIndicator(OfIndicator):
    """One indicator, with the definition in force."""

    permissions = {"GET": SEE, "DELETE": KEEP}

    @extend_schema(responses=IndicatorDocument)
    def get(self, request, slug, code):
        return tagged(self.document(), seen=request.headers.get("If-None-Match"))

    @extend_schema(responses={204: None})
    def delete(self, request, slug, code):
        """Of one that was proposed by mistake. One that is in use stays: retire it."""
        self.act("delete")
        return Response(status=204)


class Amend(OfIndicator):
    permissions = {"POST": KEEP}

    @extend_schema(request=Amendment, responses=IndicatorDocument, parameters=[IF_MATCH])
    def post(self, request, slug, code):
        """Changes it. A change of its definition makes the next version, and what was agreed is being
        negotiated again."""
        self.require_unchanged(self.document(), is_told=True)
        sent = as_form(checked(Amendment, request.data))
        form = require_valid(fill(AmendForm(indicator=self.indicator), sent))
        changed = {name: form.cleaned_data[name] for name in sent}
        actions.amend(indicator=self.indicator, by=request.user, **changed)
        return tagged(self.document())


class Act(OfIndicator):
    """An act of the negotiation, answered with the indicator as it stands then."""

    key = None
    sent = None

    @property
    def permissions(self):
        return {"POST": ACTS[self.key].permission}

    def post(self, request, slug, code):
        self.act(self.key, self.sent)
        return tagged(self.document())


def act_view(key):
    """The view of an act of the table that pages and admin offer from, with its form as document."""
    act = ACTS[key]
    sent = document_of(act.form, f"{key.title().replace('_', '')}Act")

    @extend_schema(
        operation_id=f"indicator_{key}",
        description=str(act.label),
        request=sent if sent().fields else None,
        responses=IndicatorDocument,
    )
    def post(self, request, slug, code):
        return Act.post(self, request, slug, code)

    view = type(f"{key.title()}Indicator", (Act,), {"key": key, "sent": sent, "post": post})
    return view.as_view()


class Decide(OfIndicator):
    """Records what the community decided."""

    permissions = {"POST": KEEP}

    @extend_schema(request=NewDecision, responses=DecisionDocument)
    def post(self, request, slug, code):
        sent = dict(checked(NewDecision, request.data))
        made = self.act(sent.pop("outcome"), content=sent)
        return Response(self.shown(made, DecisionDocument))


class Decisions(OfIndicator):
    """What the community decided, the newest first."""

    permissions = {"GET": SEE}

    @extend_schema(responses=page_of(DecisionDocument))
    def get(self, request, slug, code):
        return self.pages(decisions_of(self.indicator).select_related("into"), DecisionDocument)


class Definitions(OfIndicator):
    """Its versions, the newest first."""

    permissions = {"GET": SEE}

    @extend_schema(responses=page_of(DefinitionDocument))
    def get(self, request, slug, code):
        return self.pages(self.indicator.definitions.all(), DefinitionDocument)


class Rounds(OfIndicator):
    """When it was talked about, and who was asked."""

    permissions = {"GET": NEGOTIATE}

    @extend_schema(responses=page_of(RoundDocument))
    def get(self, request, slug, code):
        rounds = self.indicator.rounds.select_related("indicator__community")
        return self.pages(rounds.prefetch_related("asked"), RoundDocument)


class Stances(OfIndicator):
    """What persons say of it; of a blind round that is open your own words alone."""

    permissions = {"GET": NEGOTIATE, "POST": NEGOTIATE}

    @extend_schema(responses=page_of(StanceDocument))
    def get(self, request, slug, code):
        return self.pages(self.rows(), StanceDocument)

    @extend_schema(
        request=NewStance,
        responses={201: StanceDocument},
        examples=[example("With a concern", STANCE)],
    )
    def post(self, request, slug, code):
        """Your word, for your stakeholder group; what you said before is kept as replaced."""
        return self.create("stance", NewStance, self.rows, StanceDocument)

    def rows(self):
        readable = [one.pk for voice in self.talk().voices for one in voice.stances]
        over = Q(round__indicator=self.indicator, round__decided_at__isnull=False)
        rows = Stance.objects.current().filter(Q(pk__in=readable) | over)
        return rows.select_related("user", "round", "definition")


class GamingChecks(OfIndicator):
    """How it could be gamed or mislead, and what guards against that: the newest answer."""

    permissions = {"GET": NEGOTIATE, "POST": NEGOTIATE}

    @extend_schema(responses=GamingCheckDocument)
    def get(self, request, slug, code):
        return Response(GamingCheckDocument(found_or_404(self.rows(), replaced_at=None)).data)

    @extend_schema(request=NewGamingCheck, responses={201: GamingCheckDocument})
    def post(self, request, slug, code):
        return self.create("gaming", NewGamingCheck, self.rows, GamingCheckDocument)

    def rows(self):
        checks = GamingCheck.objects.filter(definition=self.indicator.definition_id)
        return checks.select_related("definition", "answered_by", "counter_indicator")


class Comments(OfIndicator):
    """What else was said of it, the newest first."""

    permissions = {"GET": NEGOTIATE, "POST": NEGOTIATE}

    @extend_schema(responses=page_of(CommentDocument))
    def get(self, request, slug, code):
        return self.pages(self.rows(), CommentDocument)

    @extend_schema(request=NewComment, responses={201: CommentDocument})
    def post(self, request, slug, code):
        return self.create("comment", NewComment, self.rows, CommentDocument)

    def rows(self):
        return self.indicator.comments.select_related("author")


class OfTargets(OfIndicator):
    def rows(self):
        targets = Target.objects.filter(definition__indicator=self.indicator)
        return targets.select_related("definition__indicator__community")


class Targets(OfTargets):
    """What is aimed at in a period, under the definition then in force."""

    permissions = {"GET": SEE, "POST": KEEP}

    @extend_schema(responses=page_of(TargetDocument))
    def get(self, request, slug, code):
        return self.pages(self.rows(), TargetDocument)

    @extend_schema(request=NewTarget, responses={201: TargetDocument})
    def post(self, request, slug, code):
        return self.create("target", NewTarget, self.rows, TargetDocument)


class OneTarget(OfTargets):
    """Changes what is aimed at."""

    permissions = {"PATCH": KEEP}

    @extend_schema(request=TargetChange, responses=TargetDocument)
    def patch(self, request, slug, code, pk):
        target = found_or_404(self.rows(), pk=pk)
        changed = actions.change_target(
            target=target, by=request.user, **checked(TargetChange, request.data)
        )
        return Response(TargetDocument(changed).data)


class OfObservations(OfIndicator):
    def rows(self):
        return self.indicator.observations.in_force().select_related("definition")


class Observations(OfObservations):
    """Its numbers: those in force, the newest first. `category`: those of a breakdown."""

    permissions = {"GET": SEE, "POST": Permission.RECORD_OBSERVATION}

    @extend_schema(responses=page_of(ObservationDocument))
    def get(self, request, slug, code):
        return self.pages(self.rows(), ObservationDocument)

    @extend_schema(
        request=NewObservation,
        responses={201: ObservationDocument},
        examples=[
            example("A number", QUARTER | {"value": 63, "source": "Ward book"}),
            example("A percentage", QUARTER | {"numerator": 146, "denominator": 185}),
        ],
    )
    def post(self, request, slug, code):
        """Enters a value. There is one for each period and category: correct that one."""
        sent = checked(NewObservation, request.data)
        if not self.indicator.is_drawn:
            raise Conflict(TOO_LATE)

        def make():
            return actions.record_observation(indicator=self.indicator, by=request.user, **sent)

        return self.created_of(make, self.rows, ObservationDocument)


class OneObservation(OfObservations):
    permissions = {"PATCH": Permission.RECORD_OBSERVATION}

    @extend_schema(request=ObservationChange, responses=ObservationDocument)
    def patch(self, request, slug, code, pk):
        """A correction: it takes the place of the value, which is kept as replaced."""
        observation = found_or_404(self.rows(), pk=pk)
        corrected = actions.correct_observation(
            observation=observation, by=request.user, **checked(ObservationChange, request.data)
        )
        return Response(ObservationDocument(corrected).data)
