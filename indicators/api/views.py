"""Addresses of the API on indicators and what they mean."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from communities.api.documents import checked, fill, require_valid
from communities.api.schema import IF_MATCH, example, in_query, page_of
from communities.api.view import CommunityView, found_or_404, tagged
from communities.permissions import Permission
from indicators import actions
from indicators.forms import ProposalForm
from indicators.models import Indicator

from .documents import (
    AmendForm,
    Amendment,
    DefinitionDocument,
    FilterForm,
    IndicatorDocument,
    NewIndicator,
    as_form,
)
from .of_indicator import OfIndicator, rows_for

SEE, KEEP = Permission.SEE_MATRIX, Permission.KEEP_INDICATORS
PROPOSAL = {
    "code": "visits",
    "name": "Visits to another ward",
    "definition": "A visit of at least an hour, to learn how others do it.",
    "cycle": "applied",
    "kind": "number",
    "unit": "visits",
}


class Indicators(CommunityView):
    """What the community looks at, the newest first: agreed, being negotiated or retired; for whoever
    takes part in negotiations also what was declined or merged."""

    permissions = {"GET": SEE, "POST": Permission.PROPOSE_INDICATOR}

    @extend_schema(
        parameters=[in_query("state", enum=Indicator.State.values), in_query("cycle")],
        responses=page_of(IndicatorDocument),
    )
    def get(self, request, slug):
        form = require_valid(FilterForm(request.query_params, community=self.community))
        rows = rows_for(self.viewer).filter(**form.asked)
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


class Definitions(OfIndicator):
    """Its versions, the newest first."""

    permissions = {"GET": SEE}

    @extend_schema(responses=page_of(DefinitionDocument))
    def get(self, request, slug, code):
        return self.pages(self.indicator.definitions.all(), DefinitionDocument)
