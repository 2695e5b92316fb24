"""The matrix, and the stories behind each of its boxes."""

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from communities.guard import community_page
from communities.permissions import Audience, Permission
from indicators.definitions import decisions_of, described, versions_of
from indicators.figures import figure, parts
from stories.models import Step, Story

from . import build, drawing, page, reading, words

PAGE = 25
CACHED_SECONDS = 24 * 3600
# Part of every cache key: raise it when the part's template or drawing changes.
LOOK = 5


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
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


@community_page(Permission.SEE_MATRIX)
def indicator(request, viewer, code):
    """An indicator: what it says, its numbers, and the stories that touch it."""
    return box(request, viewer, lambda box: box.indicator and box.indicator.code == code)


@community_page(Permission.SEE_MATRIX)
def no_indicator(request, viewer, key):
    """The stories told in a cycle by steps that touch no indicator."""
    return box(request, viewer, lambda box: not box.indicator and box.cycle.key == key)


def box(request, viewer, is_wanted):
    with reading.one_moment():
        read = reading.read(viewer.community, viewer.audience)
        found = next(filter(is_wanted, read.boxes.values()), None)
        if not found:
            raise Http404
        stories = build.stories(viewer.community, viewer.audience, u=found.pk).with_people()
        shown = Paginator(stories.newest_first(), PAGE).get_page(request.GET.get("page"))
        # Read here, within the moment in which the count was read.
        shown.object_list = list(shown.object_list)
    return render(
        request,
        "matrix/box.html",
        {
            "box": found,
            "row": page.row(viewer.community, found),
            "sources": words.sources(found.cell),
            "breakdown": words.breakdown(found.cell),
            "observations": [(one, figure(one), parts(one)) for one in found.observations],
            **(about(found.indicator, viewer) if found.indicator else {}),
            "origin": origin_of(found.indicator, viewer),
            "page": shown,
            "rows": [(story, None) for story in shown],
        },
    )


def about(indicator, viewer):
    """How it is counted, how that changed, and what was decided; by whom, for those who may know."""
    return {
        "described": described(indicator.definition),
        "versions": versions_of(indicator),
        "decisions": decisions_of(indicator),
        "names_people": viewer.can(Permission.SEE_PEOPLE),
    }


def origin_of(indicator, viewer):
    """The step in which it was proposed, where its story is open to this viewer."""
    visible = Story.objects.visible_to(viewer)
    steps = Step.objects.counted().filter(proposed_indicator=indicator, story__in=visible)
    return steps.select_related("story").order_by("pk").first() if indicator else None
