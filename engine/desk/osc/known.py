"""The addresses that exist now, for patterns: the state's own, and the actions the stage knows.

In: the mirror. Out: whole addresses. What can only be asked for, no pattern means. Without
`/layer/<n>` an address is the focused layer's, so those of that layer are listed.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.desk.mirror import Arguments, Mirror
from engine.desk.osc.addresses import is_layered, split_layer
from engine.desk.osc.pattern import Addresses

ACTIONS = "/status/addresses"  # where the stage lists them
MOST = 256  # addresses that one pattern may mean
_UNPLAYED = ("/status/", "/state/", "/list/", "/desk/", "/stage/", "/window/")


class Known:
    """Finds what a pattern means; looks at the mirror again when it has other addresses."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._view: dict[str, Arguments] = {}
        self._addresses = Addresses(())

    def find(self, pattern: str) -> list[str]:
        """The addresses. Raises `Malformed` for a broken pattern, or one that means too many."""
        view = self._mirror.view()
        if view is not self._view:
            if view.keys() != self._view.keys():
                actions = [str(action) for action in view.get(ACTIONS, ())]
                self._addresses = Addresses(list_addresses(view, actions))
            self._view = view
        return self._addresses.find(pattern, MOST)


def list_addresses(state: Collection[str], actions: Collection[str]) -> list[str]:
    """Every address that can be played, sorted: those of a state, and `actions` on each layer."""
    played = {address for address in state if not address.startswith(_UNPLAYED)}
    layers = {split_layer(address)[0] for address in played} - {0}
    for action in actions:
        played.add(action)
        if is_layered(action):
            played |= {f"/layer/{number}{action}" for number in layers}
    return sorted(played)
