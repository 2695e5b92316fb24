"""Who may do what: roles, permissions and one table. Pages, API and admin all ask `can`."""

from enum import Enum, auto

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    FACILITATOR = "facilitator", _("Facilitator")
    FUNDER = "funder", _("Funder")


# What each role does here, in plain words.
ROLE_WORDS = {
    Role.MEMBER: _("takes part, and tells stories"),
    Role.FACILITATOR: _("looks after the community: invites people, reads and publishes stories"),
    Role.FUNDER: _("gives money, time or a home: reads what is open to funders"),
}


class Audience(models.IntegerChoices):
    """Who a story is open to; each one includes all narrower ones."""

    ME = 0, _("Only me")
    FACILITATORS = 1, _("Facilitators")
    MEMBERS = 2, _("Members of the community")
    FUNDERS = 3, _("Members and funders")
    PUBLIC = 4, _("Everybody")


class Permission(Enum):
    SEE_MATRIX = auto()
    SEE_STORIES = auto()
    TELL_STORY = auto()
    REVIEW_STORY = auto()
    PROPOSE_INDICATOR = auto()
    NEGOTIATE = auto()
    KEEP_INDICATORS = auto()
    SEE_PEOPLE = auto()
    KEEP_PEOPLE = auto()
    KEEP_COMMUNITY = auto()
    RECORD_OBSERVATION = auto()


EVERYBODY = {Permission.SEE_MATRIX, Permission.SEE_STORIES}
TABLE = {
    Role.MEMBER: EVERYBODY
    | {
        Permission.TELL_STORY,
        Permission.PROPOSE_INDICATOR,
        Permission.NEGOTIATE,
        Permission.SEE_PEOPLE,
    },
    Role.FACILITATOR: EVERYBODY
    | {
        Permission.TELL_STORY,
        Permission.PROPOSE_INDICATOR,
        Permission.NEGOTIATE,
        Permission.REVIEW_STORY,
        Permission.KEEP_INDICATORS,
        Permission.SEE_PEOPLE,
        Permission.KEEP_PEOPLE,
        Permission.KEEP_COMMUNITY,
        Permission.RECORD_OBSERVATION,
    },
    Role.FUNDER: EVERYBODY | {Permission.NEGOTIATE},
}


class Scope(models.TextChoices):
    """What a token is good for; each one includes those before it."""

    READ = "read", _("Read what I can read")
    TELL = "tell", _("Read; tell my stories, propose indicators and take part in negotiations")
    FACILITATE = "facilitate", _("Everything that I may do, looking after a community included")


# What a token's bearer may at most, whatever the roles of the person whose token it is.
SCOPES = {Scope.READ: EVERYBODY | {Permission.SEE_PEOPLE}}
SCOPES[Scope.TELL] = SCOPES[Scope.READ] | TABLE[Role.MEMBER]
SCOPES[Scope.FACILITATE] = set(Permission)

# What anybody may where a community has opened its public page.
NOBODY = {Permission.SEE_MATRIX, Permission.SEE_STORIES}

# The audience a role belongs to: a story open to this audience or a wider one is open to the role.
AUDIENCE = {
    Role.FACILITATOR: Audience.FACILITATORS,
    Role.MEMBER: Audience.MEMBERS,
    Role.FUNDER: Audience.FUNDERS,
}


def may_found(user):
    """Whoever is signed in, where FOUNDERS is `*`; otherwise the addresses that it lists."""
    return user.is_active and ("*" in settings.FOUNDERS or user.email in settings.FOUNDERS)


def can(roles, permission):
    return any(permission in TABLE[role] for role in roles)


def roles_with(permission):
    return [role for role in Role if permission in TABLE[role]]
