from .indicator import Capital, Definition, Indicator, IndicatorQuerySet
from .negotiation import Comment, Decision, GamingCheck, Stance
from .observation import Observation, ObservationQuerySet, Target

__all__ = [
    "Capital",
    "Comment",
    "Decision",
    "Definition",
    "GamingCheck",
    "Indicator",
    "IndicatorQuerySet",
    "Observation",
    "ObservationQuerySet",
    "Stance",
    "Target",
]
