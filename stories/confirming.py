"""Only the teller knows how it was: their answers to what others wrote down of a story."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import actions
from .proposed import parts_to_confirm


def answer(*, story, kind, pk, is_so, by=None):
    """The teller says whether what somebody else wrote is so."""
    part = next(
        (one for one in parts_to_confirm(story) if one.kind == kind and str(one.pk) == pk),
        None,
    )
    if not part:
        raise ValidationError(_("This part of the story was taken out or answered meanwhile."))
    return (actions.confirm if is_so else actions.reject)(part=part, by=by)
