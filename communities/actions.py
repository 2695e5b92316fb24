"""Writes on communities and their people."""

from django.db import transaction
from django.utils import translation

from valuecreation.framework import SCHEMES

from .models import Community, Cycle, Membership, StakeholderGroup, Teller, User
from .permissions import Role
from .signals import tell


@transaction.atomic
def found_community(*, slug, name, scheme, by=None, **fields):
    """A community with the cycles of the scheme as its own rows; `by` becomes its facilitator."""
    community = Community(slug=slug, name=name, scheme=scheme, **fields)
    community.full_clean()
    community.save()
    adopt_scheme(community, SCHEMES[scheme])
    if by:
        add_member(community=community, user=by, roles=[Role.FACILITATOR, Role.MEMBER])
    tell(community, None)
    return community


def adopt_scheme(community, scheme):
    """The scheme's cycles as ordinary rows, in the community's language."""
    with translation.override(community.language):
        Cycle.objects.bulk_create(
            Cycle(
                community=community,
                key=preset.key,
                name=str(preset.name),
                question=str(preset.question),
                kind=preset.kind,
                position=position,
                colour=preset.colour,
                shape=preset.shape,
                has_capitals=preset.has_capitals,
            )
            for position, preset in enumerate(scheme.cycles, start=1)
        )


@transaction.atomic
def add_group(*, community, name, axis):
    group = StakeholderGroup(community=community, name=name, axis=axis)
    group.full_clean()
    group.save()
    return group


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
def add_member(*, community, user, roles, stakeholder_group=None):
    membership = Membership(
        community=community, user=user, roles=roles, stakeholder_group=stakeholder_group
    )
    membership.full_clean()
    membership.save()
    return membership


def teller_of(*, community, user):
    """The row that stands for this person as a teller here."""
    return Teller.objects.get_or_create(community=community, user=user, defaults={"kind": "user"})[
        0
    ]


@transaction.atomic
def add_guest_teller(*, community, name, email=""):
    """A teller without an account; without a name: one who is not known."""
    kind = Teller.Kind.GUEST if name else Teller.Kind.UNKNOWN
    teller = Teller(community=community, kind=kind, name=name, email=email)
    teller.full_clean()
    teller.save()
    return teller
