"""The monitors there are now. Never keeps a GLFW handle: monitors go away, and a handle then
points at nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import glfw

from engine.output.fit import Rectangle


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor; `number` counts from 1, the first is the primary. `place` is in screen
    coordinates, y down.
    """

    number: int
    name: str
    place: Rectangle
    work_area: Rectangle
    hertz: int

    def __str__(self) -> str:
        at = f"{self.place.width}x{self.place.height}+{self.place.x}+{self.place.y}"
        return f"{self.number}  {self.name}  {at}  {self.hertz} Hz" + (
            "  (primary)" if self.number == 1 else ""
        )


def read_monitors() -> list[Monitor]:
    """All monitors, the primary first; GLFW must be initialised. May be empty: all unplugged."""
    monitors: list[Monitor] = []
    for handle in glfw.get_monitors() or ():
        mode: Any = glfw.get_video_mode(handle)
        if not mode:
            continue  # just unplugged
        x, y = glfw.get_monitor_pos(handle)
        name: Any = glfw.get_monitor_name(handle)
        monitors.append(
            Monitor(
                len(monitors) + 1,
                name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name),
                Rectangle(x, y, mode.size.width, mode.size.height),
                Rectangle(*glfw.get_monitor_workarea(handle)),
                mode.refresh_rate,
            )
        )
    return monitors


def choose_monitor(monitors: Sequence[Monitor], wanted: int | str | None) -> Monitor | None:
    """The one of that number (from 1) or with that text in its name; None where there is no such
    one.

    Without a wish it is the primary.
    """
    if wanted is None:
        return monitors[0] if monitors else None
    if isinstance(wanted, int) or wanted.isdecimal():
        number = int(wanted)
        return next((monitor for monitor in monitors if monitor.number == number), None)
    return next(
        (monitor for monitor in monitors if wanted.casefold() in monitor.name.casefold()), None
    )
