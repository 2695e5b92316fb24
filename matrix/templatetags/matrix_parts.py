"""Parts of the matrix that pages of earlier apps show."""

from django import template
from django.utils.safestring import mark_safe

from matrix import drawing

register = template.Library()


@register.simple_tag
def cycle_shape(cycle, size=16, mark="happened"):
    """The cycle's shape in its colour; `mark` as of a step that was read."""
    return mark_safe(drawing.shape(cycle.shape, cycle.colour, size, mark))
