"""Effects and transitions on the GPU: each that plays is an ISF file with targets of its own.

In: chains and transitions of a frame. Out: pictures with them laid on. What a frame announces is made
ready beside it; what has left is kept for the next who asks for the same, as long as there is room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.painter import Painter
from engine.gpu.pool import Pool, texture_of
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Effect
from engine.show.effects.chain import Chain, EffectFrame, TransitionFrame
from engine.show.frame import Frame

SPARE = 4  # runs that nobody plays, kept for whoever asks next
EDGE = 0.02  # of a transition, over which it takes over from what was, and hands over to what comes


class EffectRuns:
    """Owns the runs, by the keys of those that play."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        painter: Painter,
        effects: Mapping[str, Effect],
    ) -> None:
        """`effects` are all effects and transitions, by id."""
        self.effects = effects
        self.complaints: list[Complaint] = []
        self._context, self._shelf, self._painter = context, shelf, painter
        self._runs: dict[str, IsfRun] = {}
        self._spare: list[IsfRun] = []
        self._drawn: dict[str, int] = {}  # the frame in which each was drawn last
        self._broken: set[str] = set()

    def needs(self, frame: Frame) -> bool:
        """Whether this frame draws with something that is not ready."""
        return any(
            now and key not in self._runs and effect in self.effects and effect not in self._broken
            for key, effect, now in _names(frame)
        )

    def remembers(self, frame: Frame) -> bool:
        """Whether what a later frame shows depends on this one's picture."""
        known = [self.effects.get(effect) for _, effect, _ in _names(frame)]
        known += [voice.scene.generator for layer in frame.layers for voice in layer.voices]
        return any(effect is not None and effect.remembers for effect in known)

    def prepare(self, frame: Frame, size: tuple[int, int], most: int = 1) -> bool:
        """Beside the frame: make ready what it announces, `most` at once; whether there was anything.
        Let go of what has left."""
        names = {k: effect for k, effect, _ in _names(frame) if effect not in self._broken}
        for key in [key for key in self._runs if key not in names]:
            self._spare.append(self._runs.pop(key))
            self._drawn.pop(key, None)
        while len(self._spare) > SPARE:
            self._spare.pop(0).release()
        new = [key for key in names if key not in self._runs]
        for key in new[:most]:
            self._begin(key, names[key], size)
        return bool(new)

    def apply(
        self, chain: Chain, picture: moderngl.Framebuffer, frame: Frame, pool: Pool
    ) -> moderngl.Framebuffer:
        """A picture with effects laid on; the one that comes in is given back."""
        for link in chain:
            seen = [(one, self._find(one.key, one.effect, pool)) for one in link if one.amount > 0]
            laid = picture
            for one, run in seen:
                if run is None:
                    continue
                drawn = pool.take()
                self._draw(one, run, picture, drawn, frame)
                before = laid
                if one.amount >= 1.0:
                    laid = drawn
                else:
                    laid = pool.take()
                    self._painter.lay(before, drawn, laid, one.amount)
                    pool.give(drawn)
                if before is not picture:
                    pool.give(before)
            if laid is not picture:
                pool.give(picture)
            picture = laid
        return picture

    def cross(
        self,
        pictures: tuple[moderngl.Framebuffer, moderngl.Framebuffer],
        by: TransitionFrame,
        frame: Frame,
        pool: Pool,
    ) -> moderngl.Framebuffer:
        """From one picture to another; both are given back.

        At its ends a transition is exactly what was and what comes, whatever its file draws there.
        """
        start, end = pictures
        run = self._find(by.key, by.transition, pool)
        drawn = pool.take()
        if run is None:
            self._painter.lay(start, end, drawn, by.progress * by.whole)
        else:
            images = {"startImage": texture_of(start), "endImage": texture_of(end)}
            values = {**by.values, "progress": by.progress}
            run.draw(values, images, drawn, Clock(frame.time_delta, frame.date))
            came = min(by.progress / EDGE, 1.0)
            left = max(1.0 - (1.0 - by.progress) / EDGE, 0.0)
            for picture, amount in ((end, left), (start, 1.0 - came * by.whole)):
                if amount > 0.0:
                    mixed = pool.take()
                    self._painter.lay(drawn, picture, mixed, amount)
                    pool.give(drawn)
                    drawn = mixed
        pool.give(start, end)
        return drawn

    def adopt(self, effects: Mapping[str, Effect]) -> None:
        """Take edited files."""
        self.effects = effects
        self._broken.clear()
        for run in (*self._runs.values(), *self._spare):
            fresh = effects.get(run.effect.id)
            if fresh:
                run.adopt(fresh)

    def forget(self) -> None:
        """Let go of all."""
        for run in (*self._runs.values(), *self._spare):
            run.release()
        self._runs, self._spare, self._drawn = {}, [], {}

    def _draw(
        self,
        one: EffectFrame,
        run: IsfRun,
        picture: moderngl.Framebuffer,
        target: moderngl.Framebuffer,
        frame: Frame,
    ) -> None:
        last = self._drawn.get(one.key)
        if last is not None and last != frame.index and last != frame.index - 1:
            run.restart()  # it was away: what it remembers is of another time
        self._drawn[one.key] = frame.index
        images = {"inputImage": texture_of(picture)}
        run.draw(one.values, images, target, Clock(frame.time_delta, frame.date))

    def _find(self, key: str, effect: str, pool: Pool) -> IsfRun | None:
        if key not in self._runs:
            self._begin(key, effect, pool.size)
        return self._runs.get(key)

    def _begin(self, key: str, effect: str, size: tuple[int, int]) -> None:
        """Make a run, or take one that is spare. One that does not compile is said, and draws nothing."""
        for run in self._spare:
            if run.effect.id == effect:
                self._spare.remove(run)
                run.restart()
                run.prepare(size)
                self._runs[key] = run
                return
        known = self.effects.get(effect)
        if known is None or effect in self._broken:
            return
        try:
            self._runs[key] = IsfRun(self._context, self._shelf, known, size)
        except MorphogenError as error:
            self._broken.add(effect)
            self.complaints += error.complaints


def _names(frame: Frame) -> Iterator[tuple[str, str, bool]]:
    """Key and id of all that a frame names, and whether it draws with it."""
    chains = [(frame.effects, True)]
    for layer in frame.layers:
        chains.append((layer.effects, True))
        for voices, now in ((layer.voices, True), (layer.coming, False)):
            for voice in voices:
                chains.append((voice.effects, now))
                if voice.transition:
                    yield voice.transition.key, voice.transition.transition, now
    for chain, now in chains:
        for link in chain:
            for one in link:
                yield one.key, one.effect, now and one.amount > 0.0
