"""Sources that change from frame to frame: a film, what hands draw, another layer's field.

Each owns a texture of one number per texel, 0..1, made when its scene begins. None waits or makes
anything within a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import moderngl
import numpy as np

from engine.errors import Complaint, MorphogenError
from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Model
from engine.show.frame import Splat
from engine.show.sources.source import MASK, Source

ROWS = 160
MARKS = 16  # in one pass


class Reel(Protocol):
    """A film or a camera that somebody decodes beside the frame."""

    def take(self, seconds: float) -> bytes | None: ...

    def complaints(self) -> list[Complaint]: ...

    def close(self) -> None: ...


class Footage(Protocol):
    """Whoever opens reels: gpu opens no device and no film itself."""

    def open(self, source: Source, size: tuple[int, int]) -> Reel: ...


Fields = Mapping[int, tuple[Field, Model]]
"""The fields of the layers, by number: of the voice that is being played on each."""


class Film:
    """A video or a camera: its newest picture, written into the texture."""

    def __init__(
        self, context: moderngl.Context, source: Source, aspect: float, footage: Footage | None
    ) -> None:
        size = max(round(ROWS * aspect / 4) * 4, 4), ROWS  # rows of whole words
        blank = b"\xff" if source.name == MASK else b"\x00"
        self.texture = context.texture(size, 1, blank * (size[0] * size[1]), dtype="f1")
        self.texture.repeat_x = self.texture.repeat_y = False
        self.complaints: list[Complaint] = []
        self._seconds = 0.0
        self._reel: Reel | None = None
        try:
            self._reel = footage.open(source, size) if footage else None
        except MorphogenError as error:
            self.complaints += error.complaints

    def follow(self, seconds: float, marks: Sequence[Splat], fields: Fields) -> None:
        if self._reel is None:
            return
        picture = self._reel.take(self._seconds)
        self._seconds += seconds
        if picture is not None:
            self.texture.write(picture)
        self.complaints += self._reel.complaints()

    def release(self) -> None:
        if self._reel:
            self._reel.close()
        self.texture.release()


class Drawing:
    """What hands draw by `/draw`; it fades."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, source: Source, aspect: float
    ) -> None:
        self.complaints: list[Complaint] = []
        self._shelf, self._source, self._aspect = shelf, source, aspect
        shelf.pick("draw")
        size = max(round(ROWS * aspect), 1), ROWS
        self._textures = [context.texture(size, 1, dtype="f2") for _ in range(2)]
        self._targets = [context.framebuffer([texture]) for texture in self._textures]
        self._context = context
        for target, texture in zip(self._targets, self._textures, strict=True):
            target.clear()
            texture.repeat_x = texture.repeat_y = False
        self._present = 0
        self._left_s = 0.0  # until nothing of it is seen any more

    @property
    def texture(self) -> moderngl.Texture:
        return self._textures[self._present]

    def follow(self, seconds: float, marks: Sequence[Splat], fields: Fields) -> None:
        fade = self._source.arguments["fade"]
        if marks:
            self._left_s = 12.0 * fade  # e^-12 is below what a half float adds to 1
        if self._left_s <= 0.0:
            return
        self._left_s -= seconds
        keep = float(np.exp(-seconds / fade)) if self._left_s > 0.0 else 0.0
        for first in range(0, max(len(marks), 1), MARKS):
            self._draw(marks[first : first + MARKS], keep)
            keep = 1.0

    def release(self) -> None:
        for target, texture in zip(self._targets, self._textures, strict=True):
            target.release()
            texture.release()

    def _draw(self, marks: Sequence[Splat], keep: float) -> None:
        table = np.zeros((MARKS, 4), np.float32)
        if marks:
            table[: len(marks)] = [(m.x, m.y, m.radius, m.amount) for m in marks]
        program = self._shelf.pick("draw")
        program.set(
            {
                "marks": table.ravel().tolist(),
                "mark_count": len(marks),
                "aspect": self._aspect,
                "keep": keep,
            }
        )
        self._context.clear_samplers(0, 1)
        self.texture.use(0)
        self._targets[1 - self._present].use()
        program.bind()
        program.draw()
        self._present = 1 - self._present


class Tap:
    """Another layer's field, or its own as it was a frame ago: its body or its light."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, source: Source, aspect: float
    ) -> None:
        self.complaints: list[Complaint] = []
        self._shelf, self._source = shelf, source
        shelf.pick("tap")
        self.texture = context.texture((max(round(ROWS * aspect), 1), ROWS), 1, dtype="f2")
        self.texture.repeat_x = self.texture.repeat_y = False
        self._target = context.framebuffer([self.texture])
        self._target.clear()
        self._smooth = context.sampler(False, False, filter=(moderngl.LINEAR, moderngl.LINEAR))

    def follow(self, seconds: float, marks: Sequence[Splat], fields: Fields) -> None:
        found = fields.get(self._source.arguments["layer"])
        if found is None:  # layers come and go
            self._target.clear()
            return
        field, model = found
        program = self._shelf.pick("tap")
        shown = model.shown[self._source.arguments["channel"] == "light"]
        program.set({"weights": (*shown, 0.0)})
        self._target.use()
        field.front.use(0)
        self._smooth.use(0)
        program.bind()
        program.draw()
        self._smooth.clear(0)

    def release(self) -> None:
        for part in (self._target, self.texture, self._smooth):
            part.release()
