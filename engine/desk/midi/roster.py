"""Who is who among the ports of one API: lasting names with their occurrence, "X" and "X #2".

In: listings of ports, as they come. Out: for each its device. A device that stays keeps its name
whatever comes and goes; one that returns gets its old name, even if the system has renamed it
("X 1" to "X 2"). Never goes by an index, and never gives a name to another device while its own
is there. Opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.desk.midi.names import count_alike, lasting_name, plugged_name, stem

KEPT = 64  # names remembered of ports that have gone


class Roster:
    """Remembers which device each port was."""

    def __init__(self, api: str) -> None:
        self._api = api
        self._here: dict[str, str] = {}  # a port's name while it is plugged -> its device
        self._before: dict[str, str] = {}  # the same of those that have gone, the latest last
        self._known: dict[str, None] = {}  # devices that were here, or that bindings name

    def know(self, devices: Iterable[str]) -> None:
        """Devices that bindings name: what comes may be one of them under a new name."""
        self._known |= dict.fromkeys(devices)

    def assign(self, listing: Sequence[str]) -> list[tuple[str, str]]:
        """For each port of the listing, as the system names it: its device, and a key.

        Where the key of a device is another than before, it was plugged anew.
        """
        keys = count_alike([plugged_name(self._api, name) for name in listing])
        names = dict(zip(keys, (lasting_name(self._api, name) for name in listing), strict=True))
        here = {key: self._here[key] for key in keys if key in self._here}
        returned = {name for key, name in names.items() if key not in here and self._knows(name)}
        for key, device in list(here.items()):
            # It was taken for a device under a new name, and that one is there now.
            if base_name(device) in returned and names[key] != base_name(device):
                del here[key]
        for key, name in names.items():
            if key not in here and self._knows(name):
                before = self._before.get(key)
                is_free = before is not None and before not in here.values()
                fits = before is not None and base_name(before) == name
                here[key] = before if before and is_free and fits else _find_free(name, here)
        new = {key: name for key, name in names.items() if key not in here}
        for key, name in new.items():
            here[key] = self._find_missed(name, new, here) or _find_free(name, here)
        self._remember(here)
        return [(here[key], key) for key in keys]

    def _knows(self, name: str) -> bool:
        return any(base_name(device) == name for device in self._known)

    def _find_missed(self, name: str, new: dict[str, str], here: dict[str, str]) -> str | None:
        """The one device that is missed and could be it, if nothing else new could be that one."""
        alike = [other for other in new.values() if stem(other) == stem(name)]
        missed = [
            device
            for device in self._known
            if device not in here.values() and stem(base_name(device)) == stem(name)
        ]
        return missed[0] if len(alike) == len(missed) == 1 else None

    def _remember(self, here: dict[str, str]) -> None:
        for key, device in self._here.items():
            if key not in here:
                self._before.pop(key, None)
                self._before[key] = device
        self._here = here
        self.know(here.values())
        while len(self._before) > KEPT:
            self._before.pop(next(iter(self._before)))
        while len(self._known) > 2 * KEPT:
            self._known.pop(next(iter(self._known)))


def base_name(device: str) -> str:
    """The name of a device without its occurrence."""
    name, _, count = device.rpartition(" #")
    return name if name and count.isdigit() else device


def _find_free(name: str, here: dict[str, str]) -> str:
    taken, device, count = set(here.values()), name, 1
    while device in taken:
        count += 1
        device = f"{name} #{count}"
    return device
