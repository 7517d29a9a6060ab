"""Undo and redo: every change that hands have made, step by step, and back again.

In: what is about to be played, and the whole state of a director before it. Out: the director as it was,
parameter by parameter. Of each step only what it changed is kept. What changed by itself (the show went
on, the guard grew a field anew) is no step, and is not taken back with those that are.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.memory.become import become, describe_kept
from engine.show.memory.state import SNAPSHOT, State, prefix_of

if TYPE_CHECKING:
    from engine.show.director import Director

STEPS = 500
GESTURE = 1.0  # seconds: a knob that rests no longer is still in the same move
TOGETHER = 0.05  # seconds: what comes as one (a pad's two axes, a cue) is one step
KNOBS = 1024  # in the middle of a move
Delta = dict[str, tuple[Argument, ...] | None]  # None: it is not there

# No setting is changed by these, or none that is to be taken back: the field's and the clock's.
_NEVER = frozenset(("/splat", "/note", "/draw", "/clear", "/undo", "/redo", "/chance"))
_NEVER_BELOW = (
    "/touch/",
    "/tape/",
    "/tempo/",
    "/audio/",
    "/get",
    "/status",
)
# Each time is a step of its own, however soon after the last.
_TRIGGERS = frozenset("go next previous back save clear eject use seed random mutate safe".split())


class History:
    """Steps back and forward. Use it from one thread; its time is the director's."""

    def __init__(self) -> None:
        self._pending: State | None = None  # what was, before what may become a step
        self._before: State | None = None  # what was, before the latest step
        # From before a step to before the one before.
        self._past: deque[Delta] = deque(maxlen=STEPS - 1)
        self._here: State | None = None  # what is, once something has been undone
        self._future: list[Delta] = []
        self._moving: dict[tuple[int, str], float] = {}  # when a knob was last heard of
        self._joined: list[tuple[int, str]] = []  # the knobs of what may become a step
        self._now, self._began = 0.0, -math.inf
        self.is_paused = False

    def count(self, director: Director) -> tuple[int, int]:
        """How many steps there are back and forward."""
        self._settle(describe_kept(director))
        return len(self._past) + (self._before is not None), len(self._future)

    def forget(self) -> None:
        """Begin anew: nothing from before can be taken back."""
        self._past.clear()
        self._future.clear()
        self._moving.clear()
        self._pending = self._before = self._here = None
        self._began = -math.inf

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def note(self, director: Director, number: int, path: str) -> None:
        """Layer `number` is about to be played by `path`: for a knob that moves already, a look-up."""
        key = number, path
        last = self._moving.get(key)
        if last is not None and self._now - last < GESTURE:
            self._moving[key] = self._now
        elif not (self.is_paused or path in _NEVER or path.startswith(_NEVER_BELOW)):
            if self._now - self._began >= TOGETHER:
                state = describe_kept(director)
                self._settle(state)
                self._pending, self._began = state, self._now
                self._joined.clear()
            if path.rpartition("/")[2] not in _TRIGGERS:
                if len(self._moving) >= KNOBS:
                    self._moving.clear()
                self._moving[key] = self._now
                self._joined.append(key)

    def refuse(self, number: int, path: str) -> None:
        """What was noted last was refused: a knob that has not met its value yet does not move."""
        self._moving.pop((number, path), None)

    def undo(self, director: Director) -> bool:
        """Take the latest step back that changed anything; False if there is none."""
        present = describe_kept(director)
        self._settle(present)
        while self._before is not None:
            target = self._before
            self._before = _apply(target, self._past.pop()) if self._past else None
            if target != present:
                self._future.append(_find_delta(target, present))
                self._go(director, target)
                return True
        return False

    def redo(self, director: Director) -> bool:
        """Take the latest undo back; False if there is none."""
        self._settle(describe_kept(director))
        if self._here is None or not self._future:
            return False
        if self._before is not None:
            self._past.append(_find_delta(self._here, self._before))
        self._before = self._here
        self._go(director, _apply(self._here, self._future.pop()))
        return True

    @contextmanager
    def pause(self) -> Iterator[None]:
        """What is played meanwhile is no step of its own, nor a hand's."""
        was, self.is_paused = self.is_paused, True
        try:
            yield
        finally:
            self.is_paused = was

    @contextmanager
    def excuse(self, director: Director) -> Iterator[None]:
        """What changes meanwhile did so by itself: it stays when hands' steps are taken back."""
        if self.is_paused or (self._pending is None and self._before is None and not self._future):
            yield
            return
        before = describe_kept(director)
        self._settle(before)
        with self.pause():
            yield
        changed = _find_difference(before, describe_kept(director))
        if any(address.endswith("/scene/go") for address in changed):
            self._future.clear()
        elif self._here is not None:
            self._here = _apply(self._here, changed)
        self._moving.clear()
        self._excuse(before, changed)

    def _settle(self, present: State) -> None:
        """What may become a step is one, if it has changed anything."""
        pending, self._pending = self._pending, None
        if pending is None:
            return
        if pending == present:  # what comes next is with nothing, and no knob has begun to move
            self._began = -math.inf
            for key in self._joined:
                self._moving.pop(key, None)
            return
        self._future.clear()
        if self._before is not None:
            self._past.append(_find_delta(pending, self._before))
        self._before = pending

    def _go(self, director: Director, target: State) -> None:
        with self.pause():
            become(director, target)
        self._here = target
        self._moving.clear()
        self._began = -math.inf

    def _excuse(self, before: State, changed: Delta) -> None:
        """Lay what changed by itself under the steps, of each layer back to where hands changed its
        scene: what was before that is another scene's."""
        layers: dict[str, Delta] = {}
        for address, arguments in changed.items():
            layers.setdefault(_layer_of(address), {})[address] = arguments
        for layer, delta in layers.items():
            scene = f"{layer}/scene/go"
            if self._before is None or self._before.get(scene) != before.get(scene):
                continue
            self._before = _apply(self._before, delta)
            for step in reversed(self._past):
                if scene in step:
                    break
                for address in delta:
                    step.pop(address, None)


def _find_delta(present: State, other: State) -> Delta:
    """As `_find_difference`; of a layer that has another scene, everything."""
    delta = _find_difference(present, other)
    scenes = {_layer_of(a) for a in delta if a.endswith("/scene/go")}
    if scenes:
        whole = (a for a in other if _layer_of(a) in scenes and not a.startswith(SNAPSHOT))
        delta |= {a: other[a] for a in whole}
    return delta


def _find_difference(present: State, other: State) -> Delta:
    """What turns `present` into `other`."""
    delta: Delta = {a: v for a, v in other.items() if present.get(a) != v}
    return delta | dict.fromkeys(a for a in present if a not in other)


def _apply(state: State, delta: Mapping[str, tuple[Argument, ...] | None]) -> State:
    changed: State = {a: v for a, v in state.items() if a not in delta}
    return changed | {a: v for a, v in delta.items() if v is not None}


def _layer_of(address: str) -> str:
    """The layer that an address of a state belongs to, as `prefix_of` names it."""
    for number in (2, 3, 4):
        if address.startswith(f"/layer/{number}/"):
            return prefix_of(number)
    return ""
