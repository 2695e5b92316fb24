"""Where everything stands: regions from top to bottom, column slots from left to right, boxes and gaps in them.

All numbers are CSS px in one grid that reads left to right; `Grid.x` is the only place that would mirror it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .faces import LEFT, RIGHT, Content, compose, fit
from .inputs import Column, Face, Invitation, Picture, chosen_links

WIDTH, MARGIN, HEAD = 1232, 30, 86
NARROWEST = 132
GROUND = 8  # a column's ground is wider than its boxes by this on each side
BAND_HEAD, PAD, BETWEEN_REGIONS = 30, 10, 10
GAPS = {"L": 12, "M": 9, "S": 4}
TRAY = 6.5  # of a tray, beside its lanes
FEW, MANY = 24, 60  # stories: numbered up to FEW


@dataclass(slots=True)
class Box:
    """A drawn box; `lanes` is the number of lanes in its tray, `top` of the tray is y + content.height.

    `least` is the height that its ports need where ribbons are drawn: a box grows to hold them.
    """

    face: Face
    column: Column
    slot: int
    region: int
    content: Content
    invitation: Invitation | None = None
    lanes: int = 0
    least: float = 0
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0

    @property
    def tray(self) -> float:
        return self.y + self.content.height


@dataclass(slots=True)
class Region:
    """The stages, or one band. `stacks` holds the boxes of each slot from top to bottom."""

    columns: list[Column]
    stacks: list[list[Box]]
    band: bool
    y: float = 0
    h: float = 0


Gap = tuple[int, int, int]  # region, slot, place: before that box, or the region's foot


@dataclass(slots=True)
class Grid:
    """The whole geometry. `lane` is the lane step in trays, `pitch` in channels; `channels` holds what passes each gap, in px."""

    slots: int
    level: str
    lane: float
    numbered: bool
    width: float
    box: float
    gutter: float
    regions: list[Region] = field(default_factory=list)
    boxes: dict[int, Box] = field(default_factory=dict)
    channels: dict[Gap, float] = field(default_factory=dict)
    height: float = 0
    mirrored: bool = False

    @property
    def pitch(self) -> float:
        return 0.62 * self.lane + 1

    def left(self, slot: int) -> float:
        return MARGIN + slot * (self.box + self.gutter)

    def x(self, x: float, across: float = 0) -> float:
        """The x to draw at, for a thing `across` px wide: mirrored for scripts that run from right to left."""
        return self.width - x - across if self.mirrored else x

    def gap(self, key: Gap) -> tuple[float, float]:
        """Top and bottom of a gap in px. A foot's channel lies directly under the last box."""
        region, slot, place = key
        area = self.regions[region]
        stack = area.stacks[slot]
        top = stack[place - 1].y + stack[place - 1].h if place else area.y + (4 if area.band else 0)
        bottom = (
            stack[place].y if place < len(stack) else top + max(PAD, self.channels.get(key, 0) + 8)
        )
        return top, bottom

    def gaps(self, slot: int) -> list[Gap]:
        return [
            (r, slot, place)
            for r, area in enumerate(self.regions)
            for place in range(len(area.stacks[slot]) + 1)
        ]

    def place(self) -> None:
        """Stacks the boxes: a region is as tall as its tallest column, a gap as tall as its lanes need."""
        y = HEAD + 6
        for r, area in enumerate(self.regions):
            area.y = y
            tallest = 0.0
            for slot, stack in enumerate(area.stacks):
                below = y + (BAND_HEAD if area.band else 0)
                for place, box in enumerate(stack):
                    base = PAD if place == 0 else GAPS[self.level]
                    if place == 0 and area.band:
                        base = 0
                    below += max(base, self._room((r, slot, place), area))
                    box.x, box.y, box.w = self.left(slot), below, self.box
                    tray = box.lanes * self.lane + TRAY if box.lanes else 0
                    box.h = max(box.content.height + tray, box.least)
                    below += box.h
                below += max(PAD, self._room((r, slot, len(stack)), area))
                tallest = max(tallest, below - y)
            area.h = max(tallest, 44)
            y += area.h + BETWEEN_REGIONS
        self.height = y - BETWEEN_REGIONS + 4

    def _room(self, key: Gap, area: Region) -> float:
        passing = self.channels.get(key, 0)
        room = passing + 8 if passing else 0
        # the words of a band stand in column 1 only, so elsewhere lanes may use their height
        return max(0, room - BAND_HEAD + 4) if area.band and key[2] == 0 else room


def grid(picture: Picture, prefix: str, level: str = "") -> Grid:
    """A grid with its boxes, not yet placed: lanes and channels come from the routes. `level` is of detail, else as
    the fullest column has room for."""
    stages = [c for c in picture.columns if c.kind != "side"]
    slots = max(1, len(stages))
    gutter = 78 if slots <= 5 else 56
    box = max(NARROWEST, (WIDTH - 2 * MARGIN - (slots - 1) * gutter) / slots)
    if slots < 5:  # with few columns a box stays a box, and the room goes between
        box = min(box, 300)
        gutter = min(180, (WIDTH - 2 * MARGIN - slots * box) / max(1, slots - 1))
    width = max(WIDTH, 2 * MARGIN + slots * box + (slots - 1) * gutter)
    numbered = len(picture.shown_threads()) <= FEW
    at = slots_of(picture)

    layers: list[tuple[list[Column], list[list[tuple[Column, Face]]], bool]] = []
    bands = [c for c in picture.columns if c.kind == "side"]
    for band in [c for c in bands if c.before]:
        layers.append(([band], _band_stacks(band, slots, at), True))
    layers.append((stages, [[(c, f) for f in _last(c.faces)] for c in stages] or [[]], False))
    for band in [c for c in bands if not c.before]:
        layers.append(([band], _band_stacks(band, slots, at), True))

    fullest = max(
        (sum(not f.unplaced for _, f in stack) for _, stacks, _ in layers for stack in stacks),
        default=0,
    )
    level = level or ("L" if fullest <= 6 else "M" if fullest <= 14 else "S")
    drawn = Grid(
        slots,
        level,
        9 if numbered else 3.6,
        numbered,
        width,
        box,
        gutter,
        mirrored=picture.right_to_left,
    )
    for columns, stacks, band in layers:
        r = len(drawn.regions)
        region = Region(columns, [], band)
        for slot, stack in enumerate(stacks):
            boxes = [
                Box(f, c, slot, r, compose(f, c, level, box, picture.words, prefix))
                for c, f in stack
            ]
            if not band and slot < len(columns) and invites(columns[slot]):
                boxes = _invitations(columns[slot], slot, r, box, picture)
            region.stacks.append(boxes)
            drawn.boxes.update((b.face.id, b) for b in boxes if b.face.id is not None)
        drawn.regions.append(region)
    return drawn


def slots_of(picture: Picture) -> dict[int, int]:
    """Column slot (0-based) of every box; a band's box stands at the rounded mean slot of the boxes it is linked to.

    Store what this says as `Face.slot`, so that later stories don't move the box.
    """
    stages = [c for c in picture.columns if c.kind != "side"]
    count = max(1, len(stages))
    at = {f.id: i for i, c in enumerate(stages) for f in c.faces}
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)  # slot, weight
    for a, b, weight in _linked(picture):
        if b in at:
            near[a].append((at[b], weight))
        if a in at:
            near[b].append((at[a], weight))
    for band in (c for c in picture.columns if c.kind == "side"):
        filled = [0] * count
        waiting = []
        for face in band.faces:
            if face.slot is not None:
                slot = min(max(0, face.slot), count - 1)
            elif near[face.id]:
                whole = sum(weight for _, weight in near[face.id])
                slot = int(sum(s * weight for s, weight in near[face.id]) / whole + 0.5)
            else:
                waiting.append(face)
                continue
            at[face.id] = slot
            filled[slot] += 1
        for face in waiting:  # linked to nothing yet: the emptiest slot
            at[face.id] = slot = filled.index(min(filled))
            filled[slot] += 1
    return at


def _linked(picture: Picture) -> Iterator[tuple[int, int, int]]:
    """Every link that is drawn, from box to box, with its weight: of a ribbon its tellers."""
    if picture.ribbons:
        for ribbon in picture.ribbons:
            yield ribbon.start, ribbon.end, max(1, ribbon.tellers)
        return
    for thread in picture.threads:
        for link in chosen_links(thread):
            yield thread.visits[link.start].face, thread.visits[link.end].face, 1


def _band_stacks(band: Column, slots: int, at: dict[int, int]) -> list[list[tuple[Column, Face]]]:
    stacks: list[list[tuple[Column, Face]]] = [[] for _ in range(slots)]
    for face in _last(band.faces):
        stacks[at[face.id]].append((band, face))
    return stacks


def _last(faces: tuple[Face, ...]) -> list[Face]:
    """The "no indicator yet" box stands last."""
    return sorted(faces, key=lambda f: f.unplaced)


def invites(column: Column) -> bool:
    """Nothing stands in the column yet: neither an indicator nor a story."""
    return (
        not column.faces
        or bool(column.invitations)
        and all(f.unplaced and not f.stories for f in column.faces)
    )


def acts(column: Column, picture: Picture) -> tuple[Invitation, ...]:
    """What an empty column offers; without an act it says that nothing is here."""
    return column.invitations or (Invitation(picture.words.empty_column, ""),)


def _invitations(
    column: Column, slot: int, region: int, across: float, picture: Picture
) -> list[Box]:
    """An empty column: a dotted box for each act this person may do, else one that says that nothing is here."""
    boxes = []
    for act in acts(column, picture):
        face = Face(id=None, name=act.label, href=act.href, unplaced=True)
        content = Content(height=34)
        css = "count-b act" if act.href else "note em"
        content.say(LEFT, 21, fit(act.label, across - LEFT - RIGHT, css), css)
        boxes.append(Box(face, column, slot, region, content, invitation=act))
    return boxes
