"""Writes on the people of a community. Whoever leaves or is removed is out at the next request."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Act, Community, Invitation, Membership, Removal, StakeholderGroup, Teller, User
from ..permissions import Role
from .audit import record


@transaction.atomic
def add_person(*, email, name, password=None):
    """The account of this address; made if there is none."""
    user = User.objects.filter(email=email).first()
    if user:
        return user
    user = User(email=email, name=name)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


@transaction.atomic
def change_profile(*, user, **fields):
    for name, value in fields.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=fields)
    return user


@transaction.atomic
def stop_mails(*, user, kind):
    """Mails of this kind are not wanted any more."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if kind not in user.unwanted_mails:
        user.unwanted_mails.append(kind)
        user.save(update_fields=["unwanted_mails"])


@transaction.atomic
def add_member(*, community, user, roles, stakeholder_group=None, by=None):
    refuse_a_foreign_group(community, stakeholder_group)
    membership = Membership(
        community=community, user=user, roles=in_order(roles), stakeholder_group=stakeholder_group
    )
    membership.full_clean()
    membership.save()
    Removal.objects.filter(community=community, user=user).delete()
    record(community, Act.ADD_MEMBER, user, by=by, roles=membership.roles)
    return membership


@transaction.atomic
def change_member(*, membership, roles, stakeholder_group, by):
    """New roles and group. The last facilitator stays one."""
    community = locked(membership.community)
    refuse_a_foreign_group(community, stakeholder_group)
    before = Membership.objects.get(pk=membership.pk)
    membership.roles, membership.stakeholder_group = in_order(roles), stakeholder_group
    membership.full_clean()
    if Role.FACILITATOR not in membership.roles:
        refuse_without_a_facilitator(membership)
    membership.save()
    if before.roles != membership.roles:
        record(community, Act.CHANGE_ROLES, membership.user, by=by, roles=membership.roles)
    if before.stakeholder_group_id != membership.stakeholder_group_id:
        record(community, Act.CHANGE_GROUP, membership.user, by=by)
    return membership


@transaction.atomic
def remove(*, membership, by):
    """Takes somebody out. The addresses they passed on no longer let anybody in, and those of
    others do not let them in again. Their stories stay theirs."""
    Removal.objects.get_or_create(community=membership.community, user=membership.user)
    end(membership, Act.REMOVE, by)


@transaction.atomic
def leave(*, membership):
    end(membership, Act.LEAVE, membership.user)


def end(membership, act, by):
    community = locked(membership.community)
    refuse_without_a_facilitator(membership)
    membership.delete()
    close_addresses(community.invitations.filter(invited_by=membership.user))
    record(community, act, membership.user, by=by)


@transaction.atomic
def deactivate(*, user, by=None):
    """Closes an account, at the next request. Every community keeps an active facilitator."""
    for membership in user.memberships.select_related("community", "user").order_by("pk"):
        locked(membership.community)
        refuse_without_a_facilitator(membership)
        record(membership.community, Act.DEACTIVATE, user, by=by)
    close_addresses(Invitation.objects.filter(invited_by=user))
    user.is_active = False
    user.save()


def close_addresses(invitations):
    """Whoever is out knows the addresses they passed on: these let nobody in any more."""
    invitations.filter(email="", revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def decline_to_tell(*, membership):
    """They would rather not tell a story; no reason is asked. Telling one takes it back."""
    if not membership.declined_to_tell_at:
        membership.declined_to_tell_at = timezone.now()
        membership.save()


@transaction.atomic
def add_group(*, community, name, axis, by=None):
    group = StakeholderGroup(community=community, name=name, axis=axis)
    group.full_clean()
    group.save()
    record(community, Act.ADD_GROUP, group, by=by)
    return group


@transaction.atomic
def change_group(*, group, name, axis, by):
    group.name, group.axis = name, axis
    group.full_clean()
    group.save()
    record(group.community, Act.CHANGE_STAKEHOLDER_GROUP, group, by=by)
    return group


@transaction.atomic
def delete_group(*, group, by):
    """Only one that nobody belongs to, was invited for or has spoken for."""
    record(group.community, Act.DELETE_GROUP, group, by=by)
    try:
        group.delete()
    except ProtectedError as error:
        raise ValidationError(_("People belong to “%s”, so it stays.") % group.name) from error


def teller_of(*, community, user):
    """The row that stands for this person as a teller here."""
    return Teller.objects.get_or_create(community=community, user=user, defaults={"kind": "user"})[
        0
    ]


@transaction.atomic
def add_guest_teller(*, community, name, email=""):
    """A teller without an account; without a name: one who is not known."""
    teller = guest_teller_row(community=community, name=name, email=email)
    teller.full_clean()
    teller.save()
    return teller


def guest_teller_row(*, community, name, email=""):
    """The row of such a teller, not saved."""
    kind = Teller.Kind.GUEST if name else Teller.Kind.UNKNOWN
    return Teller(community=community, kind=kind, name=name, email=email)


def in_order(roles):
    return [role.value for role in Role if role in roles]


def locked(community):
    """The community's row, held until the end: two facilitators who leave in the same moment come
    one after the other."""
    return Community.objects.select_for_update().get(pk=community.pk)


def refuse_a_foreign_group(community, group):
    if group and group.community_id != community.pk:
        raise ValidationError({"stakeholder_group": _("Choose a group of this community.")})


def refuse_without_a_facilitator(membership):
    """`membership` is about to end, or to lose its facilitator's role."""
    others = membership.community.memberships.exclude(pk=membership.pk)
    others = others.filter(user__is_active=True, roles__contains=[Role.FACILITATOR])
    was = Membership.objects.filter(pk=membership.pk, roles__contains=[Role.FACILITATOR])
    if was.exists() and not others.exists():
        raise ValidationError(
            _("“%s” needs at least one facilitator. Give somebody else that role first.")
            % membership.community
        )
