"""Addresses and what they do: one table. `/layer/<n>/...` plays layer n, else the focused one.

A value out of range is clamped; a wrong type, NaN or an unknown name raises `Refused`. A leading
"+", "-" or "*" makes a number relative, "pickup" or "scale" says that a knob went from one number to
another, "toggle" turns a switch round, and a trigger with 0 (a button let go) does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.show.layer import LAYERS
from engine.show.parameter import Refused
from engine.show.routes import (
    chance,
    cues,
    effects,
    history,
    layers,
    master,
    modulation,
    morph,
    palette_edits,
    palettes,
    parameters,
    scenes,
    snapshots,
    tempo,
)
from engine.show.routes.arguments import Arguments, read_index, read_whole
from engine.show.routes.keeping import tape_loop, wish
from engine.show.routes.maps import map_along, map_go, map_path
from engine.show.routes.presets import preset_go, preset_next, preset_previous
from engine.show.routes.touch import (
    brush_amount,
    brush_channel,
    brush_erase,
    brush_size,
    brush_softness,
    draw,
    finger,
    note,
    splat,
    splat_every,
)

if TYPE_CHECKING:
    from engine.show.director import Director

# (director, layer number, the rest of the address, arguments)
Deed = Callable[["Director", int, str, Arguments], None]
# No hand of a performer.
UNTOUCHED = ("/tempo/", "/audio/", "/get", "/layer/focus", "/status", "/time")


def perform(director: Director, address: str, arguments: Arguments, at_once: bool = False) -> None:
    """Do what an address says, unless it has to wait for the beat. Raises `Refused`."""
    number, path = director.focus, address
    if address.startswith("/layer/"):
        part, _, rest = address[7:].partition("/")
        if part == "focus":
            wanted = read_whole(arguments, 1, LAYERS)
            director.layer(wanted)  # before it is focused: one that is empty is refused
            director.focus = wanted
            return
        number, path = read_index(part, LAYERS, "layer"), f"/{rest}"
    deed, name = EXACT.get(path), ""
    if deed is None:
        root, _, name = path[1:].partition("/")
        deed = NAMED.get(root)
        if deed is None:
            raise Refused("unknown address")
    wish, unit = (path, arguments), director.written_unit(number)
    if at_once or not director.waiting.take(number, wish, unit, director.tempo):
        director.history.note(director, number, path)
        try:
            deed(director, number, name, arguments)
        except Refused:
            director.history.refuse(number, path)
            raise
    if director.playlist and not director.history.is_paused and not path.startswith(UNTOUCHED):
        director.touch()


EXACT: dict[str, Deed] = {
    "/scene/go": scenes.go,
    "/scene/next": scenes.forward,
    "/scene/previous": scenes.back,
    "/scene/save": scenes.save,
    "/preset/go": preset_go,
    "/preset/next": preset_next,
    "/preset/previous": preset_previous,
    "/map": map_go,
    "/map/x": map_along(0),
    "/map/y": map_along(1),
    "/map/path": map_path,
    "/palette/go": palettes.go,
    "/palette/group": palettes.group,
    "/palette/next": palettes.step(1),
    "/palette/previous": palettes.step(-1),
    "/palette/stop": palette_edits.stop,
    "/palette/stops": palette_edits.stops,
    "/palette/add": palette_edits.add,
    "/palette/remove": palette_edits.remove,
    "/palette/accent": palette_edits.accent,
    "/palette/revert": palette_edits.revert,
    "/palette/save": palette_edits.save,
    "/splat": splat,
    "/splat/every": splat_every,
    "/note": note,
    "/draw": draw,
    "/brush/size": brush_size,
    "/brush/softness": brush_softness,
    "/brush/amount": brush_amount,
    "/brush/channel": brush_channel,
    "/brush/erase": brush_erase,
    "/seed": scenes.seed,
    "/clear": scenes.clear,
    "/snapshot/save": snapshots.save,
    "/snapshot/show/save": snapshots.save_show,
    "/snapshot/go": snapshots.go,
    "/snapshot/clear": snapshots.clear,
    "/cue/go": cues.go,
    "/cue/next": cues.step(1),
    "/cue/back": cues.step(-1),
    "/cue/pause": cues.pause,
    "/opening": cues.opening,
    "/time": cues.time,
    "/undo": history.undo,
    "/redo": history.redo,
    "/mod/add": modulation.add,
    "/mod/set": modulation.change,
    "/mod/route": modulation.route,
    "/mod/remove": modulation.remove,
    "/mod/edits": modulation.edits,
    "/morph": morph.go,
    "/morph/x": morph.along(0),
    "/morph/y": morph.along(1),
    "/morph/slots": morph.slots,
    "/palette/mix": palettes.mix,
    "/random": chance.scattered,
    "/mutate": chance.mutated,
    "/chance": chance.seed,
    "/opacity": layers.opacity,
    "/blend": layers.blend,
    "/solo": layers.solo,
    "/bypass": layers.bypass,
    "/bus": layers.bus,
    "/eject": layers.eject,
    "/crossfader": layers.crossfader,
    "/master/brightness": master.brightness,
    "/blackout": master.blackout,
    "/freeze": master.freeze,
    "/safe": master.safe,
    "/tempo/bpm": tempo.bpm,
    "/tempo/tap": tempo.tap,
    "/tempo/beat": tempo.beat,
    "/tempo/bar": tempo.bar,
    "/tempo/beats_per_bar": tempo.beats_per_bar,
    "/tempo/running": tempo.running,
    "/tempo/nudge": tempo.nudge,
    "/tempo/source": tempo.source,
    "/tempo/follow": tempo.source,
    "/tempo/sync": tempo.sync,
    "/quantise": tempo.quantise,
    "/tape/record": wish("tape", "record"),
    "/tape/stop": wish("tape", "stop"),
    "/tape/play": wish("tape", "play"),
    "/tape/toggle": wish("tape", "toggle"),
    "/tape/loop": tape_loop,
    "/record/start": wish("record", "start"),
    "/record/stop": wish("record", "stop"),
    "/record/toggle": wish("record", "toggle"),
    "/still": wish("still", ""),
}
NAMED: dict[str, Deed] = {
    "param": parameters.param,
    "norm": parameters.norm,
    "macro": parameters.macro,
    "mod": modulation.play,
    "palette": palettes.value,
    "touch": finger,
    "effect": effects.of_layer,
    "master": effects.of_master,
    "transition": effects.transition,
    "audio": master.audio,
}
