"""A director brought to a state that it, or another, was in: exactly, by whatever differs.

In: a director, a state as `describe_kept` tells it. Out: the director in that state. What has a message
of its own goes by that message, so that whoever adds a setting has it undone; only what messages move
in company (macros, presets, the map) is put back by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.generator import model_of
from engine.show.hands.pad import Pad
from engine.show.memory.slot import Slot
from engine.show.memory.state import COMPANY, SNAPSHOT, State, describe_settings, prefix_of
from engine.show.presets.preset import find_preset

if TYPE_CHECKING:
    from engine.show.director import Director

FADE = 1.0  # seconds, where a scene has to begin again
PALETTE_FADE = 0.3
ROUNDS = 3  # what is put back may move what was


def describe_kept(director: Director) -> State:
    """Everything that hands have set, the snapshots among it."""
    kept = {f"{SNAPSHOT}{n}": snapshot.as_arguments() for n, snapshot in director.snapshots.items()}
    return describe_settings(director) | kept


def become(director: Director, target: State, fade: float = FADE) -> None:
    """Bring everything to `target`. A scene that does not play any more begins again, by a fade."""
    director.waiting.clear()
    director.ramps.clear()
    _put_snapshots(director, target)
    for number, layer in director.layers.items():
        if number > 1 and layer.leaves is None and f"{prefix_of(number)}/scene/go" not in target:
            director.eject(number, fade)
        if layer.leaves is not None:  # how it was laid on stays only if it was told
            layer.manner.stays = f"{prefix_of(number)}/opacity" in target
            if not layer.manner.stays:
                layer.manner.forget()
    for number in list(director.layers.manners):
        if f"{prefix_of(number)}/opacity" not in target:
            del director.layers.manners[number]
    began = [n for n in range(1, 5) if _begin(director, n, target, fade)]
    for _ in range(ROUNDS):
        present = describe_settings(director)
        wrong = {a: v for a, v in target.items() if present.get(a) != v and not _is_snapshot(a)}
        for number in director.layers:
            _put_voice(director, number, target)
        if not wrong:
            break
        for address, arguments in wrong.items():
            _put(director, address, arguments)
    for number in began:
        director.layers[number].jump()


def _begin(director: Director, number: int, target: State, fade: float) -> bool:
    """Let a layer's scene begin again if it is not the one that plays; whether it was."""
    prefix = prefix_of(number)
    scene, seed = target.get(f"{prefix}/scene/go"), target.get(f"{prefix}/seed")
    if scene is None or seed is None or scene[0] not in director.catalogue.scenes:
        return False
    model = model_of(director.catalogue, director.catalogue.scenes[str(scene[0])])
    preset = find_preset(model.presets, str(target.get(f"{prefix}/preset/go", ("",))[0]))
    begun = preset.id if preset and preset.begins else ""
    if number in director.layers:
        voice = director.layers[number].voice
        grows_on = not begun or begun in (voice.begun, voice.preset)
        director.layers[number].leaves = None
        if (voice.scene.id,) == scene and (voice.seed,) == seed and grows_on:
            return False
    assert isinstance(seed[0], int)
    director.go(number, str(scene[0]), fade, seed[0], begun, enter="dissolve")
    return True


def _put_voice(director: Director, number: int, target: State) -> None:
    """What no message of its own puts back without moving other values."""
    prefix, layer = prefix_of(number), director.layers[number]
    voice = layer.voice
    voice.travel = None
    voice.between.clear()
    voice.preset = str(target.get(f"{prefix}/preset/go", ("",))[0])
    finger = target.get(f"{prefix}/map", target.get(f"{prefix}/map/path", ()))
    voice.finger = _floats(finger)
    corners = tuple(int(str(v)) for v in target.get(f"{prefix}/morph/slots", (0, 0, 0, 0)))
    layer.pad = Pad(corners, _floats(target.get(f"{prefix}/morph", ())))
    if voice.colours.mixture and f"{prefix}/palette/mix" not in target:
        voice.colours.go(voice.colours.palette, PALETTE_FADE)
    for index in range(len(voice.macros)):
        value = target.get(f"{prefix}/macro/{index + 1}", (voice.macros[index],))[0]
        voice.macros[index] = value if isinstance(value, float) else float(str(value))


def _floats(told: tuple[Argument, ...]) -> tuple[float, ...]:
    return tuple(float(v) for v in told if isinstance(v, (int, float)))


def _put(director: Director, address: str, arguments: tuple[object, ...]) -> None:
    """What has a message of its own; one that is not to be had any more stays as it is."""
    if address.endswith(("/scene/go", "/seed", *COMPANY)) or "/macro/" in address:
        return
    if address.endswith("/palette/go"):
        arguments = (*arguments, PALETTE_FADE)
    director.play(address, arguments)


def _put_snapshots(director: Director, target: State) -> None:
    kept = {a: v for a, v in target.items() if _is_snapshot(a)}
    present = {f"{SNAPSHOT}{n}": slot.as_arguments() for n, slot in director.snapshots.items()}
    if kept == present:
        return
    director.snapshots_saved = True
    director.snapshots = {
        int(a.removeprefix(SNAPSHOT)): Slot.from_arguments(v) for a, v in kept.items()
    }


def _is_snapshot(address: str) -> bool:
    return address.startswith(SNAPSHOT)
