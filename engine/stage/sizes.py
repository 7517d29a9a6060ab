"""How large a picture and how many steps this machine carries. In: a gauge, a size. Out: a size, a pace."""

from __future__ import annotations

from engine.gpu.gauge import Gauge
from engine.show.pace import Pace

SHARPEST = (3840, 2160)


def fit_picture(surface: tuple[int, int], gauge: Gauge, fps: float) -> tuple[int, int]:
    """The picture's size in pixels for a surface of that size: never above SHARPEST, and drawn in time."""
    width, height = surface
    factor = min(1.0, SHARPEST[0] / width, SHARPEST[1] / height)
    return gauge.fit_size((round(width * factor), round(height * factor)), fps)


def find_pace(picture: tuple[int, int], gauge: Gauge, fps: float) -> Pace:
    """What voices that begin over a picture of that size have to keep to."""
    width, height = picture
    return Pace(aspect=width / height, cells_per_frame=gauge.cells_per_frame(fps), fps=fps)
