"""Addresses of the API on the numbers of indicators: what is aimed at, and what was counted."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from communities.api.documents import checked
from communities.api.problems import Conflict
from communities.api.schema import example, page_of
from communities.api.view import found_or_404
from communities.permissions import Permission
from indicators import actions
from indicators.acts import TOO_LATE
from indicators.models import Target

from .documents import (
    NewObservation,
    NewTarget,
    ObservationChange,
    ObservationDocument,
    TargetChange,
    TargetDocument,
)
from .of_indicator import OfIndicator

SEE, KEEP = Permission.SEE_MATRIX, Permission.KEEP_INDICATORS
QUARTER = {"start": "2026-01-01", "end": "2026-03-31"}


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
