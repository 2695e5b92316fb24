"""Shapes and signs as path data, in units of their own small boxes; used by the picture, the loom and the key."""

# Each shape is centred on 0, 0 and about 12 wide, so that all look equally heavy.
SHAPE_PATHS = {
    "circle": "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
    "diamond": "M0-6.5L6.5 0L0 6.5L-6.5 0z",
    "square": "M-5-5H5V5H-5z",
    "triangle": "M0-5.8L6.3 5.2H-6.3z",
    "hexagon": "M-6.2 0L-3.1-5.4H3.1L6.2 0L3.1 5.4H-3.1z",
    "flag": "M-5.5-6H6L3.2-2.2L6 1.6H-3.4V6H-5.5z",
    "plinth": "M-6.2 5.2V.4H-3.4V-5H3.4V.4H6.2V5.2z",
    "cross": "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z",
}
PERSON = "M0-5.6a2.6 2.6 0 1 0 .01 0zM-4.9 4.6c0-3.2 2-4.8 4.9-4.8s4.9 1.6 4.9 4.8z"
THREAD = "M-4.5 3.6c5 .8 3.6-7.6 9-7.2"  # a stroke
BARS = "M0 3.5h2.6V10H0zM3.8 0h2.6v10H3.8zM7.6 6h2.6v4H7.6z"  # 0..10.2 wide, 10 high
HALF_THREAD = "M11.5 9.8c5.5.6 3-8.6 8.2-9"  # a stroke, right half of the state sign
HALF_BASE_LEFT, HALF_BASE_RIGHT = "M0 9.5h10", "M11.5 9.5h9"  # dotted base lines of an absent half
MORE = "M0-4L4.2 3.6H-4.2z"
LESS = "M0 4L-4.2-3.6H4.2z"
CHEVRON = "M-4-4L2 0L-4 4"
RING, BROKEN_RING = 4.2, 5.6  # radii of end marks
BROKEN_CROSS = "M-2.3-2.3L2.3 2.3M2.3-2.3L-2.3 2.3"

# Named by id in <defs>, so that each use costs a few bytes; the use says how it is painted.
# What stands in a <use> is matched without its surroundings in some browsers: so its classes are plain "m-…" ones.
_DEFS = (
    *((f"s-{name}", path) for name, path in SHAPE_PATHS.items()),
    ("person", PERSON),
    ("thread", THREAD),
    ("more", MORE),
    ("less", LESS),
    ("chevron", CHEVRON),
    ("bar", "M0-5V5"),
)


def state_sign(state: str) -> list[str]:
    """Bars | thread, 20.5 × 10 from the top left corner; an absent half is a dotted base line."""
    numbers, stories = state in ("both", "numbers"), state in ("both", "stories")
    return [
        f'<path class="m-solid" d="{BARS}"/>'
        if numbers
        else f'<path class="m-dots" d="{HALF_BASE_LEFT}"/>',
        f'<path class="m-stroke" d="{HALF_THREAD}"/>'
        if stories
        else f'<path class="m-dots" d="{HALF_BASE_RIGHT}"/>',
    ]


def definitions(prefix: str) -> list[str]:
    """<defs> with every shape and sign, ids prefixed so that two drawings may stand in one page."""
    parts = ["<defs>"]
    parts += [f'<path id="{prefix}{name}" d="{path}"/>' for name, path in _DEFS]
    for state in ("both", "numbers", "stories", "empty"):
        parts += [f'<g id="{prefix}state-{state}">', *state_sign(state), "</g>"]
    parts += [
        f'<g id="{prefix}ring"><circle r="{RING}" class="m-open"/></g>',
        f'<g id="{prefix}broke"><circle r="{BROKEN_RING}" class="m-open"/><path class="m-x" d="{BROKEN_CROSS}"/></g>',
        "</defs>",
    ]
    return parts
