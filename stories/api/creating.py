"""What becomes of a story document that is sent as a new story."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.actions import teller_of
from communities.permissions import Permission
from stories import actions
from stories.elsewhere import tell_elsewhere, write_down

# How far a story goes at once, by how it comes; the first where nothing is said.
OWN = ("draft", "submitted", "published")
ELSEWHERE = ("submitted", "published")
WRITTEN_DOWN = ("draft",)


@transaction.atomic
def create(viewer, sent, reader):
    """The new story of a checked NewStory. PermissionDenied where it is not this viewer's to tell."""
    is_own = sent.get("teller", viewer.user.pk) == viewer.user.pk
    if not viewer.can(Permission.TELL_STORY if is_own else Permission.REVIEW_STORY):
        raise PermissionDenied
    steps, links = reader.trail(sent)
    written = {"language": viewer.community.language} | reader.fields(sent)
    written |= {"steps": steps, "links": links, "community": viewer.community, "by": viewer.user}
    if is_own:
        return tell_own(viewer, sent, written)
    written["teller"] = reader.teller(sent["teller"])
    return of_another(viewer.user, sent, written)


def tell_own(viewer, sent, written):
    if sent.get("told_where") or sent.get("told_on"):
        raise ValidationError({"told_where": _("Only what somebody else told was told elsewhere.")})
    status = status_of(sent, OWN)
    if status == "published" and not viewer.can(Permission.REVIEW_STORY):
        raise ValidationError({"status": _("A facilitator publishes it.")})
    teller = teller_of(community=viewer.community, user=viewer.user)
    story = actions.tell(teller=teller, **written)
    if status != "draft":
        story = actions.submit(story=story, by=viewer.user, others=sent.get("others", ""))
    return published(story, viewer.user, sent) if status == "published" else story


def of_another(by, sent, written):
    """As its teller told it elsewhere, or for its teller to confirm."""
    if not sent.get("told"):
        status_of(sent, WRITTEN_DOWN)
        return write_down(**written)
    status = status_of(sent, ELSEWHERE)
    where, on = sent.get("told_where", ""), sent.get("told_on")
    story = tell_elsewhere(told_where=where, told_on=on, **written)
    return published(story, by, sent) if status == "published" else story


def published(story, by, sent):
    if story.is_counted:
        # The community publishes at once.
        return story
    return actions.publish(story=story, by=by, others=sent.get("others", ""))


def status_of(sent, offered):
    status = sent.get("status", offered[0])
    if status not in offered:
        words = _("A story that comes in this way can be: %s.")
        raise ValidationError({"status": words % ", ".join(offered)})
    return status
