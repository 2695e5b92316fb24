"""The picture of the matrix as a file, of the part that the page's address asks for."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from communities.guard import community_page
from communities.permissions import Permission

from . import drawing, page, paper, reading
from .asking import asked_by
from .files import FILES
from .later import figures_or_later
from .views import drawn_for


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
@figures_or_later
def file(request, viewer, name):
    if name not in FILES:
        raise Http404
    _form, asked = asked_by(request.GET, viewer)
    if not asked:
        raise BadRequest
    with reading.one_moment():
        read, told, picture = drawn_for(viewer.community, asked)
    if picture.ribbons:
        drawn, every, least = drawing.drawn_ribbons(picture)
        note = page.ribbons_drawn(len(drawn), every, least)
    else:
        note = page.not_drawn(read, told)
    chosen = FILES[name]
    response = HttpResponse(
        chosen.write(picture, paper.caption(read, note)), content_type=chosen.kind
    )
    day = timezone.localdate(timezone=viewer.community.zone)
    response["Content-Disposition"] = (
        f'attachment; filename="{viewer.community.slug}-{day}.{chosen.ending}"'
    )
    # An SVG opened by itself draws, and does nothing else.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
