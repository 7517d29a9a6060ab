"""The pad: a layer between up to four snapshots, one in each corner, mixed by where a finger is.

In: slots, a place 0..1. Out: values mixed each along its parameter's own curve, choices as the nearest
corner has them, palettes mixed in OKLab. The scene that plays goes on: of a corner that is another's only
the parameters both have are mixed, and `describe_pad` says how many that are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.show.hands.pad import Pad
from engine.show.memory.slot import LAYER, Settings, Slot
from engine.show.memory.values import read_values
from engine.show.parameter import Parameter, clamp_value, from_norm, to_norm
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.colours.palette import Palette

GLIDE = 0.12  # seconds: as quick as a finger, without its steps


def find_settings(slots: Mapping[int, Slot], number: int, layer: int) -> Settings | None:
    """What a snapshot says of one layer, by the names of layer 1; None if it says nothing."""
    slot = slots.get(number)
    if slot is None:
        return None
    if slot.scope == LAYER:
        return slot.settings
    prefix = f"/layer/{layer}"
    own = {a[len(prefix) :]: v for a, v in slot.settings.items() if a.startswith(prefix + "/")}
    return own or None


def play_pad(
    voice: Voice, parts: Sequence[tuple[Settings, float]], palettes: Mapping[str, Palette]
) -> None:
    """Bring a voice to what `parts` (settings with their weights, 1 together) come to."""
    told = [(read_values(voice, settings), weight) for settings, weight in parts]
    values: dict[str, tuple[float, ...]] = {}
    for name, parameter in voice.parameters.items():
        having = [(own[name], weight) for own, weight in told if name in own]
        total = sum(weight for _, weight in having)
        if total > 0.0:
            values[name] = mix(parameter, [(value, w / total) for value, w in having])
    alike = [(s, w) for s, w in parts if s.get("/scene/go") == (voice.scene.id,)]
    total = sum(weight for _, weight in alike)
    if total > 0.0:
        for index in range(len(voice.macros)):
            at = [(s.get(f"/macro/{index + 1}", (0.0,))[0], w / total) for s, w in alike]
            voice.macros[index] = sum(m * w for m, w in at if isinstance(m, (int, float)))
    voice.travel, voice.finger = None, ()
    voice.bank.morph(values, GLIDE)
    found = [(palettes.get(str(s.get("/palette/go", ("",))[0])), w) for s, w in parts]
    voice.colours.mix([(palette, w) for palette, w in found if palette is not None], GLIDE)


def mix(
    parameter: Parameter, parts: Sequence[tuple[tuple[float, ...], float]]
) -> tuple[float, ...]:
    """Native values with weights, 1 together, as one: along the curve; of a choice the heaviest."""
    if not parameter.is_smooth:
        return max(parts, key=lambda part: part[1])[0]
    if len(parts) == 1:
        return parts[0][0]
    if parameter.curve == "log":
        place = sum(to_norm(parameter, value[0]) * weight for value, weight in parts)
        return clamp_value(parameter, (from_norm(parameter, place),))
    return clamp_value(
        parameter,
        [sum(value[i] * weight for value, weight in parts) for i in range(parameter.components)],
    )


def describe_pad(pad: Pad, slots: Mapping[int, Slot], layer: int, voice: Voice) -> tuple[str, ...]:
    """What each corner moves, for people: of another scene only what both have."""
    told = []
    for number in pad.corners:
        settings = find_settings(slots, number, layer)
        if settings is None:
            told.append(f"{number}: empty" if number else "-")
            continue
        scene = str(settings.get("/scene/go", ("",))[0])
        shared, all_ = len(read_values(voice, settings)), len(voice.parameters)
        partly = "" if scene == voice.scene.id else f", {shared} of {all_} parameters"
        told.append(f"{number}: {scene}{partly}")
    return tuple(told)
