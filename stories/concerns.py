"""This story is about me: said by anybody who could open a story, looked at by facilitators."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import actions
from .letters import tell_of_concern
from .models import Concern, Status, Story


@transaction.atomic
def raise_concern(*, community, words, contact="", story=None, hide=False):
    """Reaches the facilitators. `hide`: out of sight until one of them has looked; once they have,
    another concern hides the same story no more, so that nobody can keep it away for good."""
    if story:
        story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    may_hide = (
        hide
        and story
        and story.status == Status.PUBLISHED
        and not story.concerns.exclude(answered_at=None).exists()
    )
    if may_hide:
        with translation.override(community.language):
            note = _("Somebody says that this story is about them. A facilitator looks at it.")
        actions.hide(story=story, by=None, note=note)
    concern = Concern.objects.create(
        community=community,
        story=story,
        words=words,
        contact=contact,
        has_hidden=bool(may_hide),
    )
    tell_of_concern(concern)
    return concern


def answer_concern(*, concern):
    """A facilitator has looked at it, and done what was to be done."""
    Concern.objects.filter(pk=concern.pk, answered_at=None).update(answered_at=timezone.now())
