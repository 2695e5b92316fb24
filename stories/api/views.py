"""Addresses of the API on stories."""

from collections.abc import Callable
from dataclasses import dataclass, field

from drf_spectacular.utils import extend_schema

from communities.api.documents import checked, require_valid
from communities.api.problems import Changed, Conflict
from communities.api.schema import IF_MATCH, example, in_query, page_of
from communities.api.view import CommunityView, found_or_404, require, tagged
from communities.permissions import Permission
from stories import actions
from stories.filters import FilterForm
from stories.models import Status, Step, Story
from stories.rights import is_theirs, may

from .creating import create
from .documents import (
    AudienceDocument,
    NewStory,
    NoteDocument,
    OthersDocument,
    StoryChange,
    StoryDocument,
)
from .sent import Reader

FILTERS = [
    in_query("q", description="Words to look for."),
    in_query("cycle", description="The key of a cycle that a step is in."),
    in_query("indicator", description="The code of an indicator that a step touches."),
    in_query("tense", enum=Step.Tense.values),
    in_query("value", enum=Step.Value.values),
    in_query("template", enum=Story.Template.values),
    in_query("status", enum=Status.values),
    in_query("language"),
    in_query("since", description="Told on this day or later, as YYYY-MM-DD."),
    in_query("until", description="Told on this day or before."),
]


STEPS = [
    {"ref": "a", "cycle": "immediate", "text": "We met.", "value": "positive"},
    {"ref": "b", "cycle": "applied", "text": "I tried it.", "indicators": ["visits"]},
]
OWN = {
    "title": "A new dressing",
    "audience": "members",
    "steps": STEPS,
    "links": [{"from": "a", "to": "b", "how": "I remembered what Ines had said."}],
}
ELSEWHERE = OWN | {
    "teller": {"guest": {"name": "Rosa", "email": "rosa@example.org"}},
    "told": True,
    "told_where": "Ward meeting",
    "told_on": "2026-03-05",
}


class OfStories(CommunityView):
    def rows(self):
        return Story.objects.visible_to(self.viewer).with_trail()

    def document(self, pk):
        return self.shown(found_or_404(self.rows(), pk=pk), StoryDocument)


class Stories(OfStories):
    """The stories that you may read, the newest first."""

    permissions = {"GET": Permission.SEE_STORIES, "POST": Permission.SEE_STORIES}

    @extend_schema(parameters=FILTERS, responses=page_of(StoryDocument))
    def get(self, request, slug):
        form = require_valid(FilterForm(request.query_params, viewer=self.viewer))
        return self.pages(form.found(self.rows()), StoryDocument)

    @extend_schema(
        request=NewStory,
        responses={201: StoryDocument},
        examples=[example("Your own", OWN), example("Told elsewhere", ELSEWHERE)],
    )
    def post(self, request, slug):
        """Tells a story: your own; or, as a facilitator, one that somebody told elsewhere or that waits for
        its teller to confirm it."""
        sent = checked(NewStory, request.data)
        return self.created(
            lambda: create(self.viewer, sent, Reader(self.community)), self.document
        )


class OneStory(OfStories):
    """One story, as you may read it."""

    permissions = {"GET": Permission.SEE_STORIES, "PUT": Permission.SEE_STORIES}

    @extend_schema(responses=StoryDocument)
    def get(self, request, slug, pk):
        return tagged(self.document(pk), seen=request.headers.get("If-None-Match"))

    @extend_schema(request=StoryChange, responses=StoryDocument, parameters=[IF_MATCH])
    def put(self, request, slug, pk):
        """Your own story in new words. A published one stays published."""
        story = story_for(self, "revise", pk)
        sent = checked(StoryChange, request.data)
        before = self.shown(story, StoryDocument)
        self.require_unchanged(before, is_told="version" in sent)
        reader = Reader(self.community)
        steps, links = reader.trail(sent, story)
        try:
            actions.revise(
                story=story,
                by=self.viewer.user,
                version=sent.get("version", story.version),
                steps=steps,
                links=links,
                **reader.fields(sent),
            )
        except actions.Stale:
            raise Changed(self.document(pk)) from None
        return tagged(self.document(pk))


@dataclass(frozen=True)
class ActOnStory:
    """`words`: what it does; `sent`: its document, None where it takes none; `otherwise`: what is left
    out."""

    words: str
    do: Callable
    sent: type | None = None
    otherwise: dict = field(default_factory=dict)


ACTS = {
    "submit": ActOnStory(
        "Hands your story in. `others`: does it name or describe somebody who has not agreed?",
        actions.submit,
        OthersDocument,
        {"others": ""},
    ),
    "publish": ActOnStory(
        "Publishes a story that waits. `others`: as its reader sees it.",
        actions.publish,
        OthersDocument,
        {"others": ""},
    ),
    "return": ActOnStory(
        "Gives a story back to its teller, with a note.",
        actions.return_,
        NoteDocument,
        {"note": ""},
    ),
    "hide": ActOnStory(
        "Takes a story out of sight; its teller reads why.",
        actions.hide,
        NoteDocument,
        {"note": ""},
    ),
    "withdraw": ActOnStory("Takes your story back. Nobody else sees it.", actions.withdraw),
    "change_audience": ActOnStory(
        "Opens your story to more people, or to fewer.", actions.change_audience, AudienceDocument
    ),
}


class StoryAct(OfStories):
    """An act on one story, answered with the story as it stands then."""

    permissions = {"POST": Permission.SEE_STORIES}
    key = None

    def post(self, request, slug, pk):
        act = ACTS[self.key]
        story = story_for(self, self.key, pk)
        sent = checked(act.sent, request.data) if act.sent else {}
        act.do(story=story, by=self.viewer.user, **act.otherwise | sent)
        return tagged(self.document(pk))


def act_view(key):
    view = type(f"{key.title()}Story", (StoryAct,), {"key": key, "post": with_schema(key)})
    return view.as_view()


def with_schema(key):
    """The method described, without touching that of the other acts."""
    described = extend_schema(
        operation_id=f"story_{key}",
        description=ACTS[key].words,
        summary=ACTS[key].words.partition(". ")[0].rstrip("."),
        request=ACTS[key].sent,
        responses=StoryDocument,
    )

    @described
    def post(self, request, slug, pk):
        return StoryAct.post(self, request, slug, pk)

    return post


def story_for(view, act, pk):
    """The story, where this act on it is theirs who ask: 404, 403 and 409 as on the pages."""
    story = found_or_404(view.rows(), pk=pk)
    require(is_theirs(act, story, view.viewer))
    if not may(act, story, view.viewer):
        raise Conflict(actions.cannot_now(story))
    return story
