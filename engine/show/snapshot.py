"""A snapshot: what a layer plays, kept to be gone back to: scene, palette and all values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.voice import Voice


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`values` are the wanted native values of every parameter."""

    scene: str
    palette: str
    values: Mapping[str, tuple[float, ...]]
    macros: tuple[float, ...]


def take_snapshot(voice: Voice) -> Snapshot:
    values = {name: voice.bank.wanted(name) for name in voice.parameters}
    return Snapshot(voice.scene.id, voice.colours.palette.id, values, tuple(voice.macros))


def restore_values(voice: Voice, snapshot: Snapshot, seconds: float) -> None:
    """Glide to the snapshot's values, as far as the voice has such parameters."""
    voice.macros = list(snapshot.macros)
    for name, value in snapshot.values.items():
        if name in voice.parameters:
            voice.bank.want(name, value, seconds)
