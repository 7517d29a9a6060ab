"""Effects and transitions as the state tells them: what hands have set, and what there is to choose.

    /list/effects, /list/transitions            ids
    /list/effect/<slot>/<name>                  as /list/params/<name>; also /list/master/effect/...
    /list/transition/<name>                     of the transition in use

In: racks, a director. Out: addresses with their arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.effects.played import Played
from engine.show.effects.rack import Rack
from engine.show.memory.lists import cut_list, describe_parameter
from engine.show.parameter import to_norm

if TYPE_CHECKING:
    from engine.show.director import Director

Told = dict[str, tuple[Argument, ...]]


def tell_rack(prefix: str, rack: Rack) -> Told:
    """What hands have set, by addresses behind `prefix`."""
    told: Told = {}
    for number, slot in enumerate(rack.slots, 1):
        own = f"{prefix}/effect/{number}"
        told[f"{own}/go"] = (slot.effect,)
        told[f"{own}/mix"] = (slot.mix,)
        told[f"{own}/bypass"] = (int(slot.bypass),)
        if slot.played:
            told |= _tell_values(own, slot.played)
    return told


def tell_between(director: Director) -> Told:
    """What changes of scene come by."""
    between = director.between
    told: Told = {"/transition/use": (between.chosen,)}
    chosen = director.catalogue.transitions.get(between.chosen)
    return told | (_tell_values("/transition", between.hand(chosen)) if chosen else {})


def list_effects(director: Director) -> Told:
    """What there is, and the parameters of what lies over everything and between scenes."""
    told: Told = {
        "/list/effects": cut_list(director.catalogue.effects),
        "/list/transitions": cut_list(director.catalogue.transitions),
        **list_rack("/master", director.rack),
    }
    chosen = director.catalogue.transitions.get(director.between.chosen)
    if chosen:
        told |= _list_values("/transition", "/list/transition", director.between.hand(chosen))
    return told


def list_rack(prefix: str, rack: Rack) -> Told:
    """The same values in 0..1, and what they may be."""
    told: Told = {}
    listed = "/list/master" if prefix == "/master" else f"{prefix}/list"
    for number, slot in enumerate(rack.slots, 1):
        if slot.played:
            own = f"/effect/{number}"
            told |= _list_values(f"{prefix}{own}", f"{listed}{own}", slot.played)
    return told


def _tell_values(prefix: str, played: Played) -> Told:
    return {f"{prefix}/param/{name}": wanted for name, wanted in played.wanted().items()}


def _list_values(prefix: str, listed: str, played: Played) -> Told:
    told: Told = {}
    for name, parameter in played.parameters.items():
        if parameter.components == 1:
            norm = to_norm(parameter, played.bank.wanted(name)[0])
            told[f"{prefix}/norm/{name}"] = (norm,)
        told[f"{listed}/{name}"] = describe_parameter(parameter)
    return told
