"""The drawing of the matrix: plain dataclasses in, SVG out. Knows no models, no database and no request."""

from .chart import chart
from .inputs import Column, Face, Invitation, Link, Picture, Ribbon, Thread, Visit, Words
from .layout import slots_of
from .loom import lanes, loom
from .order import crossings, insert, order
from .picture import draw
from .ribbons import drawn_ribbons
from .signs import mini_trail, ribbon_signs, shape, signs, width_samples

__all__ = [
    "Column",
    "Face",
    "Invitation",
    "Link",
    "Picture",
    "Ribbon",
    "Thread",
    "Visit",
    "Words",
    "chart",
    "crossings",
    "draw",
    "drawn_ribbons",
    "insert",
    "lanes",
    "loom",
    "mini_trail",
    "order",
    "ribbon_signs",
    "shape",
    "signs",
    "slots_of",
    "width_samples",
]
