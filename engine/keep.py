"""Keeping: what is saved while playing goes into the user's folder, by a thread, whole or not at all.

    saving = Saving("palette", "my_ember", text)   # show: checked, no file touched; raises ValueError
    director.savings.ask("palette", "my_ember", text)   # the same, from a route; raises Refused
    with Keeper(user) as keeper:                   # stage: never waits
        keeper.save(saving)
        for complaint in keeper.take_complaints(): ...
    keep_now(user, saving)                         # a command: at once; raises MorphogenError

What is saved is read again like any edit, and wins over the engine's own of the same id. A message
names an id, never a path. An address that saves is named in SAVING: from the network, the desk takes
it of this computer only, and a tape never saves. `write_whole` is for every other file that must
never be half there.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from engine.errors import Complaint, MorphogenError

# Where what is saved goes, inside the user's folder. A new kind of thing is one line.
PLACES = MappingProxyType(
    {
        "scene": ("scenes", ".toml"),
        "palette": ("config/palettes", ".toml"),
        "show": ("config/shows", ".toml"),
        "controller": ("config/controllers", ".toml"),
        "map": ("config/maps", ".toml"),
        "snapshots": ("config/snapshots", ".toml"),
        "model": ("shaders/models", ".fs"),
        "presets": ("shaders/models", ".presets.toml"),
        "look": ("shaders/looks", ".fs"),
        "effect": ("shaders/effects", ".fs"),
        "transition": ("shaders/transitions", ".fs"),
        "generator": ("shaders/generators", ".fs"),
    }
)
# The addresses that save, without `/layer/<n>`: one line for each.
SAVING = frozenset(
    (
        "/palette/save",
        "/scene/save",
        "/record",
        "/still",
        "/snapshot/save",
        "/snapshot/show/save",
        "/snapshot/clear",
    )
)
ID = re.compile(r"[a-z0-9_-]{1,64}")
DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)\d")  # which Windows takes for no files
LARGEST = 4 << 20  # bytes of a file
WAITING = 16  # files on their way to the disk


@lru_cache(maxsize=1024)  # asked of every message
def saves(address: str) -> bool:
    """Whether a message to this address has something written to the disk."""
    if address.startswith("/layer/"):
        address = "/" + address.removeprefix("/layer/").partition("/")[2]
    return any(address == one or address.startswith(f"{one}/") for one in SAVING)


def check_id(name: str) -> str:
    """Why something cannot be saved by this id; "" if it can."""
    if not ID.fullmatch(name):
        return "an id is 1 to 64 of a-z, 0-9, _ and -"
    return "the system keeps this name for itself" if DEVICES.fullmatch(name) else ""


@dataclass(frozen=True, slots=True)
class Saving:
    """A text to be saved as a thing of a kind, one of PLACES. Raises ValueError, which says why not."""

    kind: str
    id: str
    text: str

    def __post_init__(self) -> None:
        wrong = check_id(self.id)
        if wrong:
            raise ValueError(wrong)
        if len(self.text.encode("utf-8")) > LARGEST:
            raise ValueError("it is too long for a file")

    @property
    def name(self) -> str:
        """Its file, from the user's folder: `scenes/coral.toml`."""
        folder, suffix = PLACES[self.kind]
        return f"{folder}/{self.id}{suffix}"


class Keeper:
    """Owns the thread that writes. Use it from one thread."""

    def __init__(self, user: Path | None) -> None:
        """`user` is the folder, made when it is needed; None: there is none, and nothing is saved."""
        self._user = user
        self._writer = ThreadPoolExecutor(1, "keep")
        self._complaints: deque[Complaint] = deque(maxlen=WAITING)
        self._waiting: deque[object] = deque()  # one for each file that is not written yet

    def save(self, saving: Saving) -> None:
        """Write it soon. Never waits: what went wrong is in `take_complaints` later."""
        if self._user is None:
            self._complain(saving, "there is no folder of your own to save into", "--user FOLDER")
        elif len(self._waiting) >= WAITING:
            self._complain(saving, "was not saved: the disk is too slow", "Save it again.")
        else:
            self._waiting.append(saving)
            self._writer.submit(self._write, self._user, saving)

    def take_complaints(self) -> list[Complaint]:
        """What could not be saved since the last call, and why."""
        found = []
        while self._complaints:
            found.append(self._complaints.popleft())
        return found

    def close(self) -> None:
        """Write what waits, then end."""
        self._writer.shutdown(wait=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, user: Path, saving: Saving) -> None:
        try:
            keep_now(user, saving)
        except MorphogenError as error:
            self._complaints.extend(error.complaints)
        finally:
            self._waiting.popleft()

    def _complain(self, saving: Saving, what: str, remedy: str) -> None:
        self._complaints.append(Complaint(saving.name, what, remedy))


def keep_now(user: Path, saving: Saving, *, anew: bool = False) -> Path:
    """Write it before this returns; the file. `anew`: only if there is none yet. Raises MorphogenError."""
    path = user / saving.name
    if anew and path.exists():
        raise MorphogenError(Complaint(str(path), "is there already", "Choose another name."))
    try:
        write_whole(path, saving.text.encode("utf-8"))
    except OSError as error:
        what = f"cannot be saved ({error.strerror or error})"
        remedy = "Is there room on the disk, and may you write there?"
        raise MorphogenError(Complaint(str(path), what, remedy)) from None
    return path


def write_whole(path: Path, data: bytes, backup: Path | None = None) -> None:
    """Write a file so that it is the old one or the new one, never half, whoever is killed in the
    middle. Makes its folder; the one before stays as `backup`, else beside it as `NAME.bak`.
    Raises OSError."""
    real = path.resolve()  # a link into a folder that is kept elsewhere stays one
    real.parent.mkdir(parents=True, exist_ok=True)
    draft = real.with_name(f".{real.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            spare = path.with_name(f".{path.name}.old")
            spare.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # a disk without hard links has no backup
                os.link(real, spare)
                spare.replace(backup or path.with_name(f"{path.name}.bak"))
        draft.replace(real)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # Windows opens no folders
        folder = os.open(real.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
