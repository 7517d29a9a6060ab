"""`morphogen doctor`: what works on this machine, what is missing, how to mend it.

Rooms diagnose themselves; this lists what they say. Changes nothing.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from engine import __version__
from engine.assets import FOLDERS, find_assets, find_user_folder
from engine.desk.audio.diagnose import diagnose_audio
from engine.desk.diagnose import diagnose_midi, diagnose_osc
from engine.errors import MorphogenError
from engine.output.diagnose import diagnose_display

PACKAGES = (
    "moderngl",
    "glfw",
    "numpy",
    "python-rtmidi",
    "rtmidi2",
    "python-osc",
    "sounddevice",
    "pillow",
)
Row = tuple[str, bool, str]


def examine(assets: Path | None, user: Path | None, osc_port: int) -> int:
    """Print a row for each thing looked at. Returns 0 if a picture can be made here, else 1."""
    display = diagnose_display()
    rows: list[Row] = [
        ("Morphogen", True, f"{__version__} on Python {platform.python_version()}"),
        ("system", True, f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("packages", True, ", ".join(_versions())),
        _assets_row(assets),
        _user_row(user),
        *display,
        *diagnose_midi(),
        diagnose_audio(),
        diagnose_osc("127.0.0.1", osc_port),
    ]
    width = max(len(what) for what, _, _ in rows)
    for what, works, detail in rows:
        print(f"{'ok ' if works else 'NO '} {what:<{width}}  {detail}", file=sys.stdout)
    return 0 if any(works for what, works, _ in display) else 1


def _versions() -> list[str]:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue  # one of the two MIDI bindings is always absent
    return found


def _assets_row(assets: Path | None) -> Row:
    try:
        return "assets", True, str(find_assets(assets).root)
    except MorphogenError as error:
        return "assets", False, str(error)


def _user_row(user: Path | None) -> Row:
    """Where the user's own files are read from and kept; it need not be there."""
    what = "your own files"
    try:
        folder = find_user_folder(user)
    except MorphogenError as error:
        return what, False, str(error)
    if not folder.exists():
        return what, True, f"none yet: they go into {folder}"
    inside = (path for name in FOLDERS for path in (folder / name).rglob("*.*"))
    files = [path for path in inside if path.suffix in (".toml", ".fs", ".glsl")]
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return what, False, f"{folder} cannot be read and written: change its permissions"
    return what, True, f"{len(files)} in {folder}"
