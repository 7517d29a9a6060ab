"""GLFW and the GL context in its window: initialised, its complaints kept, its functions found,
given back.

Never shows a warning on the terminal: what GLFW says is told only where something failed.
"""

from __future__ import annotations

import ctypes
from collections import deque
from types import TracebackType
from typing import Any, Self

import glfw
import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.surface import NoDisplay

NO_DISPLAY_REMEDY = "Play with --headless, or on a machine with a screen (over ssh: set DISPLAY)."
NO_WINDOW_REMEDY = "Install the graphics card's driver, or play with --headless."


class GlfwSession:
    """Owns GLFW between init and terminate; `said` is what it complained of lately. Raises
    NoDisplay.
    """

    def __init__(self) -> None:
        self.said: deque[str] = deque(maxlen=8)
        said = self.said

        def note(_: int, text: Any) -> None:  # pyGLFW hands bytes over, whatever its types say
            said.append(text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text))

        glfw.ERROR_REPORTING = "log"
        glfw.set_error_callback(note)
        if not glfw.init():
            _forget_callback()
            why = f" ({said[-1]})" if said else ""
            raise NoDisplay(Complaint("screen", f"there is no display{why}", NO_DISPLAY_REMEDY))

    def close(self) -> None:
        """End GLFW, and with it every window of it."""
        glfw.terminate()
        _forget_callback()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _CurrentContext:
    """How moderngl finds GL's functions in the context that GLFW made: alike on X11, Wayland,
    macOS and Windows.

    moderngl's own detection asks GLX on Linux, which knows nothing of a Wayland window.
    """

    def load_opengl_function(self, name: str) -> int:
        return _find_function(name)

    load = load_opengl_function

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def release(self) -> None:
        pass


def create_window(session: GlfwSession, size: tuple[int, int], title: str) -> Any:
    """A hidden window with GL 4.1 core, else 3.3, its context current. Raises MorphogenError."""
    glfw.default_window_hints()
    for hint, value in (
        (glfw.VISIBLE, False),
        (glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE),
        (glfw.OPENGL_FORWARD_COMPAT, True),
        (glfw.CONTEXT_ROBUSTNESS, glfw.LOSE_CONTEXT_ON_RESET),
        (glfw.AUTO_ICONIFY, False),  # losing the focus must not take the picture off the wall
        (glfw.DEPTH_BITS, 0),
        (glfw.STENCIL_BITS, 0),
        (glfw.ALPHA_BITS, 0),
    ):
        glfw.window_hint(hint, int(value))
    glfw.window_hint_string(glfw.X11_CLASS_NAME, "morphogen")
    glfw.window_hint_string(glfw.X11_INSTANCE_NAME, "morphogen")
    for major, minor in ((4, 1), (3, 3)):
        glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, major)
        glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, minor)
        window = glfw.create_window(*size, title, None, None)
        if window:
            glfw.make_context_current(window)
            return window
    why = f" ({session.said[-1]})" if session.said else ""
    what = f"no window with OpenGL 3.3{why}"
    raise MorphogenError(Complaint("screen", what, NO_WINDOW_REMEDY))


def create_window_context() -> moderngl.Context:
    """moderngl's context for the window that is current; what is dropped is freed by
    `context.gc()`.
    """
    loader: Any = _CurrentContext()
    context = moderngl.create_context(330, context=loader)
    context.gc_mode = "context_gc"
    return context


class ResetWatch:
    """Asks GL whether the GPU was reset (glGetGraphicsResetStatus); moderngl does not offer it."""

    def __init__(self) -> None:
        address = _find_function("glGetGraphicsResetStatus") or _find_function(
            "glGetGraphicsResetStatusARB"
        )
        self._ask = ctypes.CFUNCTYPE(ctypes.c_uint)(address) if address else None

    @property
    def lost(self) -> bool:
        """True after a reset; false where nobody can tell."""
        return self._ask is not None and self._ask() != 0


def _find_function(name: str) -> int:
    """The address of a GL function in the current context, 0 where there is none."""
    address: Any = glfw.get_proc_address(name)
    return int(getattr(address, "value", address) or 0)


def _forget_callback() -> None:
    """Back to pyGLFW's own way with errors: the list of a closed session is nobody's."""
    nothing: Any = None
    glfw.set_error_callback(nothing)


def find_x_display() -> int | None:
    """The X display that GLFW has opened, as an address; None elsewhere than on X11."""
    if glfw.get_platform() != glfw.PLATFORM_X11:
        return None
    display: int | None = glfw.get_x11_display()  # type: ignore[no-untyped-call]
    return display
