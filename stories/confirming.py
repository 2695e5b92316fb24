"""Only the teller knows how it was: what others wrote down of a story, and the teller's answers."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from . import actions
from .models import Link, Step, Touch


def parts_to_confirm(story):
    """What others wrote down and the teller has not answered, in the order of the story."""
    proposed = {"status": Step.Status.PROPOSED}
    return [
        *Step.objects.filter(story=story, **proposed).select_related("cycle"),
        *Touch.objects.filter(step__story=story, **proposed).select_related(
            "step", "indicator__definition"
        ),
        *Link.objects.filter(story=story, **proposed).select_related("from_step", "to_step"),
    ]


def with_proposed(stories):
    """The stories, each with `has_proposed`: is there something to answer?"""
    proposed = {"status": Step.Status.PROPOSED}
    return stories.annotate(
        has_proposed=Q(Exists(Step.objects.filter(story=OuterRef("pk"), **proposed)))
        | Q(Exists(Touch.objects.filter(step__story=OuterRef("pk"), **proposed)))
        | Q(Exists(Link.objects.filter(story=OuterRef("pk"), **proposed)))
    )


def answer(*, story, kind, pk, is_so, by=None):
    """The teller says whether what somebody else wrote is so."""
    part = next(
        (one for one in parts_to_confirm(story) if one.kind == kind and str(one.pk) == pk),
        None,
    )
    if not part:
        raise ValidationError(_("This part of the story was taken out or answered meanwhile."))
    return (actions.confirm if is_so else actions.reject)(part=part, by=by)
