"""Addresses and what they do: one table. `/layer/<n>/...` plays layer n, else the focused one.

A value out of range is clamped; a wrong type, NaN or an unknown name raises `Refused`. A leading
"+", "-" or "*" makes a number relative, "pickup" or "scale" says that a knob went from one number to
another, "toggle" turns a switch round, and a trigger with 0 (a button let go) does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.show import tempo_routes
from engine.show.arguments import (
    Arguments,
    fires,
    read_fade,
    read_index,
    read_level,
    read_number,
    read_switch,
    read_way,
    read_whole,
    read_word,
    relate,
)
from engine.show.frame import BLENDS
from engine.show.hearing import HEARD
from engine.show.layer import LAYERS, Layer, Manner
from engine.show.map_routes import map_along, map_go, map_path
from engine.show.parameter import (
    Parameter,
    Refused,
    accept_value,
    clamp_value,
    finite_numbers,
    from_norm,
    read_components,
    to_norm,
)
from engine.show.preset_routes import preset_go, preset_next, preset_previous
from engine.show.regrow import regrow
from engine.show.scene import ENTRANCES
from engine.show.snapshot import go_snapshot, take_snapshot
from engine.show.takeover import PICKUP, TAKEOVERS, take_over
from engine.show.touch_routes import (
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
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.director import Director

# (director, layer number, the rest of the address, arguments)
Deed = Callable[["Director", int, str, Arguments], None]
UNTOUCHED = ("/tempo/", "/audio/", "/get", "/layer/focus", "/status")  # no hand of a performer


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
        deed(director, number, name, arguments)
    if director.playlist and not path.startswith(UNTOUCHED):
        director.touch()


def _scene_go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments:
        raise Refused("a scene wanted")
    scene, order = arguments[0], director.order
    if isinstance(scene, (int, float)) and not isinstance(scene, bool):
        index = int(finite_numbers([scene])[0])
        if not 1 <= index <= len(order):
            raise Refused("no such scene")
        scene = order[index - 1]
    if not isinstance(scene, str):
        raise Refused("a scene wanted")
    enter = arguments[-1] if len(arguments) > 1 and isinstance(arguments[-1], str) else ""
    if enter and enter not in ENTRANCES:
        raise Refused("no such entrance")
    director.go(number, scene, read_fade(arguments[1 : len(arguments) - bool(enter)]), enter=enter)


def _scene_next(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.step_scene(number, 1)


def _scene_previous(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.step_scene(number, -1)


def _param(director: Director, number: int, name: str, arguments: Arguments) -> None:
    voice = director.layer(number).voice
    p = _parameter(voice, name)
    wanted, word = voice.bank.wanted(name), read_word(arguments)
    if word in TAKEOVERS:
        norms = [to_norm(p, native) for native in read_way(arguments)]
        _norm(director, number, name, (word, *norms))
        return
    if word:
        by = finite_numbers(arguments[1:])
        if not 1 <= len(by) <= len(wanted):
            raise Refused(f"{len(wanted)} numbers wanted, {len(by)} given")
        moved = [relate(word, a, b) for a, b in zip(wanted, by, strict=False)]
        arguments = [*moved, *wanted[len(by) :]]
    elif p.kind == "bool" and arguments and arguments[0] == "toggle":
        arguments = (1.0 - wanted[0],)
    voice.bank.want(name, accept_value(p, arguments))


def _norm(director: Director, number: int, name: str, arguments: Arguments) -> None:
    voice = director.layer(number).voice
    p = _parameter(voice, name)
    if arguments and arguments[0] == "toggle":
        _param(director, number, name, arguments)
        return
    if p.components > 1:
        numbers = read_components(p, arguments)
        if len(numbers) != p.components:
            raise Refused(f"{p.components} numbers wanted, {len(numbers)} given")
        spans = zip(numbers, p.minimum, p.maximum, strict=True)
        voice.bank.want(name, clamp_value(p, [low + (high - low) * v for v, low, high in spans]))
        return

    def settle(place: float) -> float:
        return to_norm(p, clamp_value(p, (from_norm(p, place),))[0])

    present, word = to_norm(p, voice.bank.wanted(name)[0]), read_word(arguments)
    if word in TAKEOVERS:
        # A share of a way would be rounded away again and again: steps are picked up.
        way = word if p.is_smooth else PICKUP
        norm = take_over(way, *read_way(arguments), present, settle)
    else:
        kept = voice.between.get(name, present)
        if word and abs(settle(kept) - present) < 1e-9:  # notches smaller than a step add up
            present = kept
        norm = read_level(arguments, present)
        if not p.is_smooth:
            voice.between[name] = norm
    voice.bank.want(name, clamp_value(p, (from_norm(p, norm),)))


def _macro(director: Director, number: int, name: str, arguments: Arguments) -> None:
    voice = director.layer(number).voice
    index = read_index(name, len(voice.macros), "macro") - 1
    voice.move_macro(index, read_level(arguments, voice.macros[index]))


def _palette_go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    palettes = list(director.catalogue.palettes)
    name = arguments[0] if arguments else None
    if isinstance(name, (int, float)) and not isinstance(name, bool):
        index = int(finite_numbers([name])[0])
        name = palettes[index - 1] if 1 <= index <= len(palettes) else None
    if not isinstance(name, str) or name not in director.catalogue.palettes:
        raise Refused("no such palette")
    _go_palette(director, number, name, arguments[1:])


def _palette_step(by: int) -> Deed:
    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        if not fires(arguments):
            return
        names = list(director.catalogue.palettes)
        present = director.layer(number).voice.colours.palette.id
        at = names.index(present) if present in names else 0
        _go_palette(director, number, names[(at + by) % len(names)], ())

    return deed


def _go_palette(director: Director, number: int, name: str, arguments: Arguments) -> None:
    fade = read_fade(arguments)
    palette = director.catalogue.palettes[name]
    director.layer(number).voice.colours.go(palette, 1.0 if fade is None else fade)


def _palette_value(director: Director, number: int, name: str, arguments: Arguments) -> None:
    _param(director, number, f"palette_{name}", arguments)


def _seed(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Grow the same scene anew, with the next seed (no argument, or a button's 1) or the one given."""
    if not fires(arguments):
        return
    number_given = read_whole(arguments, 0, 2**31 - 1) if arguments else 1
    director.seed = director.seed + 1 if number_given == 1 else number_given
    regrow(director, number, 1.0)


def _clear(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.layer(number).voice.clear()


def _snapshot_save(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.snapshots[read_whole(arguments, 1, 128)] = take_snapshot(director.layer(number).voice)


def _snapshot_go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    snapshot = director.snapshots.get(read_whole(arguments[:1], 1, 128))
    if snapshot is None:
        raise Refused("no such snapshot")
    seconds = read_fade(arguments[1:])
    seconds = 2.0 if seconds is None else seconds
    go_snapshot(director, number, snapshot, seconds)
    if snapshot.palette in director.catalogue.palettes:
        _go_palette(director, number, snapshot.palette, [seconds])


def _opacity(director: Director, number: int, _: str, arguments: Arguments) -> None:
    manner = director.manner(number)
    manner.opacity = read_level(arguments, manner.opacity)
    _lay(director, number, manner)


def _blend(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments or arguments[0] not in BLENDS:
        raise Refused(f"blends are {', '.join(BLENDS)}")
    manner = director.manner(number)
    manner.blend = str(arguments[0])
    _lay(director, number, manner)


def _lay(director: Director, number: int, manner: Layer | Manner) -> None:
    """A layer that does not play yet will be laid on so once it does."""
    if isinstance(manner, Manner):
        director.manners[number] = manner


def _brightness(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.brightness = read_level(arguments, director.master.brightness)


def _blackout(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.blackout = read_switch(arguments, director.master.blackout)


def _freeze(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.freeze = read_switch(arguments, director.master.freeze)


def _safe(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Back to a picture that can be trusted: the safe scene alone, lit and running."""
    if not fires(arguments):
        return
    director.master.blackout = director.master.freeze = False
    director.master.brightness = 1.0
    for other, layer in director.layers.items():
        layer.opacity = 1.0 if other == 1 else 0.0
    director.focus = 1
    director.waiting.clear()
    director.go(1, director.safe_scene, 1.0, enter="dissolve")


def _audio(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """What is heard: a value of HEARD, or `bpm` with how sure it is."""
    if name == "bpm":
        numbers = finite_numbers(arguments)
        if not 1 <= len(numbers) <= 2:
            raise Refused("bpm and confidence wanted")
        director.hearing.hear_beat(numbers[0], numbers[1] if len(numbers) > 1 else 1.0)
    elif name in HEARD:
        director.hearing.hear(name, read_number(arguments))
    else:
        raise Refused("unknown address")


def _tape(wish: str) -> Deed:
    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        if fires(arguments):
            director.tape_wish = wish

    return deed


EXACT: dict[str, Deed] = {
    "/scene/go": _scene_go,
    "/scene/next": _scene_next,
    "/scene/previous": _scene_previous,
    "/preset/go": preset_go,
    "/preset/next": preset_next,
    "/preset/previous": preset_previous,
    "/map": map_go,
    "/map/x": map_along(0),
    "/map/y": map_along(1),
    "/map/path": map_path,
    "/palette/go": _palette_go,
    "/palette/next": _palette_step(1),
    "/palette/previous": _palette_step(-1),
    "/splat": splat,
    "/splat/every": splat_every,
    "/note": note,
    "/draw": draw,
    "/brush/size": brush_size,
    "/brush/softness": brush_softness,
    "/brush/amount": brush_amount,
    "/brush/channel": brush_channel,
    "/brush/erase": brush_erase,
    "/seed": _seed,
    "/clear": _clear,
    "/snapshot/save": _snapshot_save,
    "/snapshot/go": _snapshot_go,
    "/opacity": _opacity,
    "/blend": _blend,
    "/master/brightness": _brightness,
    "/blackout": _blackout,
    "/freeze": _freeze,
    "/safe": _safe,
    "/tempo/bpm": tempo_routes.bpm,
    "/tempo/tap": tempo_routes.tap,
    "/tempo/beat": tempo_routes.beat,
    "/tempo/bar": tempo_routes.bar,
    "/tempo/beats_per_bar": tempo_routes.beats_per_bar,
    "/tempo/running": tempo_routes.running,
    "/tempo/nudge": tempo_routes.nudge,
    "/tempo/source": tempo_routes.source,
    "/tempo/follow": tempo_routes.source,
    "/tempo/sync": tempo_routes.sync,
    "/quantise": tempo_routes.quantise,
    "/tape/record": _tape("record"),
    "/tape/stop": _tape("stop"),
    "/tape/play": _tape("play"),
}
NAMED: dict[str, Deed] = {
    "param": _param,
    "norm": _norm,
    "macro": _macro,
    "palette": _palette_value,
    "touch": finger,
    "audio": _audio,
}


def _parameter(voice: Voice, name: str) -> Parameter:
    try:
        return voice.parameters[name]
    except KeyError:
        raise Refused("no such parameter") from None
