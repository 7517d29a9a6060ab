"""The deeds of `/preset/...`: a scene goes to a named place of its model.

A preset is glided to, and what grows on the field stays. Only one whose file says `begins` (it dies
or stays empty from anything but its own seed) begins the scene anew, by a fade, with all other
values as they were played; not when it is the one that plays already.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from engine.show.memory.snapshot import restore_values, take_snapshot
from engine.show.parameter import Refused
from engine.show.presets.preset import Preset, find_preset
from engine.show.routes.arguments import Arguments, fires, read_fade

if TYPE_CHECKING:
    from engine.show.director import Director

GLIDE = 2.0  # seconds, where none are given


def preset_go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """`/preset/go NAME [seconds]`, or the number of one, from 1. Raises `Refused`."""
    presets = director.layer(number).voice.model.presets
    name = arguments[0] if arguments else None
    preset: Preset | None = None
    if isinstance(name, str):
        preset = find_preset(presets, name)
    elif isinstance(name, (int, float)) and 1 <= name < len(presets) + 1:
        preset = presets[int(name) - 1]
    if preset is None:
        raise Refused("no such preset")
    seconds = read_fade(arguments[1:])
    go_preset(director, number, preset, GLIDE if seconds is None else seconds)


def preset_next(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        _step(director, number, 1)


def preset_previous(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        _step(director, number, -1)


def go_preset(director: Director, number: int, preset: Preset, seconds: float) -> None:
    """Bring layer `number` to a preset of the model it plays, within `seconds`."""
    voice = director.layer(number).voice
    anew = preset.begins and voice.preset != preset.id
    if anew:
        kept, colours = take_snapshot(voice), copy(voice.colours)
        director.go(number, voice.scene.id, seconds, preset=preset.id, enter="dissolve")
        voice = director.layer(number).voice
        voice.colours = colours  # the palette goes on, also in the middle of its own fade
        restore_values(voice, kept, 0.0)
    for name, value in preset.values.items():
        voice.bank.want(name, value, 0.0 if anew else seconds)
    if anew:
        voice.bank.jump()
    voice.preset = preset.id


def _step(director: Director, number: int, by: int) -> None:
    voice = director.layer(number).voice
    presets = voice.model.presets
    if not presets:
        raise Refused("no presets")
    ids = [preset.id for preset in presets]
    at = ids.index(voice.preset) + by if voice.preset in ids else min(0, by)
    go_preset(director, number, presets[at % len(presets)], GLIDE)
