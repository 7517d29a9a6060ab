"""What is heard, as textures for ISF files that ask: one row, a sample or a bin to each texel.

In: the wave and the spectrum of a frame. Out: textures of the sizes that files ask for. Owns them all;
whether any was asked for lately is how the ear knows that somebody looks.
"""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.isf.inputs import SoundInput

SILENT = {False: 128, True: 0}  # of a wave, of a spectrum
USUAL = {False: 256, True: 128}  # texels, where a file asks for no number


class Sounds:
    """`follow` once a frame, before anything is drawn."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._heard: dict[bool, bytes] = {False: b"", True: b""}
        self._textures: dict[tuple[bool, int], moderngl.Texture] = {}
        self._written: dict[tuple[bool, int], bytes] = {}
        self._asked = False

    def follow(self, wave: bytes, spectrum: bytes) -> None:
        """What is heard now; empty for silence."""
        self._heard = {False: wave, True: spectrum}

    def prepare(self, wanted: SoundInput) -> moderngl.Texture:
        """The texture of an input, as it was drawn last. Allocates at the first time."""
        key = wanted.spectrum, wanted.size or USUAL[wanted.spectrum]
        if key not in self._textures:
            texture = self._context.texture((key[1], 1), 1, bytes([SILENT[key[0]]]) * key[1])
            texture.swizzle = "RRR1"
            self._textures[key] = texture
            self._written[key] = b""
        return self._textures[key]

    def texture(self, wanted: SoundInput) -> moderngl.Texture:
        """The texture of an input, as it is heard now."""
        self._asked = True
        texture = self.prepare(wanted)
        spectrum, size = key = wanted.spectrum, wanted.size or USUAL[wanted.spectrum]
        heard = self._heard[spectrum]
        if self._written[key] != heard:
            levels = np.frombuffer(heard or bytes([SILENT[spectrum]]), np.uint8)
            texture.write(_fit(levels, size, spectrum).tobytes(), alignment=1)
            self._written[key] = heard
        return texture

    def take_asked(self) -> bool:
        """Whether anything was asked for since this was asked."""
        asked, self._asked = self._asked, False
        return asked

    def release(self) -> None:
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()


def _fit(levels: NDArray[np.uint8], size: int, spectrum: bool) -> NDArray[np.uint8]:
    """As many texels as are wanted; a spectrum with fewer of them keeps its peaks."""
    if spectrum and len(levels) > size and len(levels) % size == 0:
        return np.asarray(levels.reshape(size, -1).max(axis=1), np.uint8)
    places = (np.arange(size) + 0.5) * len(levels) / size - 0.5
    between = np.interp(places, np.arange(len(levels)), levels.astype(np.float64))
    return np.rint(between).astype(np.uint8)
