"""A GL context without a window: for rendering to files, for tests, for a machine without a screen.

Nothing comes in and nothing is seen; the picture goes to other outputs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.message import Message
from engine.output.surface import MacroRow, free_dropped
from engine.show.hands.glance import Knob, Playing

REMEDY = (
    "On Debian and Ubuntu: apt install libegl1 libgl1 libgl1-mesa-dri."
    if sys.platform == "linux"
    else "Install the graphics card's driver: Morphogen needs OpenGL 3.3."
)


class Headless:
    """Owns a context. The `Surface` of a machine nobody looks at."""

    closing = False
    paced = False
    hertz = None
    lost = False

    def __init__(self, context: moderngl.Context, size: tuple[int, int]) -> None:
        self.context = context
        self.size = size

    def poll(self) -> list[Message]:
        """Nobody is here."""
        return []

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Ends the frame: frees what was dropped, lets the GPU begin."""
        free_dropped(self.context)

    def notice(self, text: str, seconds: float = 6.0) -> None:
        """Nobody reads it."""

    def playing(self, playing: Playing) -> None:
        """Nobody reads it."""

    def knob(self, knob: Knob) -> None:
        """Nobody reads it."""

    def macros(self, rows: Sequence[MacroRow]) -> None:
        """Nobody reads it."""

    def parameters(self, names: Sequence[str]) -> None:
        """Nobody learns here."""

    def hear(self, message: Message) -> None:
        """Nobody is told."""

    def close(self) -> None:
        """Give the context back."""
        free_dropped(self.context)
        self.context.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_headless(size: tuple[int, int]) -> Headless:
    """A context of GL 4.1 core or later, else 3.3; `size` is what it answers as its size, in
    pixels.

    Raises MorphogenError where there is no OpenGL at all.
    """
    reasons: list[str] = []
    # EGL needs no X server; the default is what macOS and Windows have, and an older Linux.
    backends: tuple[dict[str, Any], ...] = ({"backend": "egl"}, {})
    for chosen in backends if sys.platform == "linux" else backends[1:]:
        for version in (410, 330):
            try:
                context = moderngl.create_context(version, standalone=True, **chosen)
            except Exception as error:  # moderngl and glcontext raise what they like
                reasons.append(str(error))
                continue
            context.gc_mode = "context_gc"
            return Headless(context, size)
    what = f"no OpenGL 3.3 without a window ({reasons[0]})"
    raise MorphogenError(Complaint("GPU", what, REMEDY))
