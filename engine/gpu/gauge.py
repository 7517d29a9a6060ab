"""The gauge: how fast this machine steps and draws, measured in a moment at the start.

Out: cell updates and pixels a second, from which a field size and a picture size follow that hold
the frame rate. It waits for the GPU, so never in a running frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import moderngl

from engine.gpu.mixer import Mixer
from engine.gpu.software import is_software
from engine.show.frame import Frame

STEPPING, DRAWING = 0.45, 0.35  # shares of a frame; the rest is the window's and the system's
LEAST_HEIGHT = 270  # pixels: smaller is no picture, whatever the machine
ENOUGH_S = 0.004  # a run this long says something


@dataclass(frozen=True, slots=True)
class Gauge:
    """`cells`: updates a second of the playing model; `pixels`: a second, look and finish together."""

    software: bool
    cells: float
    pixels: float

    def cells_per_frame(self, fps: float) -> float:
        """The cell updates that one frame can carry."""
        return STEPPING * self.cells / fps

    def fit_size(self, size: tuple[int, int], fps: float) -> tuple[int, int]:
        """`size`, or the largest of its shape that is drawn in time; even numbers."""
        width, height = size
        factor = min(1.0, (DRAWING * self.pixels / fps / (width * height)) ** 0.5)
        factor = max(factor, min(1.0, LEAST_HEIGHT / height))
        return max(round(width * factor / 2) * 2, 2), max(round(height * factor / 2) * 2, 2)


def measure(context: moderngl.Context, mixer: Mixer, frame: Frame) -> Gauge:
    """Step and draw `frame` until the clock says something. Also warms up what it uses."""
    voice = frame.layers[0].voices[0]
    mixer.step(frame)
    mixer.compose(frame)
    running = mixer.running(voice.key)
    assert running is not None
    steps, seconds = 4, 0.0
    while seconds < ENOUGH_S and steps < 4096:
        steps *= 2
        due = replace(voice, steps=steps)
        seconds = min(_clock(context, lambda due=due: running.step(due)) for _ in range(2))  # type: ignore[misc]
    cells = steps * voice.columns * voice.rows / seconds
    width, height = mixer.size
    pixels = width * height / min(_clock(context, lambda: mixer.compose(frame)) for _ in range(3))
    return Gauge(is_software(str(context.info["GL_RENDERER"])), cells, pixels)


def _clock(context: moderngl.Context, work: Callable[[], None]) -> float:
    context.finish()
    began = time.perf_counter()
    work()
    context.finish()
    return max(time.perf_counter() - began, 1e-7)
