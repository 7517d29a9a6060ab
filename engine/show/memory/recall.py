"""A slot recalled: scenes, values, and whatever else it holds, in a time and along a curve.

In: a director, a slot. Out: the director on its way to it. What a slot says of parameters that are not
there (another scene's) is left out; layers that it does not know are faded out.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.generator import model_of
from engine.show.layer import LAYERS
from engine.show.memory.slot import BEGUN, LAYER, SHOW, Settings, Slot, keep
from engine.show.memory.snapshot import wanted_beginning
from engine.show.memory.state import (
    State,
    describe_layer,
    describe_settings,
    describe_shared,
    prefix_of,
)
from engine.show.memory.values import Time, put_values
from engine.show.parameter import Refused
from engine.show.presets.preset import find_preset

if TYPE_CHECKING:
    from engine.show.director import Director

_OF_VOICE = re.compile(
    r"/(scene/go|preset/go|palette/go|palette/mix|mod/edits|begun|macro/\d|param/.*)"
)


def take_layer(director: Director, number: int) -> Slot:
    """What layer `number` plays. Raises `Refused` for an empty one."""
    layer = director.layer(number)
    begun = {BEGUN: (wanted_beginning(layer.voice),)}
    return keep(LAYER, describe_layer(layer, "") | begun)


def take_show(director: Director) -> Slot:
    """What all layers play."""
    settings = describe_shared(director)
    for number, layer in director.layers.items():
        if layer.leaves is not None:
            continue
        settings |= describe_layer(layer, f"/layer/{number}")
        settings[f"/layer/{number}{BEGUN}"] = (wanted_beginning(layer.voice),)
    return keep(SHOW, settings)


def recall(director: Director, number: int, slot: Slot, time: Time) -> None:
    """Bring layer `number`, or with a show's slot everything, to it. Raises `Refused` if a layer's
    scene is gone."""
    if slot.scope == LAYER:
        _recall_layer(director, number, slot.settings, time)
        return
    shared = dict(slot.settings)
    for other in range(1, LAYERS + 1):
        prefix = f"/layer/{other}"
        own = {a[len(prefix) :]: shared.pop(a) for a in slot.settings if a.startswith(prefix + "/")}
        if "/scene/go" in own:
            _recall_layer(director, other, own, time)
        elif other in director.layers:
            _ramp(
                director, describe_settings(director), f"{prefix_of(other)}/opacity", (0.0,), time
            )
    present = describe_settings(director)
    for address, arguments in shared.items():
        _put(director, present, address, arguments, time)


def _recall_layer(director: Director, number: int, settings: Settings, time: Time) -> None:
    playing = director.layers.get(number)
    scene_id = str(settings.get("/scene/go", ("",))[0])
    voice = playing.voice if playing and playing.voice.scene.id == scene_id else None
    scene = voice.scene if voice else director.catalogue.scenes.get(scene_id)
    if scene is None:
        raise Refused("no such scene")
    if playing:
        playing.leaves = None  # as for a scene that is gone to: it is wanted again
    if voice and "/mod/edits" in settings:  # before the values of what it adds
        director.play(f"{prefix_of(number)}/mod/edits", settings["/mod/edits"])
    presets = model_of(director.catalogue, scene).presets
    preset = find_preset(presets, str(settings.get("/preset/go", ("",))[0]))
    if voice and not (preset and preset.begins and voice.preset != preset.id):
        put_values(voice, settings, time)
    else:
        begun = str(settings.get(BEGUN, ("",))[0])
        colours = copy(voice.colours) if voice else None
        enter = "dissolve" if voice else ""
        begun = begun if find_preset(presets, begun) else ""
        director.go(number, scene_id, time[0], preset=begun, enter=enter)
        voice = director.layer(number).voice
        voice.colours = colours or voice.colours
        director.play(f"{prefix_of(number)}/mod/edits", settings.get("/mod/edits", ()))
        put_values(voice, settings, (0.0, time[1]))
        voice.bank.jump()
    voice.preset = preset.id if preset else voice.scene.preset
    voice.finger, voice.travel = (), None
    palette = director.catalogue.palettes.get(str(settings.get("/palette/go", ("",))[0]))
    if palette is not None:
        voice.colours.go(palette, time[0])
    present = describe_settings(director)
    prefix = prefix_of(number)
    for path, arguments in settings.items():
        if not _OF_VOICE.fullmatch(path):
            _put(director, present, prefix + path, arguments, time)
    if "/palette/mix" in settings:
        director.play(f"{prefix}/palette/mix", settings["/palette/mix"])


def _put(
    director: Director, present: State, address: str, arguments: tuple[Argument, ...], time: Time
) -> None:
    """What is no value of a scene's: a number goes there in time, all else is played."""
    if present.get(address) == arguments:
        return
    if len(arguments) == 1 and isinstance(arguments[0], float):
        _ramp(director, present, address, arguments, time)
    else:
        director.play(address, arguments)
        present |= describe_settings(director)  # an effect that came has numbers of its own


def _ramp(
    director: Director, present: State, address: str, goal: tuple[Argument, ...], time: Time
) -> None:
    start = present.get(address, ())
    if time[0] > 0.0 and len(start) == 1 and isinstance(start[0], (int, float)):
        director.ramps.go(address, float(start[0]), float(str(goal[0])), time)
    else:
        director.play(address, goal)
