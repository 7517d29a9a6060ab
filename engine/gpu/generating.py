"""A generator's voice on the GPU: an ISF file drawn each frame, beside a field where nothing happens.

In: a `VoiceFrame` of a scene with a generator. Out: its picture. An image that the file asks for, and
nobody gives it, is the picture of the layers below, or black; `palette_image` is the scene's palette.
"""

from __future__ import annotations

from collections.abc import Mapping

import moderngl

from engine.assets import Folder
from engine.errors import Complaint
from engine.gpu.field import Field, FieldSpec
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.live_sources import Fields, Footage
from engine.gpu.running import ALONE, Lut, Running
from engine.gpu.shelf import Shelf
from engine.gpu.start import Start
from engine.show.catalogue import Model
from engine.show.frame import Frame, VoiceFrame
from engine.show.generator import STILL, own_values

PALETTE = "palette_image"


class Generating:
    """Owns the run of one file, its palette and its still field. Lives as a `Running` does."""

    def __init__(self, context: moderngl.Context, shelf: Shelf, voice: VoiceFrame) -> None:
        """Raises `MorphogenError` if the file does not compile."""
        generator = voice.scene.generator
        assert generator is not None
        self.model: Model = STILL
        self._run = IsfRun(context, shelf, generator, (1, 1))
        self._palette = Lut(context)
        self.field = Field(context, FieldSpec(voice.columns, voice.rows, 1))
        self.field.fill(STILL.rest)

    def prepare(self, size: tuple[int, int]) -> None:
        """Be ready to draw pictures of this size, beside the frame."""
        self._run.prepare(size)

    def take_complaints(self) -> list[Complaint]:
        """Nothing is missing but what was said at the beginning."""
        return []

    def adopt(self, model: Model) -> bool:
        """Whatever models become: it has none."""
        return True

    def step(self, voice: VoiceFrame, fields: Fields = ALONE) -> None:
        """Nothing happens but by drawing."""

    def draw(
        self,
        voice: VoiceFrame,
        frame: Frame,
        picture: moderngl.Framebuffer,
        below: moderngl.Texture | None = None,
    ) -> None:
        """Draw the next frame of the file into `picture`; `below` is what lies under its layer."""
        generator = voice.scene.generator
        assert generator is not None
        if generator != self._run.effect:
            self._run.adopt(generator)
        images: dict[str, moderngl.Texture] = {}
        if PALETTE in generator.images:
            images[PALETTE] = self._palette.follow(voice)
        values = own_values(generator, voice.values)
        clock = Clock(voice.seconds, frame.date)
        self._run.draw(values, images, picture, clock, other=below)

    def release(self) -> None:
        self._run.release()
        self._palette.release()
        self.field.release()


Voiced = Running | Generating


def begin_voice(
    context: moderngl.Context,
    shelf: Shelf,
    models: Mapping[str, Model],
    voice: VoiceFrame,
    folder: Folder,
    footage: Footage | None = None,
    start: Start | None = None,
) -> Voiced:
    """A voice as its scene wants it. Raises `MorphogenError` if it cannot begin; see `Running`."""
    if voice.scene.generator:
        return Generating(context, shelf, voice)
    model = models[voice.scene.model]
    return Running(context, shelf, model, voice, folder, footage, start)
