"""The drawing of the matrix: plain dataclasses in, SVG out. Knows no models, no database and no request."""

from .inputs import Column, Face, Invitation, Link, Picture, Thread, Visit, Words
from .layout import slots_of
from .loom import lanes, loom
from .order import crossings, insert, order
from .picture import draw
from .signs import mini_trail, shape, signs

__all__ = [
    "Column",
    "Face",
    "Invitation",
    "Link",
    "Picture",
    "Thread",
    "Visit",
    "Words",
    "crossings",
    "draw",
    "insert",
    "lanes",
    "loom",
    "mini_trail",
    "order",
    "shape",
    "signs",
    "slots_of",
]
