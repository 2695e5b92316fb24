"""Addresses of the API on how indicators are negotiated."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from communities.api.documents import checked, document_of
from communities.api.schema import example, page_of
from communities.api.view import found_or_404, tagged
from communities.permissions import Permission
from indicators.acts import ACTS
from indicators.definitions import decisions_of
from indicators.models import GamingCheck, Stance

from .documents import (
    CommentDocument,
    DecisionDocument,
    GamingCheckDocument,
    IndicatorDocument,
    NewComment,
    NewDecision,
    NewGamingCheck,
    NewStance,
    RoundDocument,
    StanceDocument,
)
from .of_indicator import OfIndicator

SEE, NEGOTIATE, KEEP = Permission.SEE_MATRIX, Permission.NEGOTIATE, Permission.KEEP_INDICATORS
STANCE = {"choice": "concern", "reason": "It helps us, if nobody has to count for long."}


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
