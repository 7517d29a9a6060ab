"""What to listen to, and the controls that what is heard is. Facts only, light to import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.desk.control import Control

DEVICE = "audio"  # of the controls
BANDS = ("level", "bass", "mid", "treble", "flux", "onset")


PICTURES = ("/audio/wave", "/audio/spectrum")  # blobs; see portrait.py


class Flag(Protocol):
    """A truth that two processes share: without a lock, for one of them may die at any time."""

    value: int


@dataclass(frozen=True, slots=True)
class EarSettings:
    """What to listen to: a device by its name or a part of it, or a file, which `ffmpeg` decodes.

    `exact`: of that whole name only, and no other. `channels` from 1 are mixed; none: the first two.
    `ring`: the folder in which what is heard is kept for films; None: it is not.
    """

    device: str = ""
    file: Path | None = None
    channels: tuple[int, ...] = ()
    ffmpeg: str = ""
    exact: bool = False
    ring: Path | None = None


def band_control(name: str) -> Control:
    """The control that one of BANDS is."""
    return Control(DEVICE, "audio", path=name)
