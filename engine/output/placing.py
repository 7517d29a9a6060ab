"""Where the window stands: on which monitor, full screen or not, and back where it was.

Full screen is a window without a frame over the whole monitor, not the exclusive mode: nothing
flickers, nothing minimises it, its callbacks go on. Wayland and macOS let no program place its
windows so: there GLFW's own full screen is that window.
"""

from __future__ import annotations

from typing import Any

import glfw

from engine.output.fit import Rectangle
from engine.output.monitors import Monitor, choose_monitor, read_monitors


class Placing:
    """Keeps where the window was before full screen, and the name of the monitor it belongs on.
    Owns nothing.
    """

    def __init__(self, window: Any, wanted: int | str | None) -> None:
        self._window = window
        self._wanted = wanted
        self._home: str | None = None
        self._before: Rectangle | None = None
        self._native = glfw.get_platform() in (glfw.PLATFORM_WAYLAND, glfw.PLATFORM_COCOA)
        self.fullscreen = False

    @property
    def movable(self) -> bool:
        """Whether windows may be placed at all."""
        return bool(glfw.get_platform() != glfw.PLATFORM_WAYLAND)

    def open_at(self, fullscreen: bool) -> str | None:
        """Put the new window on the wanted monitor; answers what the player should know, if
        anything.
        """
        monitors = read_monitors()
        monitor = choose_monitor(monitors, self._wanted)
        said = None
        if monitor is None and self._wanted is not None:
            said = f"There is no monitor '{self._wanted}': see morphogen list monitors."
            monitor = choose_monitor(monitors, None)
        if monitor is None:
            return said
        self._home = monitor.name
        if self.movable:
            self._centre(monitor)
        if fullscreen:
            self.enter_fullscreen()
        return said

    def toggle(self) -> None:
        """Full screen on the monitor the window is on, or back."""
        if self.fullscreen:
            self.leave_fullscreen()
        else:
            self._home = None
            self.enter_fullscreen()

    def enter_fullscreen(self) -> None:
        """Cover the monitor; without any monitor nothing changes."""
        monitors = read_monitors()
        monitor = self._find_home(monitors)
        if monitor is None:
            return
        if not self.fullscreen:
            self._before = self._measure()
        self.fullscreen = True
        self._home = monitor.name
        self._cover(monitor, alone=len(monitors) == 1)

    def leave_fullscreen(self) -> None:
        """Back to where the window was."""
        self.fullscreen = False
        back = self._before or Rectangle(80, 80, 1280, 720)
        if self._native:
            none: Any = None
            glfw.set_window_monitor(
                self._window, none, back.x, back.y, back.width, back.height, glfw.DONT_CARE
            )
            return
        glfw.set_window_attrib(self._window, glfw.FLOATING, False)
        glfw.set_window_attrib(self._window, glfw.DECORATED, True)
        glfw.set_window_size(self._window, back.width, back.height)
        glfw.set_window_pos(self._window, back.x, back.y)

    def mend(self) -> None:
        """After monitors came or went: back on the monitor it belongs on, else on one that is
        there.
        """
        monitors = read_monitors()
        if not monitors:
            return  # all unplugged: the next one to come calls again
        home, before = self._home, self._before
        if self.fullscreen:
            self.enter_fullscreen()
            # When the old monitor comes back, so does the window.
            self._home, self._before = home, before
        elif self.movable:
            now = self._measure()
            middle = (now.x + now.width / 2, now.y + now.height / 2)
            if not any(monitor.place.holds(*middle) for monitor in monitors):
                self._centre(monitors[0])

    def _find_home(self, monitors: list[Monitor]) -> Monitor | None:
        if not monitors:
            return None
        if self._home is not None:
            named = [monitor for monitor in monitors if monitor.name == self._home]
            return named[0] if named else choose_monitor(monitors, self._wanted) or monitors[0]
        if self.movable:
            now = self._measure()
            middle = (now.x + now.width / 2, now.y + now.height / 2)
            around = [monitor for monitor in monitors if monitor.place.holds(*middle)]
            if around:
                return around[0]
        return choose_monitor(monitors, self._wanted) or monitors[0]

    def _measure(self) -> Rectangle:
        size = glfw.get_window_size(self._window)
        at = glfw.get_window_pos(self._window) if self.movable else (0, 0)
        return Rectangle(*at, *size)

    def _centre(self, monitor: Monitor) -> None:
        """Into the middle of the work area, smaller in the same aspect where it does not fit."""
        area = monitor.work_area
        width, height = glfw.get_window_size(self._window)
        scale = min(1.0, area.width / width, area.height / height)
        width, height = int(width * scale), int(height * scale)
        glfw.set_window_size(self._window, width, height)
        glfw.set_window_pos(
            self._window, area.x + (area.width - width) // 2, area.y + (area.height - height) // 2
        )

    def _cover(self, monitor: Monitor, alone: bool) -> None:
        place = monitor.place
        if self._native:
            handle = glfw.get_monitors()[monitor.number - 1]
            glfw.set_window_monitor(
                self._window, handle, 0, 0, place.width, place.height, monitor.hertz
            )
            return
        glfw.set_window_attrib(self._window, glfw.DECORATED, False)
        # Over everything on a projector; on the only monitor other windows must be reachable.
        glfw.set_window_attrib(self._window, glfw.FLOATING, not alone)
        glfw.set_window_pos(self._window, place.x, place.y)
        glfw.set_window_size(self._window, place.width, place.height)
