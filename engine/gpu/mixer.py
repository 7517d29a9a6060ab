"""The mixer: fields are stepped, voices become layers, layers one picture, the picture light on a wall.

voices (stepped) -> compositor (looks, effects, fades, layers) -> light
light -> shrink, blur -> shrink, blur -> finish (glow, vignette, grain, master, dither) -> picture
"""

from __future__ import annotations

from collections.abc import Mapping

import moderngl

from engine.assets import Folder
from engine.errors import Complaint
from engine.gpu.compositor import Compositor
from engine.gpu.effects import EffectRuns
from engine.gpu.generating import Voiced
from engine.gpu.live_sources import Footage
from engine.gpu.painter import Painter
from engine.gpu.pool import make_picture, release_picture
from engine.gpu.running import standard_values
from engine.gpu.shelf import Shelf
from engine.gpu.voices import CannotBeginError as CannotBeginError
from engine.gpu.voices import Voices
from engine.show.catalogue import Effect, Model
from engine.show.frame import Frame
from engine.show.life.life import Pulse

NO_EFFECTS: Mapping[str, Effect] = {}
AT_ONCE = 64  # pieces of work where nobody waits for a picture


class Mixer:
    """Owns the running voices, effects and intermediate pictures. `picture` is RGBA8, sRGB, dithered;
    `light` what it was made of, in half floats, until the next frame is composed."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        size: tuple[int, int],
        models: Mapping[str, Model],
        seeds: Folder,
        footage: Footage | None = None,
        effects: Mapping[str, Effect] = NO_EFFECTS,
    ) -> None:
        """`seeds` is where images lie, `footage` opens films and cameras; `effects`: all effects and
        transitions."""
        self.shelf = shelf
        self._context = context
        self._voices = Voices(context, shelf, models, seeds, footage)
        self._painter = Painter(context, shelf)
        self._effects = EffectRuns(context, shelf, self._painter, effects)
        self._resize(size)

    @property
    def models(self) -> Mapping[str, Model]:
        return self._voices.models

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.size

    def resize(self, size: tuple[int, int]) -> None:
        """Give the picture another size; fields keep theirs."""
        if size != self.size:
            self._release_pictures()
            self._resize(size)

    def forget(self) -> None:
        """Let go of all voices and effects; the next frame begins its own."""
        self._voices.forget()
        self._effects.forget()

    def adopt(
        self, models: Mapping[str, Model], effects: Mapping[str, Effect] = NO_EFFECTS
    ) -> None:
        """Take edited models and effects. A field whose channels or precision changed begins anew."""
        self._voices.adopt(models)
        self._effects.adopt(effects)

    def take_complaints(self) -> list[Complaint]:
        """What scenes go on without: files of sources that are missing, effects that do not compile."""
        said, self._effects.complaints = self._effects.complaints, []
        return [*self._voices.take_complaints(), *said]

    def running(self, key: int) -> Voiced | None:
        """A voice's GPU side, for tests and tools."""
        return self._voices.find(key)

    def begins(self, frame: Frame) -> bool:
        """Whether something in this frame is not ready: its shaders may have to be compiled."""
        return self._voices.begins(frame) or self._effects.needs(frame)

    def remembers(self, frame: Frame) -> bool:
        """Whether later pictures depend on this one, so that it must be made even if nobody sees it."""
        return bool(self._voices.looks_at) or self._effects.remembers(frame)

    def prepare(self, frame: Frame) -> bool:
        """Beside a frame: make ready a piece of what it announces; False if there was nothing to do."""
        return self._voices.prepare(frame, self.size) or self._effects.prepare(frame, self.size)

    def prepare_all(self, frame: Frame) -> None:
        """The same, all of it: where nobody waits for a picture."""
        for _ in range(AT_ONCE):
            if not self.prepare(frame):
                return

    def step(self, frame: Frame) -> None:
        """Begin and end voices, and step every field as the frame says.

        Raises `CannotBeginError`, before anything is stepped.
        """
        self._voices.step(frame)

    def take_pulses(self) -> list[Pulse]:
        """How the fields were some frames ago; to be called once a frame. Never waits."""
        return self._voices.take_pulses()

    def compose(self, frame: Frame) -> None:
        """Draw the picture of a frame that has been stepped."""
        self.shelf.sounds.follow(frame.wave, frame.spectrum)
        self.light = self._compositor.compose(frame, self._voices, self._effects)
        self._finish(self.light, frame)

    def release(self) -> None:
        self._voices.release()
        self._effects.forget()
        self._release_pictures()
        self._painter.release()

    def _finish(self, image: moderngl.Framebuffer, frame: Frame) -> None:
        halo = self._halo(image, self._halos[:2])
        wide = self._halo(halo, self._halos[2:])
        program = self.shelf.pick("finish")
        program.set(
            {
                **standard_values(frame, frame.time_delta, self.size),
                **frame.finish,
                "master_light": frame.light,
            }
        )
        self._painter.draw("finish", self.picture, image, halo, wide)

    def _halo(
        self, image: moderngl.Framebuffer, pair: list[moderngl.Framebuffer]
    ) -> moderngl.Framebuffer:
        """A quarter of `image`, blurred, in the first of the pair."""
        first, second = pair
        draw = self._painter.draw
        draw("shrink", first, image)
        blur = self.shelf.pick("blur")
        blur.set({"along": (1.0, 0.0)})
        draw("blur", second, first)
        blur.set({"along": (0.0, 1.0)})
        draw("blur", first, second)
        return first

    def _resize(self, size: tuple[int, int]) -> None:
        width, height = size
        self._compositor = Compositor(self._context, self._painter, size)
        self._halos = [
            make_picture(self._context, (width // part, height // part)) for part in (4, 4, 16, 16)
        ]
        self.picture = make_picture(self._context, size, "f1")
        self.light = self._compositor.pool.take()

    def _release_pictures(self) -> None:
        self._compositor.release()
        for picture in (*self._halos, self.picture):
            release_picture(picture)
