"""The mixer: voices become layers, layers one picture, the picture light on a wall.

voice -> step, look -> [lay over the voices below] -> [lay over the layers below]
sum -> shrink, blur -> shrink, blur -> finish (glow, vignette, grain, master, dither) -> picture
"""

from __future__ import annotations

from collections.abc import Mapping

import moderngl

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.generating import Voiced, begin_voice
from engine.gpu.live_sources import Footage
from engine.gpu.pulse import Pulses
from engine.gpu.running import Running, standard_values
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Model
from engine.show.frame import BLENDS, Frame
from engine.show.life.life import Pulse


class CannotBeginError(MorphogenError):
    """A voice that cannot begin: its shader does not compile, or its seed's picture is not there."""

    def __init__(self, key: int, *complaints: Complaint) -> None:
        super().__init__(*complaints)
        self.key = key


class Mixer:
    """Owns the running voices and the intermediate pictures. `picture` is RGBA8, sRGB, dithered."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        size: tuple[int, int],
        models: Mapping[str, Model],
        seeds: Folder,
        footage: Footage | None = None,
    ) -> None:
        """`seeds` is where images lie, `footage` opens films and cameras."""
        self.models = models
        self._context = context
        self.shelf = shelf
        self._seeds, self._footage = seeds, footage
        self._running: dict[int, Voiced] = {}
        self._pulses = Pulses(context, shelf)
        self._linear = context.sampler(
            repeat_x=False, repeat_y=False, filter=(moderngl.LINEAR, moderngl.LINEAR)
        )
        self._resize(size)
        # Compiled and drawn once now: otherwise the first fade would have to wait for it.
        self._lay(self._pool[0], self._pool[1], 0.0, "normal", None)

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.size

    def resize(self, size: tuple[int, int]) -> None:
        """Give the picture another size; fields keep theirs."""
        if size != self.size:
            self._release_pictures()
            self._resize(size)

    def forget(self) -> None:
        """Let go of all voices; the next frame begins its own."""
        for running in self._running.values():
            running.release()
        self._running.clear()
        self._pulses.keep(())

    def adopt(self, models: Mapping[str, Model]) -> None:
        """Take edited models. A field whose channels or precision changed begins anew."""
        self.models = models
        for key, running in list(self._running.items()):
            if not running.adopt(models.get(running.model.id, running.model)):
                self._running.pop(key).release()

    def take_complaints(self) -> list[Complaint]:
        """What scenes go on without: files of sources that are missing, each once."""
        return [c for running in self._running.values() for c in running.take_complaints()]

    def running(self, key: int) -> Voiced | None:
        """A voice's GPU side, for tests and tools."""
        return self._running.get(key)

    def begins(self, frame: Frame) -> bool:
        """Whether a voice begins in this frame: its shaders may have to be compiled."""
        return any(v.key not in self._running for layer in frame.layers for v in layer.voices)

    def step(self, frame: Frame) -> None:
        """Begin and end voices, and step every field as the frame says.

        Raises `CannotBeginError`, before anything is stepped.
        """
        self._keep(frame)
        played = {layer.number: self._running[layer.voices[-1].key] for layer in frame.layers}
        fields = {number: (running.field, running.model) for number, running in played.items()}
        for layer in frame.layers:
            turned = {voice.becoming.key: voice for voice in layer.voices if voice.becoming}
            for voice in layer.voices:
                running = self._running[voice.key]
                if voice.key in turned:
                    into = turned[voice.key]
                    other = self._running[into.key]
                    assert isinstance(running, Running) and isinstance(other, Running)
                    running.step_into(voice, other, into, fields)
                elif voice.becoming is None:  # else it has been stepped by the one that it was
                    running.step(voice, fields)
            for voice in layer.voices:
                if voice.pulse:
                    running = self._running[voice.key]
                    self._pulses.ask(voice.key, running.model, running.field)

    def take_pulses(self) -> list[Pulse]:
        """How the fields were some frames ago; to be called once a frame. Never waits."""
        return self._pulses.take()

    def compose(self, frame: Frame) -> None:
        """Draw the picture of a frame that has been stepped."""
        ground: moderngl.Framebuffer | None = None
        for layer in frame.layers:
            if ground is not None and layer.opacity <= 0.0:
                continue
            whole: moderngl.Framebuffer | None = None
            for voice, fade in zip(layer.voices, layer.fades, strict=True):
                drawn = self._free(ground, whole)
                self._running[voice.key].draw(voice, frame, drawn, _texture(ground))
                whole = self._lay(whole, drawn, fade, "normal", ground) if whole else drawn
            assert whole is not None
            if ground is None and layer.opacity >= 1.0:
                ground = whole
            else:
                ground = self._lay(ground or self._black, whole, layer.opacity, layer.blend, None)
        assert ground is not None
        self._finish(ground, frame)

    def release(self) -> None:
        self.forget()
        self._release_pictures()
        self._linear.release()
        self._pulses.release()

    def _keep(self, frame: Frame) -> None:
        """Begin voices that are new, let go of those that have left."""
        voices = {voice.key: voice for layer in frame.layers for voice in layer.voices}
        for key in [key for key in self._running if key not in voices]:
            self._running.pop(key).release()
            self._pulses.keep(voices)
        for key, voice in voices.items():
            if key not in self._running:
                try:
                    self._running[key] = begin_voice(
                        self._context,
                        self.shelf,
                        self.models,
                        voice,
                        self._seeds,
                        self._footage,
                        self._running.get(voice.origin or 0),
                    )
                except MorphogenError as error:
                    raise CannotBeginError(key, *error.complaints) from None

    def _lay(
        self,
        below: moderngl.Framebuffer,
        above: moderngl.Framebuffer,
        amount: float,
        blend: str,
        kept: moderngl.Framebuffer | None,
    ) -> moderngl.Framebuffer:
        target = self._free(below, above, kept)
        program = self.shelf.pick("lay")
        program.set({"amount": amount, "blend_mode": BLENDS.index(blend)})
        self._draw("lay", target, below, above)
        return target

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
        self._draw("finish", self.picture, image, halo, wide)

    def _halo(
        self, image: moderngl.Framebuffer, pair: list[moderngl.Framebuffer]
    ) -> moderngl.Framebuffer:
        """A quarter of `image`, blurred, in the first of the pair."""
        first, second = pair
        self._draw("shrink", first, image)
        blur = self.shelf.pick("blur")
        blur.set({"along": (1.0, 0.0)})
        self._draw("blur", second, first)
        blur.set({"along": (0.0, 1.0)})
        self._draw("blur", first, second)
        return first

    def _draw(self, name: str, target: moderngl.Framebuffer, *images: moderngl.Framebuffer) -> None:
        program = self.shelf.pick(name)
        target.use()
        for unit, image in enumerate(images):
            texture = image.color_attachments[0]
            assert isinstance(texture, moderngl.Texture)
            texture.use(unit)
            self._linear.use(unit)
        program.bind()
        program.draw()
        for unit in range(len(images)):
            self._linear.clear(unit)

    def _free(self, *used: moderngl.Framebuffer | None) -> moderngl.Framebuffer:
        """An intermediate picture that none of `used` is."""
        return next(target for target in self._pool if all(target is not u for u in used))

    def _resize(self, size: tuple[int, int]) -> None:
        def target(width: int, height: int, components: int, dtype: str) -> moderngl.Framebuffer:
            texture = self._context.texture(
                (max(width, 1), max(height, 1)), components, dtype=dtype
            )
            return self._context.framebuffer([texture])

        width, height = size
        self._pool = [target(width, height, 4, "f2") for _ in range(4)]
        self._halos = [target(width // part, height // part, 4, "f2") for part in (4, 4, 16, 16)]
        self._black = target(1, 1, 4, "f2")
        self._black.clear()
        self.picture = target(width, height, 4, "f1")

    def _release_pictures(self) -> None:
        for target in (*self._pool, *self._halos, self._black, self.picture):
            for texture in target.color_attachments:
                texture.release()
            target.release()


def _texture(picture: moderngl.Framebuffer | None) -> moderngl.Texture | None:
    """What a picture holds."""
    texture = picture.color_attachments[0] if picture else None
    assert texture is None or isinstance(texture, moderngl.Texture)
    return texture
