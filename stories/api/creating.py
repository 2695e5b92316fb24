"""What becomes of a story document that is sent as a new story."""

from enum import Enum, auto

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.permissions import Permission
from stories import actions
from stories.elsewhere import tell_elsewhere, write_down


class Way(Enum):
    """How a story comes in: told by who sends it; as its teller told it elsewhere; or for its teller to
    confirm."""

    OWN = auto()
    ELSEWHERE = auto()
    WRITTEN_DOWN = auto()


# How far a story goes at once, by how it comes; the first where nothing is said.
STATUSES = {
    Way.OWN: ("draft", "submitted", "published"),
    Way.ELSEWHERE: ("submitted", "published"),
    Way.WRITTEN_DOWN: ("draft",),
}


@transaction.atomic
def create(viewer, sent, reader):
    """The new story of a checked NewStory. PermissionDenied where it is not this viewer's to tell."""
    way, status = way_of(viewer, sent)
    require_new(viewer.community, sent.get("external_id"))
    steps, links = reader.trail(sent)
    written = fields_of(way, viewer, sent, reader)
    written |= {"steps": steps, "links": links, "community": viewer.community, "by": viewer.user}
    written["teller"] = reader.teller(sent.get("teller", viewer.user.pk))
    others = sent.get("others", "")
    if way == Way.WRITTEN_DOWN:
        return write_down(**written)
    if way == Way.ELSEWHERE:
        story = tell_elsewhere(**written)
    else:
        story = actions.tell(**written)
        if status != "draft":
            story = actions.submit(story=story, by=viewer.user, others=others)
    # The community may have published it at once.
    if status == "published" and not story.is_counted:
        story = actions.publish(story=story, by=viewer.user, others=others)
    return story


def require_new(community, external_id):
    if external_id and community.stories.filter(external_id=external_id).exists():
        words = _("There is a story with this external_id already.")
        raise ValidationError({"external_id": words})


def way_of(viewer, sent):
    """(how it comes in, how far it goes at once)."""
    is_own = sent.get("teller", viewer.user.pk) == viewer.user.pk
    if not viewer.can(Permission.TELL_STORY if is_own else Permission.REVIEW_STORY):
        raise PermissionDenied
    if is_own:
        way = Way.OWN
        if sent.get("told_where") or sent.get("told_on"):
            words = _("Only what somebody else told was told elsewhere.")
            raise ValidationError({"told_where": words})
    else:
        way = Way.ELSEWHERE if sent.get("told") else Way.WRITTEN_DOWN
    status = sent.get("status", STATUSES[way][0])
    if status not in STATUSES[way]:
        words = _("A story that comes in this way can be: %s.")
        raise ValidationError({"status": words % ", ".join(STATUSES[way])})
    if is_own and status == "published" and not viewer.can(Permission.REVIEW_STORY):
        raise ValidationError({"status": _("A facilitator publishes it.")})
    return way, status


def fields_of(way, viewer, sent, reader):
    """What its draft is made with, besides its teller and its trail."""
    fields = {"language": viewer.community.language} | reader.fields(sent)
    if way == Way.ELSEWHERE:
        fields |= {"told_where": sent.get("told_where", ""), "told_on": sent.get("told_on")}
    return fields
