"""The player's own bindings: one file, kept through every crash. In: a file. Out: bindings by device.

    [[binding]]
    device = "nanoKONTROL2 MIDI 1"     # its lasting name; keyboard, osc, audio; a gamepad's name
    kind = "cc"                        # and so on: see binding_file.py

Saving leaves the old file or the new one, whole, whoever is killed in the middle; the one before stays
beside it as `.bak` and is read where the file is not sound.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w
from platformdirs import user_config_dir

from engine.desk.play.binding import Binding
from engine.desk.play.binding_file import BindingReader, write_binding
from engine.desk.play.learn import Wish, plays
from engine.errors import Complaint, MorphogenError
from engine.keep import write_whole
from engine.toml_lines import read_toml

MOST = 4096  # bindings in a file
LARGEST = 4 << 20  # bytes
HEAD = "# What your controls play, as Morphogen learnt it. Edit it as you like.\n\n"

Bindings = dict[str, tuple[Binding, ...]]  # by device


def find_overlay() -> Path:
    """Where this user's own bindings are kept."""
    return Path(user_config_dir("morphogen")) / "bindings.toml"


def read_overlay(path: Path) -> tuple[Bindings, list[Complaint]]:
    """The bindings of a file; none with all its mistakes, if it has any."""
    try:
        if path.stat().st_size > LARGEST:
            return {}, [Complaint(str(path), "is too long for a file of bindings")]
        table, text = read_toml(path)
    except OSError as error:
        return {}, [Complaint(str(path), f"cannot be read ({error.strerror or error})")]
    except MorphogenError as error:
        return {}, list(error.complaints)
    return _read(table, BindingReader(path, text))


def can_be_kept(device: str, binding: Binding) -> bool:
    """Whether a file would give it back as it is: one bad line costs the whole file."""
    kept: Bindings = {device: (binding,)}
    try:
        text = format_overlay(kept)
        return _read(tomllib.loads(text), BindingReader(Path(), text)) == (kept, [])
    except (TypeError, ValueError):
        return False


def _read(table: dict[str, Any], reader: BindingReader) -> tuple[Bindings, list[Complaint]]:
    reader.check_keys(table, {"binding"}, ())
    entries = table.get("binding", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.complain(("binding",), "bindings are written as [[binding]] tables")
        entries = []
    found: Bindings = {}
    for at, entry in enumerate(entries[:MOST]):
        place = ("binding", at)
        device = reader.read_text(entry, "device", place)
        found[device] = (*found.get(device, ()), *reader.read_bindings(entry, place, {"device"}))
    return ({}, reader.complaints) if reader.complaints else (found, [])


def load_overlay(path: Path) -> tuple[Bindings, list[Complaint]]:
    """The bindings that are kept: of the file, else of the one before; and what is wrong with it."""
    if not path.exists() and not _backup(path).exists():
        return {}, []
    found, complaints = read_overlay(path)
    if complaints and _backup(path).exists():
        before, wrong = read_overlay(_backup(path))
        if not wrong:
            return before, complaints
    return found, complaints


def save_overlay(bindings: Mapping[str, tuple[Binding, ...]], path: Path) -> None:
    """Write the file anew, so that it is the old one or the new one, never half. Raises OSError."""
    write_whole(path, format_overlay(bindings).encode("utf-8"), _backup(path))


def format_overlay(bindings: Mapping[str, tuple[Binding, ...]]) -> str:
    """The file's text: the same for the same bindings."""
    entries = [
        "[[binding]]\n" + tomli_w.dumps({"device": device, **write_binding(binding)})
        for device, several in sorted(bindings.items())
        for binding in several
    ]
    return HEAD + "\n".join(entries)


def bind(bindings: Mapping[str, tuple[Binding, ...]], device: str, binding: Binding) -> Bindings:
    """The bindings with one more, which takes the place of whatever its control played."""
    others = tuple(b for b in bindings.get(device, ()) if b.key != binding.key)
    return {**bindings, device: (*others, binding)}


def join(bindings: Mapping[str, tuple[Binding, ...]], more: Bindings) -> Bindings:
    """Both together; a control that `more` binds plays what it says there, and that alone."""
    joined = dict(bindings)
    for device, several in more.items():
        keys = {binding.key for binding in several}
        left = tuple(b for b in bindings.get(device, ()) if b.key not in keys)
        joined[device] = (*left, *several)
    return joined


def unbind(bindings: Mapping[str, tuple[Binding, ...]], wish: Wish) -> Bindings:
    """The bindings without those that play an address: with any arguments, or with these."""
    left = {
        device: tuple(b for b in several if not plays(b, wish))
        for device, several in bindings.items()
    }
    return {device: several for device, several in left.items() if several}


def count(bindings: Mapping[str, tuple[Binding, ...]]) -> int:
    """How many there are on all devices."""
    return sum(map(len, bindings.values()))


def _backup(path: Path) -> Path:
    return path.with_suffix(".bak")
