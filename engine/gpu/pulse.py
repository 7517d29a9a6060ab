"""Pulses: a field becomes a few numbers, read back some frames later, so that nobody waits for it.

In: a running voice, once a second. Out: its `Pulse`, LATE frames later, always the same number of
them, so that what follows from it is the same again offline. Never touches a field.

    field -> pulse.fs: at most 32 x 18 tiles, eight targets -> a buffer -> (LATE frames) -> sums

Costs a millisecond on a software renderer for 341 x 192 cells. Up to 768 x 432 every cell counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Model
from engine.show.life.life import Pulse

COLUMNS, ROWS = 32, 18  # tiles
TARGETS = 8  # what every GL 3.3 can draw into at once
LATE = 3  # frames: a driver queues no more, so the copy is done
BUFFERS = 8  # asked in LATE frames at most; who finds none is passed over this time
PART = COLUMNS * ROWS * 16  # bytes of one target
NEAR_END = 1e-4  # of the range: so near to an end counts as at it
NEVER = 1e30
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pulse on its way: due at a frame, in a buffer, with as many tiles."""

    key: int
    model: Model
    frame: int
    grid: tuple[int, int]
    buffer: moderngl.Buffer


class Pulses:
    """Owns the targets and the buffers; made once, for all voices."""

    def __init__(self, context: moderngl.Context, shelf: Shelf) -> None:
        self._shelf = shelf
        self._textures = [context.texture((COLUMNS, ROWS), 4, dtype="f4") for _ in range(TARGETS)]
        self._target = context.framebuffer(self._textures)
        self._free = [context.buffer(reserve=TARGETS * PART) for _ in range(BUFFERS)]
        self._asked: list[_Asked] = []
        self._probes: dict[int, Numbers] = {}
        self._frame = 0
        shelf.pick("pulse")

    def ask(self, key: int, model: Model, field: Field) -> None:
        """Take the pulse of a voice's field as it is now. Never waits."""
        if not self._free:
            return
        grid = (min(COLUMNS, field.spec.columns), min(ROWS, field.spec.rows))
        low, high = _ends(model)
        body, light = model.shown
        program = self._shelf.pick("pulse")
        program.set(
            {
                "shown_body": (*body, 0.0),
                "shown_light": (*light, 0.0),
                "low_end": low,
                "high_end": high,
                "grid": grid,
            }
        )
        self._target.viewport = (0, 0, *grid)
        self._target.use()
        field.use(0)
        program.bind()
        program.draw()
        buffer = self._free.pop()
        for index in range(TARGETS):
            self._target.read_into(
                buffer,
                viewport=(0, 0, *grid),
                components=4,
                attachment=index,
                dtype="f4",
                write_offset=index * PART,
            )
        self._asked.append(_Asked(key, model, self._frame + LATE, grid, buffer))

    def take(self) -> list[Pulse]:
        """The pulses that are due; to be called once a frame."""
        self._frame += 1
        due = [asked for asked in self._asked if asked.frame <= self._frame]
        self._asked = [asked for asked in self._asked if asked.frame > self._frame]
        return [self._read(asked) for asked in due]

    def keep(self, keys: Collection[int]) -> None:
        """Forget every voice but these."""
        for asked in [asked for asked in self._asked if asked.key not in keys]:
            self._asked.remove(asked)
            self._free.append(asked.buffer)
        self._probes = {key: probe for key, probe in self._probes.items() if key in keys}

    def release(self) -> None:
        self.keep(())
        for buffer in self._free:
            buffer.release()
        self._target.release()
        for texture in self._textures:
            texture.release()

    def _read(self, asked: _Asked) -> Pulse:
        columns, rows = asked.grid
        data = np.frombuffer(asked.buffer.read(), np.float32).reshape(TARGETS, -1)
        self._free.append(asked.buffer)
        tiles = data[:, : columns * rows * 4].reshape(TARGETS, columns * rows, 4)
        before = self._probes.get(asked.key)
        probe = _show(asked.model, tiles[5])
        self._probes[asked.key] = probe
        change = None if before is None else np.abs(probe - before).mean(axis=0)
        return _sum_up(asked.key, asked.model, tiles.astype(np.float64), change)


def _sum_up(key: int, model: Model, tiles: Numbers, change: Numbers | None) -> Pulse:
    """The whole field's numbers from those of its tiles: (8, tiles, 4) in the order of pulse.fs."""
    means, variances, low, high, ends, _, seen, counts = tiles
    channels, shown = len(model.channels), _shown_channels(model)
    cells = counts[:, :1]
    sound = max(float(cells.sum()), 1.0)
    mean, deviation = _pool(means, variances, cells)
    seen_mean, seen_deviation = _pool(seen[:, :2], seen[:, 2:], cells)
    body, light = (
        (float(m), float(d), None if change is None else float(change[index]))
        for index, (m, d) in enumerate(zip(seen_mean, seen_deviation, strict=True))
    )
    return Pulse(
        key=key,
        mean=tuple(mean[:channels].tolist()),
        deviation=tuple(deviation[:channels].tolist()),
        low=tuple(low.min(axis=0)[:channels].tolist()),
        high=tuple(high.max(axis=0)[:channels].tolist()),
        ends=tuple(float(ends[:, i].sum()) / sound if i in shown else 0.0 for i in range(channels)),
        full=float(counts[:, 2].sum()) / sound,
        body=body,
        light=light,
        broken=int(counts[:, 1].sum()),
    )


def _pool(means: Numbers, variances: Numbers, cells: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and deviation of all cells."""
    total = max(float(cells.sum()), 1.0)
    mean = (cells * means).sum(axis=0) / total
    variance = (cells * (variances + (means - mean) ** 2)).sum(axis=0) / total
    return mean, np.sqrt(variance)


def _show(model: Model, states: NDArray[np.float32]) -> Numbers:
    """Body and light, 0..1, of states (n, 4)."""
    weights = np.array([[body, light] for body, light, _ in model.shown])
    offsets = np.array([offset for _, _, offset in model.shown])
    shown: Numbers = np.clip(states[:, :2] @ weights.T + offsets, 0.0, 1.0)
    return shown


def _ends(model: Model) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Below which, and above which value each of four channels is at an end of its range.

    An end that is the rest state is none. A channel that is not shown, such as a rule's own notes,
    or not there always is: only the others decide whether a cell is full.
    """
    low, high = [NEVER] * 4, [NEVER] * 4
    for index in _shown_channels(model):
        rest, (bottom, top) = model.rest[index], model.range[index]
        near = NEAR_END * (top - bottom)
        low[index] = -NEVER if rest == bottom else bottom + near
        high[index] = NEVER if rest == top else top - near
    return tuple(low), tuple(high)


def _shown_channels(model: Model) -> list[int]:
    weights = [body or light for body, light in zip(*model.shown, strict=True)]
    return [index for index in range(min(2, len(model.channels))) if weights[index]]
