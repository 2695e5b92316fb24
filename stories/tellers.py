"""Tellers who are one person: two rows become one, and two again if that was wrong.

What readers see of a story stays as it was: a guest's name goes on standing there, and of somebody
who was not known no name appears. Only the teller may change that.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions import teller_of
from communities.actions.audit import record
from communities.models import Act, Teller
from communities.signals import tell

from .models import Story, TellerMerge

LONGEST = Story._meta.get_field("pseudonym").max_length


@transaction.atomic
def merge_tellers(*, kept, gone, by):
    """The stories of `gone` are told by `kept` from now on. `gone` has no account."""
    rows = lock(kept, gone)
    kept, gone = rows[kept.pk], rows[gone.pk]
    refuse_what_is_not_two(kept, gone)
    stories = list(gone.stories.order_by("pk").select_for_update(of=("self",)))
    renamed = [story for story in stories if keep_as_shown(story, gone)]
    for story in stories:
        story.teller = kept
        story.save(update_fields=["teller", "attribution", "pseudonym"])
    merge = TellerMerge.objects.create(
        community=kept.community,
        kept=kept,
        gone=gone,
        stories=[story.pk for story in stories],
        renamed=[story.pk for story in renamed],
        by=by,
    )
    gone.merged_into = kept
    gone.save()
    record(kept.community, Act.MERGE_TELLERS, gone, by=by)
    tell(kept.community, merge.stories, narrows=True)
    return merge


def match_teller(*, teller, user, by):
    """A teller without an account turns out to be this member."""
    if not teller.community.has_member(user):
        raise ValidationError(_("Choose a member of this community."))
    own = teller_of(community=teller.community, user=user)
    return merge_tellers(kept=own, gone=teller, by=by)


@transaction.atomic
def undo_merge(*, merge, by):
    """Two rows again. A story that its teller has changed since keeps the name it was given."""
    rows = lock(merge.kept, merge.gone)
    kept, gone = rows[merge.kept_id], rows[merge.gone_id]
    merge = TellerMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        return merge
    if kept.merged_into_id:
        raise ValidationError(_("%s was joined to another teller since. Undo that first.") % kept)
    stories = list(kept.stories.filter(pk__in=merge.stories).select_for_update(of=("self",)))
    for story in stories:
        story.teller = gone
        if story.pk in merge.renamed and is_as_shown(story, gone):
            story.attribution, story.pseudonym = Story.Attribution.NAME, ""
        story.save(update_fields=["teller", "attribution", "pseudonym"])
    gone.merged_into = None
    gone.save()
    merge.undone_at = timezone.now()
    merge.save()
    record(kept.community, Act.UNDO_MERGE, gone, by=by)
    tell(kept.community, [story.pk for story in stories], narrows=True)
    return merge


def lock(*tellers):
    """Always in the same order, so that two facilitators cannot wait for each other."""
    pks = [teller.pk for teller in tellers]
    rows = Teller.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows.select_related("community", "user")}


def refuse_what_is_not_two(kept, gone):
    if kept.pk == gone.pk:
        raise ValidationError(_("These are one teller already."))
    if kept.community_id != gone.community_id:
        raise ValidationError(_("The tellers belong to two communities."))
    if kept.merged_into_id or gone.merged_into_id:
        raise ValidationError(_("One of them is joined to another teller already."))
    if gone.kind not in {Teller.Kind.GUEST, Teller.Kind.UNKNOWN}:
        raise ValidationError(_("%s has an account, whose stories stay theirs.") % gone)
    if kept.kind == Teller.Kind.UNKNOWN:
        raise ValidationError(_("Nobody knows who that is; choose a person."))


def shown_as(teller):
    """How a story of this teller goes on being signed: (attribution, pseudonym)."""
    if teller.kind == Teller.Kind.GUEST and len(teller.name) <= LONGEST:
        return Story.Attribution.PSEUDONYM, teller.name
    return Story.Attribution.ANONYMOUS, ""


def keep_as_shown(story, gone):
    if story.attribution != Story.Attribution.NAME:
        return False
    story.attribution, story.pseudonym = shown_as(gone)
    return True


def is_as_shown(story, gone):
    return (story.attribution, story.pseudonym) == shown_as(gone)
