"""The sources of a running scene on the GPU: one texture each, one number per texel.

In: the scene's sources, and each frame what changes them. Out: textures by name for the step to
bind. A source whose file is missing or broken is said once and stands at 0: it leaves every
parameter as it is; a mask stands at 1.
"""

from __future__ import annotations

from collections.abc import Mapping

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.errors import Complaint
from engine.gpu.glance import Glance
from engine.gpu.live_sources import Drawing, Fields, Film, Footage, Tap
from engine.gpu.shelf import Shelf
from engine.gpu.start import Start
from engine.show.frame import VoiceFrame
from engine.show.sources.source import Source


class Sources:
    """Owns the textures, and what changes them."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        voice: VoiceFrame,
        start: Start,
        footage: Footage | None = None,
    ) -> None:
        """`start` has the pictures of those that stand still; `footage` opens films, without it they
        stand at 0."""
        self._complaints = list(start.complaints)
        self._context = context
        self._still: dict[str, moderngl.Texture] = {}
        self._live: dict[str, Film | Drawing | Tap | Glance] = {}
        aspect = voice.columns / voice.rows
        for source in voice.scene.sources:
            if source.kind in ("video", "camera"):
                self._live[source.name] = Film(context, source, aspect, footage)
            elif source.kind == "drawn":
                self._live[source.name] = Drawing(context, shelf, source, aspect)
            elif source.kind == "layer":
                self._live[source.name] = Tap(context, shelf, source, aspect)
            elif source.kind == "picture":
                self._live[source.name] = Glance(context, shelf, source, aspect)
            else:
                self._still[source.name] = self._put(source, start.pictures[source.name])

    @property
    def textures(self) -> Mapping[str, moderngl.Texture]:
        return {**self._still, **{name: part.texture for name, part in self._live.items()}}

    def follow(self, voice: VoiceFrame, fields: Fields) -> None:
        """Bring what changes up to this frame. `fields` are the layers' as they are now."""
        for part in self._live.values():
            part.follow(voice.seconds, voice.marks, fields)

    @property
    def looks_at(self) -> set[int]:
        """The layers whose pictures are read; 0: the whole of them."""
        return {part.layer for part in self._live.values() if isinstance(part, Glance)}

    def look(self, layer: int, picture: moderngl.Texture) -> None:
        """A layer's picture of this frame, for the next: its light is kept where a source reads it."""
        for part in self._live.values():
            if isinstance(part, Glance) and part.layer == layer:
                part.take(picture)

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

    def _put(self, source: Source, picture: NDArray[np.float32]) -> moderngl.Texture:
        rows, columns = picture.shape
        texture = self._context.texture((columns, rows), 1, picture.tobytes(), dtype="f4")
        texture.repeat_x = texture.repeat_y = source.kind == "noise" or source.drift != 0.0
        return texture
