"""What the stage draws to: a window, or nothing but a GL context. Only the shape; `window` and
`headless` are the two.

Errors that decide between them: `NoDisplay` means there is no screen here, so that playing without
one is the remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

import moderngl

from engine.errors import MorphogenError
from engine.message import Message
from engine.show.hands.glance import Knob, Playing

# Name, value 0..1, and where a knob is (0..1) that has not met the value yet.
MacroRow = tuple[str, float, float | None]


class NoDisplay(MorphogenError):
    """There is no screen to open a window on."""


class Surface(Protocol):
    """A GL context and what belongs to it. One thread uses it, the one that opened it."""

    @property
    def context(self) -> moderngl.Context:
        """GL 4.1 core or later, else 3.3. Its `gc_mode` is "context_gc": `show` frees what was
        dropped.
        """

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the screen's framebuffer; it may change at each `poll`."""

    @property
    def closing(self) -> bool:
        """Whether the player wants to end."""

    @property
    def paced(self) -> bool:
        """Whether `show` is meant to wait for the screen. Not to be relied on: a hidden window may
        not wait.
        """

    @property
    def hertz(self) -> float | None:
        """Pictures a second that the screen shows, where `show` waits for it."""

    @property
    def lost(self) -> bool:
        """Whether the GPU was reset: nothing drawn since is seen. Ask about once a second; then
        start anew.
        """

    def poll(self) -> list[Message]:
        """What the player did since the last time, in order."""

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Bring the picture to the screen; a frame ends here."""

    def notice(self, text: str, seconds: float = 6.0) -> None:
        """Tell the operator one thing for a while; never the audience."""

    def playing(self, playing: Playing) -> None:
        """What plays now. Cheap: call it each frame."""

    def knob(self, knob: Knob) -> None:
        """A hand moves it: call it in each frame in which it does."""

    def macros(self, rows: Sequence[MacroRow]) -> None:
        """The eight macros, as the stage knows them now. Cheap: call it each frame."""

    def parameters(self, names: Sequence[str]) -> None:
        """What else can be learnt now. Cheap: call it each frame."""

    def hear(self, message: Message) -> None:
        """Take a `/window/...` message of the desk: what it says to the operator, which keys are
        the player's own.
        """

    def close(self) -> None:
        """Give everything back. The context is gone then."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def free_dropped(context: moderngl.Context) -> None:
    """Free the GPU objects that nothing refers to any more; call it once a frame.

    `Context.gc` of moderngl 5.13 stumbles over objects that were released by hand before.
    """
    dropped = context.objects
    while dropped:
        thing = dropped.popleft()
        if not isinstance(thing, moderngl.InvalidObject):
            thing.release()
