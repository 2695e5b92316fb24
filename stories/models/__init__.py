"""Stories: their steps, touches and links, and who told them."""

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
