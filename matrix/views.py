"""The page of the matrix."""

import hashlib

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from communities.guard import community_page
from communities.permissions import Audience, Permission
from stories.models import Story

from . import drawing, page, places, reading, words
from .asking import Asked, asked_by
from .files import FILES
from .later import figures_or_later
from .legend import legend_of, sentences

CACHED_SECONDS = 24 * 3600
# Part of every cache key: raise it when the part's template or drawing changes.
LOOK = 9


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
@figures_or_later
def matrix(request, viewer):
    """The page; with `HX-Request` its living part alone, which answers 304 while nothing changed."""
    form, asked = None, Asked(viewer.audience)
    if request.GET or not request.htmx:
        form, asked = asked_by(request.GET, viewer)
    if not asked and request.htmx:
        return HttpResponseBadRequest()
    if not asked:
        return render(request, "matrix/matrix.html", {"form": form})
    own = own_stories(viewer, asked.audience)
    # State is read last and never goes back: what has this mark now had it when the rest was read.
    mark = mark_of(viewer.community, asked, own)
    if request.htmx and request.headers.get("If-None-Match") == etag_of(mark):
        return part_headers(HttpResponseNotModified(), mark)
    part = cache.get(f"matrix:{mark}")
    if not part:
        with reading.one_moment():
            mark = mark_of(viewer.community, asked, own)
            part = render_part(viewer.community, asked, own)
        cache.set(f"matrix:{mark}", part, CACHED_SECONDS)
    if request.htmx:
        return part_headers(HttpResponse(part), mark)
    narrower = Story.objects.told_by(viewer.user).narrower_than(viewer.audience)
    return render(
        request,
        "matrix/matrix.html",
        {
            "part": part,
            "etag": etag_of(mark),
            "form": form,
            "narrower": narrower.filter(community=viewer.community).count(),
        },
    )


def own_stories(viewer, audience):
    """The ids of the viewer's own stories that are counted here: they are drawn first, and lifted.
    Whoever may not tell a story has none here."""
    if not viewer.can(Permission.TELL_STORY):
        return ()
    stories = Story.objects.told_by(viewer.user).counted_for(audience)
    own = stories.filter(community=viewer.community).order_by("-published_at", "-pk")
    return tuple(own.values_list("pk", flat=True)[: reading.MOST_THREADS])


def mark_of(community, asked, own):
    """Two parts with the same mark are the same."""
    chosen = asked.mark(community)
    state = reading.state_of(community)
    parts = (LOOK, state.mark, chosen, asked.query, get_language(), own)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def etag_of(mark):
    return f'"{mark}"'


def part_headers(response, mark):
    response["ETag"] = etag_of(mark)
    patch_vary_headers(response, ["HX-Request", "Cookie", "Accept-Language"])
    return response


def drawn_for(community, asked, own=()):
    """(Reading, its threads, Picture) of what is asked for."""
    read = reading.read(community, asked.audience, asked.chosen, asked.cycle)
    told = reading.threads(read, own, asked.story and asked.story.pk)
    one = asked.story if any(each.story == asked.story for each in told) else None
    as_ribbons = page.as_ribbons(read, asked.draw) and not one
    ribbons = page.ribbons(read, asked.query) if as_ribbons else ()
    return read, told, page.picture(read, told, ribbons, own=own, one=one, query=asked.query)


def render_part(community, asked, own=()):
    """The living part as HTML: the same for all viewers who ask the same, and have the same of their
    own in it."""
    read, told, picture = drawn_for(community, asked, own)
    drawn, every, least = drawing.drawn_ribbons(picture)
    shown = {(one.start, one.end) for one in drawn}
    keeps = asked.audience == Audience.FACILITATORS
    return render_to_string(
        "matrix/_matrix.html",
        {
            "community": community,
            "reading": read,
            "asked": asked,
            "tells": asked.audience <= Audience.MEMBERS,
            "keeps": keeps,
            "tidier": keeps and not asked.is_part and places.fewer_crossings(community),
            "as_of": words.as_of(read.state, community),
            "sources": words.sources(read.whole),
            "stories": words.stories(read.whole.stories),
            "shown_of": asked.is_part
            and words.shown_of(read.whole, reading.whole_of(community, asked.audience)),
            "sections": page.sections(read, asked.query, shown),
            "drawing": drawing.draw(picture),
            "loom": drawing.loom(picture),
            "as_ribbons": bool(picture.ribbons),
            "ribbons_drawn": page.ribbons_drawn(len(drawn), every, least),
            "not_drawn": page.not_drawn(read, told),
            "lifted": next((one for one in picture.threads if one.lifted), None),
            "without_story": asked.query_with(),
            "key": page.key(told, picture, asked),
            "mine": [one for one in picture.threads if one.mine],
            "sentences": sentences(picture),
            "legend": legend_of(picture),
            "files": [(name, one.label) for name, one in FILES.items()],
        },
    )
