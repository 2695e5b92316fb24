"""Asking people in: by mail, or by an address that is passed on."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..mail import post
from ..models import Act, Invitation, Membership, Removal
from ..permissions import Role
from .audit import record
from .people import in_order, refuse_a_foreign_group

DAYS = 30


@dataclass
class Invited:
    """What became of a list: who was asked for the first time, again, and who is here already."""

    new: list[Invitation] = field(default_factory=list)
    again: list[Invitation] = field(default_factory=list)
    here: list[Membership] = field(default_factory=list)


@transaction.atomic
def invite(*, community, people, roles, by, stakeholder_group=None, days=DAYS):
    """Asks each of `people`, pairs of name and address, by mail. All are asked or none."""
    refuse_a_foreign_group(community, stakeholder_group)
    here = {
        one.user.email: one
        for one in community.memberships.select_related("user").filter(
            user__email__in=[email for name, email in people]
        )
    }
    known = {
        one.email: one
        for one in community.invitations.filter(email__in=[email for name, email in people])
    }
    invited = Invited()
    for name, email in people:
        if email in here:
            invited.here.append(here[email])
            continue
        invitation = known.get(email) or Invitation(community=community, email=email)
        invitation.name = name or invitation.name
        invitation.roles, invitation.stakeholder_group = in_order(roles), stakeholder_group
        (invited.again if invitation.pk else invited.new).append(invitation)
        ask(invitation, by, days)
    return invited


@transaction.atomic
def resend(*, invitation, by, days=DAYS):
    """The same address once more, by mail, and open for as long as a new one."""
    if not invitation.email:
        raise ValidationError(
            _("This address is passed on by hand; there is nobody to mail it to.")
        )
    ask(invitation, by, days)
    return invitation


def ask(invitation, by, days):
    """Opens the invitation anew, whatever had become of it, and mails it."""
    act = Act.RESEND if invitation.pk else Act.INVITE
    invitation.invited_by = by
    invitation.expires_at = timezone.now() + timedelta(days=days)
    invitation.revoked_at = invitation.declined_at = None
    invitation.uses_allowed = invitation.uses + 1
    invitation.full_clean(exclude=["secret_hash"])
    invitation.save()
    record(invitation.community, act, invitation, by=by, roles=invitation.roles)
    post("invitation", invitation=invitation)


@transaction.atomic
def make_address(*, community, roles, by, stakeholder_group=None, days=DAYS, uses_allowed=None):
    """An invitation for whoever is given its address or its QR code. It makes nobody a
    facilitator: nobody knows into whose hands it comes."""
    refuse_a_foreign_group(community, stakeholder_group)
    if Role.FACILITATOR in roles:
        raise ValidationError({"roles": _("Facilitators are invited by mail, one by one.")})
    invitation = Invitation(
        community=community,
        roles=in_order(roles),
        stakeholder_group=stakeholder_group,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=days),
        uses_allowed=uses_allowed,
    )
    invitation.full_clean(exclude=["secret_hash"])
    invitation.save()
    record(community, Act.INVITE, invitation, by=by, roles=invitation.roles)
    return invitation


@transaction.atomic
def revoke(*, invitation, by):
    if not invitation.revoked_at:
        invitation.revoked_at = timezone.now()
        invitation.save()
        record(invitation.community, Act.REVOKE, invitation, by=by)


@transaction.atomic
def decline(*, invitation):
    """Whoever was asked by mail says no; no reason is asked."""
    if invitation.email and invitation.is_open:
        invitation.declined_at = timezone.now()
        invitation.save()
        record(invitation.community, Act.DECLINE, invitation)


@transaction.atomic
def accept(*, invitation, user):
    """The membership of whoever comes by this invitation. Who is here already stays as they are."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    community = invitation.community
    membership = community.memberships.filter(user=user).first()
    if membership:
        return membership
    if not invitation.is_open:
        raise ValidationError(
            _("This invitation is no longer open. Ask the person who sent it for a new one.")
        )
    removals = Removal.objects.filter(community=community, user=user)
    if not invitation.email and removals.exists():
        raise ValidationError(
            _("This address does not let you in. Ask a facilitator to invite you by mail.")
        )
    membership, is_new = Membership.objects.get_or_create(
        community=community,
        user=user,
        defaults={
            "roles": invitation.roles,
            "stakeholder_group": invitation.stakeholder_group,
        },
    )
    if is_new:
        Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") + 1)
        removals.delete()
        record(community, Act.JOIN, user, by=user, roles=membership.roles)
    return membership
