"""Which addresses are ours, and which of them every layer has. In: addresses. Out: facts of them.

`/layer/<n>/...` is one layer's; the same without it is the focused layer's. The state that the stage
tells leaves `/layer/1` out, so here are the two ways between its names and a peer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.message import Argument

Arguments = tuple[Argument, ...]
FOCUS = "/layer/focus"

# First words of what a layer has, and of what there is once.
LAYERED = frozenset(
    (
        *("scene", "preset", "map", "palette", "splat", "note", "draw", "brush", "seed", "clear"),
        *("snapshot", "opacity", "blend", "param", "norm", "macro", "touch", "mod"),
        *("solo", "bypass", "bus", "eject", "effect"),
        *("morph", "random", "mutate"),
    )
)
PLAYED = frozenset(
    (
        "master crossfader transition blackout freeze safe tempo quantise tape record still layer"
        " undo redo chance cue opening"
    ).split()
)
SINGLE = PLAYED.union(
    "ping get list hello bye monitor learn state status audio clock desk stage window time".split()
)
# Of the scene a layer plays, and of its effects.
LAYERED_LISTS = (
    *("/list/params", "/list/macros", "/list/presets", "/list/effect/"),
    *("/list/modulators", "/list/mod/"),
)


@lru_cache(maxsize=1024)  # asked of every message
def is_ours(address: str) -> bool:
    """Whether the first word of an address is one of ours; any other may be bound like a knob."""
    root = address[1:].partition("/")[0]
    return root in LAYERED or root in SINGLE


def is_played(address: str) -> bool:
    """Whether an address of ours is one that a control may play: no question, no news."""
    root = address[1:].partition("/")[0]
    return root in LAYERED or root in PLAYED


def split_layer(address: str) -> tuple[int, str]:
    """The layer that an address names and the rest of it; 0 where it names none."""
    if address.startswith("/layer/"):
        part, slash, rest = address[7:].partition("/")
        if slash and len(part) == 1 and part in "123456789":
            return int(part), f"/{rest}"
    return 0, address


def is_layered(address: str) -> bool:
    """Whether each layer has such an address; without `/layer/<n>` in front."""
    root = address[1:].partition("/")[0]
    return root in LAYERED or address.startswith(LAYERED_LISTS)


def read_focus(told: Arguments | None) -> int:
    """The number of the focused layer, as FOCUS tells it; 1 before it has."""
    return told[0] if told and isinstance(told[0], int) else 1


def name_in_state(address: str, focus: int) -> str:
    """What the state calls an address of a peer's."""
    number, rest = split_layer(address)
    if not is_layered(rest):
        return address
    number = number or focus
    return rest if number == 1 else f"/layer/{number}{rest}"


def name_for_peers(known: Mapping[str, Arguments]) -> dict[str, Arguments]:
    """A state by all the names that peers know: each layer's, and the focused one's without."""
    focus = read_focus(known.get(FOCUS))
    named: dict[str, Arguments] = {}
    for address, arguments in known.items():
        number, rest = split_layer(address)
        if not is_layered(rest):
            named[address] = arguments
            continue
        number = number or 1
        if number == focus:
            named[rest] = arguments
        named[f"/layer/{number}{rest}"] = arguments
    return named
