"""Private addresses: made, renewed, revoked; and what their holder does with the story."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import actions
from .letters import mail_private_address
from .models import PrivateAddress, Step
from .others import mask, own_name
from .proposed import parts_to_confirm

DAYS = 30


@transaction.atomic
def make_private_address(*, story, by):
    """The one address of a story whose teller has no account; an earlier one stops. Mailed where
    the teller has left an e-mail address."""
    if story.teller.user_id:
        raise ValidationError(_("Its teller has an account, and comes to the story by it."))
    revoke_private_addresses(story=story)
    address = PrivateAddress.objects.create(
        story=story, made_by=by, expires_at=timezone.now() + timedelta(days=DAYS)
    )
    mail_private_address(address)
    return address


@transaction.atomic
def revoke_private_addresses(*, story):
    story.private_addresses.filter(revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def renew(*, address):
    """A new one for one that ran out, to the e-mail address on file and nowhere else."""
    story = address.story
    on_file = story.teller.email and not story.teller.user_id
    if address.revoked_at or story.purged_at or not on_file:
        return None
    return make_private_address(story=story, by=address.made_by)


@transaction.atomic
def submit(*, story, terms, texts, others):
    """The teller's own terms, then a facilitator reads it. `texts`: what is to be masked."""
    if any(isinstance(part, Step) for part in parts_to_confirm(story)):
        raise ValidationError(_("Say first of each part whether it is so."))
    story = actions.agree(story=story, by=None, **terms)
    if texts:
        story = mask(story=story, by=None, texts=texts, names=own_name(story))
    return actions.submit(story=story, by=None, others=others)
