"""A running voice on the GPU: its field, the trail behind it, its sources and its palette.

In: a `VoiceFrame` each frame. Out: the field stepped, then its look drawn into a given picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import moderngl
import numpy as np

from engine.errors import Complaint, MorphogenError
from engine.gpu.carry import Carrier
from engine.gpu.field import Field, FieldSpec
from engine.gpu.live_sources import Fields, Footage
from engine.gpu.mixed import MixedProgram
from engine.gpu.shelf import Shelf
from engine.gpu.sources import Sources
from engine.gpu.stepping import make_stepper
from engine.gpu.take import take_field
from engine.gpu.touch import draw_splats
from engine.gpu.trail import Trail, shown_values
from engine.show.becoming import Becoming, can_become, shown_after, translate
from engine.show.catalogue import Model, Shown
from engine.show.frame import Frame, VoiceFrame
from engine.show.seed import make_seed
from engine.show.source import Variation

ALONE: Fields = {}


class Running:
    """Owns the textures of one voice. Made when a scene begins, released when it has left."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        model: Model,
        voice: VoiceFrame,
        folder: Path,
        footage: Footage | None = None,
        origin: Running | None = None,
    ) -> None:
        """Draw the seed. `folder` is where images lie, `footage` opens films, `origin` is what was
        there before. Raises `MorphogenError` without a seed's image, and if the scene's shaders do
        not compile.
        """
        scene = voice.scene
        program = shelf.step(model, scene.variation, scene.border)
        shelf.look(scene.look)
        self._shelf = shelf
        self.model: Model = model
        self._variation = scene.variation
        self._complaints: list[Complaint] = []
        self._cannot_mix = False
        turns = bool(origin and voice.becoming and can_become(origin.model, model))
        if origin and turns:
            self._mix(origin)
        self._spec = FieldSpec(
            voice.columns,
            voice.rows,
            len(model.channels),
            scene.border,
            scene.border_value,
            model.half,
        )
        start = make_seed(
            scene.seed,
            voice.rows,
            voice.columns,
            voice.seed,
            model.rest,
            model.brush,
            folder,
            alone=origin is None,
        )
        self._context = context
        self._field = Field(context, self._spec)
        self._field.write(start)
        self._stepper = make_stepper(context, program, self._spec, voice.seed)
        self._trail = Trail(context, shelf, self._spec)
        self._palette = context.texture((256, 2), 3, dtype="f2")
        self._lut_version = 0
        self._sources = Sources(context, shelf, voice, folder, footage)
        self._carrier = Carrier(context, shelf) if scene.flow else None
        self._smooth = context.sampler(False, False, filter=(moderngl.LINEAR, moderngl.LINEAR))
        self._turned: Running | None = None
        if origin and (turns or scene.seed.kind == "previous"):
            seed = None if turns else scene.seed
            take_field(context, shelf, (origin.model, origin.field), (model, self._field), seed)

    @property
    def field(self) -> Field:
        return self._field

    @property
    def variation(self) -> Variation:
        """What its scene adds to the model's step."""
        return self._variation

    @property
    def sources(self) -> Mapping[str, moderngl.Texture]:
        return self._sources.textures

    def take_complaints(self) -> list[Complaint]:
        """What was not there or broke since this was last asked: each is said once."""
        said, self._complaints = self._complaints, []
        return said + self._sources.take_complaints()

    def adopt(self, model: Model) -> bool:
        """Go on with an edited model; False if its field would no longer fit."""
        same = ("channels", "half", "potential", "passes", "tables", "agents")
        if any(getattr(model, name) != getattr(self.model, name) for name in same):
            return False
        self.model = model
        return True

    def turn_into(self, other: Running | None) -> None:
        """Show the field of `other`, whose equation this one's turns into; None: its own again."""
        fits = other is not None and can_become(self.model, other.model)
        self._turned = other if fits else None

    def step(
        self, voice: VoiceFrame, fields: Fields = ALONE, origin: Running | None = None
    ) -> None:
        """Clear, touch and step the field, and let the trail follow.

        `fields` are the layers'; `origin` is what turns into this voice, while `voice.becoming`.
        """
        self._variation = voice.scene.variation
        self._sources.follow(voice, fields)
        if voice.clear:
            self._field.fill(self.model.rest)
            self._stepper.clear()
        draw_splats(self._shelf, self._field, self.model, voice.splats, voice.scale)
        if self._carrier:
            self._carrier.carry(self._field, voice, self._sources.textures, fields)
        program = self._mix(origin) if origin and voice.becoming else None
        if origin and voice.becoming and program:
            self._step_mixed(program, voice, voice.becoming, origin)
        else:
            self._step_own(voice)
        field, shown = self._seen
        self._trail.follow(field, shown, voice.seconds)

    def draw(self, voice: VoiceFrame, frame: Frame, picture: moderngl.Framebuffer) -> None:
        """Draw the scene's look into `picture`, in linear light."""
        if voice.lut_version != self._lut_version:
            rows = np.empty((2, 256, 3), np.float16)
            rows[0], rows[1] = voice.lut, voice.accent
            self._palette.write(rows.tobytes())
            self._lut_version = voice.lut_version
        program = self._shelf.look(voice.scene.look)
        picture.use()
        field, shown = self._seen
        field.use(0)
        self._trail.texture.use(1)
        self._palette.use(2)
        self._trail.smooth.use(1)
        self._smooth.use(2)
        standard = standard_values(frame, voice.seconds, picture.size)
        program.set({**voice.values, **standard, **shown_values(shown)})
        program.bind()
        program.draw()
        for unit in (0, 1, 2):
            self._smooth.clear(unit)

    def release(self) -> None:
        parts = (self._field, self._stepper, self._trail, self._palette, self._sources)
        for part in (*parts, self._smooth):
            part.release()
        if self._carrier:
            self._carrier.release()

    @property
    def _seen(self) -> tuple[Field, tuple[Shown, ...]]:
        """The field that is looked at, and what is shown of its state."""
        other = self._turned
        if other is None:
            return self._field, self.model.shown
        return other.field, shown_after(self.model, translate(self.model, other.model))

    def _step_own(self, voice: VoiceFrame) -> None:
        scene = voice.scene
        program = self._shelf.step(self.model, scene.variation, scene.border)
        self._stepper.step(
            self._field,
            program,
            voice.values,
            dt=voice.dt,
            steps=voice.steps,
            scale=voice.scale,
            sources=self._sources.textures,
        )

    def _mix(self, origin: Running) -> MixedProgram | None:
        """The step between the two; None, and said once, where there is none: it turns at once."""
        if self._cannot_mix or not can_become(origin.model, self.model):
            return None
        try:
            return self._shelf.mix(origin.model, origin.variation, self.model, self._variation)
        except MorphogenError as error:
            self._cannot_mix = True
            self._complaints += error.complaints
            return None

    def _step_mixed(
        self, program: MixedProgram, voice: VoiceFrame, becoming: Becoming, origin: Running
    ) -> None:
        program.step(
            self._context,
            self._field,
            voice.values,
            becoming,
            dt=voice.dt,
            steps=voice.steps,
            scale=voice.scale,
            sources=self._sources.textures,
            old_sources=origin.sources,
        )


def standard_values(
    frame: Frame, seconds: float, size: tuple[int, int]
) -> dict[str, float | tuple[float, ...]]:
    """What ISF promises every pass, but for DATE: nothing that is drawn may depend on the calendar."""
    return {
        "RENDERSIZE": (float(size[0]), float(size[1])),
        "TIME": frame.time,
        "TIMEDELTA": seconds,
        "FRAMEINDEX": frame.index,
    }
