from .indicator import Capital, Definition, Indicator, IndicatorQuerySet
from .negotiation import Asked, Comment, Decision, GamingCheck, Round, Stance
from .observation import Observation, ObservationQuerySet, Target

__all__ = [
    "Asked",
    "Capital",
    "Comment",
    "Decision",
    "Definition",
    "GamingCheck",
    "Indicator",
    "IndicatorQuerySet",
    "Observation",
    "ObservationQuerySet",
    "Round",
    "Stance",
    "Target",
]
