"""The sources of a running scene on the GPU: one texture each, one number per texel.

In: the scene's sources, and each frame what changes them. Out: textures by name for the step to
bind. A source whose file is missing or broken is said once and stands at 0: it leaves every
parameter as it is; a mask stands at 1.
"""

from __future__ import annotations

from collections.abc import Mapping

import moderngl
import numpy as np

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.live_sources import Drawing, Fields, Film, Footage, Tap
from engine.gpu.shelf import Shelf
from engine.show.frame import VoiceFrame
from engine.show.sources.source import MASK, Source
from engine.show.sources.source_pictures import draw_source

NOISE_STEP = 1009  # between the numbers that sources of noise are drawn from


class Sources:
    """Owns the textures, and what changes them."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        voice: VoiceFrame,
        folder: Folder,
        footage: Footage | None = None,
    ) -> None:
        """`folder` is where files lie; `footage` opens films, without it they stand at 0."""
        self._complaints: list[Complaint] = []
        self._context = context
        self._still: dict[str, moderngl.Texture] = {}
        self._live: dict[str, Film | Drawing | Tap] = {}
        aspect = voice.columns / voice.rows
        for number, source in enumerate(voice.scene.sources):
            if source.kind in ("video", "camera"):
                self._live[source.name] = Film(context, source, aspect, footage)
            elif source.kind == "drawn":
                self._live[source.name] = Drawing(context, shelf, source, aspect)
            elif source.kind == "layer":
                self._live[source.name] = Tap(context, shelf, source, aspect)
            else:
                seed = voice.seed + NOISE_STEP * number
                self._still[source.name] = self._draw(source, aspect, seed, folder)

    @property
    def textures(self) -> Mapping[str, moderngl.Texture]:
        return {**self._still, **{name: part.texture for name, part in self._live.items()}}

    def follow(self, voice: VoiceFrame, fields: Fields) -> None:
        """Bring what changes up to this frame. `fields` are the layers' as they are now."""
        for part in self._live.values():
            part.follow(voice.seconds, voice.marks, fields)

    def take_complaints(self) -> list[Complaint]:
        """What was not there or broke since this was last asked: each is said once."""
        said, self._complaints = self._complaints, []
        for part in self._live.values():
            if part.complaints:
                said += part.complaints
                part.complaints = []
        return said

    def release(self) -> None:
        for part in (*self._still.values(), *self._live.values()):
            part.release()

    def _draw(self, source: Source, aspect: float, number: int, folder: Folder) -> moderngl.Texture:
        try:
            picture = draw_source(source, aspect, number, folder)
        except MorphogenError as error:
            self._complaints += error.complaints
            picture = np.full((1, 1), 1.0 if source.name == MASK else 0.0, np.float32)
        rows, columns = picture.shape
        texture = self._context.texture((columns, rows), 1, picture.tobytes(), dtype="f4")
        texture.repeat_x = texture.repeat_y = source.kind == "noise" or source.drift != 0.0
        return texture
