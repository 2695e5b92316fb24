"""A page that is also a panel beside the drawing: with `HX-Request` it comes without its surroundings."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

PAGE = 25


def show(request, template, context):
    """The page; or what stands in it, one heading lower, for a panel."""
    panel = bool(request.htmx)
    base, heading = ("matrix/panel.html", "h2") if panel else ("base.html", "h1")
    response = render(request, template, {"base": base, "heading": heading, **context})
    patch_vary_headers(response, ["HX-Request"])
    return response


def listed(request, stories):
    """A page of the stories behind a number, newest first, as `stories/_list.html` shows it. Read here,
    within the moment in which the number was read."""
    found = Paginator(stories.with_people().newest_first(), PAGE)
    shown = found.get_page(request.GET.get("page"))
    shown.object_list = list(shown.object_list)
    return {"page": shown, "rows": [(story, None) for story in shown]}
