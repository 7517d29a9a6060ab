"""Addresses of chance: `/random [amount] [time]`, `/mutate [amount] [time]`, `/chance n`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from engine.show.generator import look_of
from engine.show.memory.chance import Aim, change, scatter, throw
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_whole
from engine.show.routes.maps import find_chart, place_of
from engine.show.routes.snapshots import SECONDS, read_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.show.director import Director

LITTLE = 0.15
HIGHEST = 2**31 - 1


def scattered(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """amount 0..1, the whole where none is given, and a time as of `/snapshot/go`."""
    _play(director, number, throw, arguments, 1.0)


def mutated(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """As `/random`, but a little, from where it is."""
    _play(director, number, change, arguments, LITTLE)


def seed(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """What the next throw comes from; each throw counts it on by one."""
    director.chance = read_whole(arguments, 0, HIGHEST)


def _play(
    director: Director,
    number: int,
    way: Callable[[random.Random, float], Aim],
    arguments: Arguments,
    usual: float,
) -> None:
    words = [part for part in arguments if isinstance(part, str)]
    numbers = [part for part in arguments if not isinstance(part, str)]
    if numbers and not fires(numbers[:1]):
        return
    if len(numbers) > 2:
        raise Refused("amount and time wanted")
    amount = finite_numbers(numbers[:1])[0] if numbers else usual
    time = read_time(director, [*numbers[1:], *words], SECONDS)
    voice = director.layer(number).voice
    chart = find_chart(director, voice)
    aim = way(random.Random(f"{director.chance}/{number}"), min(max(amount, 0.0), 1.0))
    look = look_of(director.catalogue, voice.scene).parameters
    here = (chart, place_of(voice, chart)) if chart else None
    director.chance = (director.chance + 1) & HIGHEST
    scatter(voice, look, here, aim, time)
