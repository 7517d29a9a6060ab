"""Addresses of effects and transitions: `/effect/<slot>/...` of a layer, `/master/effect/<slot>/...`,
`/transition/...`.

    /effect/1/go "bloom" [seconds]     "" takes it out          /effect/1/mix 0..1
    /effect/1/bypass 0|1               /effect/1/param/<name>   /effect/1/norm/<name>
    /transition/use "luma_wipe"        what changes of scene come by; "" as the scenes say
    /transition/param/<name>           of the one that is in use; also /transition/norm/<name>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.effects.entrance_file import WORDS
from engine.show.effects.rack import SLOTS, Rack
from engine.show.effects.slot import SWAP_SECONDS
from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, read_fade, read_index, read_level, read_switch
from engine.show.routes.parameters import Holder, play_native, play_norm

if TYPE_CHECKING:
    from engine.show.director import Director


def of_layer(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """`/effect/...`"""
    manner = director.layers.manner(number)
    _play(director, manner.rack, name, arguments)
    director.layers.keep(manner)


def of_master(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """`/master/effect/...`"""
    word, _, rest = name.partition("/")
    if word != "effect":
        raise Refused("unknown address")
    _play(director, director.rack, rest, arguments)


def transition(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """`/transition/...`"""
    between, known = director.between, director.catalogue.transitions
    word, _, rest = name.partition("/")
    if name == "use":
        wanted = arguments[0] if arguments else ""
        if wanted != "" and wanted not in WORDS and wanted not in known:
            raise Refused("no such transition")
        between.chosen = str(wanted)
    elif word in ("param", "norm"):
        if between.chosen not in known:
            raise Refused("no transition in use")
        hand = between.hand(known[between.chosen])
        _set(hand, word, rest, arguments)
        for layer in director.layers.values():  # a hand is felt in one that is on its way
            for played in layer.transitions:
                if played.effect.id == between.chosen:
                    played.bank.want(rest, hand.bank.wanted(rest))
    else:
        raise Refused("unknown address")


def _play(director: Director, rack: Rack, name: str, arguments: Arguments) -> None:
    place, _, rest = name.partition("/")
    slot = rack.slots[read_index(place, SLOTS, "slot") - 1]
    word, _, parameter = rest.partition("/")
    if rest == "go":
        wanted, known = arguments[0] if arguments else "", director.catalogue.effects
        if wanted != "" and (not isinstance(wanted, str) or wanted not in known):
            raise Refused("no such effect")
        seconds = read_fade(arguments[1:])
        slot.go(known.get(str(wanted)), SWAP_SECONDS if seconds is None else seconds)
    elif rest == "mix":
        slot.mix = read_level(arguments, slot.mix)
    elif rest == "bypass":
        slot.bypass = read_switch(arguments, slot.bypass)
    elif word in ("param", "norm"):
        if slot.played is None:
            raise Refused("no effect in this slot")
        _set(slot.played, word, parameter, arguments)
    else:
        raise Refused("unknown address")


def _set(holder: Holder, word: str, name: str, arguments: Arguments) -> None:
    (play_native if word == "param" else play_norm)(holder, name, arguments)
