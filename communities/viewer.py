"""Who is looking: a person within a community, or nobody."""

from dataclasses import dataclass

from .models import Community, User
from .permissions import AUDIENCE, NOBODY, SCOPES, Audience, Role, Scope, can


@dataclass(frozen=True)
class Viewer:
    community: Community
    user: User | None = None
    roles: tuple[str, ...] = ()
    # The one story that the holder of a private address may open, as its teller.
    holds: int | None = None
    # Of the token that speaks for the person; a token may less than they do.
    scope: Scope | None = None

    @classmethod
    def of(cls, user, community, token=None):
        """The viewer that a person is in this community, or None for a stranger and for nobody. By a
        token they are there only where it is good for the community."""
        if not user.is_authenticated or (token and not token.is_for(community)):
            return None
        membership = community.memberships.filter(user=user, user__is_active=True).first()
        scope = token and Scope(token.scope)
        return membership and cls(community, user, tuple(membership.roles), scope=scope)

    @property
    def audience(self):
        """The narrowest audience of the viewer's roles: that lets in the most stories."""
        return min((AUDIENCE[role] for role in self.roles), default=Audience.PUBLIC)

    def can(self, permission):
        if not self.roles:
            return self.community.is_public and permission in NOBODY
        if self.scope and permission not in SCOPES[self.scope]:
            return False
        return can(self.roles, permission)

    @property
    def is_facilitator(self):
        return Role.FACILITATOR in self.roles
