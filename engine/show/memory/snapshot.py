"""A snapshot: what a layer plays, kept to be gone back to: scene, preset, palette and all values.

In: a voice. Out: a `Snapshot`, and a layer brought back to one. It never keeps the field itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.show.parameter import clamp_value
from engine.show.voice import Voice


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


def restore_values(voice: Voice, snapshot: Snapshot, seconds: float) -> None:
    """Glide to the snapshot's values, as far as the voice has such parameters."""
    voice.macros = list(snapshot.macros)
    for name, *value in snapshot.values:
        parameter = voice.parameters.get(name)
        if parameter is not None and parameter.components == len(value):
            voice.bank.want(name, clamp_value(parameter, value), seconds)
