"""The matrix as JSON: the same reading as on the page."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework.response import Response

from communities.api.documents import plain, require_valid
from communities.api.problems import Later
from communities.api.schema import in_query
from communities.api.view import CommunityView
from communities.permissions import Permission
from indicators.api.documents import value_of
from matrix import paths, reading
from matrix.asking import AskForm
from matrix.later import RETRY_SECONDS, SENTENCE
from matrix.paths_page import PathsForm
from matrix.upkeep import upkeep_of
from stories.models import Step

from .documents import MatrixDocument, PairDocument, PathsDocument, UpkeepDocument


class FiguresView(CommunityView):
    """Figures, or 503 while they can't be said."""

    permissions = {"GET": Permission.SEE_MATRIX}

    def handle_exception(self, exc):
        if isinstance(exc, reading.AddingUp):
            exc = Later(SENTENCE, RETRY_SECONDS)
        return super().handle_exception(exc)

    def asked(self):
        """What is asked for, as on the page; its faults as problems."""
        return require_valid(AskForm(self.request.query_params, viewer=self.viewer)).asked


ASKED = [
    in_query("since", OpenApiTypes.DATE, "Of what happened on this day or later."),
    in_query("until", OpenApiTypes.DATE, "Of what happened on this day or before."),
    in_query("cycle", description="The key of a cycle."),
    in_query("template", description="The kind of story."),
    in_query("tense", enum=Step.Tense.values),
    in_query("value", enum=Step.Value.values),
    in_query("group", description="The number of a stakeholder group."),
    in_query("language"),
    in_query("mine", enum=["on"], description="Only what you told."),
    in_query(
        "audience",
        enum=["members", "funders", "public"],
        description="For facilitators: as these see it.",
    ),
]


class MatrixView(FiguresView):
    """What stories say of each indicator: the sums as whoever asks may see them, or of the part that is
    asked for."""

    @extend_schema(parameters=ASKED, responses=MatrixDocument)
    def get(self, request, slug):
        asked = self.asked()
        with reading.one_moment():
            read = reading.read(self.community, asked.audience, asked.chosen, asked.cycle)
        return Response(document(read))


class PairsView(FiguresView):
    """How often one indicator was told to have led to another: the distinct tellers, stories and claims,
    of what happened."""

    @extend_schema(parameters=ASKED, responses=PairDocument(many=True))
    def get(self, request, slug):
        asked = self.asked()
        with reading.one_moment():
            read = reading.read(self.community, asked.audience, asked.chosen)
        return Response([pair for box in read.boxes.values() for pair in pairs_of(box)])


class PathsView(FiguresView):
    """How some indicators lead to others: who tells all of it in one story, what is only joined up from
    several, and, for facilitators, how much evidence holds it (`robustness`, `min_cut`)."""

    @extend_schema(
        parameters=[
            in_query("from", description="Codes of where it begins.", many=True, required=True),
            in_query("to", description="Codes of where it ends.", many=True, required=True),
            in_query("max_links", OpenApiTypes.INT, "1 to 8; 4 where nothing is said."),
        ],
        responses=PathsDocument,
    )
    def get(self, request, slug):
        form = require_valid(PathsForm(request.query_params, community=self.community))
        ends = [{one.pk for one in form.ends(name)} for name in ("from", "to")]
        with reading.one_moment():
            found = paths.between(
                self.community, self.viewer.audience, *ends, form.cleaned_data["max_links"]
            )
            in_one = paths.told_in_one(found)
        codes = {one.pk: code for code, one in form.indicators.items()}
        return Response(
            paths_document(found, in_one, codes, self.viewer.can(Permission.KEEP_COMMUNITY))
        )


class UpkeepView(CommunityView):
    """How it stands with the stored matrix."""

    permissions = {"GET": Permission.KEEP_COMMUNITY}

    @extend_schema(responses=UpkeepDocument)
    def get(self, request, slug):
        return Response(UpkeepDocument(upkeep_of(self.community)).data)


def document(read):
    return {
        "built_version": read.state.built_version,
        "built_at": plain(read.state.built_at),
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
    return {"start": str(newest.start), "end": str(newest.end), "value": value_of(newest)}


def pairs_of(box):
    """Those that lead on from an indicator to another one."""
    for other, pair in box.leads_to:
        if box.indicator and other.indicator and pair.happened_claims:
            yield {
                "from": box.indicator.code,
                "to": other.indicator.code,
                "tellers": pair.happened_tellers,
                "stories": pair.happened_stories,
                "citations": pair.happened_claims,
            }


def paths_document(found, in_one, codes, is_evidence_shown):
    def edges(chosen):
        return [
            {
                "from": codes[edge.u],
                "to": codes[edge.v],
                "citations": edge.citations,
                "tellers": edge.tellers,
            }
            for edge in chosen
        ]

    evidence = {"citations": found.citations, "sources": found.sources}
    return {
        "tellers": found.tellers,
        "stories": found.stories,
        "unknown_teller_stories": found.unknown_stories,
        "robustness": evidence if is_evidence_shown else None,
        "min_cut": edges(found.cut) if is_evidence_shown else None,
        "stitched": edges(edge for edge in found.edges if (edge.u, edge.v) not in in_one),
        "paths": [
            {
                "indicators": [codes[one] for one in path.indicators],
                "tellers": path.tellers,
                "stories": path.stories,
                "is_stitched": path.is_stitched,
            }
            for path in found.paths
        ],
    }
