"""The matrix as JSON: the same reading as on the page."""

from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from communities.guard import SignInFirst, viewer_with
from communities.permissions import Permission
from indicators.figures import figure
from stories.models import Step

from . import reading
from .asking import asked_by
from .later import RETRY_SECONDS, SENTENCE
from .upkeep import upkeep_of


class CommunityView(APIView):
    """What `document_for(viewer, asked)` gives, to those who hold the permission in the community;
    `asked`: the address's parameters."""

    permission = None
    # Who may is asked below, as on the page.
    permission_classes = ()

    def get(self, request, slug):
        try:
            viewer = viewer_with(self.permission, request.user, slug)
        except SignInFirst:
            raise NotAuthenticated from None
        try:
            response = Response(self.document_for(viewer, request.query_params))
        except reading.AddingUp:
            response = Response({"detail": SENTENCE}, status=503)
            response["Retry-After"] = RETRY_SECONDS
        response["Cache-Control"] = "private, no-cache"
        return response


class MatrixView(CommunityView):
    """`GET /api/v1/communities/<slug>/matrix/`: for the audience of the one who asks, or the part of it
    that is asked for as on the page."""

    permission = Permission.SEE_MATRIX

    def document_for(self, viewer, asked):
        form, asked = asked_by(asked, viewer)
        if not asked:
            raise ValidationError(form.errors)
        with reading.one_moment():
            return document(
                reading.read(viewer.community, asked.audience, asked.chosen, asked.cycle)
            )


class UpkeepView(CommunityView):
    """`GET /api/v1/communities/<slug>/upkeep/`: how it stands with the stored matrix."""

    permission = Permission.KEEP_COMMUNITY

    def document_for(self, viewer, asked):
        return upkeep_of(viewer.community).document()


def document(read):
    return {
        "built_version": read.state.built_version,
        "built_at": read.state.built_at,
        "behind": read.state.behind,
        "tellers": read.whole.tellers,
        "stories": read.whole.stories,
        "cycles": [
            {
                "key": one.cycle.key,
                "name": one.cycle.name,
                "kind": one.cycle.kind,
                "tellers": one.cell.tellers,
                "stories": one.cell.stories,
                "no_indicator": counts(one.no_indicator.cell),
                "indicators": [indicator(box) for box in one.boxes],
            }
            for one in read.cycles
        ],
    }


def indicator(box):
    return {
        "code": box.indicator.code,
        "name": str(box.indicator),
        "state": box.state,
        "agreed_without": box.silent,
        **counts(box.cell),
        "observation": observation(box.observation),
    }


def counts(cell):
    """Distinct tellers and stories of a cell, in all and by tense and value."""

    def facet(name):
        return {what: getattr(cell, f"{name}_{what}") for what in ("tellers", "stories")}

    return {
        "tellers": cell.tellers,
        "stories": cell.stories,
        "unknown_teller_stories": cell.unknown_stories,
        "tense": {name: facet(name) for name in Step.Tense.values},
        "value": {name: facet(name) for name in Step.Value.values},
    }


def observation(newest):
    if not newest:
        return None
    return {"from": newest.start, "to": newest.end, "value": figure(newest)}
