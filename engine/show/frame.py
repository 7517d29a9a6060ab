"""A frame: everything the GPU needs for one picture, frozen. The show writes it, the GPU reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.show.becoming import Becoming
from engine.show.effects.chain import Chain, TransitionFrame
from engine.show.parameter import Value as Value
from engine.show.scene import Scene

Date = tuple[float, float, float, float]
NO_DATE: Date = (2000.0, 1.0, 1.0, 0.0)
BLENDS = (
    *("normal", "add", "screen", "multiply", "difference", "lighten", "darken", "overlay", "mask"),
)


def read_date(moment: datetime) -> Date:
    """A moment as ISF's DATE has it."""
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond * 1e-6
    return float(moment.year), float(moment.month), float(moment.day), seconds


@dataclass(frozen=True, slots=True)
class Splat:
    """A touch on the field: place 0..1 from the bottom left of the picture, radius as a fraction of
    its height, amount -1..1 (toward the model's brush state, or back to rest).

    `softness` 0 (a disc) to 1 (a Gaussian), of the same area; `channel` from 1, 0 for all; `push`:
    how fast the hand moves, in heights of the picture a second."""

    x: float
    y: float
    radius: float
    amount: float
    softness: float = 1.0
    channel: int = 0
    push: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class VoiceFrame:
    """One running scene in this frame.

    `key` names the voice for as long as it runs; `splats` touch the field, `marks` what the scene's
    drawn sources hold; `steps` sub-steps of `dt` (model time) are due;
    `values` are native, with `<name>_phase`, and for each source `<name>_<source>`, its amounts, and
    `<source>_drift`: how far it has slid, 0..1 of the field for each axis. `lut` is (256, 3) linear light
    and `accent` (3,); `lut_version` changes when they do. With `pulse` the field's pulse is taken.
    `origin` is the voice that it came in over; `becoming`, how far that one has turned into it.
    `effects` are the scene's own; `transition`: how it comes in, None by its fade alone.
    """

    key: int
    scene: Scene
    seed: int
    columns: int
    rows: int
    scale: float
    values: Mapping[str, Value]
    steps: int
    dt: float
    seconds: float
    splats: tuple[Splat, ...]
    marks: tuple[Splat, ...]
    clear: bool
    lut: NDArray[np.float32]
    accent: NDArray[np.float32]
    lut_version: int
    pulse: bool = False
    origin: int | None = None
    becoming: Becoming | None = None
    effects: Chain = ()
    transition: TransitionFrame | None = None


@dataclass(frozen=True, slots=True)
class LayerFrame:
    """Voices from the bottom up: each is laid over those before it by its `fades` 0..1, the first whole.

    `effects` are laid on the whole of them. `sides`: how much of the layer is in each of the two
    pictures that the crossfader mixes. `coming`: voices that are to be made ready, and begin later.
    """

    voices: tuple[VoiceFrame, ...]
    fades: tuple[float, ...]
    opacity: float
    blend: str
    number: int = 1
    effects: Chain = ()
    sides: tuple[float, float] = (1.0, 1.0)
    coming: tuple[VoiceFrame, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """`time` in seconds, wrapped at 3600 so that float32 stays fine; `light` is 0 in a blackout.

    `effects` are the master's; `crossfader` 0 is side a, 1 side b.
    `date`: year, month, day, seconds of the day, for ISF files that ask; the same in every offline
    film unless it is told another. `wave`: what is heard, from the left, 128 for silence; `spectrum`: how
    loud each frequency is, 0 to 255; empty while nobody tells.
    """

    index: int
    time: float
    time_delta: float
    layers: tuple[LayerFrame, ...]
    finish: Mapping[str, Value]
    light: float
    effects: Chain = ()
    crossfader: float = 0.0
    date: Date = NO_DATE
    wave: bytes = b""
    spectrum: bytes = b""


def is_kept(frame: Frame) -> bool:
    """Whether what is drawn in this frame may be seen again in the next: none may be left out."""
    racks = (frame.effects, *(layer.effects for layer in frame.layers))
    voices = [voice for layer in frame.layers for voice in layer.voices]
    if any(racks) or any(voice.transition for voice in voices):
        return True  # a transition's time goes on only as it is drawn
    return any(voice.scene.generator or voice.scene.effects for voice in voices)
