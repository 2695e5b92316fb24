"""What a story and its parts said before: written by triggers, so that no way of writing is left out.

Who did it is the story's own (`changed_by`): a request's context would say it of every statement.
"""

import pghistory
from django.db import models

from .parts import Link, Step, Touch
from .story import Story


def events_of(model, fields):
    """Rows (pgh_obj, pgh_created_at, pgh_label: insert, update or delete) with these fields."""
    indexes = [models.Index(fields=["pgh_obj"], name=f"{model._meta.model_name}_event_of")]
    meta = {"indexes": indexes, "default_permissions": ()}
    # A tracker is of one model.
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.create_event_model(
        model, *events, fields=fields, context_field=None, meta=meta
    )


class StoryEvent(
    events_of(
        Story,
        [
            "version",
            "changed_by",
            "teller",
            "status",
            "note",
            "title",
            "audience",
            "attribution",
            "pseudonym",
            "quotable",
            "is_stub",
        ],
    )
):
    pass


class StepEvent(
    events_of(Step, ["story", "position", "cycle", "capital", "text", "tense", "value", "status"])
):
    pass


class TouchEvent(events_of(Touch, ["step", "indicator", "status"])):
    pass


class LinkEvent(events_of(Link, ["story", "from_step", "to_step", "status", *Link.CONTENT])):
    pass
