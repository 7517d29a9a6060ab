"""A slot of a rack: the effect that plays in it, how much of it is seen, and what it takes the place of.

In: an effect to go to, its mix, time. Out: one link of a chain. Nothing jumps: an effect comes and goes
by a fade, first over the one that leaves; while two are at that, a third waits for its turn.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.show.catalogue import Effect
from engine.show.effects.chain import EffectFrame
from engine.show.effects.played import Played

SWAP_SECONDS = 0.3
GLIDE_SECONDS = 0.1  # of mix and bypass
READY = 2  # frames in which an effect is made ready before it is seen


class _Coming:
    """An effect on its way in or out."""

    def __init__(self, key: str, played: Played, seconds: float) -> None:
        self.key, self.played, self.seconds = key, played, seconds
        self.share = 0.0
        self.waits = READY


class Slot:
    """Owns what plays. `mix` 0..1, `bypass`: as hands want them."""

    def __init__(self, name: str) -> None:
        """`name` is unique among slots."""
        self.mix = self._mix = 1.0
        self.bypass = False
        self._on = 1.0
        self._name = name
        self._count = 0
        self._wanted: _Coming | None = None
        self._shown: list[_Coming] = []  # the one that leaves, the one that comes

    @property
    def effect(self) -> str:
        """The id of what was asked for; "" for nothing."""
        return self._wanted.played.effect.id if self._wanted else ""

    @property
    def seen(self) -> set[str]:
        """The ids of all that comes, plays and leaves."""
        return {entry.played.effect.id for entry in self._shown} | ({self.effect} - {""})

    @property
    def played(self) -> Played | None:
        """What hands act on: the one that comes, or waits to."""
        return self._wanted.played if self._wanted else None

    def go(self, effect: Effect | None, seconds: float = SWAP_SECONDS) -> None:
        """Play another effect, or none; the same one goes on."""
        if effect is not None and self._wanted and effect.id == self.effect:
            return
        self._count += 1
        key = f"{self._name} {self._count}"
        self._wanted = _Coming(key, Played(effect, {}), seconds) if effect else None
        if effect is None:
            for entry in self._shown:
                entry.seconds = seconds

    def jump(self) -> None:
        """End all glides now: for a beginning."""
        self._mix, self._on = self.mix, float(not self.bypass)
        self._shown = [self._wanted] if self._wanted else []
        for entry in self._shown:
            entry.share, entry.waits = 1.0, 0
            entry.played.bank.jump()

    def advance(self, seconds: float) -> tuple[EffectFrame, ...]:
        """Let time pass; those of this slot that are drawn or to be made ready."""
        step = seconds / GLIDE_SECONDS
        self._mix += min(max(self.mix - self._mix, -step), step)
        self._on += min(max(float(not self.bypass) - self._on, -step), step)
        self._shown = [e for e in self._shown if e.share > 0.0 or e is self._wanted]
        new = self._wanted
        if new and new not in self._shown and len(self._shown) < 2:
            self._shown.append(new)
        # Those that leave make room in the time in which the one that comes takes it, so that
        # together they are never more than a whole.
        ready = new is None or (new in self._shown and new.waits <= 0)
        for entry in self._shown:
            if entry is new:
                entry.waits -= 1
                ready_step = seconds / entry.seconds if entry.seconds > 0 else 1.0
                entry.share = min(entry.share + ready_step, 1.0) if ready else 0.0
            elif ready or new not in self._shown:
                over = new.seconds if new and new in self._shown else entry.seconds
                entry.share = max(entry.share - (seconds / over if over > 0 else 1.0), 0.0)
        return self._lay(seconds)

    def adopt(self, effects: Mapping[str, Effect]) -> None:
        """Go on with edited headers."""
        for entry in {*self._shown, *([self._wanted] if self._wanted else [])}:
            fresh = effects.get(entry.played.effect.id)
            if fresh:
                entry.played.adopt(fresh)

    def _lay(self, seconds: float) -> tuple[EffectFrame, ...]:
        """Each with the amount to lay it on with, so that it is seen by its own share in the end."""
        frames: list[EffectFrame] = []
        left = 1.0
        for entry in reversed(self._shown):
            part = entry.share * self._mix * self._on
            amount = min(part / left, 1.0) if left > 1e-6 else 0.0
            left -= part
            played = entry.played
            values = played.advance(seconds)
            frames.append(EffectFrame(entry.key, played.effect.id, values, amount))
        return tuple(reversed(frames))
