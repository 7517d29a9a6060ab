"""Addresses of snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.memory.snapshot import go_snapshot, take_snapshot
from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, read_fade, read_whole
from engine.show.routes.palettes import go_palette

if TYPE_CHECKING:
    from engine.show.director import Director


def save(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.snapshots[read_whole(arguments, 1, 128)] = take_snapshot(director.layer(number).voice)


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    snapshot = director.snapshots.get(read_whole(arguments[:1], 1, 128))
    if snapshot is None:
        raise Refused("no such snapshot")
    seconds = read_fade(arguments[1:])
    seconds = 2.0 if seconds is None else seconds
    go_snapshot(director, number, snapshot, seconds)
    if snapshot.palette in director.catalogue.palettes:
        go_palette(director, number, snapshot.palette, [seconds])
