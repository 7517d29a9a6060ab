"""A running voice on the GPU: its field, the trail behind it, its sources and its palette.

In: a `VoiceFrame` each frame. Out: the field stepped, then its look drawn into a given picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import moderngl
import numpy as np

from engine.assets import Folder
from engine.errors import Complaint
from engine.gpu.carry import Carrier
from engine.gpu.field import Field, FieldSpec
from engine.gpu.live_sources import Fields, Footage
from engine.gpu.shelf import Shelf
from engine.gpu.sources import Sources
from engine.gpu.start import Start, make_start
from engine.gpu.stepping import make_stepper
from engine.gpu.take import take_body
from engine.gpu.touch import draw_splats
from engine.gpu.trail import Trail, shown_values
from engine.gpu.turning import Course, take_over, turn
from engine.show.becoming import can_become
from engine.show.catalogue import Model
from engine.show.frame import Frame, Splat, VoiceFrame
from engine.show.seeds.seed import TAKEN

ALONE: Fields = {}


class Lut:
    """Owns a palette's texture: 256 colours in linear light, and above them its accent."""

    def __init__(self, context: moderngl.Context) -> None:
        self._texture = context.texture((256, 2), 3, dtype="f2")
        self._version = 0

    def follow(self, voice: VoiceFrame) -> moderngl.Texture:
        """The texture, written anew if the voice's colours have changed."""
        if voice.lut_version != self._version:
            rows = np.empty((2, 256, 3), np.float16)
            rows[0], rows[1] = voice.lut, voice.accent
            self._texture.write(rows.tobytes())
            self._version = voice.lut_version
        return self._texture

    def release(self) -> None:
        self._texture.release()


class Running:
    """Owns the textures of one voice. Made when a scene begins, released when it has left."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        model: Model,
        voice: VoiceFrame,
        folder: Folder,
        footage: Footage | None = None,
        start: Start | None = None,
    ) -> None:
        """Draw the seed. `folder` is where images lie, `footage` opens films, `start` is what was worked
        out ahead. Raises `MorphogenError` without a seed's
        image, and if the scene's shaders do not compile.
        """
        scene = voice.scene
        program = shelf.step(model, scene.variation, scene.border)
        shelf.look(scene.look)
        self._shelf = shelf
        self.model: Model = model
        self._spec = FieldSpec(
            voice.columns,
            voice.rows,
            len(model.channels),
            scene.border,
            scene.border_value,
            model.half,
        )
        if start is None:
            start = make_start(model, voice, folder)
        self._context = context
        self._field = Field(context, self._spec)
        self._field.write(start.state)
        self._stepper = make_stepper(context, program, self._spec, voice.seed, start.agents)
        self._trail = Trail(context, shelf, self._spec)
        self._palette = Lut(context)
        self._sources = Sources(context, shelf, voice, start, footage)
        self._carrier = Carrier(context, shelf) if scene.flow else None
        self._smooth = context.sampler(False, False, filter=(moderngl.LINEAR, moderngl.LINEAR))

    def inherit(self, origin: Running, voice: VoiceFrame) -> None:
        """Take over what is there, in the frame in which the voice begins, if it is to grow from that."""
        context, shelf, seed = self._context, self._shelf, voice.scene.seed
        old, new = (origin.model, origin.field), (self.model, self._field)
        if voice.becoming and can_become(origin.model, self.model):
            take_over(context, shelf, old, new)
        elif seed.kind in TAKEN:
            take_body(context, shelf, old, new, seed)

    @property
    def field(self) -> Field:
        return self._field

    def take_complaints(self) -> list[Complaint]:
        """What was not there or broke since this was last asked: each is said once."""
        return self._sources.take_complaints()

    def adopt(self, model: Model) -> bool:
        """Go on with an edited model; False if its field would no longer fit."""
        same = ("channels", "half", "potential", "passes", "tables", "agents")
        if any(getattr(model, name) != getattr(self.model, name) for name in same):
            return False
        self.model = model
        return True

    def step(self, voice: VoiceFrame, fields: Fields = ALONE) -> None:
        """Clear, touch and step the field, and let the trail follow. `fields` are the layers'."""
        self._begin(voice, fields, voice.splats, voice.clear)
        self._course(voice).step(voice.steps)
        self._trail.follow(self._field, self.model.shown, voice.seconds)

    def step_into(
        self, voice: VoiceFrame, other: Running, turned: VoiceFrame, fields: Fields = ALONE
    ) -> None:
        """Step together with `other`, whose frame is `turned`: this one's equation turns into its.
        Both are touched and cleared as one."""
        if turned.becoming is None or not can_become(self.model, other.model):
            self.step(voice, fields)
            other.step(turned, fields)
            return
        splats = (*voice.splats, *turned.splats)
        parts = ((self, voice), (other, turned))
        for running, frame in parts:
            running._begin(frame, fields, splats, turned.clear)
        turn(self._shelf, self._course(voice), other._course(turned), turned.becoming.weight)
        for running, frame in parts:
            running._trail.follow(running._field, running.model.shown, frame.seconds)

    def draw(
        self,
        voice: VoiceFrame,
        frame: Frame,
        picture: moderngl.Framebuffer,
        below: moderngl.Texture | None = None,
    ) -> None:
        """Draw the scene's look into `picture`, in linear light; no look reads what lies `below`."""
        palette = self._palette.follow(voice)
        program = self._shelf.look(voice.scene.look)
        picture.use()
        self._field.use(0)
        self._trail.texture.use(1)
        palette.use(2)
        self._trail.smooth.use(1)
        self._smooth.use(2)
        standard = standard_values(frame, voice.seconds, picture.size)
        program.set({**voice.values, **standard, **shown_values(self.model.shown)})
        program.bind()
        program.draw()
        for unit in (0, 1, 2):
            self._smooth.clear(unit)

    @property
    def looks_at(self) -> set[int]:
        """The layers whose pictures its sources read; 0: the whole of them."""
        return self._sources.looks_at

    def look(self, layer: int, picture: moderngl.Texture) -> None:
        """A layer's picture of this frame, for sources that read it in the next."""
        self._sources.look(layer, picture)

    def release(self) -> None:
        parts = (self._field, self._stepper, self._trail, self._palette, self._sources)
        for part in (*parts, self._smooth):
            part.release()
        if self._carrier:
            self._carrier.release()

    def _begin(
        self, voice: VoiceFrame, fields: Fields, splats: Sequence[Splat], clear: bool
    ) -> None:
        """What happens to the field before its steps."""
        if (voice.columns, voice.rows) != (self._spec.columns, self._spec.rows):
            self._resize(voice)
        self._sources.follow(voice, fields)
        if clear:
            self._field.fill(self.model.rest)
            self._stepper.clear()
        draw_splats(self._shelf, self._field, self.model, splats, voice.scale)
        if self._carrier:
            self._carrier.carry(self._field, voice, self._sources.textures, fields)

    def _course(self, voice: VoiceFrame) -> Course:
        scene = voice.scene
        program = self._shelf.step(self.model, scene.variation, scene.border)

        def step(steps: int) -> None:
            self._stepper.step(
                self._field,
                program,
                voice.values,
                dt=voice.dt,
                steps=steps,
                scale=voice.scale,
                sources=self._sources.textures,
            )

        return Course(self.model, self._field, voice.steps, step)

    def _resize(self, voice: VoiceFrame) -> None:
        """Go on upon as many cells as the voice now has: those of the one that it turns into."""
        before, scene = self._field, voice.scene
        program = self._shelf.step(self.model, scene.variation, scene.border)
        self._spec = replace(self._spec, columns=voice.columns, rows=voice.rows)
        self._field = Field(self._context, self._spec)
        self._stepper.release()
        self._stepper = make_stepper(self._context, program, self._spec, voice.seed)
        take_over(self._context, self._shelf, (self.model, before), (self.model, self._field))
        before.release()


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
