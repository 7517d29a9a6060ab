"""The state of a show as messages: what is told, asked for, and brought back by `restore.py`.

In: a director. Out: address -> arguments, in the order in which they must be applied. Layers other
than the first appear as `/layer/<n>/...`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from engine.message import name_part
from engine.show.beat.tempo import Tempo
from engine.show.cues.cue_names import list_cues
from engine.show.effects.telling import list_effects, list_rack, tell_between, tell_rack
from engine.show.hands.brush import Brush
from engine.show.layer import Layer
from engine.show.manner import Manner
from engine.show.memory.lists import (
    cut_list,
    list_of_voice,
    list_palettes,
    list_scenes,
    list_snapshots,
)
from engine.show.memory.mixing import describe_pad
from engine.show.memory.places import PLACES, describe_places
from engine.show.modulation.edits import find_edits
from engine.show.routes.touch import BY_SCENE
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.message import Argument
    from engine.show.director import Director

State = dict[str, tuple["Argument", ...]]
COMPANY = ("/preset/go", "/map", "/map/path", "/morph/slots", "/morph")  # move several at once
SNAPSHOT = "/state/snapshot/"  # only for restoring: a performer's own address is /snapshot/save
CUE = "/state/cue"  # where the show stands, likewise


def describe(director: Director) -> State:
    """Everything a peer may ask for with /get, and all that a restart needs."""
    state = describe_settings(director)
    for number, layer in director.layers.items():
        prefix = prefix_of(number)
        _describe_derived(state, prefix, layer.voice)
        state |= list_of_voice(prefix, layer.voice)
        places = describe_places(layer.voice)
        state |= {f"{PLACES}{prefix}/{word}": place for word, place in places.items()}
        state |= list_rack(prefix, layer.manner.rack)
        if any(layer.pad.corners):
            told = describe_pad(layer.pad, director.snapshots, number, layer.voice)
            state[f"/status/morph/{number}"] = told
    state |= list_effects(director)
    state |= list_scenes(director.order, director.catalogue)
    state |= list_palettes(director.catalogue)
    _describe_tempo(state, director.tempo)
    for number, snapshot in director.snapshots.items():
        state[f"{SNAPSHOT}{number}"] = snapshot.as_arguments()
    state["/list/snapshots"] = list_snapshots(director.snapshots)
    if director.playlist:
        state[CUE] = director.cues.as_arguments()
        state["/cue/pause"] = (int(director.cues.is_paused),)
        state["/opening"] = director.cues.opening.as_arguments()
        state["/status/cue"] = director.cues.describe(director)
        state["/list/cues"] = cut_list(list_cues(director.entries))
        if director.cues.wall.now:
            state["/time"] = (director.cues.wall.now.isoformat(timespec="seconds"),)
    state["/chance"] = (director.chance,)
    state["/status/addresses"] = (*director.addresses, *_list_triggers(director))
    state["/status/refused"] = (sum(director.refused.values()),)
    state["/status/revived"] = (sum(director.revived.values()),)
    state["/tape/loop"] = (int(director.wishes.tape_loops),)
    state["/status/waiting"] = director.waiting.describe()
    return state


def describe_settings(director: Director) -> State:
    """What hands have set, and nothing that follows from it or goes on by itself: what is undone,
    kept in snapshots and brought back. Whatever can be empty is told as empty: what is not told
    cannot be undone. Within each layer its voice first.
    """
    state: State = {}
    for number, layer in director.layers.items():
        if layer.leaves is None:
            state |= describe_layer(layer, prefix_of(number))
        elif layer.manner.stays:  # it is as good as gone; how it was laid on stays
            _describe_manner(state, prefix_of(number), layer.manner)
    for number, manner in director.layers.manners.items():
        _describe_manner(state, prefix_of(number), manner)
    return state | describe_shared(director)


def describe_layer(layer: Layer, prefix: str) -> State:
    """What hands have set on a layer, by addresses that begin with `prefix`."""
    state: State = {}
    _describe_voice(state, prefix, layer.voice)
    _describe_brush(state, prefix, layer.brush)
    if any(layer.pad.corners):
        state[f"{prefix}/morph/slots"] = layer.pad.corners
    if layer.pad.place:
        state[f"{prefix}/morph"] = layer.pad.place
    state[f"{prefix}/splat/every"] = (BY_SCENE if layer.every is None else layer.every,)
    _describe_manner(state, prefix, layer.manner)
    return state


def describe_shared(director: Director) -> State:
    """What hands have set that no layer has for itself."""
    state: State = {}
    state["/layer/focus"] = (director.focus,)
    state["/master/brightness"] = (director.master.brightness,)
    state["/crossfader"] = (director.crossfader.wanted,)
    state |= tell_rack("/master", director.rack)
    state |= tell_between(director)
    state["/blackout"] = (int(director.master.blackout),)
    state["/freeze"] = (int(director.master.freeze),)
    state["/quantise"] = (director.waiting.unit,)
    return state


def prefix_of(number: int) -> str:
    """How the state begins the addresses of a layer."""
    return "" if number == 1 else f"/layer/{number}"


def _describe_tempo(state: State, tempo: Tempo) -> None:
    state["/tempo/bpm"] = (tempo.bpm,)
    state["/tempo/beats_per_bar"] = (tempo.beats_per_bar,)
    state["/tempo/beat"] = (tempo.beats,)
    state["/tempo/bar"] = (tempo.bar,)
    state["/tempo/running"] = (int(tempo.running),)
    state["/tempo/follow"] = (tempo.follow,)
    state["/tempo/source"] = (tempo.leader,)


def describe_refusals(director: Director) -> State:
    """What was refused, by reason: `/status/refused/<reason>`."""
    counts: Counter[str] = Counter()
    for reason, count in director.refused.items():
        counts[name_part(reason) or "other"] += count
    return {f"/status/refused/{part}": (count,) for part, count in counts.items()}


def describe_modulation(director: Director) -> State:
    """What modulators give now, `/status/mod/<name>`, and where all is that they and drifts move,
    `/status/mod/to/<parameter>`; of another layer than the first, `/status/layer/<n>/mod/...`."""
    state: State = {}
    for number, layer in director.layers.items():
        head, rig = f"/status{prefix_of(number)}/mod", layer.voice.rig
        state |= {f"{head}/{name}": (node.signal,) for name, node in rig.nodes.items()}
        state |= {f"{head}/to/{name}": (value,) for name, value in rig.landed.items()}
    return state


def _describe_voice(state: State, prefix: str, voice: Voice) -> None:
    state[f"{prefix}/scene/go"] = (voice.scene.id,)
    state[f"{prefix}/seed"] = (voice.seed,)
    if voice.preset:
        state[f"{prefix}/preset/go"] = (voice.preset,)
    if voice.finger:
        state[f"{prefix}/map{'/path' if len(voice.finger) == 1 else ''}"] = voice.finger
    state[f"{prefix}/palette/go"] = (voice.colours.palette.id,)
    state[f"{prefix}/palette/stops"], state[f"{prefix}/palette/accent"] = voice.colours.told
    if voice.colours.mixture:
        mixed = (part for pair in voice.colours.mixture for part in pair)
        state[f"{prefix}/palette/mix"] = tuple(mixed)
    state[f"{prefix}/mod/edits"] = find_edits(voice.written, voice.scene)
    for index, macro in enumerate(voice.macros):
        state[f"{prefix}/macro/{index + 1}"] = (macro,)
    head = f"{prefix}/param/"
    for name in voice.parameters:
        state[head + name] = voice.bank.wanted(name)


def _describe_derived(state: State, prefix: str, voice: Voice) -> None:
    """The same values by other addresses."""
    for name, parameter in voice.parameters.items():
        if parameter.components == 1:
            state[f"{prefix}/norm/{name}"] = (voice.bank.norm(name),)
        if name.startswith("palette_"):
            state[f"{prefix}/palette/{name[8:]}"] = voice.bank.wanted(name)
    for name, path in voice.rig.paths.items():
        state[f"{prefix}/mod/{path}"] = voice.bank.wanted(name)


def _list_triggers(director: Director) -> list[str]:
    """Of all modulators, without their layers."""
    names = {name for layer in director.layers.values() for name in layer.voice.rig.nodes}
    return [f"/mod/{name}/trigger" for name in sorted(names)]


def _describe_manner(state: State, prefix: str, manner: Manner) -> None:
    state[f"{prefix}/opacity"] = (manner.opacity,)
    state[f"{prefix}/blend"] = (manner.blend,)
    state[f"{prefix}/solo"] = (int(manner.solo),)
    state[f"{prefix}/bypass"] = (int(manner.bypass),)
    state[f"{prefix}/bus"] = (manner.bus,)
    state |= tell_rack(prefix, manner.rack)


def _describe_brush(state: State, prefix: str, brush: Brush) -> None:
    state[f"{prefix}/brush/size"] = (brush.size,)
    state[f"{prefix}/brush/softness"] = (brush.softness,)
    state[f"{prefix}/brush/amount"] = (brush.amount,)
    state[f"{prefix}/brush/channel"] = (brush.channel,)
    state[f"{prefix}/brush/erase"] = (int(brush.erase),)
