"""The compositor: voices become layers, layers one picture.

voice -> look -> its effects -> [dissolve or transition over the voices below] -> the layer's effects
      -> [laid over the layers below, on side a, side b or both] -> the two sides mixed -> master effects

All in linear light, in half floats. Owns nothing but its pool of pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

import moderngl

from engine.gpu.effects import EffectRuns
from engine.gpu.painter import Painter
from engine.gpu.pool import Pool, texture_of
from engine.gpu.voices import Voices
from engine.show.frame import Frame, LayerFrame

Picture = moderngl.Framebuffer


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What lies below a layer: all there if it is `opaque`, else as far as its alpha says."""

    picture: Picture
    opaque: bool = False


class Compositor:
    """Draws the picture of a frame, up to the last pass."""

    def __init__(self, context: moderngl.Context, painter: Painter, size: tuple[int, int]) -> None:
        self.pool = Pool(context, size)
        self._painter = painter
        # Compiled and drawn once now: otherwise the first fade would have to wait for it.
        first, second, target = (self.pool.take() for _ in range(3))
        painter.lay(first, second, target, 0.0)
        self.pool.give_all()

    def compose(self, frame: Frame, voices: Voices, effects: EffectRuns) -> Picture:
        """The picture in light, until the next frame is composed."""
        self.pool.give_all()
        looked_at = voices.looks_at
        shares = (1.0 - frame.crossfader, frame.crossfader)
        sides: list[_Ground | None] = [None, None]  # one and the same, as long as they are alike
        for layer in frame.layers:
            a, b = (
                layer.opacity * part if share > 0.0 else 0.0
                for part, share in zip(layer.sides, shares, strict=True)
            )
            if not layer.voices or (max(a, b) <= 0.0 and layer.number not in looked_at):
                continue
            below = next((side.picture for side in sides if side), None)
            whole = self._draw_layer(layer, frame, below, voices, effects)
            if layer.number in looked_at:
                voices.look(layer.number, texture_of(whole))
            first, second = sides
            if first is second and (a == b or min(shares) <= 0.0):
                sides = [self._lay_layer(first, whole, max(a, b), layer)] * 2
            else:
                sides = [
                    self._lay_layer(first, whole, a, layer),
                    self._lay_layer(second, whole, b, layer),
                ]
            used = [side.picture for side in sides if side]
            for picture in (whole, *(side.picture for side in (first, second) if side)):
                if all(picture is not one for one in used):
                    self.pool.give(picture)
        picture = self._cross(sides, frame.crossfader)
        picture = effects.apply(frame.effects, picture, frame, self.pool)
        if 0 in looked_at:
            voices.look(0, texture_of(picture))
        return picture

    def release(self) -> None:
        self.pool.release()

    def _draw_layer(
        self,
        layer: LayerFrame,
        frame: Frame,
        below: Picture | None,
        voices: Voices,
        effects: EffectRuns,
    ) -> Picture:
        under = texture_of(below) if below else None
        whole: Picture | None = None
        for voice, fade in zip(layer.voices, layer.fades, strict=True):
            drawn = self.pool.take()
            voices[voice.key].draw(voice, frame, drawn, under)
            drawn = effects.apply(voice.effects, drawn, frame, self.pool)
            if whole is None:
                whole = drawn
            elif voice.transition:
                whole = effects.cross((whole, drawn), voice.transition, frame, self.pool)
            else:
                mixed = self.pool.take()
                self._painter.lay(whole, drawn, mixed, fade)
                self.pool.give(whole, drawn)
                whole = mixed
        assert whole is not None
        return effects.apply(layer.effects, whole, frame, self.pool)

    def _lay_layer(
        self, ground: _Ground | None, whole: Picture, amount: float, layer: LayerFrame
    ) -> _Ground | None:
        """A whole layer over nothing is there as it is."""
        if amount <= 0.0:
            return ground
        if ground is None and amount >= 1.0:
            return _Ground(whole, opaque=True)
        below = ground or _Ground(self._nothing())
        laid = self.pool.take()
        self._painter.lay(below.picture, whole, laid, amount, layer.blend, whole=below.opaque)
        if ground is None:
            self.pool.give(below.picture)
        return _Ground(laid)

    def _nothing(self) -> Picture:
        picture = self.pool.take()
        picture.clear(0.0, 0.0, 0.0, 0.0)
        return picture

    def _cross(self, sides: list[_Ground | None], crossfader: float) -> Picture:
        first, second = sides
        a = first.picture if first else self._nothing()
        if first is second:
            return a
        b = second.picture if second else self._nothing()
        mixed = self.pool.take()
        self._painter.lay(a, b, mixed, crossfader)
        self.pool.give(a, b)
        return mixed
