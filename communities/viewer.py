"""Who is looking: a person within a community, or nobody."""

from dataclasses import dataclass

from .models import Community, User
from .permissions import AUDIENCE, NOBODY, Audience, Role, can


@dataclass(frozen=True)
class Viewer:
    community: Community
    user: User | None = None
    roles: tuple[str, ...] = ()
    # The one story that the holder of a private address may open, as its teller.
    holds: int | None = None

    @classmethod
    def of(cls, user, community):
        """The viewer that a person is in this community, or None for a stranger and for nobody."""
        if not user.is_authenticated:
            return None
        membership = community.memberships.filter(user=user, user__is_active=True).first()
        return membership and cls(community, user, tuple(membership.roles))

    @property
    def audience(self):
        """The narrowest audience of the viewer's roles: that lets in the most stories."""
        return min((AUDIENCE[role] for role in self.roles), default=Audience.PUBLIC)

    def can(self, permission):
        if not self.roles:
            return self.community.is_public and permission in NOBODY
        return can(self.roles, permission)

    @property
    def is_facilitator(self):
        return Role.FACILITATOR in self.roles
