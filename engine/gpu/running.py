"""A running voice on the GPU: its field, the trail behind it, its sources and its palette.

In: a `VoiceFrame` each frame. Out: the field stepped, then its look drawn into a given picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import moderngl
import numpy as np

from engine.errors import Complaint
from engine.gpu.carry import Carrier
from engine.gpu.field import Field, FieldSpec
from engine.gpu.live_sources import Fields, Footage
from engine.gpu.shelf import Shelf
from engine.gpu.sources import Sources
from engine.gpu.stepping import make_stepper
from engine.show.catalogue import Model
from engine.show.frame import Frame, Splat, VoiceFrame
from engine.show.seed import make_seed

SPLATS = 16  # in one pass
TRAIL_SLOW, TRAIL_FADE = 2.5, 1.2  # seconds: of the slow mean, of the glow of what moved

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
    ) -> None:
        """Draw the seed. `folder` is where images lie, `footage` opens films. Raises
        `MorphogenError` without a seed's image, and if the scene's shaders do not compile.
        """
        scene = voice.scene
        program = shelf.step(model, scene.variation, scene.border)
        shelf.look(scene.look)
        self._shelf = shelf
        self.model = model
        self._spec = FieldSpec(
            voice.columns,
            voice.rows,
            len(model.channels),
            scene.border,
            scene.border_value,
            model.half,
        )
        start = make_seed(
            scene.seed, voice.rows, voice.columns, voice.seed, model.rest, model.brush, folder
        )
        self._field = Field(context, self._spec)
        self._field.write(start)
        self._stepper = make_stepper(context, program, self._spec, voice.seed)
        # Seen smoothly enlarged: half the rows are enough, and a quarter of the cost.
        columns, rows = max(voice.columns // 2, 1), max(voice.rows // 2, 1)
        self._trail = Field(context, FieldSpec(columns, rows, 2, scene.border, half=True))
        self._trail.fill((0.0, 0.0))
        self._new = True
        self._palette = context.texture((256, 2), 3, dtype="f2")
        self._lut_version = 0
        self._sources = Sources(context, shelf, voice, folder, footage)
        self._carrier = Carrier(context, shelf) if scene.flow else None
        around = scene.border == "periodic"
        self._smooth, self._smooth_trail = (
            context.sampler(repeat, repeat, filter=(moderngl.LINEAR, moderngl.LINEAR))
            for repeat in (False, around)
        )

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
        self._sources.follow(voice, fields)
        if voice.clear:
            self._field.fill(self.model.rest)
            self._stepper.clear()
        for first in range(0, len(voice.splats), SPLATS):
            self._draw_splats(voice.splats[first : first + SPLATS])
        scene = voice.scene
        if self._carrier:
            self._carrier.carry(self._field, voice, self._sources.textures, fields)
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
        self._follow(voice.seconds)

    def draw(self, voice: VoiceFrame, frame: Frame, picture: moderngl.Framebuffer) -> None:
        """Draw the scene's look into `picture`, in linear light."""
        if voice.lut_version != self._lut_version:
            rows = np.empty((2, 256, 3), np.float16)
            rows[0], rows[1] = voice.lut, voice.accent
            self._palette.write(rows.tobytes())
            self._lut_version = voice.lut_version
        program = self._shelf.look(voice.scene.look)
        picture.use()
        self._field.use(0)
        self._trail.front.use(1)
        self._palette.use(2)
        self._smooth_trail.use(1)
        self._smooth.use(2)
        program.set(
            {**voice.values, **standard_values(frame, voice.seconds, picture.size), **self._shown()}
        )
        program.bind()
        program.draw()
        for unit in (0, 1, 2):
            self._smooth.clear(unit)

    def release(self) -> None:
        for part in (self._field, self._stepper, self._trail, self._palette, self._sources):
            part.release()
        if self._carrier:
            self._carrier.release()
        for sampler in (self._smooth, self._smooth_trail):
            sampler.release()

    def _shown(self) -> Mapping[str, Sequence[float]]:
        body, light = self.model.shown
        return {"shown_body": (*body, 0.0), "shown_light": (*light, 0.0)}

    def _draw_splats(self, splats: Sequence[Splat]) -> None:
        program = self._shelf.pick("splat")
        table = np.zeros((SPLATS, 4), np.float32)
        table[: len(splats)] = [(s.x, s.y, s.radius, s.amount) for s in splats]
        periodic = float(self._spec.border == "periodic")
        program.set(
            {
                "splats": table.ravel().tolist(),
                "brush_state": (*self.model.brush, 0.0, 0.0, 0.0)[:4],
                "rest_state": (*self.model.rest, 0.0, 0.0, 0.0)[:4],
                "around": (periodic, periodic),
                "aspect": self._spec.columns / self._spec.rows,
                "splat_count": len(splats),
            }
        )
        self._field.target.use()
        self._field.use(0)
        program.bind()
        program.draw()
        self._field.swap()

    def _follow(self, seconds: float) -> None:
        program = self._shelf.pick("trail")
        slow = 1.0 if self._new else -np.expm1(-seconds / TRAIL_SLOW)
        fade = -np.expm1(-seconds / TRAIL_FADE)
        program.set({**self._shown(), "slow": float(slow), "fade": float(fade)})
        self._trail.target.use()
        self._field.use(0)
        self._trail.use(1)
        program.bind()
        program.draw()
        self._trail.swap()
        self._new = False


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
