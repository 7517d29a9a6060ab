"""A kept state brought back: applied to a fresh director, it plays what was played, at once.

In: a state as it was told (`state.py`), as messages. Out: the director, with no fade, no glide and the same
seeds, the beat gone on as if nobody had been away. What is told only for asking is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.message import Message
from engine.show.beat.tempo import JUMP, RANK
from engine.show.generator import model_of
from engine.show.layer import Layer
from engine.show.memory.places import PLACES, restore_places
from engine.show.memory.slot import Slot
from engine.show.memory.state import COMPANY, CUE, SNAPSHOT, State
from engine.show.presets.preset import find_preset

if TYPE_CHECKING:
    from engine.message import Argument
    from engine.show.director import Director

LONGEST_AWAY = 600.0  # seconds
PAD = ("/morph/slots", "/morph")


def as_kept(state: State) -> tuple[Message, ...]:
    """Of a whole state (`describe`), what `restore` reads: what a tape begins with."""
    return tuple(
        Message(address, arguments)
        for address, arguments in state.items()
        if not _is_derived(address)
        or address.startswith((SNAPSHOT, CUE, PLACES))
        or address == "/tempo/source"
    )


def restore(director: Director, messages: Iterable[Message]) -> None:
    """Bring a fresh director to a kept state: no fade, no glide, the same seeds."""
    kept = {message.address: message.arguments for message in messages}
    for address, arguments in kept.items():
        if address.endswith("/scene/go") and isinstance(arguments[0], str):
            prefix = address.removesuffix("/scene/go")
            seed = kept.get(f"{prefix}/seed", (director.seed,))[0]
            number = int(prefix.removeprefix("/layer/")) if prefix else 1
            if arguments[0] in director.catalogue.scenes and isinstance(seed, int):
                preset = _begun(director, arguments[0], kept.get(f"{prefix}/preset/go"))
                director.go(number, arguments[0], 0.0, seed, preset)
                director.seed = max(director.seed, seed)
    for address in sorted(kept, key=_rank):
        if address.startswith(SNAPSHOT):
            number = int(address.removeprefix(SNAPSHOT))
            director.snapshots[number] = Slot.from_arguments(kept[address])
        elif address == CUE:
            director.cues.restore(director, kept[address])
        elif address.startswith(PLACES):
            prefix, _, word = address.removeprefix(PLACES).rpartition("/")
            if layer := _find_layer(director, prefix):
                restore_places(layer.voice, word, kept[address])
        elif address.endswith(PAD):
            _restore_pad(director, address, kept[address])
        elif not address.endswith(("/scene/go", "/seed")) and not _is_derived(address):
            arguments = (*kept[address], *_at_once(address))
            director.apply(Message(address, arguments), at_once=True)
    told = kept.get("/tempo/source", ("",))[0]
    director.tempo.source = told if told in RANK else director.tempo.source
    director.refusals.clear()
    for layer in director.layers.values():
        layer.jump()
        layer.begin_now()
    director.jump()
    director.history.forget()  # what was brought back is no step of a hand's


def _restore_pad(director: Director, address: str, told: tuple[Argument, ...]) -> None:
    """Where a finger was; not by a message, since hands may have moved on what it had moved."""
    prefix = address[: address.rindex("/morph")]
    layer = _find_layer(director, prefix)
    numbers = [part for part in told if isinstance(part, (int, float))]
    if layer is None:
        return
    if address.endswith("/slots"):
        layer.pad = replace(layer.pad, corners=tuple(int(n) for n in numbers))
    else:
        layer.pad = replace(layer.pad, place=tuple(float(n) for n in numbers))


def _find_layer(director: Director, prefix: str) -> Layer | None:
    return director.layers.get(int(prefix.removeprefix("/layer/")) if prefix else 1)


def time_away(messages: Iterable[Message], now_ns: int) -> float:
    """Seconds since the beat of a kept state was told; 0 where it tells none."""
    told_ns = [message.time_ns for message in messages if message.address == "/tempo/beat"]
    if not told_ns or not told_ns[0]:
        return 0.0
    return min(max((now_ns - told_ns[0]) * 1e-9, 0.0), LONGEST_AWAY)


def let_time_pass(director: Director, seconds: float) -> None:
    """Let the beat of a restored show go on as if nobody had been away for so long."""
    director.tempo.advance(min(max(seconds, 0.0), LONGEST_AWAY))


def _at_once(address: str) -> tuple[Argument, ...]:
    """What makes an address act without a fade or a glide."""
    if address.endswith(("/scene/go", "/preset/go", "/palette/go")) or _begins_effect(address):
        return (0.0,)
    return (JUMP,) if address == "/tempo/beat" else ()


def _rank(address: str) -> int:
    """Snapshots first; modulation before its parameters; macros, presets, the map and the pad before
    the parameters they move, which hands may have moved on, effects before their own; the focus last."""
    if address.endswith("/mod/edits"):
        return -1
    if "/macro/" in address or address.endswith(COMPANY):
        return 0
    if _begins_effect(address) or address == "/transition/use":
        return 0
    if address.startswith(SNAPSHOT):
        return -1
    return 2 if address == "/layer/focus" else 1


def _begins_effect(address: str) -> bool:
    return "/effect/" in address and address.endswith("/go")


def _begun(director: Director, scene: str, told: tuple[Argument, ...] | None) -> str:
    """The preset that a kept scene had begun with, as `preset_routes` decides it; else ""."""
    entry = director.catalogue.scenes[scene]
    name = str(told[0]) if told else ""
    preset = find_preset(model_of(director.catalogue, entry).presets, name)
    return name if preset and preset.begins and name != entry.preset else ""


def _is_derived(address: str) -> bool:
    """Known for asking, of no use for restoring: the same values stand in /param/."""
    if "/mod/" in address:
        return not address.endswith("/mod/edits")
    return any(word in address for word in ("/norm/", "/list/")) or address.startswith(
        ("/status/", "/state/", "/tempo/bar", "/tempo/source")
    )
