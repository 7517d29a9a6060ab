"""A snapshot: what a layer plays, kept to be gone back to: scene, preset, palette and all values.

In: a voice. Out: a `Snapshot`, and a layer brought back to one. It never keeps the field itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from engine.message import Argument
from engine.show.generator import model_of
from engine.show.parameter import Refused, clamp_value
from engine.show.presets.preset import find_preset
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.director import Director


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`values` are the wanted native values of every parameter: (name, a number or more).

    `preset` was gone to last, the seed of `begun` is the one that the values want; "": the scene's.
    """

    scene: str
    palette: str
    macros: tuple[float, ...]
    values: tuple[tuple[Any, ...], ...]
    preset: str = ""
    begun: str = ""

    def as_arguments(self) -> tuple[Argument, ...]:
        """As a message's arguments, so that a snapshot outlives the stage."""
        return self.scene, self.palette, self.macros, self.values, self.preset, self.begun

    @classmethod
    def from_arguments(cls, arguments: Sequence[Any]) -> Self:
        """What `as_arguments` gave."""
        return cls(*arguments)


def take_snapshot(voice: Voice) -> Snapshot:
    values = tuple((name, *voice.bank.wanted(name)) for name in voice.parameters)
    return Snapshot(
        voice.scene.id,
        voice.colours.palette.id,
        tuple(voice.macros),
        values,
        voice.preset,
        wanted_beginning(voice),
    )


def wanted_beginning(voice: Voice) -> str:
    """The preset whose seed suits what is played: values that came with one want its seed."""
    return voice.begun if voice.preset == voice.scene.preset else voice.preset


def go_snapshot(director: Director, number: int, snapshot: Snapshot, seconds: float) -> None:
    """Bring layer `number` to a snapshot's scene and values within `seconds`; the palette is left.

    What plays already is glided, unless its preset must begin from a seed of its own. Raises
    `Refused` if the scene is gone.
    """
    playing = director.layers.get(number)
    voice = playing.voice if playing and playing.voice.scene.id == snapshot.scene else None
    scene = voice.scene if voice else director.catalogue.scenes.get(snapshot.scene)
    if scene is None:
        raise Refused("no such scene")
    presets = model_of(director.catalogue, scene).presets
    preset = find_preset(presets, snapshot.preset)
    if voice and not (preset and preset.begins and voice.preset != preset.id):
        restore_values(voice, snapshot, seconds)
    else:
        begun = snapshot.begun if find_preset(presets, snapshot.begun) else ""
        colours = copy(voice.colours) if voice else None
        enter = "dissolve" if voice else ""
        director.go(number, snapshot.scene, seconds, preset=begun, enter=enter)
        voice = director.layer(number).voice
        voice.colours = colours or voice.colours
        restore_values(voice, snapshot, 0.0)
        voice.bank.jump()
    voice.preset = preset.id if preset else voice.scene.preset


def restore_values(voice: Voice, snapshot: Snapshot, seconds: float) -> None:
    """Glide to the snapshot's values, as far as the voice has such parameters."""
    voice.macros = list(snapshot.macros)
    for name, *value in snapshot.values:
        parameter = voice.parameters.get(name)
        if parameter is not None and parameter.components == len(value):
            voice.bank.want(name, clamp_value(parameter, value), seconds)
