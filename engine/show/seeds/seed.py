"""A seed: how a field begins, as data; every kind there is, and what each may be told.

    [seed]
    kind = "spots"
    count = 24
    radius = 0.03      # heights of the field, as every length here except the noise's `scale`
    noise = 0.01       # native units of the state

    invert = true     # holes at rest in an active field
    state = [0.3, 0.2]          # what a mark sets; `base`, what is around it

    [seed.also]       # a second seed over the first, with its own kind
    kind = "noise"

`seed_file.py` reads such a table, `first_state.py` draws what it says. Nothing is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.show.kinds import Argument

_NOISE = Argument("noise", 0.0, 0.0, 2.0, "white noise on every channel, native units")
_BASE = Argument("base", (), -1e6, 1e6, "the state around, a number for each channel: else rest")
_STATES = (
    Argument("state", (), -1e6, 1e6, "what a mark sets, for each channel: else the model's brush"),
    _BASE,
    _NOISE,
)
_INVERTED = (Argument("invert", False, about="holes at rest in an active field"), *_STATES)
_MARKS = (
    Argument("vary", 0.3, 0.0, 0.9, "how far sizes differ, as a share of the size"),
    Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
    Argument("spread", 1.0, 0.0, 1.0, "the part of the picture used, about its middle"),
    Argument("softness", 0.3, 0.0, 1.0, "the part of a mark over which its edge fades"),
    *_INVERTED,
)
TAKEN = ("previous", "layer")  # kinds that take over a body which stands there already
_TAKEN = (
    Argument("edge", 0.5, 0.0, 1.0, "active where the body there is above it"),
    Argument("softness", 0.15, 0.01, 1.0, "of that edge, in parts of the body"),
    Argument("amount", 1.0, 0.0, 1.0, "how active"),
    Argument("count", 24, 1, 1000, "spots instead, when there is none"),
    Argument("radius", 0.03, 0.001, 0.5, "of these, in heights"),
    *_STATES,
)

ARGUMENTS: Mapping[str, tuple[Argument, ...]] = {
    "noise": (
        Argument("amplitude", 0.1, 0.0, 2.0, "about the rest state, native units"),
        Argument("scale", 0.0, 0.0, 200.0, "blurred over as many cells; below 1 white"),
        _BASE,
    ),
    "spots": (
        Argument("count", 24, 1, 1000, "how many"),
        Argument("radius", 0.03, 0.001, 0.5, "in heights"),
        *_MARKS,
    ),
    "squares": (
        Argument("count", 24, 1, 1000, "how many"),
        Argument("size", 0.05, 0.001, 1.0, "length of a side, in heights"),
        Argument("turn", 0.0, 0.0, 1.0, "turned by up to this part of a right angle"),
        *_MARKS,
    ),
    "rings": (
        Argument("count", 5, 1, 200, "how many"),
        Argument("radius", 0.15, 0.005, 0.5, "in heights"),
        Argument("width", 0.03, 0.001, 0.5, "of the line, in heights"),
        Argument("gap", 0.0, 0.0, 0.9, "the part of a ring left open"),
        *_MARKS,
    ),
    "fronts": (
        Argument("count", 1, 1, 32, "bands across the height"),
        Argument("wobble", 0.5, 0.0, 1.0, "how far the bands bend"),
        Argument("softness", 0.1, 0.0, 1.0, "the part of a band over which its edge fades"),
        *_INVERTED,
    ),
    "spirals": (
        Argument("count", 2, 1, 64, "how many begin to turn"),
        Argument(
            "turn",
            "both",
            about="counter-clockwise, clockwise, or both by turns: an even number has no seam",
            choices=("both", "left", "right"),
        ),
        Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
        Argument("spread", 1.0, 0.0, 1.0, "the part of the picture used, about its middle"),
        Argument("softness", 0.3, 0.0, 1.0, "of the fronts, in parts of a quarter turn"),
        *_INVERTED,
    ),
    "stripes": (
        Argument("count", 6, 1, 200, "about as many in the height of the field"),
        Argument("angle", 0.0, -360.0, 360.0, "degrees: across at 0, upright at 90"),
        Argument("share", 0.5, 0.0, 1.0, "the part that is active"),
        Argument("wobble", 0.2, 0.0, 1.0, "how far they bend"),
        Argument("softness", 0.3, 0.0, 1.0, "the part of a stripe over which its edge fades"),
        *_INVERTED,
    ),
    "gradient": (
        Argument(
            "shape",
            "linear",
            about="one way, there and back, or from the middle outward",
            choices=("linear", "mirror", "radial"),
        ),
        Argument("angle", 0.0, -360.0, 360.0, "degrees: active to the right at 0, above at 90"),
        Argument("radius", 0.7, 0.05, 4.0, "of a radial one, in heights"),
        *_INVERTED,
    ),
    "previous": _TAKEN,
    "layer": (
        Argument("layer", 1, 1, 4, "whose body, as it stands when the scene begins"),
        *_TAKEN,
    ),
    "image": (
        Argument(
            "file",
            None,
            about="inside the assets; light is active",
            suffixes=(".png", ".jpg", ".jpeg", ".webp"),
            required=True,
        ),
        Argument("fit", "contain", about="contain or cover", choices=("contain", "cover")),
        Argument("size", 1.0, 0.05, 4.0, "of the fitted picture"),
        Argument("invert", False, about="dark is active instead"),
        *_STATES,
    ),
    "cells": (
        Argument(
            "file", None, about="a creature's cells", suffixes=(".cells", ".rle"), required=True
        ),
        Argument("count", 8, 1, 200, "how many, each turned by quarters and mirrored"),
        Argument("size", 0.15, 0.01, 1.0, "height of each, in heights"),
        Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
        *_STATES,
    ),
    "text": (
        Argument("text", None, 1, 200, "a word, or lines apart by \\n", required=True),
        Argument("size", 0.4, 0.02, 1.0, "height of the whole, in heights"),
        Argument("font", None, about="inside the assets", suffixes=(".ttf", ".otf")),
        *_INVERTED,
    ),
}


@dataclass(frozen=True, slots=True)
class SeedSpec:
    """How a field begins: a kind and all its arguments, checked, and what is laid over it.

    `where` is for late complaints."""

    kind: str
    arguments: Mapping[str, Any]
    where: str = field(default="seed", compare=False)
    also: SeedSpec | None = None
