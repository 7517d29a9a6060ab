"""Fingers on a layer: where each is and was; between two frames they draw lines of splats.

In: places as they come, in any number and order. Out, once a frame: splats along each finger's way,
evenly and without gaps. A finger that says no more is gone after a while. Knows no addresses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from engine.show.catalogue import Model
from engine.show.frame import Splat
from engine.show.hands.brush import Brush, touch_with
from engine.show.parameter import Refused

MOST_FINGERS = 16
MOST_SPLATS = 16  # of one finger in a frame: a flick across the wall must not cost the rate
SPACING = 0.375  # of the brush's size, from one splat to the next
FINEST = 0.002  # heights: nearer than this no eye tells them apart
STALE = 2.0  # seconds without a word
RESTED = 0.1  # seconds: a finger that stood so long begins to move now
Point = tuple[float, float, float]  # x, y and pressure


class _Finger:
    """One finger: its strokes since the last frame. The first point of all but `fresh` ones is drawn."""

    def __init__(self) -> None:
        self.strokes: list[list[Point]] = []
        self.fresh = 0  # of the strokes, counted from the last
        self.down = False
        self.silent = 0.0
        self.since = 0.0  # the last frame in which it moved
        self.was: Point = (0.0, 0.0, 0.0)

    def move(self, point: Point) -> None:
        self.silent = 0.0
        if not self.down:
            self.strokes.append([point])
            self.fresh += 1
            self.down = True
        elif point != self.strokes[-1][-1]:
            self.strokes[-1].append(point)

    @property
    def has_moved(self) -> bool:
        return self.fresh > 0 or any(len(stroke) > 1 for stroke in self.strokes)


class Fingers:
    """Every finger on a layer, by name."""

    def __init__(self) -> None:
        self._fingers: dict[str, _Finger] = {}

    def __len__(self) -> int:
        return sum(finger.down for finger in self._fingers.values())

    def move(self, name: str, x: float, y: float, pressure: float) -> None:
        """A finger is at (x, y), 0..1. Raises `Refused` for one more than MOST_FINGERS."""
        if name not in self._fingers:
            if len(self._fingers) >= MOST_FINGERS:
                raise Refused(f"more than {MOST_FINGERS} fingers")
            self._fingers[name] = _Finger()
        self._fingers[name].move((x, y, pressure))

    def lift(self, name: str) -> None:
        """The finger leaves; what it has drawn since the last frame is still drawn."""
        if name in self._fingers:
            self._fingers[name].down = False

    def draw(
        self, seconds: float, brush: Brush, model: Model, aspect: float, room: int
    ) -> tuple[list[Splat], int]:
        """What the fingers drew in a frame of `seconds`: at most `room` splats, and how many more
        there would have been. `aspect` is the picture's width / height."""
        moving = [finger for finger in self._fingers.values() if finger.has_moved]
        most = min(max(room // max(len(moving), 1), 1), MOST_SPLATS)
        spacing = max(SPACING * brush.size, FINEST)
        splats: list[Splat] = []
        for finger in self._fingers.values():
            finger.silent += seconds
            finger.since = min(finger.since + seconds, RESTED)
            if not finger.has_moved:
                continue
            points, push = _follow(finger, aspect, spacing, most)
            splats += [touch_with(brush, model, (x, y), p, push) for x, y, p in points]
        stale = [n for n, f in self._fingers.items() if not f.down or f.silent >= STALE]
        for name in stale:
            del self._fingers[name]
        return splats[:room], max(len(splats) - room, 0)


def _follow(
    finger: _Finger, aspect: float, spacing: float, most: int
) -> tuple[list[Point], tuple[float, float]]:
    """The points that a finger has drawn, and how fast it moved, in heights a second."""
    points: list[Point] = []
    first_fresh = len(finger.strokes) - finger.fresh
    for index, stroke in enumerate(finger.strokes):
        if index >= first_fresh:
            points.append(stroke[0])
            finger.was, finger.since = stroke[0], finger.since or RESTED
        drawn, rest = space_points(stroke, aspect, spacing, most)
        points += drawn
        finger.strokes[index] = rest
    last = finger.strokes[-1][-1]
    since = max(finger.since, 1.0 / 240.0)
    push = (last[0] - finger.was[0]) * aspect / since, (last[1] - finger.was[1]) / since
    finger.was, finger.since, finger.fresh = last, 0.0, 0
    finger.strokes = finger.strokes[-1:]
    return points, push


def space_points(
    path: Sequence[Point], aspect: float, spacing: float, most: int
) -> tuple[list[Point], list[Point]]:
    """Points evenly along a path, and the rest of the path that was too short for another.

    `path` is points of the picture, 0..1 each way; its first has been drawn already. Distances are
    in heights of the picture, `aspect` is width over height. Not more than `most` points, then
    further apart than `spacing`.
    """
    lengths = [math.hypot((b[0] - a[0]) * aspect, b[1] - a[1]) for a, b in pairwise(path)]
    total = sum(lengths)
    step = max(spacing, total / most)
    points: list[Point] = []
    ahead = step  # from the start of the current stretch to the next point
    for (a, b), length in zip(pairwise(path), lengths, strict=True):
        while ahead <= length * (1 + 1e-9) and len(points) < most:
            t = ahead / length
            points.append(
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)
            )
            ahead += step
        ahead -= length
    if not points:
        return [], list(path)
    left = step - ahead  # travelled since the last point
    if left <= 1e-9 or len(points) == most:
        return points, [path[-1]]
    return points, [points[-1], path[-1]]
