"""The window: the picture goes to the screen, keyboard and mouse come back as messages.

What is the window's own (full screen, help, which macro is chosen, leaving) it does itself; all
else a key means is a Message. What GLFW calls meanwhile is in callbacks.py.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import glfw
import moderngl

from engine.house_addresses import TO_WINDOW
from engine.message import Message
from engine.output.awake import Awake
from engine.output.callbacks import Callbacks
from engine.output.gamepads import Gamepads
from engine.output.glfw_session import (
    GlfwSession,
    ResetWatch,
    create_window,
    create_window_context,
    find_x_display,
)
from engine.output.hands import PICK_SECONDS, Hands, View
from engine.output.keys import Act, Deed
from engine.output.monitors import choose_monitor, read_monitors
from engine.output.osd import MODES, Osd
from engine.output.overlay import Overlay
from engine.output.placing import Placing
from engine.output.screen import Screen
from engine.output.surface import MacroRow, free_dropped
from engine.show.hands.glance import Knob, Playing

LEAVE_SECONDS = 2.0  # within which the second Escape must come
CURSOR_SECONDS = 2.0  # without motion, then the cursor goes
DESK_SECONDS = 8.0  # for what the desk says
WAIT_SECONDS = 60.0  # while it waits for a control to be moved
LEARN_WORDS = (
    "Learn: press the key of what a control shall play (a macro, a scene, P, space, ...; tab: "
    "parameters), then move the control. L: never mind."
)
MODE_WORDS = {
    "auto": "Words on the screen: in a window, not on a full screen",
    "on": "Words on the screen: always",
    "off": "Words on the screen: only what is asked for",
}


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """`size` in screen coordinates (pixels but for Hi-DPI); `monitor` its number from 1 or a part
    of its name; `osd`, one of MODES, says when there are words over the picture.
    """

    size: tuple[int, int] = (1280, 720)
    fullscreen: bool = False
    monitor: int | str | None = None
    vsync: bool = True
    osd: str = "auto"


class Window:
    """Owns GLFW, its window, the context and what draws on the screen. The `Surface` of a machine
    with a screen.
    """

    def __init__(
        self,
        settings: WindowSettings,
        title: str,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._now_ns = now_ns
        self._session = GlfwSession()
        try:
            self._window: Any = create_window(self._session, settings.size, title)
            self.context: moderngl.Context = create_window_context()
            self._reset = ResetWatch()
            self._screen = Screen(self.context)
            self._overlay = Overlay(self.context)
            self._placing = Placing(self._window, settings.monitor)
            self._awake = Awake(find_x_display())
        except BaseException:
            self._session.close()
            raise
        self._osd = Osd(settings.osd)
        self._hands = Hands()
        self._gamepads = Gamepads()
        self._waits = False  # the desk, for a control
        self._view: View | None = None
        self._leave_asked_ns: int | None = None
        self._cursor_shown = True
        self.closing = False
        # Wayland: with vsync the swap of a hidden window waits for ever (glfw #1350).
        self.paced = settings.vsync and glfw.get_platform() != glfw.PLATFORM_WAYLAND
        glfw.swap_interval(1 if self.paced else 0)
        monitor = choose_monitor(read_monitors(), settings.monitor)
        self.hertz = float(monitor.hertz) if self.paced and monitor and monitor.hertz else None
        self._callbacks = Callbacks(self._window, lambda: self.size, now_ns)
        said = self._placing.open_at(settings.fullscreen)
        if said:
            self.notice(said)
            print(f"screen: {said}", file=sys.stderr)  # a full screen shows no words of its own
        self.size: tuple[int, int] = glfw.get_framebuffer_size(self._window)
        self.context.screen.clear()
        glfw.swap_buffers(self._window)
        glfw.show_window(self._window)
        self._show_cursor()

    @property
    def fullscreen(self) -> bool:
        """Whether the picture covers the monitor."""
        return self._placing.fullscreen

    @property
    def lost(self) -> bool:
        """Whether the GPU was reset."""
        return self._reset.lost

    @property
    def macro(self) -> int:
        """The macro 1..8 that arrows and wheel move."""
        return self._hands.macro

    def poll(self) -> list[Message]:
        """What the player did since the last time; the window does its own part of it here. Never
        waits.
        """
        glfw.poll_events()
        self.size = glfw.get_framebuffer_size(self._window)
        if self._callbacks.take_monitors_changed():
            self._placing.mend()
        if glfw.window_should_close(self._window):
            self.closing = True
        messages = self._gamepads.poll(self._now_ns())
        for deed in self._hands.read(self._callbacks.take_events(), self._view):
            if isinstance(deed, Message):
                messages.append(deed)
            else:
                self._act(deed)
        self._show_cursor()
        return messages

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Draw the picture as large as fits, the panels over it, and swap."""
        if self.size[0] > 0 and self.size[1] > 0:  # 0 x 0 while minimised
            self._view = View(
                self._screen.draw(picture, self.context.screen, self.size), self.size[1]
            )
            panels = self._osd.list_panels(self._hands.macro, self._now_ns(), self.fullscreen)
            self._overlay.draw(self.size, panels)
        free_dropped(self.context)
        glfw.swap_buffers(self._window)

    def notice(self, text: str, seconds: float = 6.0) -> None:
        """One line over the picture for so long; an earlier one gives way."""
        self._osd.notice(text, seconds, self._now_ns())

    def playing(self, playing: Playing) -> None:
        """What plays; seen a while when it is another."""
        self._osd.playing(playing, self._now_ns())

    def knob(self, knob: Knob) -> None:
        """A hand moves it; seen a while."""
        self._osd.knob(knob, self._now_ns())

    def macros(self, rows: Sequence[MacroRow]) -> None:
        """The eight macros; seen a while after the player touches one, or a knob seeks its value."""
        self._osd.macros(rows, self._now_ns())

    def parameters(self, names: Sequence[str]) -> None:
        """What else can be learnt now."""
        self._hands.parameters = names

    def hear(self, message: Message) -> None:
        """Take a `/window/...` message of the desk."""
        word, arguments = message.address.removeprefix(TO_WINDOW), message.arguments
        if word == "notice" and arguments:
            self._answer(str(arguments[0]), WAIT_SECONDS if self._waits else DESK_SECONDS)
        elif word == "learning":
            self._waits = arguments == (1,)
            self._hands.wait_for_move(self._waits)
        elif word == "keys":
            self._hands.bound = frozenset(map(str, arguments))

    def close(self) -> None:
        """Give the window, the context and GLFW back."""
        self._awake.close()
        self._overlay.close()
        self._screen.close()
        free_dropped(self.context)
        self.context.release()
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _answer(self, text: str, seconds: float) -> None:
        """Say what was asked for, on whatever screen."""
        self._osd.notice(text, seconds, self._now_ns(), asked=True)

    def _act(self, act: Act) -> None:
        now = self._now_ns()
        match act.deed:
            case Deed.FULLSCREEN:
                self._placing.toggle()
            case Deed.HELP:
                self._osd.help = not self._osd.help
            case Deed.CHOOSE_MACRO | Deed.MOVE_MACRO:
                self._osd.touch(now)
            case Deed.LEARN:
                self._answer(LEARN_WORDS, PICK_SECONDS)
            case Deed.PLAYING:
                self._osd.ask(now)
            case Deed.WORDS:
                self._osd.mode = MODES[(MODES.index(self._osd.mode) + 1) % len(MODES)]
                self._answer(MODE_WORDS[self._osd.mode], LEAVE_SECONDS)
            case Deed.LEAVE:
                asked = self._leave_asked_ns
                self._leave_asked_ns = now
                if asked is not None and now - asked <= LEAVE_SECONDS * 1e9:
                    self.closing = True
                elif self._osd.help:
                    self._osd.help = False
                    self._leave_asked_ns = None
                else:
                    self._answer("Esc again to quit", LEAVE_SECONDS)

    def _show_cursor(self) -> None:
        still = self._now_ns() - self._callbacks.moved_ns > CURSOR_SECONDS * 1e9
        shown = not (self._placing.fullscreen or still)
        if shown != self._cursor_shown:
            self._cursor_shown = shown
            mode = glfw.CURSOR_NORMAL if shown else glfw.CURSOR_HIDDEN
            glfw.set_input_mode(self._window, glfw.CURSOR, mode)


def open_window(settings: WindowSettings, title: str = "Morphogen") -> Window:
    """Open the window. Raises NoDisplay where there is no screen, MorphogenError where there is no
    OpenGL.
    """
    return Window(settings, title)
