"""What GLFW calls while hands are at work: keys, pointer, wheel and monitors become events in their order.

In: the callbacks of one window. Out: events for `Hands`, whenever they are asked for. Decides nothing of what
they mean, and does nothing but append: pyGLFW drops every further callback after an exception.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable
from typing import Any

import glfw

from engine.output.hands import Button, Event, Moved, Stroke, Wheel
from engine.output.keys import name_sign, name_stroke

QUEUE = 4096  # events kept between two polls; what is beyond was not meant for us


class Callbacks:
    """Of one window, for as long as it is there. Use it from the thread that polls GLFW."""

    def __init__(
        self, window: Any, size: Callable[[], tuple[int, int]], now_ns: Callable[[], int]
    ) -> None:
        """`size`: of the framebuffer, in pixels, as the last poll found it."""
        self.moved_ns = now_ns()  # the pointer
        self._window, self._size, self._now_ns = window, size, now_ns
        self._events: deque[Event] = deque(maxlen=QUEUE)
        self._held: dict[int, str] = {}  # keys that are down, as they were named then
        self._repeated = False  # GLFW's text has no repeat of its own; its key comes just before
        self._pointer: tuple[float, float] | None = None  # where it moved to last
        self._monitors_changed = False
        glfw.set_key_callback(window, _guard(self._on_key))
        glfw.set_char_callback(window, _guard(self._on_text))
        glfw.set_cursor_pos_callback(window, _guard(self._on_move))
        glfw.set_mouse_button_callback(window, _guard(self._on_button))
        glfw.set_scroll_callback(window, _guard(self._on_wheel))
        glfw.set_monitor_callback(_guard(self._on_monitor))

    def take_events(self) -> list[Event]:
        """What came since the last time."""
        events = list(self._events)
        self._events.clear()
        return events

    def take_monitors_changed(self) -> bool:
        """Whether a monitor came or went since the last time."""
        changed, self._monitors_changed = self._monitors_changed, False
        return changed

    def _on_key(self, _: object, key: int, scancode: int, action: int, modifiers: int) -> None:
        self._repeated = action == glfw.REPEAT
        printed = glfw.get_key_name(key, scancode)
        name = self._held.pop(key, None) if action == glfw.RELEASE else None
        name = name or name_stroke(key, printed, modifiers)
        if name is None:
            return
        if action != glfw.RELEASE:
            self._held[key] = name  # a modifier may be let go before the key
        down = action != glfw.RELEASE
        self._events.append(Stroke(name, self._repeated, self._now_ns(), down))

    def _on_text(self, _: object, code: int) -> None:
        name = name_sign(chr(code))
        if name is not None:
            self._events.append(Stroke(name, self._repeated, self._now_ns()))

    def _on_move(self, _: object, x: float, y: float) -> None:
        self._pointer = x, y
        self.moved_ns = self._now_ns()
        self._events.append(Moved(*self._in_pixels(x, y), self._now_ns()))

    def _on_button(self, window: Any, button: int, action: int, _: int) -> None:
        # Asked now, a pointer that has gone on since the press would be elsewhere.
        at = self._in_pixels(*(self._pointer or glfw.get_cursor_pos(window)))
        self._events.append(Button(button, action == glfw.PRESS, *at, self._now_ns()))

    def _on_wheel(self, window: Any, _: float, notches: float) -> None:
        keys = (glfw.KEY_LEFT_SHIFT, glfw.KEY_RIGHT_SHIFT)
        fine = any(glfw.get_key(window, key) == glfw.PRESS for key in keys)
        self._events.append(Wheel(notches, fine, self._now_ns()))

    def _on_monitor(self, *_: object) -> None:
        self._monitors_changed = True

    def _in_pixels(self, x: float, y: float) -> tuple[float, float]:
        """A place in screen coordinates, of which a Hi-DPI window has fewer than pixels."""
        across, up = glfw.get_window_size(self._window)
        width, height = self._size()
        return x * width / max(1, across), y * height / max(1, up)


def _guard(callback: Callable[..., None]) -> Callable[..., None]:
    """The callback, deaf to its own exceptions: one lost stroke instead of all later ones."""

    def guarded(*arguments: Any) -> None:
        with contextlib.suppress(Exception):
            callback(*arguments)

    return guarded
