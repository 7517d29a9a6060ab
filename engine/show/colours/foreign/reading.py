"""A file of any kind that is known becomes swatches. In: a path. Out: swatches, or one complaint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.errors import Complaint, MorphogenError
from engine.show.colours.foreign.adobe import read_aco, read_act, read_ase
from engine.show.colours.foreign.cpt import read_cpt
from engine.show.colours.foreign.css import read_css
from engine.show.colours.foreign.picture import read_picture
from engine.show.colours.foreign.riff import read_riff
from engine.show.colours.foreign.swatches import Swatches, Unreadable
from engine.show.colours.foreign.text_lists import read_gpl, read_hex, read_jasc

LARGEST = 4 << 20  # bytes of a palette
LARGEST_PICTURE = 256 << 20
TEXTS: dict[str, Callable[[str], list[Swatches]]] = {
    ".gpl": read_gpl,
    ".hex": read_hex,
    ".cpt": read_cpt,
    ".css": read_css,
    ".txt": read_css,
}
BINARIES: dict[str, Callable[[bytes], list[Swatches]]] = {
    ".ase": read_ase,
    ".aco": read_aco,
    ".act": read_act,
}
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
KNOWN = (*TEXTS, *BINARIES, ".pal", *PICTURES)


def read_swatches(path: Path, count: int) -> list[Swatches]:
    """Every palette in a file; of a picture, `count` colours. Raises `MorphogenError`, one line."""
    try:
        suffix = path.suffix.lower()
        if suffix not in KNOWN:
            what = f"no palette or picture that can be read ends in '{path.suffix}'"
            raise Unreadable(what, f"There is: {', '.join(KNOWN)}.")
        size = path.stat().st_size
        if size > (LARGEST_PICTURE if suffix in PICTURES else LARGEST):
            raise Unreadable("is too large for a palette")
        if suffix in PICTURES:
            return read_picture(path, count)
        return read_bytes(suffix, path.read_bytes())
    except Unreadable as error:
        where = f"{path}:{error.line}" if error.line else str(path)
        raise MorphogenError(Complaint(where, error.what, error.remedy)) from None
    except FileNotFoundError:
        raise MorphogenError(Complaint(str(path), "there is no such file")) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise MorphogenError(Complaint(str(path), what)) from None


def read_bytes(suffix: str, data: bytes) -> list[Swatches]:
    """What stands in a file of that suffix, which is no picture. Raises `Unreadable`."""
    if suffix in BINARIES:
        return BINARIES[suffix](data)
    if suffix == ".pal" and data.startswith(b"RIFF"):
        return read_riff(data)
    return TEXTS.get(suffix, read_jasc)(_read_text(data))


def _read_text(data: bytes) -> str:
    """Text as it is mostly written; old programs' files are Latin 1."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
