"""Addresses of parameters and macros: native units, 0..1 along the range, relative, by takeover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from engine.show.hands.takeover import PICKUP, TAKEOVERS, take_over
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
from engine.show.routes.arguments import (
    Arguments,
    read_index,
    read_level,
    read_way,
    read_word,
    relate,
)

if TYPE_CHECKING:
    from engine.show.bank import Bank
    from engine.show.director import Director


class Holder(Protocol):
    """Who has parameters: a voice, an effect. `between`: where knobs stand between two steps, 0..1."""

    bank: Bank
    between: dict[str, float]

    @property
    def parameters(self) -> Mapping[str, Parameter]: ...


def param(director: Director, number: int, name: str, arguments: Arguments) -> None:
    play_native(director.layer(number).voice, name, arguments)


def norm(director: Director, number: int, name: str, arguments: Arguments) -> None:
    play_norm(director.layer(number).voice, name, arguments)


def play_native(holder: Holder, name: str, arguments: Arguments) -> None:
    """Bring a parameter to what the arguments say in native units."""
    p = find_parameter(holder, name)
    wanted, word = holder.bank.wanted(name), read_word(arguments)
    if word in TAKEOVERS:
        norms = [to_norm(p, native) for native in read_way(arguments)]
        play_norm(holder, name, (word, *norms))
        return
    if word:
        by = finite_numbers(arguments[1:])
        if not 1 <= len(by) <= len(wanted):
            raise Refused(f"{len(wanted)} numbers wanted, {len(by)} given")
        moved = [relate(word, a, b) for a, b in zip(wanted, by, strict=False)]
        arguments = [*moved, *wanted[len(by) :]]
    elif p.kind == "bool" and arguments and arguments[0] == "toggle":
        arguments = (1.0 - wanted[0],)
    holder.bank.want(name, accept_value(p, arguments))


def play_norm(holder: Holder, name: str, arguments: Arguments) -> None:
    """The same in 0..1 along the parameter's range."""
    p = find_parameter(holder, name)
    if arguments and arguments[0] == "toggle":
        play_native(holder, name, arguments)
        return
    if p.components > 1:
        numbers = read_components(p, arguments)
        if len(numbers) != p.components:
            raise Refused(f"{p.components} numbers wanted, {len(numbers)} given")
        spans = zip(numbers, p.minimum, p.maximum, strict=True)
        holder.bank.want(name, clamp_value(p, [low + (high - low) * v for v, low, high in spans]))
        return

    def settle(at: float) -> float:
        return to_norm(p, clamp_value(p, (from_norm(p, at),))[0])

    present, word = to_norm(p, holder.bank.wanted(name)[0]), read_word(arguments)
    if word in TAKEOVERS:
        # A share of a way would be rounded away again and again: steps are picked up.
        way = word if p.is_smooth else PICKUP
        place = take_over(way, *read_way(arguments), present, settle)
    else:
        kept = holder.between.get(name, present)
        if word and abs(settle(kept) - present) < 1e-9:  # notches smaller than a step add up
            present = kept
        place = read_level(arguments, present)
        if not p.is_smooth:
            holder.between[name] = place
    holder.bank.want(name, clamp_value(p, (from_norm(p, place),)))


def macro(director: Director, number: int, name: str, arguments: Arguments) -> None:
    voice = director.layer(number).voice
    index = read_index(name, len(voice.macros), "macro") - 1
    voice.move_macro(index, read_level(arguments, voice.macros[index]))


def find_parameter(holder: Holder, name: str) -> Parameter:
    try:
        return holder.parameters[name]
    except KeyError:
        raise Refused("no such parameter") from None
