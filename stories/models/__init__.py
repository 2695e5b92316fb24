"""Stories: their steps, touches and links, and who told them."""

from .consent import Consent
from .merge import TellerMerge
from .story import (
    Attachment,
    FollowUp,
    Link,
    Part,
    PartQuerySet,
    Status,
    Step,
    Story,
    StoryQuerySet,
    Touch,
)

__all__ = [
    "Attachment",
    "Consent",
    "FollowUp",
    "Link",
    "Part",
    "PartQuerySet",
    "Status",
    "Step",
    "Story",
    "StoryQuerySet",
    "TellerMerge",
    "Touch",
]
