"""The cycles of value and the schemes that put them together, reached through `framework`.

Side cycles are no stages of the chain: they are drawn as bands, those that stand first in a scheme
above the columns and the others below them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """A colour token and the shape that goes with it, tested for contrast and colour vision."""

    colour: str
    shape: str


LOOKS = (
    Look("immediate", "circle"),
    Look("potential", "diamond"),
    Look("applied", "square"),
    Look("realized", "triangle"),
    Look("reframing", "hexagon"),
    Look("strategic", "flag"),
    Look("enabling", "plinth"),
    Look("orienting", "cross"),
)


@dataclass(frozen=True)
class CyclePreset:
    key: str
    name: str
    question: str
    kind: str  # "stage" or "side"
    colour: str
    shape: str
    has_capitals: bool = False


@dataclass(frozen=True)
class Scheme:
    key: str
    name: str
    cycles: tuple[CyclePreset, ...]

    @property
    def side_cycles(self):
        return [cycle for cycle in self.cycles if cycle.kind == "side"]


IMMEDIATE = CyclePreset(
    key="immediate",
    name=_("Immediate value"),
    question=_("What happened, and what was it like to be there?"),
    kind="stage",
    colour="immediate",
    shape="circle",
)
POTENTIAL = CyclePreset(
    key="potential",
    name=_("Potential value"),
    question=_("What did you come away with that could be useful?"),
    kind="stage",
    colour="potential",
    shape="diamond",
    has_capitals=True,
)
APPLIED = CyclePreset(
    key="applied",
    name=_("Applied value"),
    question=_("What did you do differently with it?"),
    kind="stage",
    colour="applied",
    shape="square",
)
REALIZED = CyclePreset(
    key="realized",
    name=_("Realized value"),
    question=_("What difference did that make, and to whom?"),
    kind="stage",
    colour="realized",
    shape="triangle",
)
REFRAMING = CyclePreset(
    key="reframing",
    name=_("Reframing value"),
    question=_("Did it change what you or others think matters?"),
    kind="stage",
    colour="reframing",
    shape="hexagon",
)
# It stands where reframing stood, and is wider.
TRANSFORMATIVE = CyclePreset(
    key="transformative",
    name=_("Transformative value"),
    question=_("What is different for good?"),
    kind="stage",
    colour="reframing",
    shape="hexagon",
)
STRATEGIC = CyclePreset(
    key="strategic",
    name=_("Strategic value"),
    question=_("Whom did you agree with on what matters?"),
    kind="side",
    colour="strategic",
    shape="flag",
)
ENABLING = CyclePreset(
    key="enabling",
    name=_("Enabling value"),
    question=_("What helped or hindered you in learning together?"),
    kind="side",
    colour="enabling",
    shape="plinth",
)
ORIENTING = CyclePreset(
    key="orienting",
    name=_("Orienting value"),
    question=_("What do you see differently about where you stand?"),
    kind="side",
    colour="orienting",
    shape="cross",
)

STAGES = (IMMEDIATE, POTENTIAL, APPLIED, REALIZED)
SCHEMES = {
    scheme.key: scheme
    for scheme in (
        Scheme("2011", _("Five cycles (2011)"), (*STAGES, REFRAMING)),
        Scheme("seven", _("Seven cycles"), (STRATEGIC, *STAGES, TRANSFORMATIVE, ENABLING)),
        Scheme(
            "eight", _("Eight cycles"), (STRATEGIC, ORIENTING, *STAGES, TRANSFORMATIVE, ENABLING)
        ),
    )
}
