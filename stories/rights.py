"""Which act on a story is whose, and in which state. Pages, admin and API all ask this table."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.permissions import Permission


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting to be published")
    RETURNED = "returned", _("Returned with a note")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True)
class Act:
    by_teller: bool
    when: frozenset[Status]


ANY_TIME = frozenset(Status) - {Status.WITHDRAWN}
ACTS = {
    "revise": Act(True, ANY_TIME - {Status.HIDDEN}),
    "submit": Act(True, frozenset({Status.DRAFT, Status.RETURNED})),
    "change_audience": Act(True, ANY_TIME),
    "withdraw": Act(True, ANY_TIME),
    "publish": Act(False, frozenset({Status.SUBMITTED, Status.HIDDEN})),
    "return": Act(False, frozenset({Status.SUBMITTED, Status.HIDDEN})),
    "hide": Act(False, frozenset({Status.PUBLISHED})),
    "undo": Act(False, frozenset({Status.PUBLISHED, Status.RETURNED, Status.HIDDEN})),
}
# How long a review can be undone. Nobody is mailed before.
UNDO_SECONDS = 10


def is_theirs(act, story, viewer):
    """Is this act this viewer's to do, whatever state the story is in?"""
    if ACTS[act].by_teller:
        return story.is_told_by(viewer.user) and viewer.can(Permission.TELL_STORY)
    return viewer.can(Permission.REVIEW_STORY)


def may(act, story, viewer):
    return is_theirs(act, story, viewer) and story.status in ACTS[act].when


def acts_open_to(story, viewer):
    """The acts this viewer can do now, for the buttons of a page."""
    return {act for act in ACTS if may(act, story, viewer)}
