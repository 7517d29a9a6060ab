"""Addresses of palettes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_fade
from engine.show.routes.parameters import param

MOST_MIXED = 4
HEAVIEST = 1e9  # together

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.routes.table import Deed


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    palettes = list(director.catalogue.palettes)
    name = arguments[0] if arguments else None
    if isinstance(name, (int, float)) and not isinstance(name, bool):
        index = int(finite_numbers([name])[0])
        name = palettes[index - 1] if 1 <= index <= len(palettes) else None
    if not isinstance(name, str) or name not in director.catalogue.palettes:
        raise Refused("no such palette")
    go_palette(director, number, name, arguments[1:])


def step(by: int) -> Deed:
    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        if not fires(arguments):
            return
        names = list(director.catalogue.palettes)
        present = director.layer(number).voice.colours.palette.id
        at = names.index(present) if present in names else 0
        go_palette(director, number, names[(at + by) % len(names)], ())

    return deed


def group(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """The next palette of a group, round and round; the first if another group's is in use."""
    palettes = director.catalogue.palettes
    names = [name for name, one in palettes.items() if arguments and one.group == arguments[0]]
    if not names:
        raise Refused("no such group of palettes")
    present = director.layer(number).voice.colours.palette.id
    at = names.index(present) + 1 if present in names else 0
    go_palette(director, number, names[at % len(names)], arguments[1:])


def mix(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """NAME weight [NAME weight ...]: several at once, mixed in OKLab."""
    names, weights = arguments[::2], finite_numbers(arguments[1::2])
    known = director.catalogue.palettes
    if not 1 <= len(names) <= MOST_MIXED or len(names) != len(weights) or min(weights) < 0.0:
        raise Refused("a palette and its weight wanted, and another")
    parts = [(known[n], w) for n, w in zip(names, weights, strict=True) if n in known]  # type: ignore[index]
    total = sum(weight for _, weight in parts)
    if total > HEAVIEST:
        raise Refused("weights are too large")
    if len(parts) != len(names) or total <= 0.0:
        raise Refused("no such palette")
    share = 1.0 if abs(total - 1.0) < 1e-9 else total  # what was told comes back as it was
    director.layer(number).voice.colours.mix([(p, w / share) for p, w in parts], 0.12)


def go_palette(director: Director, number: int, name: str, arguments: Arguments) -> None:
    fade = read_fade(arguments)
    palette = director.catalogue.palettes[name]
    director.layer(number).voice.colours.go(palette, 1.0 if fade is None else fade)


def value(director: Director, number: int, name: str, arguments: Arguments) -> None:
    param(director, number, f"palette_{name}", arguments)
