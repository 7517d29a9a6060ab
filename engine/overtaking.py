"""Which messages each count, and which a newer one of their address may overtake.

In: an address and its arguments. Out: yes or no. Whoever lets messages wait asks here what it may drop.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.house_addresses import STATE_BEGIN, TO_DESK, TO_WINDOW
from engine.message import Argument

_EVENT_ROOTS = (
    *(TO_DESK, TO_WINDOW, "/scene/", "/snapshot/", "/cue/", "/tape/", "/record/", "/touch/"),
    *("/mod/add", "/mod/set", "/mod/route", "/mod/remove"),
    *("/tempo/tap", "/tempo/beat", "/tempo/bar", "/tempo/sync", "/tempo/nudge"),
)
_EVENTS = frozenset(
    "/palette/go /palette/next /palette/previous /splat /note /seed /clear /safe /still /audio/onset"
    " /undo /redo /random /mutate /palette/mix /eject /transition/use".split()
)
_ANYWHERE = frozenset((STATE_BEGIN, "/layer/focus"))  # what they say holds for all that follows
# Without an argument they turn round; so does what ends in `/bypass`.
_TOGGLES = frozenset(("/blackout", "/freeze", "/brush/erase", "/solo", "/bypass"))
_EFFECT = re.compile(r"(?:/master)?/effect/\d/(go|bypass)")
_MARKS = frozenset(("/splat", "/draw"))
_ADD_UP = "/macro/", "/master/brightness"  # nothing but hands moves them
_STEP = 1.0  # the longest; more is no step of an encoder, and NaN is none either
_RELATIVE = frozenset(("+", "-", "*", "toggle", "pickup", "scale"))


def is_event(address: str, arguments: tuple[Argument, ...] = ()) -> bool:
    """True if every such message counts, in order; else it is a value: the last per address wins.

    A relative value (a leading "+", "-", "*", "toggle", "pickup" or "scale", a switch without any
    argument) is an event, whatever the address. `/layer/<n>` in front changes nothing.
    """
    if arguments and isinstance(arguments[0], str) and arguments[0] in _RELATIVE:
        return True
    always, bare = _find_nature(address)
    return always or (bare and not arguments)


@lru_cache(maxsize=1024)  # asked of every message
def _find_nature(address: str) -> tuple[bool, bool]:
    """Whether every message to an address counts, and whether those without any argument do."""
    if address in _ANYWHERE:
        return True, True
    address = _leave_layer_out(address)
    effect = _EFFECT.fullmatch(address)
    always = (
        # Parameters before and behind it are of two effects.
        (effect is not None and effect[1] == "go")
        or (address.startswith("/mod/") and address.endswith("/trigger"))
        or address in _EVENTS
        or address.startswith(_EVENT_ROOTS)
    )
    return always, effect is not None or address in _TOGGLES


def find_direction(address: str, arguments: tuple[Argument, ...]) -> str:
    """Where a step goes that may be added to others: "+" or "-"; "" for whatever else a message is.

    Steps of one address and one direction come to the same as their sum, clamped or not, for what nothing
    but hands moves: a parameter may be set by a macro between two of them.
    """
    if len(arguments) != 2 or not name_stepped(address):
        return ""
    word, number = arguments
    if (word != "+" and word != "-") or not isinstance(number, int | float):
        return ""
    if isinstance(number, bool) or not -_STEP <= number <= _STEP:
        return ""
    return "-" if (number < 0) != (word == "-") else "+"


@lru_cache(maxsize=1024)
def name_stepped(address: str) -> str:
    """The address without its layer, if steps on it may be added up; else ""."""
    address = _leave_layer_out(address)
    return address if address.startswith(_ADD_UP) else ""


def _leave_layer_out(address: str) -> str:
    return address[address.find("/", 7) :] if address.startswith("/layer/") else address


def leaves_values(address: str, arguments: tuple[Argument, ...]) -> bool:
    """Whether an event (`is_event`) asks for no value but its own and the brush's.

    A value may be overtaken across such an event by a newer one of its address: once both have
    happened nothing tells the difference. Not across others: a snapshot keeps the values of its moment.
    """
    address = _leave_layer_out(address)
    if address in _MARKS or address.startswith("/touch/"):
        return True
    relative = arguments and isinstance(arguments[0], str) and arguments[0] in _RELATIVE
    return bool(relative) and not (address in _EVENTS or address.startswith(_EVENT_ROOTS))


@lru_cache(maxsize=1024)
def is_touch(address: str) -> bool:
    """Whether it is one of many touches, of which a flood may lose some; a finger that is lifted is none."""
    address = _leave_layer_out(address)
    return address in _MARKS or (address.startswith("/touch/") and not address.endswith("/up"))
