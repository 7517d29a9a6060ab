"""Sources: pictures that drive parameters per cell. A scene's tables say which; data only.

    [source.lamp]                    # up to four, each with a name of letters and digits
    kind = "gradient"
    angle = 30
    moves = { feed = 0.01 }          # how far, in native units: a parameter too, `feed_lamp`

A source has one number per cell: -1..1 for noise and gradients (0 leaves a parameter as it is),
0..1 for all else (black leaves it as it is). `[terrain]` is a source of noise in a shorter form;
`[mask]` is a source outside of which the field is held at rest, as far as `mask_amount` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.show.kinds import Argument
from engine.show.parameter import Parameter
from engine.show.sources.anisotropy import Anisotropy

MOST = 4
NAME = re.compile(r"[a-z][a-z0-9]{0,15}")
SHAPES = ("disc", "ring", "polygon", "star")
FILMS = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".gif")
PICTURES = (".png", ".jpg", ".jpeg", ".webp")

_DRIFT = Argument("drift", 0.0, -1.0, 1.0, "slides on, in fields a second, and comes round")
_INVERT = Argument("invert", False, about="dark is light instead")
_BLUR = Argument("blur", 0.0, 0.0, 0.5, "in heights")
_FITTED = (
    Argument("fit", "cover", about="contain or cover", choices=("contain", "cover")),
    _INVERT,
)
_PLACE = (
    Argument("x", 0.5, -1.0, 2.0, "its middle, 0..1 from the left"),
    Argument("y", 0.5, -1.0, 2.0, "its middle, 0..1 from the bottom"),
)
KINDS: Mapping[str, tuple[Argument, ...]] = {
    "noise": (Argument("blobs", 2.5, 0.5, 32.0, "hills across the height"), _DRIFT),
    "gradient": (
        Argument(
            "shape",
            "linear",
            about="from -1 to 1 across the field; there and back; or 1 in the middle, -1 outside",
            choices=("linear", "mirror", "radial"),
        ),
        Argument("angle", 0.0, -360.0, 360.0, "degrees: 0 climbs to the right, 90 upward"),
        Argument("radius", 0.7, 0.05, 4.0, "of a radial one, in heights"),
        *_PLACE,
        _DRIFT,
    ),
    "text": (
        Argument("text", None, 1, 200, "a word, or lines apart by \\n", required=True),
        Argument("size", 0.5, 0.02, 1.0, "height of the whole, in heights"),
        Argument("font", None, about="inside the scenes", suffixes=(".ttf", ".otf")),
        Argument("bold", 0.0, 0.0, 0.1, "strokes grow by about as much to each side, in heights"),
        _INVERT,
        _BLUR,
        _DRIFT,
    ),
    "shape": (
        Argument("shape", "disc", about="what is drawn", choices=SHAPES),
        Argument("radius", 0.4, 0.01, 2.0, "in heights"),
        Argument("width", 0.1, 0.005, 1.0, "of a ring's band, in heights"),
        Argument("corners", 5, 3, 24, "of a polygon or a star"),
        Argument("angle", 0.0, -360.0, 360.0, "degrees"),
        *_PLACE,
        _INVERT,
        Argument("blur", 0.02, 0.0, 0.5, "in heights"),
        _DRIFT,
    ),
    "image": (
        Argument("file", None, about="inside the scenes", suffixes=PICTURES, required=True),
        Argument("size", 1.0, 0.05, 4.0, "of the fitted picture"),
        *_FITTED,
        _BLUR,
        _DRIFT,
    ),
    "video": (
        Argument("file", None, about="inside the scenes", suffixes=FILMS, required=True),
        Argument("speed", 1.0, 0.05, 8.0, "of time in it"),
        Argument("loop", True, about="it begins again for ever; else its last picture stays"),
        *_FITTED,
    ),
    "camera": (
        Argument("device", "0", 1, 100, "its number; on Windows its name"),
        Argument("mirror", True, about="left is left, as in a mirror"),
        *_FITTED,
    ),
    "drawn": (Argument("fade", 8.0, 0.1, 3600.0, "seconds until a mark is a third as strong"),),
    "layer": (
        Argument("layer", 1, 1, 4, "whose field; its own is a frame behind"),
        Argument("channel", "body", about="which of its two", choices=("body", "light")),
    ),
    "picture": (
        Argument("layer", 0, 0, 4, "whose light, a frame behind; 0: of the whole picture"),
    ),
}
LIVE = ("video", "camera", "drawn", "layer", "picture")
SIGNED = ("noise", "gradient")
MASK, MASK_AMOUNT = "mask", "mask_amount"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a scene. `moves`: how far, in native units, for each parameter it drives.
    `where` is for late complaints."""

    name: str
    kind: str
    arguments: Mapping[str, Any]
    moves: Mapping[str, float] = field(default_factory=dict)
    where: str = field(default="source", compare=False)

    @property
    def low(self) -> float:
        """The least value; the most is 1."""
        return -1.0 if self.kind in SIGNED else 0.0

    @property
    def drift(self) -> float:
        return float(self.arguments.get("drift", 0.0))

    @property
    def picture(self) -> tuple[object, ...]:
        """What its picture depends on: not how it slides, nor what it moves."""
        still = {key: value for key, value in self.arguments.items() if key != "drift"}
        return self.name, self.kind, tuple(still.items())


@dataclass(frozen=True, slots=True)
class Moved:
    """A source's name, its least value, and the names of the parameters that it moves."""

    source: str
    low: float
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variation:
    """What the compiled step of a scene has beside its model's own. Nothing: nothing is paid."""

    moved: tuple[Moved, ...] = ()
    anisotropy: Anisotropy | None = None

    @property
    def mask(self) -> bool:
        """Whether the field is held at rest outside a mask."""
        return MASK in self.sources

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that the step reads, in the order of their texture units."""
        return tuple(moved.source for moved in self.moved)


def vary(sources: tuple[Source, ...], anisotropy: Anisotropy | None = None) -> Variation:
    """What the step of a scene with these sources is compiled with: with those that are of use."""
    by = anisotropy.by if anisotropy else ""
    used = [s for s in sources if s.moves or s.name in (MASK, by)]
    return Variation(tuple(Moved(s.name, s.low, tuple(s.moves)) for s in used), anisotropy)


def amount_parameter(parameter: Parameter, source: Source) -> Parameter:
    """The parameter that says how far `source` moves `parameter` over the field."""
    reach = abs(parameter.maximum[0] - parameter.minimum[0]) / 2
    return Parameter(
        f"{parameter.name}_{source.name}",
        "float",
        (source.moves[parameter.name],),
        (-reach,),
        (reach,),
        label=f"{parameter.label}, over the field"
        if source.name == "terrain"
        else f"{parameter.label} by the {source.name}",
        unit=parameter.unit,
    )


def source_parameters(sources: tuple[Source, ...], own: Mapping[str, Parameter]) -> list[Parameter]:
    """The amounts of all sources; `own` are the model's parameters."""
    amounts = [amount_parameter(own[name], source) for source in sources for name in source.moves]
    if any(source.name == MASK for source in sources):
        amounts.append(Parameter(MASK_AMOUNT, "float", (1.0,), (0.0,), (1.0,), label="Mask"))
    return amounts
