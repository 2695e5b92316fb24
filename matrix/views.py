"""The page of the matrix."""

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from communities.guard import community_page
from communities.permissions import Audience, Permission
from stories.models import Story

from . import drawing, page, reading, words
from .later import figures_or_later

CACHED_SECONDS = 24 * 3600
# Part of every cache key: raise it when the part's template or drawing changes.
LOOK = 6


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
@figures_or_later
def matrix(request, viewer):
    """The page; with `HX-Request` its living part alone, which answers 304 while nothing changed."""
    with reading.one_moment():
        state = reading.state_of(viewer.community)
        mark = f"{LOOK}:{state.mark}:{int(viewer.audience)}:{get_language()}"
        etag = f'"{mark}"'
        if request.htmx and request.headers.get("If-None-Match") == etag:
            return part_headers(HttpResponseNotModified(), etag)
        part = cache.get(f"matrix:{mark}") or render_part(viewer.community, viewer.audience)
    cache.set(f"matrix:{mark}", part, CACHED_SECONDS)
    if request.htmx:
        return part_headers(HttpResponse(part), etag)
    narrower = Story.objects.told_by(viewer.user).narrower_than(viewer.audience)
    return render(
        request,
        "matrix/matrix.html",
        {
            "part": part,
            "etag": etag,
            "narrower": narrower.filter(community=viewer.community).count(),
        },
    )


def part_headers(response, etag):
    response["ETag"] = etag
    patch_vary_headers(response, ["HX-Request", "Cookie", "Accept-Language"])
    return response


def render_part(community, audience):
    """The living part as HTML: the same for all viewers of an audience and language."""
    read = reading.read(community, audience)
    told = reading.threads(read)
    picture = page.picture(read, told)
    return render_to_string(
        "matrix/_matrix.html",
        {
            "community": community,
            "reading": read,
            "tells": audience <= Audience.MEMBERS,
            "keeps": audience == Audience.FACILITATORS,
            "as_of": words.as_of(read.state, community),
            "sources": words.sources(read.whole),
            "stories": words.stories(read.whole.stories),
            "sections": page.sections(read),
            "drawing": drawing.draw(picture),
            "loom": drawing.loom(picture),
            "not_drawn": page.not_drawn(read, told),
            "key": [(one, drawing.mini_trail(one, picture)) for one in picture.threads],
            "signs": drawing.signs(),
        },
    )
