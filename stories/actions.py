"""Writes on stories. Each is one act; it locks the story, checks its state, and tells the matrix
once, in the same transaction, where what counts may have changed."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.permissions import Audience
from communities.signals import tell as tell_changed

from . import receipts, search
from .letters import tell_facilitators, tell_teller
from .models import Consent, Link, Part, Status, Story, Touch
from .rights import ACTS
from .trail import hold_touches, store_trail

CONSENT_VERSION = "2026-11"


class Stale(ValidationError):
    """Somebody else saved this story meanwhile; `story` is as it stands now."""

    def __init__(self, story):
        super().__init__(
            _("This story was changed meanwhile. Nothing is lost: both texts are shown.")
        )
        self.story = story


def tell(*, community, teller, by, key=None, steps=(), links=(), told=True, **fields):
    """A new draft. The same `key` again gives the story made the first time. `told`: the words are
    the teller's own; otherwise they are proposed until the teller confirms them."""
    if key and (story := community.stories.filter(key=key, teller=teller).first()):
        return story
    try:
        with transaction.atomic():
            story = draft(community=community, teller=teller, by=by, told=told, **fields)
            story.key = key or story.key
            check(story)
            story.save()
            note_consent(story, None)
            store_trail(story, list(steps), list(links), by=by, told=told)
            story.version = 1
            story.save(update_fields=["version"])
            search.index(story)
    except IntegrityError:
        # The same form, sent twice at once: the other request has made the story.
        story = community.stories.filter(key=key, teller=teller).first()
        if not story:
            raise
    return story


def draft(*, community, teller, by, told, **fields):
    """The row of a new draft, for `check`. A version is whole once its parts are there: history reads
    it then."""
    if teller.community_id != community.pk:
        raise ValidationError(_("The teller belongs to another community."))
    story = Story(community=community, teller=teller, version=0, changed_by=by, **fields)
    if told:
        consent(story)
    return story


def revise(*, story, by, version, steps, links, **fields):
    """The teller's new words in place of the old. Raises Stale when somebody saved since
    `version`. A published story stays published."""
    with changing(story, "revise", by) as story:
        if story.version != version:
            raise Stale(story)
        before = terms(story)
        for name, value in fields.items():
            setattr(story, name, value)
        if terms(story) != before or not story.consented_at:
            consent(story)
        keep_to_audience(story)
        store_trail(story, list(steps), list(links), by=by, told=True)
        if story.status not in {Status.DRAFT, Status.RETURNED}:
            require_complete(story)
        if story.status == Status.PUBLISHED:
            tell_facilitators(story, "revised")
    return story


def submit(*, story, by, others):
    """To be read by a facilitator, or at once to its readers where the community wants it so.
    `others`: what the teller says of the people in it (`Story.Others`)."""
    require_answer(others)
    with changing(story, "submit", by) as story:
        put_submitted(story, others)
        tell_facilitators(story, "told" if story.is_counted else "submitted")
    return story


def put_submitted(story, others, steps=None):
    """What submitting changes in the story's row. `steps`: those that are not saved yet."""
    hand_in(story, steps)
    story.others = others
    if story.community.publishes_at_once:
        story.status = Status.PUBLISHED
        story.published_at = story.published_at or timezone.now()


def hand_in(story, steps=None):
    """To a facilitator, with the teller's consent."""
    require_complete(story, steps)
    if not story.consented_at:
        consent(story)
    story.status = Status.SUBMITTED
    story.submitted_at = timezone.now()
    story.note = ""
    story.receipt_hash = receipts.hash_of(receipts.code_of(story))


def publish(*, story, by, others):
    """`others`: what its reader says of the people in it (`Story.Others`)."""
    require_answer(others)
    with changing(story, "publish", by) as story:
        put_published(story, by, others)
        tell_teller(story, by)
    return story


def put_published(story, by, others):
    """What publishing changes in the story's row."""
    story.status = Status.PUBLISHED
    story.others_reviewed = others
    story.published_at = story.published_at or timezone.now()
    story.published_by = by
    story.note = ""


def return_(*, story, by, note):
    """Back to the teller, with what the facilitator asks of them."""
    with transaction.atomic():
        story = put_aside(story, "return", Status.RETURNED, note, by)
        tell_teller(story, by)
    return story


def hide(*, story, by, note):
    """Out of sight for all but the teller and facilitators, with the reason."""
    return put_aside(story, "hide", Status.HIDDEN, note, by)


def reviewed(story):
    """What a review changes, as it is now: for `undo`."""
    names = ("status", "note", "others_reviewed", "published_at", "published_by_id")
    return {name: getattr(story, name) for name in names}


def undo(*, story, by, version, before):
    """A review is taken back: the story is as it was `before` (see `reviewed`), if nobody has changed
    it since `version`."""
    with changing(story, "undo", by) as story:
        if story.version != version:
            raise ValidationError(_("The story was changed meanwhile; this can't be undone."))
        for name, value in before.items():
            setattr(story, name, value)
    return story


def withdraw(*, story, by):
    """The teller takes the story back. It is gone for everybody else at the next request."""
    with changing(story, "withdraw", by) as story:
        story.status = Status.WITHDRAWN
        story.withdrawn_at = timezone.now()
    return story


def change_audience(*, story, by, audience):
    """Narrower or wider. Only me: the story is a draft again."""
    return agree(story=story, by=by, audience=audience)


def agree(*, story, by, **fields):
    """The teller's terms: who may see it and how it is shown; and perhaps its title."""
    with changing(story, "change_audience", by) as story:
        for name, value in fields.items():
            setattr(story, name, value)
        consent(story)
        keep_to_audience(story)
    return story


def touch(*, step, indicator, by):
    """The teller says that the step touches the indicator."""
    with changing(step.story, "revise", by, narrows=False) as story:
        hold_touches(story.community)
        indicator.refresh_from_db(fields=["state"])
        if indicator.community_id != story.community_id or not indicator.is_drawn:
            raise ValidationError(_("Choose an indicator of this community that is in use."))
        row = Touch(step=step, indicator=indicator, said_by=by)
        row.full_clean()
        row.save()
    return row


def untouch(*, touch, by):
    with changing(touch.step.story, "revise", by):
        touch.delete()


def link(*, from_step, to_step, by, **content):
    """The teller says how one step led to another of the same story."""
    with changing(from_step.story, "revise", by, narrows=False) as story:
        if to_step.story_id != story.pk:
            raise ValidationError(_("Both steps must be of one story."))
        row = Link(story=story, from_step=from_step, to_step=to_step, said_by=by, **content)
        row.full_clean()
        row.save()
    return row


def unlink(*, link, by):
    with changing(link.story, "revise", by):
        link.delete()


def confirm(*, part, by):
    """The teller says that what somebody else proposed is so: it counts from now on."""
    if part.is_counted:
        return part
    return answer(part, Part.Status.CONFIRMED, by, narrows=bool(whole_of(part)))


def reject(*, part, by):
    return answer(part, Part.Status.REJECTED, by, narrows=True)


@contextmanager
def changing(story, act, by, *, narrows=True):
    """Yields the story, locked and as it stands now; saves it as its next version, changed `by`.
    ValidationError where its state does not allow the act. `narrows`: the act takes away where the
    story counted."""
    with transaction.atomic():
        story = Story.objects.select_for_update(of=("self",)).with_people().get(pk=story.pk)
        if story.status not in ACTS[act].when:
            raise ValidationError(cannot_now(story))
        if story.is_stub and ACTS[act].by_teller:
            # Whoever does this has been reached; what was heard of them is theirs from now on.
            story.is_stub, story.audience = False, Audience.ME
        counted = story.is_counted
        with next_version(story, by):
            yield story
        if counted or story.is_counted:
            tell_changed(story.community, [story.pk], narrows=counted and narrows)


@contextmanager
def next_version(story, by):
    """Saves the story, which is locked, with what is changed within. The matrix is not told."""
    agreed = agreed_to(story)
    yield
    story.version += 1
    story.changed_by = by
    check(story)
    story.save()
    search.index(story)
    note_consent(story, agreed)


def check(story):
    story.full_clean(exclude=["teller", "community"], validate_unique=False)


def cannot_now(story):
    """The sentence for an act that the story's state does not allow."""
    words = _("This can't be done now: the story is “%(status)s”.")
    return words % {"status": story.get_status_display().lower()}


def put_aside(story, act, status, note, by):
    if not note.strip():
        raise ValidationError({"note": _("Write a few words for the teller.")})
    with changing(story, act, by) as story:
        story.status = status
        story.note = note.strip()
    return story


def answer(part, status, by, *, narrows):
    story = part.step.story if isinstance(part, Touch) else part.story
    with changing(story, "revise", by, narrows=narrows):
        part = type(part).objects.filter(pk=part.pk).first()
        if not part:
            raise ValidationError(_("This part of the story was taken out meanwhile."))
        part.status = status
        part.save(update_fields=["status"])
        if part.is_counted and (whole := whole_of(part)):
            # The teller has said which part of it the step tells of.
            part.step.touches.filter(indicator=whole).delete()
    return part


def whole_of(part):
    """The id of the indicator that was split, where the part touches a part of it."""
    return part.indicator.split_from_id if isinstance(part, Touch) else None


def consent(story):
    is_asked = story.audience > Audience.ME and not story.is_stub
    story.consented_at = timezone.now() if is_asked else None
    story.consent_version = CONSENT_VERSION if is_asked else ""


def terms(story):
    """What the teller agreed to."""
    withdrawn = story.status == Status.WITHDRAWN
    return story.audience, story.attribution, story.quotable, withdrawn


def agreed_to(story):
    """The terms in force; None where nothing was asked of the teller: only they could see it."""
    return terms(story) if story.consented_at else None


def note_consent(story, before):
    if row := consent_row(story, before):
        row.save()


def consent_row(story, before):
    """What the teller says now, to be kept where it is something else than `before` (`agreed_to`)."""
    audience, attribution, quotable, withdrawn = now = terms(story)
    if now == before or (before is None and not story.consented_at):
        return None
    return Consent(
        story=story,
        audience=audience,
        attribution=attribution,
        quotable=quotable,
        is_withdrawn=withdrawn,
        version=CONSENT_VERSION,
    )


def keep_to_audience(story):
    """A story that only the teller may see is a draft."""
    if story.audience == Audience.ME:
        story.status = Status.DRAFT


def require_answer(others):
    if others not in Story.Others.values:
        raise ValidationError(
            {"others": _("Say whether it names or describes somebody who has not agreed.")}
        )


def require_complete(story, steps=None):
    """What a story needs before others read it."""
    faults = {}
    if not story.title.strip():
        faults["title"] = _("Give your story a title.")
    if story.audience == Audience.ME:
        faults["audience"] = _("Choose who may see your story.")
    steps = story.steps.all() if steps is None else steps
    if not any(step.text.strip() for step in steps):
        faults["steps"] = _("Tell at least one step of your story.")
    if faults:
        raise ValidationError(faults)
