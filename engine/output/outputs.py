"""All the places a picture goes to in a live show: the surface, a film, the latest-picture file.

In: what was asked for, and each picture. Never draws anything of its own.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import moderngl
from platformdirs import user_cache_dir

from engine.errors import Complaint, MorphogenError
from engine.output.headless import Headless, open_headless
from engine.output.preview import Preview
from engine.output.surface import NoDisplay, Surface
from engine.output.takes import Takes
from engine.settings import PlaySettings

WINDOW_SIZE = (1280, 720)
HEADLESS_SIZE = (1280, 720)


def open_surface(settings: PlaySettings) -> Surface:
    """A window; without a display, or when asked for, none. Raises `MorphogenError` without GL."""
    if not settings.headless:
        # glfw alone takes as long to import as a picture may take to come.
        from engine.output.window import WindowSettings, open_window

        try:
            return open_window(
                WindowSettings(
                    size=settings.size or WINDOW_SIZE,
                    fullscreen=settings.fullscreen,
                    monitor=settings.monitor,
                    osd=settings.osd,
                ),
                "Morphogen",
            )
        except NoDisplay as error:
            print(f"{error}\nmorphogen: playing without a window", file=sys.stderr)
    return open_headless(settings.size or HEADLESS_SIZE)


class Outputs:
    """Brings each picture everywhere. Owns the films and the preview, not the surface."""

    def __init__(
        self, surface: Surface, settings: PlaySettings, size: tuple[int, int], fps: float
    ) -> None:
        """Raises `MorphogenError` if the film or the preview's folder cannot be begun."""
        self._surface = surface
        self._told: dict[str, Complaint | None] = {}
        self._picture_size = size
        self.takes = Takes(
            settings.takes, lambda: self._picture_size, fps, settings.codec, settings.sound
        )
        self._preview: Preview | None = None
        with ExitStack() as stack:
            stack.callback(self._finish_takes)
            if settings.record:
                self.takes.record(settings.record)
                self._tell_takes()
            if isinstance(surface, Headless) or settings.preview:
                path = settings.preview or Path(user_cache_dir("morphogen")) / "latest.png"
                _make_folder(path.parent)
                self._preview = Preview(path, settings.preview_every)
                stack.callback(self._preview.close)
                print(f"morphogen: the latest picture is kept in {path}", flush=True)
            self._stack = stack.pop_all()

    def keep(self, picture: moderngl.Framebuffer) -> None:
        """Bring one picture to all outputs that are files."""
        self._picture_size = picture.size
        self.takes.show(picture)
        self._tell_takes()
        if self._preview:
            self._preview.show(picture)
            self._tell("preview", self._preview.trouble)

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Bring one picture before the eyes."""
        self._surface.show(picture)

    def close(self) -> None:
        """Finish the film and the file."""
        self._stack.close()

    def _finish_takes(self) -> None:
        self.takes.close()
        self._tell_takes()

    def _tell_takes(self) -> None:
        for words in self.takes.take_words():
            print(f"morphogen: {words}", flush=True)
            self._surface.notice(words)
        for complaint in self.takes.take_complaints():
            print(complaint, file=sys.stderr)
            self._surface.notice(str(complaint))

    def _tell(self, output: str, trouble: Complaint | None) -> None:
        """What went wrong, once."""
        if self._told.get(output) != trouble and trouble is not None:
            print(trouble, file=sys.stderr)
            self._surface.notice(str(trouble))
        self._told[output] = trouble

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _make_folder(folder: Path) -> None:
    """Make the preview's folder. Raises `MorphogenError` where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the latest picture cannot be kept here ({error.strerror or error})"
        remedy = "Name a file that can be written: --preview FILE."
        raise MorphogenError(Complaint(str(folder), what, remedy)) from None
