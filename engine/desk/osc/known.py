"""The addresses that exist now, for patterns: the state's own, and the actions the stage knows.

In: the mirror. Out: whole addresses. `/status/` and `/state/` can't be played, so no pattern means
them. Without `/layer/<n>` an address means the focused layer, so those of that layer are listed.
"""

from __future__ import annotations

from engine.desk.mirror import Mirror
from engine.desk.osc.pattern import Addresses

ACTIONS = "/status/addresses"  # where the stage lists them
MOST = 256  # addresses that one pattern may mean
# Addresses that belong to no layer.
_WHOLE = ("/master/", "/blackout", "/freeze", "/safe", "/tempo/", "/tape/", "/layer/focus")
_UNPLAYED = ("/status/", "/state/", "/desk/", "/window/")


class Known:
    """Finds what a pattern means; looks at the mirror again when it has other addresses."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._seen: tuple[frozenset[str], object] | None = None
        self._addresses = Addresses(())

    def find(self, pattern: str) -> list[str]:
        """The addresses. Raises `Malformed` for a broken pattern, or one that means too many."""
        keys = frozenset(self._mirror.addresses())
        focus = self._mirror.get("/layer/focus")
        if self._seen != (keys, focus):
            actions = self._mirror.get(ACTIONS) or ()
            number = focus[0] if focus and isinstance(focus[0], int) else 1
            known = list_addresses(keys, [str(action) for action in actions], number)
            self._addresses = Addresses(known)
            self._seen = keys, focus
        return self._addresses.find(pattern, MOST)


def list_addresses(state: frozenset[str], actions: list[str], focus: int) -> list[str]:
    """Every address that can be played, sorted: of the state, and of `actions` on each layer."""
    layers: dict[int, set[str]] = {1: set()}
    whole = {action for action in actions if action.startswith(_WHOLE)}
    for address in state:
        if address.startswith(_UNPLAYED):
            continue
        if address.startswith(_WHOLE):
            whole.add(address)
            continue
        number, path = 1, address
        if address.startswith("/layer/"):
            word, _, rest = address[7:].partition("/")
            if not word.isdecimal() or len(word) > 2:
                continue
            number, path = int(word), f"/{rest}"
        layers.setdefault(number, set()).add(path)
    own = set(actions) - whole
    known = set(whole)
    for number, paths in layers.items():
        known |= {f"/layer/{number}{path}" for path in paths | own}
        if number == focus:
            known |= paths | own
    return sorted(known)
