"""A snapshot: what a layer plays, kept to be gone back to: scene, palette and all values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from engine.message import Argument
from engine.show.parameter import clamp_value
from engine.show.voice import Voice


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`values` are the wanted native values of every parameter: (name, a number or more)."""

    scene: str
    palette: str
    macros: tuple[float, ...]
    values: tuple[tuple[Any, ...], ...]

    def as_arguments(self) -> tuple[Argument, ...]:
        """As a message's arguments, so that a snapshot outlives the stage."""
        return self.scene, self.palette, self.macros, self.values

    @classmethod
    def from_arguments(cls, arguments: Sequence[Any]) -> Self:
        """What `as_arguments` gave."""
        scene, palette, macros, values = arguments
        return cls(scene, palette, macros, values)


def take_snapshot(voice: Voice) -> Snapshot:
    values = tuple((name, *voice.bank.wanted(name)) for name in voice.parameters)
    return Snapshot(voice.scene.id, voice.colours.palette.id, tuple(voice.macros), values)


def restore_values(voice: Voice, snapshot: Snapshot, seconds: float) -> None:
    """Glide to the snapshot's values, as far as the voice has such parameters."""
    voice.macros = list(snapshot.macros)
    for name, *value in snapshot.values:
        parameter = voice.parameters.get(name)
        if parameter is not None and parameter.components == len(value):
            voice.bank.want(name, clamp_value(parameter, value), seconds)
