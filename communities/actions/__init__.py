"""Writes on communities and their people."""

from .founding import adopt_scheme, change_community, found_community
from .inviting import accept, decline, invite, make_address, resend, revoke
from .people import (
    add_group,
    add_guest_teller,
    add_member,
    add_person,
    change_group,
    change_member,
    change_profile,
    deactivate,
    decline_to_tell,
    delete_group,
    leave,
    remove,
    stop_mails,
    teller_of,
)
from .tokens import make_token, note_use, revoke_token

__all__ = [
    "accept",
    "add_group",
    "add_guest_teller",
    "add_member",
    "add_person",
    "adopt_scheme",
    "change_community",
    "change_group",
    "change_member",
    "change_profile",
    "deactivate",
    "decline",
    "decline_to_tell",
    "delete_group",
    "found_community",
    "invite",
    "leave",
    "make_address",
    "make_token",
    "note_use",
    "remove",
    "resend",
    "revoke",
    "revoke_token",
    "stop_mails",
    "teller_of",
]
