"""The sources of a running scene on the GPU: one texture each, one number per texel.

In: the scene's sources. Out: textures by name for the step to bind. A source whose file is missing
or broken is said once and stands at 0: it leaves every parameter as it is; a mask stands at 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import moderngl
import numpy as np

from engine.errors import Complaint, MorphogenError
from engine.show.frame import VoiceFrame
from engine.show.source import MASK, Source
from engine.show.source_pictures import draw_source


class Sources:
    """Owns the textures. `complaints` has what is to be said, until somebody takes it."""

    def __init__(self, context: moderngl.Context, voice: VoiceFrame, folder: Path) -> None:
        self.complaints: list[Complaint] = []
        self._context = context
        self._textures: dict[str, moderngl.Texture] = {}
        for number, source in enumerate(voice.scene.sources):
            aspect = voice.columns / voice.rows
            try:
                picture = draw_source(source, aspect, voice.seed + 1009 * number, folder)
            except MorphogenError as error:
                self.complaints += error.complaints
                picture = np.full((1, 1), 1.0 if source.name == MASK else 0.0, np.float32)
            self._textures[source.name] = self._make(source, picture.shape, picture.tobytes())

    @property
    def textures(self) -> Mapping[str, moderngl.Texture]:
        return self._textures

    def release(self) -> None:
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()

    def _make(self, source: Source, shape: tuple[int, ...], data: bytes) -> moderngl.Texture:
        rows, columns = shape
        texture = self._context.texture((columns, rows), 1, data, dtype="f4")
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        around = source.kind == "noise" or source.drift != 0.0
        texture.repeat_x = texture.repeat_y = around
        return texture
