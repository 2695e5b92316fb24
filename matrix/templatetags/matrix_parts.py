"""Parts of the matrix that pages of earlier apps show."""

from types import SimpleNamespace

from django import template
from django.utils.safestring import mark_safe

from matrix import drawing, page, reading, same_way, words

register = template.Library()


@register.simple_tag
def cycle_shape(cycle, size=16, mark="happened"):
    """The cycle's shape in its colour; `mark` as of a step that was read."""
    return mark_safe(drawing.shape(cycle.shape, cycle.colour, size, mark))


@register.inclusion_tag("matrix/_own_thread.html")
def own_thread(story, viewer):
    """The matrix as this viewer has it, and in it the thread of one story, counted there or not yet."""
    try:
        with reading.one_moment():
            read = reading.read(viewer.community, viewer.audience)
            picture = page.picture(read, [reading.thread(read, story)])
    except reading.AddingUp:
        return {}
    return {"drawing": drawing.draw(picture), "loom": drawing.loom(picture)}


@register.inclusion_tag("matrix/_others_tell.html")
def others_tell(story, viewer):
    """How many others tell of the same way, as far as this viewer may open their stories."""
    ends = same_way.ends_of(story)
    if not ends:
        return {}
    tellers, unknown = same_way.others_who_tell(story, ends, viewer.audience)
    cell = SimpleNamespace(tellers=tellers, unknown_stories=unknown)
    sources = words.sources(cell) if tellers or unknown else ""
    return {"sources": sources, "ends": ends, "viewer": viewer}
