"""Stories: their steps, touches and links, and who told them."""

from .attachment import Attachment
from .concern import Concern
from .consent import Consent
from .follow_up import FollowUp
from .history import LinkEvent, StepEvent, StoryEvent, TouchEvent
from .indicator_merge import IndicatorMerge
from .merge import TellerMerge
from .parts import Link, Part, PartQuerySet, Step, Touch
from .private_address import PrivateAddress
from .sketch import Sketch
from .story import Status, Story, StoryQuerySet
from .words import Words

__all__ = [
    "Attachment",
    "Concern",
    "Consent",
    "FollowUp",
    "IndicatorMerge",
    "Link",
    "LinkEvent",
    "Part",
    "PartQuerySet",
    "PrivateAddress",
    "Sketch",
    "Status",
    "Step",
    "StepEvent",
    "Story",
    "StoryEvent",
    "StoryQuerySet",
    "TellerMerge",
    "Touch",
    "TouchEvent",
    "Words",
]
