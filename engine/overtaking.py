"""Which messages each count, and which a newer one of their address may overtake.

In: an address and its arguments. Out: yes or no. Whoever lets messages wait asks here what it may drop.
"""

from __future__ import annotations

import re

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
_RELATIVE = frozenset(("+", "-", "*", "toggle", "pickup", "scale"))


def is_event(address: str, arguments: tuple[Argument, ...] = ()) -> bool:
    """True if every such message counts, in order; else it is a value: the last per address wins.

    A relative value (a leading "+", "-", "*", "toggle", "pickup" or "scale", a switch without any
    argument) is an event, whatever the address. `/layer/<n>` in front changes nothing.
    """
    if address in _ANYWHERE:
        return True
    if arguments and isinstance(arguments[0], str) and arguments[0] in _RELATIVE:
        return True
    if address.startswith("/layer/"):
        address = address[address.find("/", 7) :]
    effect = _EFFECT.fullmatch(address)
    if effect and (effect[1] == "go" or not arguments):
        return True  # its parameters are of another effect before it, and behind it
    if not arguments and address in _TOGGLES:
        return True
    if address.startswith("/mod/") and address.endswith("/trigger"):
        return True
    return address in _EVENTS or address.startswith(_EVENT_ROOTS)


def leaves_values(address: str, arguments: tuple[Argument, ...]) -> bool:
    """Whether an event (`is_event`) asks for no value but its own and the brush's.

    A value may be overtaken across such an event by a newer one of its address: once both have
    happened nothing tells the difference. Not across others: a snapshot keeps the values of its moment.
    """
    if address.startswith("/layer/"):
        address = address[address.find("/", 7) :]
    if address in _MARKS or address.startswith("/touch/"):
        return True
    relative = arguments and isinstance(arguments[0], str) and arguments[0] in _RELATIVE
    return bool(relative) and not (address in _EVENTS or address.startswith(_EVENT_ROOTS))


def is_touch(address: str) -> bool:
    """Whether it is one of many touches, of which a flood may lose some; a finger that is lifted is none."""
    if address.startswith("/layer/"):
        address = address[address.find("/", 7) :]
    return address in _MARKS or (address.startswith("/touch/") and not address.endswith("/up"))
