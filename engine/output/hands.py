"""Hands on keyboard and mouse become messages.

In: what the window's callbacks saw, in order, and where the picture lies. Out: Messages for the
stage and Acts for the window. Never asks a device anything; knows only which macro is chosen and
whether a button is down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from engine.message import Message
from engine.output.fit import Rectangle, locate_in_picture
from engine.output.keys import COARSE, FINE, Act, Deed, bind_strokes

SPACING = (
    0.015  # of the picture's height, between the splats of a drag: under half a splat's radius
)
MOST_SPLATS = 16  # a frame: a flick across the wall must not cost the picture its rate
ERASER_RADIUS = 0.05  # of the picture's height


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key went down, or repeats while held."""

    name: str
    repeated: bool
    time_ns: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The pointer is at (x, y): pixels of the framebuffer from its upper left corner."""

    x: float
    y: float
    time_ns: int


@dataclass(frozen=True, slots=True)
class Button:
    """A mouse button, 0 left and 1 right, went down or up at (x, y)."""

    which: int
    down: bool
    x: float
    y: float
    time_ns: int


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel or two fingers moved by so many notches, up is positive."""

    notches: float
    fine: bool
    time_ns: int


Event = Stroke | Moved | Button | Wheel


@dataclass(frozen=True, slots=True)
class View:
    """Where the picture lies (y up, pixels) in a framebuffer of `height` pixels."""

    place: Rectangle
    height: int


class Hands:
    """Keeps what a hand is in the middle of: the chosen macro (1..8) and a drag."""

    def __init__(self) -> None:
        self.macro = 1
        self._bindings = bind_strokes()
        self._button: int | None = None
        self._path: list[tuple[float, float]] = []

    def read(self, events: Iterable[Event], view: View | None) -> list[Message | Act]:
        """Everything the events mean, in their order; without a view (no picture yet) the mouse
        means nothing.
        """
        out: list[Message | Act] = []
        last_ns = 0
        for event in events:
            last_ns = event.time_ns
            if isinstance(event, Stroke):
                out += self._press(event)
            elif isinstance(event, Wheel):
                step = (FINE if event.fine else COARSE) * event.notches
                out += self._do(Act(Deed.MOVE_MACRO, step), event.time_ns)
            elif view is not None:
                out += self._point(event, view)
        if view is not None:
            out += self._draw(view, last_ns)
        return out

    def _press(self, stroke: Stroke) -> list[Message | Act]:
        binding = self._bindings.get(stroke.name)
        if binding is None or (stroke.repeated and not binding.repeats):
            return []
        return self._do(binding.does, stroke.time_ns)

    def _do(self, does: Message | Act, time_ns: int) -> list[Message | Act]:
        if isinstance(does, Message):
            return [Message(does.address, does.arguments, time_ns)]
        if does.deed is Deed.CHOOSE_MACRO:
            self.macro = int(does.amount)
        elif does.deed is Deed.MOVE_MACRO:  # the window shows it, the stage does it
            return [does, Message(f"/macro/{self.macro}", ("+", does.amount), time_ns)]
        return [does]

    def _point(self, event: Moved | Button, view: View) -> list[Message | Act]:
        point = locate_in_picture(event.x, event.y, view.place, view.height)
        if isinstance(event, Moved):
            if self._button is not None:
                self._path.append(point)
            return []
        if event.down and self._button is None and _is_inside(point):
            self._button = event.which
            self._path = [point]
            return [self._splat(point, event.time_ns)]
        if not event.down and event.which == self._button:
            self._path.append(point)
            rest = self._draw(view, event.time_ns)
            self._button, self._path = None, []
            return rest
        return []

    def _draw(self, view: View, time_ns: int) -> list[Message | Act]:
        if self._button is None:
            return []
        points, self._path = space_points(self._path, view.place.width / view.place.height)
        return [self._splat(point, time_ns) for point in points if _is_inside(point)]

    def _splat(self, point: tuple[float, float], time_ns: int) -> Message:
        if self._button == 1:
            return Message("/splat", (*point, ERASER_RADIUS, -1.0), time_ns)
        return Message("/splat", point, time_ns)


def space_points(
    path: list[tuple[float, float]], aspect: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Points evenly along a path, and the rest of the path that was too short for another.

    `path` is points of the picture, 0..1 each way; its first has been drawn already. Distances are
    in heights of the picture, `aspect` is width over height. Not more than MOST_SPLATS points,
    then further apart than SPACING.
    """
    lengths = [math.hypot((b[0] - a[0]) * aspect, b[1] - a[1]) for a, b in pairwise(path)]
    total = sum(lengths)
    step = max(SPACING, total / MOST_SPLATS)
    points: list[tuple[float, float]] = []
    ahead = step  # from the start of the current stretch to the next point
    for (a, b), length in zip(pairwise(path), lengths, strict=True):
        while ahead <= length * (1 + 1e-9) and len(points) < MOST_SPLATS:
            t = ahead / length
            points.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
            ahead += step
        ahead -= length
    if not points:
        return [], path
    left = step - ahead  # travelled since the last point
    if left <= 1e-9 or len(points) == MOST_SPLATS:
        return points, [path[-1]]
    return points, [points[-1], path[-1]]


def _is_inside(point: tuple[float, float]) -> bool:
    return 0.0 <= point[0] <= 1.0 and 0.0 <= point[1] <= 1.0
