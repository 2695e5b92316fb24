"""Communities, their people, their cycles and the tellers of their stories."""

from .audit import Act, AuditEntry
from .community import Community, Cycle
from .keyed_answer import KeyedAnswer
from .mail import Mail
from .membership import Invitation, Membership, Removal, StakeholderGroup
from .teller import Teller
from .token import Token
from .user import User

__all__ = [
    "Act",
    "AuditEntry",
    "Community",
    "Cycle",
    "Invitation",
    "KeyedAnswer",
    "Mail",
    "Membership",
    "Removal",
    "StakeholderGroup",
    "Teller",
    "Token",
    "User",
]
