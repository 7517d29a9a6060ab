"""What there is to show a picture with, for `list monitors` and `doctor`.

Opens GLFW, a hidden window and a context for a moment, and gives them back. Never raises, never
shows anything.
"""

from __future__ import annotations

import moderngl

from engine.errors import MorphogenError
from engine.gpu.software import is_software
from engine.output.ffmpeg import find_ffmpeg
from engine.output.glfw_session import GlfwSession, create_window, create_window_context
from engine.output.headless import open_headless
from engine.output.monitors import read_monitors

SOFTWARE_REMEDY = "It draws with the processor: small fields. Install the graphics card's driver."


def list_monitors() -> list[str]:
    """A line for each monitor, the primary first. Raises NoDisplay. Not while a window is open."""
    with GlfwSession():
        return [str(monitor) for monitor in read_monitors()]


def diagnose_display() -> list[tuple[str, bool, str]]:
    """(what, whether it works, what was found or how to mend it)."""
    report = [_try_window(), *_try_headless()]
    try:
        report.append(("film (ffmpeg)", True, find_ffmpeg()))
    except MorphogenError as error:
        report.append(("film (ffmpeg)", False, _tell(error)))
    return report


def _try_window() -> tuple[str, bool, str]:
    try:
        with GlfwSession() as session:
            count = len(read_monitors())
            create_window(session, (64, 64), "Morphogen")
            context = create_window_context()
            found = f"{_describe(context)}, monitors: {count}"
            context.release()
            return "window", True, found
    except MorphogenError as error:
        return "window", False, _tell(error)


def _try_headless() -> list[tuple[str, bool, str]]:
    try:
        with open_headless((64, 64)) as surface:
            renderer = str(surface.context.info["GL_RENDERER"])
            report = [("without a window", True, _describe(surface.context))]
    except MorphogenError as error:
        return [("without a window", False, _tell(error))]
    if is_software(renderer):
        return [*report, ("graphics card", False, f"{renderer}. {SOFTWARE_REMEDY}")]
    return [*report, ("graphics card", True, renderer)]


def _describe(context: moderngl.Context) -> str:
    version = f"{context.version_code // 100}.{context.version_code // 10 % 10}"
    return f"OpenGL {version}, {context.info['GL_RENDERER']}"


def _tell(error: MorphogenError) -> str:
    complaint = error.complaints[0]
    return f"{complaint.what}. {complaint.remedy}"
