"""The player's bindings from a terminal: listed, forgotten, handed on as one file, taken in, checked.

In: the player's file, other files, the maps of controllers. Out: lines, and the file anew, whole. Needs
neither an engine nor the hardware; an engine that plays takes the new file within a second.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.assets import Assets
from engine.desk.control import Control, describe_control
from engine.desk.diagnose import list_midi_ports
from engine.desk.notes import quote
from engine.desk.play.binding import STEP, Binding
from engine.desk.play.controllers import ControllerMap, find_maps, load_sound_controllers
from engine.desk.play.learn import COLOURS, Wish
from engine.desk.play.overlay import (
    Bindings,
    count,
    format_overlay,
    join,
    load_overlay,
    read_overlay,
    save_overlay,
    unbind,
)
from engine.desk.play.target import WHERE, Playable, find_fault, read_argument, read_target
from engine.errors import Complaint, MorphogenError
from engine.library import Library
from engine.show.catalogue import Catalogue
from engine.show.generator import look_of, model_of
from engine.show.routes.table import EXACT
from engine.show.scene import scene_parameters


def list_bindings(path: Path, assets: Assets, *, profiles: bool) -> None:
    """Print what controls play: the player's own, and what profiles say of what is plugged in."""
    own, complaints = load_overlay(path)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    for device, several in own.items():
        _print_device(device, "", several)
    if own:
        print(f"kept in {path}")
    else:
        print("Nothing is learnt yet. 'morphogen learn macro 1', and move a knob.")
    if not profiles:
        return
    maps, complaints = load_sound_controllers(assets.both("config") / "controllers")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    for port, found in recognise(maps, [*list_midi_ports(), *own]).items():
        taken = {binding.key for binding in own.get(port, ())}
        left = [binding for binding in found.bindings if binding.key not in taken]
        _print_device(port, f" ({found.name})", left)


def forget(words: Sequence[str], library: Library, path: Path) -> None:
    """Let no control of the player's own play this. An engine that plays follows within a second.

    Raises MorphogenError where nothing plays it.
    """
    own = _load_own(path)
    wish = _read_forgotten(words, library)
    left = unbind(own, wish)
    if left == own:
        remedy = "What is bound: morphogen learn --list."
        raise MorphogenError(Complaint(WHERE, f"nothing of yours plays {wish}", remedy))
    _save(left, path)
    print(f"{_bindings(count(own) - count(left))} forgotten: {wish}")


def export(path: Path, to: Path) -> None:
    """Write the player's bindings into one file. Raises MorphogenError."""
    own = _load_own(path)
    if not own:
        raise MorphogenError(Complaint(str(path), "nothing is learnt yet"))
    try:
        to.write_text(format_overlay(own), encoding="utf-8")
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise MorphogenError(Complaint(str(to), what)) from None
    print(f"{to}: {_bindings(count(own))} of {_devices(own)}")


def take_in(file: Path, path: Path) -> None:
    """Join a file of bindings to the player's own; a control in both plays what the file says.

    All of it or nothing. Raises MorphogenError with every mistake of the file.
    """
    more, complaints = read_overlay(file)
    if complaints:
        raise MorphogenError(*complaints)
    if not more:
        raise MorphogenError(Complaint(str(file), "there is no [[binding]] in it"))
    own = _load_own(path)
    joined = join(own, more)
    _save(joined, path)
    replaced = count(own) + count(more) - count(joined)
    said = f", in place of {replaced}" if replaced else ""
    print(f"{_bindings(count(more))} of {_devices(more)}{said}; {count(joined)} in all")


def recognise(maps: list[ControllerMap], ports: Iterable[str]) -> dict[str, ControllerMap]:
    """The map of each MIDI port that has one."""
    found = {port: find_maps(maps, "midi", port)[:1] for port in ports if not _is_no_port(port)}
    return {port: first[0] for port, first in found.items() if first}


def list_controllers(assets: Assets) -> list[tuple[str, str]]:
    """The maps there are, and the MIDI ports that each plays now."""
    maps, complaints = load_sound_controllers(assets.both("config") / "controllers")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    plugged: dict[str, list[str]] = {}
    for port, found in recognise(maps, list_midi_ports()).items():
        plugged.setdefault(found.id, []).append(port)
    rows = []
    for found in sorted(maps, key=lambda found: (found.device != "midi", found.id)):
        ports = ", ".join(map(quote, plugged.get(found.id, ())))
        kind = "" if found.device == "midi" else f" ({found.device})"
        rows.append((found.id, f"{found.name}{kind}" + (f": plugged in: {ports}" if ports else "")))
    return rows


def check_bindings(path: Path, catalogue: Catalogue) -> list[Complaint]:
    """All mistakes of a file of bindings; and what its controls play that is not there."""
    found, complaints = read_overlay(path)
    there = list_playable(catalogue)
    for device, several in found.items():
        for binding in several:
            fault = find_fault(Wish(binding.address, binding.arguments), there)
            if fault:
                where = f"{path}: {describe_control(_control(device, binding))} of {quote(device)}"
                complaints.append(Complaint(where, *fault))
    return complaints


def list_playable(catalogue: Catalogue) -> Playable:
    """Everything there is to play."""
    parameters = {p.name for p in catalogue.finish}
    for kind in (catalogue.models, catalogue.looks):
        parameters |= {p.name for one in kind.values() for p in one.parameters}
    for scene in catalogue.scenes.values():
        model, look = model_of(catalogue, scene), look_of(catalogue, scene)
        parameters |= {p.name for p in scene_parameters(scene, model, look, catalogue.finish)}
    presets = {preset.id for model in catalogue.models.values() for preset in model.presets}
    addresses = {*EXACT, *(f"/palette/{name}" for name in COLOURS), "/layer/focus"}
    return Playable(addresses, parameters, catalogue.scenes, catalogue.palettes, presets)


def describe_manner(binding: Binding) -> str:
    """For people: how a control plays what it plays; "" for a knob as any other."""
    parts = [binding.send] if binding.send != "value" else []
    parts += [f"held: {binding.hold}"] if binding.hold else []
    parts += [binding.mode.replace("_", " ")] if binding.mode != "absolute" else []
    if (binding.low, binding.high) != (0.0, 1.0):
        parts.append(f"{binding.low:g} to {binding.high:g}")
    parts += [f"curve {binding.curve:g}"] if binding.curve != 1.0 else []
    parts += ["inverted"] if binding.invert else []
    parts += [f"step {binding.step:g}"] if binding.step != STEP else []
    parts += [binding.takeover] if binding.takeover != "pickup" else []
    if binding.span != (0.0, 1.0):
        parts.append(f"from {binding.span[0]:g} to {binding.span[1]:g}")
    return ", ".join(parts)


def _print_device(device: str, what: str, several: Sequence[Binding]) -> None:
    print(f"{ascii(device)[1:-1]}{what}")
    for binding in several:
        control = describe_control(_control(device, binding))
        wish = Wish(binding.address, binding.arguments)
        print(f"  {control:<22} {f'{wish}':<26} {describe_manner(binding)}".rstrip())


def _control(device: str, binding: Binding) -> Control:
    return Control(device, binding.kind, binding.channel or 0, binding.number, binding.path)


def _is_no_port(device: str) -> bool:
    return device in ("keyboard", "osc", "audio")


def _read_forgotten(words: Sequence[str], library: Library) -> Wish:
    """What to forget may be there no more: a scene that was deleted, an address that was misspelt."""
    try:
        return read_target(words, list_playable(library.catalogue))
    except MorphogenError:
        if words and words[0].startswith("/"):
            return Wish(words[0], tuple(map(read_argument, words[1:])))
        raise


def _load_own(path: Path) -> Bindings:
    """The player's own bindings. Raises MorphogenError for a broken file, which is not written over."""
    own, complaints = load_overlay(path)
    if complaints:
        raise MorphogenError(*complaints)
    return own


def _save(bindings: Bindings, path: Path) -> None:
    try:
        save_overlay(bindings, path)
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise MorphogenError(Complaint(str(path), what)) from None


def _bindings(number: int) -> str:
    return f"{number} binding{'' if number == 1 else 's'}"


def _devices(bindings: Bindings) -> str:
    return f"{len(bindings)} device{'' if len(bindings) == 1 else 's'}"
