"""Pictures of a rendering into a file: the last one as a still, or all of them as a film.

In: pictures, one by one. Out: what the path's name asks for. Waits, and never leaves one out.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.codecs import BY_SUFFIX, choose_codec
from engine.output.parts import Movie
from engine.output.png import write_png
from engine.output.readback import Image, read_image
from engine.output.recorder import Recorder
from engine.output.sequence import Sequence, is_sequence


class Film(Protocol):
    """Where pictures go. `only_last`: all others may be left out."""

    @property
    def only_last(self) -> bool: ...

    def show(self, picture: moderngl.Framebuffer) -> None:
        """The next picture. Raises `MorphogenError` if it cannot be kept."""

    def close(self) -> None:
        """All pictures were shown. Raises `MorphogenError` if the film cannot be finished."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Still:
    """The last picture, as a PNG."""

    only_last = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: Image | None = None

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Keep it until the next one."""
        self._last = read_image(picture).copy()

    def close(self) -> None:
        """Write it."""
        last, self._last = self._last, None
        if last is not None:
            write_png(self._path, last)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()


def check_output(path: Path, codec: str | None = None) -> None:
    """Raises `MorphogenError` for a name that no picture or film has, and for a missing folder."""
    if path.suffix != ".png" and not is_sequence(path):
        if path.suffix.lower() not in BY_SUFFIX:
            what = f"no picture or film ends in '{path.suffix}'"
            remedy = f"Use .png, {', '.join(BY_SUFFIX)}, or frames/%05d.png."
            raise MorphogenError(Complaint(str(path), what, remedy))
        choose_codec(path, codec)
    if not is_sequence(path) and not path.parent.is_dir():
        raise MorphogenError(Complaint(str(path), f"there is no folder '{path.parent}'"))


def open_film(
    path: Path,
    size: tuple[int, int],
    fps: float,
    *,
    plan: str = "",
    codec: str | None = None,
    sound: tuple[Path, float | None] | None = None,
) -> Film:
    """Where all pictures of a rendering go. `plan` names all that decides them: what is there of an
    interrupted rendering by the same plan is kept. `sound` as in `list_sound`. Raises `MorphogenError`.
    """
    check_output(path, codec)
    if is_sequence(path):
        return Sequence(path, plan=plan)
    if path.suffix == ".png":
        return Still(path)
    chosen = choose_codec(path, codec)
    if chosen.id == "gif":  # one that is put together from parts is another
        return Recorder(path, size, fps, blocking=True, codec=chosen)
    return Movie(path, size, fps, chosen, plan=plan, sound=sound)
