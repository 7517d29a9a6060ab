"""Fourteen bits out of seven: pairs of control changes, NRPN and RPN, of one port.

In: control changes in their order. Out: (kind, number, value 0..16383) of what they make together.
A coarse half alone counts once no fine one has come for FINE_NS. Knows no bytes and no devices.

Source: MIDI 1.0 Detailed Specification 4.2, "Control Change" and "Registered Parameter Numbers".
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

FINE_NS = 5_000_000  # how long a coarse half waits for its fine one
FULL = 16383
# What a step of data increment is: one of the coarse half, so that an encoder crosses all in 128.
STEP = 128
KEPT = 256  # parameters of a port whose values are remembered for increments
_SELECT = {99: ("nrpn", 0), 98: ("nrpn", 1), 101: ("rpn", 0), 100: ("rpn", 1)}
_ENTRY, _INCREMENT, _DECREMENT = 6, 96, 97
_ENTRIES = frozenset((_ENTRY, _ENTRY + 32, _INCREMENT, _DECREMENT))

Wide = tuple[str, int, int, int]  # kind, channel, number, value 0..16383


@dataclass(slots=True)
class _Channel:
    """What is selected on one channel. A half that was never sent is -1."""

    kind: str = "nrpn"
    halves: dict[str, list[int]] = field(
        default_factory=lambda: {"nrpn": [-1, -1], "rpn": [-1, -1]}
    )

    def select(self, number: int, value: int) -> None:
        self.kind, place = _SELECT[number]
        self.halves[self.kind][place] = value

    @property
    def selected(self) -> int | None:
        coarse, fine = self.halves[self.kind]
        if -1 in (coarse, fine) or coarse == fine == 127:  # 127, 127: the null parameter
            return None
        return coarse << 7 | fine


class Fourteen:
    """Keeps the halves that have come on one port."""

    def __init__(self) -> None:
        self._channels: dict[int, _Channel] = {}
        self._coarse: dict[tuple[int, int], int] = {}  # channel, controller -> its last coarse half
        self._waiting: dict[
            tuple[int, int], tuple[Wide, int]
        ] = {}  # -> what it makes, when it came
        self._values: OrderedDict[tuple[str, int, int], int] = OrderedDict()  # of parameters

    @property
    def due_ns(self) -> int | None:
        """When the first coarse half has waited long enough; None if none waits."""
        # In the order they came, so the first is the oldest.
        return next((at_ns + FINE_NS for _, at_ns in self._waiting.values()), None)

    def take_due(self, now_ns: int) -> list[tuple[Wide, int]]:
        """What coarse halves alone make by now, each with the time it came."""
        due = []
        for key, (wide, at_ns) in list(self._waiting.items()):
            if at_ns + FINE_NS > now_ns:
                break
            due.append((wide, at_ns))
            del self._waiting[key]
        return due

    def is_part(self, channel: int, number: int) -> bool:
        """Whether a control change that was taken is of an NRPN or RPN: names it, or says where it is."""
        chosen = self._channels.get(channel)
        if chosen is None:
            return False
        if number in _SELECT:
            return -1 not in chosen.halves[_SELECT[number][0]]
        return number in _ENTRIES and chosen.selected is not None

    def take(self, channel: int, number: int, value: int, now_ns: int) -> list[tuple[Wide, int]]:
        """One control change; what it makes, with the time of what began it."""
        if number in _SELECT:
            early = self._let_go(channel, _ENTRY)  # it was meant for the parameter before
            self._channels.setdefault(channel, _Channel()).select(number, value)
            return early
        if number < 32:
            early = self._let_go(channel, number)
            self._coarse[channel, number] = value
            wide = self._name(channel, number, value << 7)
            self._waiting[channel, number] = wide, now_ns
            return early
        if number < 64:
            return self._take_fine(channel, number - 32, value, now_ns)
        if number in (_INCREMENT, _DECREMENT):
            return self._step(channel, STEP if number == _INCREMENT else -STEP, now_ns)
        return []

    def _take_fine(
        self, channel: int, number: int, value: int, now_ns: int
    ) -> list[tuple[Wide, int]]:
        _, at_ns = self._waiting.pop((channel, number), (None, now_ns))
        coarse = self._coarse.get((channel, number))
        if coarse is None:  # no pair: a control of its own
            return []
        return [(self._name(channel, number, coarse << 7 | value), at_ns)]

    def _let_go(self, channel: int, number: int) -> list[tuple[Wide, int]]:
        waiting = self._waiting.pop((channel, number), None)
        return [waiting] if waiting else []

    def _name(self, channel: int, number: int, value: int) -> Wide:
        """Data entry belongs to what is selected; the rest, and it without, is a pair."""
        chosen = self._channels.get(channel)
        selected = chosen.selected if chosen else None
        if number != _ENTRY or chosen is None or selected is None:
            return "cc14", channel, number, value
        self._keep((chosen.kind, channel, selected), value)
        return chosen.kind, channel, selected, value

    def _step(self, channel: int, step: int, now_ns: int) -> list[tuple[Wide, int]]:
        chosen = self._channels.get(channel)
        selected = chosen.selected if chosen else None
        if chosen is None or selected is None:
            return []
        early = self._let_go(channel, _ENTRY)
        key = chosen.kind, channel, selected
        value = min(max(self._values.get(key, (FULL + 1) // 2) + step, 0), FULL)
        self._keep(key, value)
        return [*early, ((*key, value), now_ns)]

    def _keep(self, key: tuple[str, int, int], value: int) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > KEPT:
            self._values.popitem(last=False)
