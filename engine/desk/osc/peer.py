"""A peer: a program that hears every change. In: what changed, and what it said itself. Out: datagrams.

What it set itself is not told back to it: neither the value it set nor, while its hand is on it, one
on the way there. Only the address it used is held back; `/norm/feed` after its `/param/feed` is news.
Pure but for its own memory: no socket, no clock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from engine.message import Argument, Message
from engine.osc_writing import encode, frame_bundle

Arguments = tuple[Argument, ...]
Target = tuple[str | int, ...]  # host, port and, for IPv6, what follows

DATAGRAM_BYTES = 1400  # fits an Ethernet frame, so that no network cuts it up
LONGEST = 8192  # of one message that is longer than that: it goes alone
HOLD_NS = 500_000_000  # after its last word on an address its hand may still be on it
SAID = 2048  # addresses remembered of what it set; the oldest go first
SOURCES = 4  # ports of its own it may speak from


class Peer:
    """What one program is still to be told. `target` is where it listens."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.name = ""
        self.sources: OrderedDict[Target, None] = OrderedDict()
        self.heard_ns = 0  # when it last said anything
        self.failing_ns: int | None = None  # since when nothing can be sent to it
        self.retry_ns = 0  # not before
        self._pending: OrderedDict[str, Arguments] = OrderedDict()  # the newest value of each
        self._said: OrderedDict[str, tuple[int, Arguments]] = OrderedDict()
        self._unsure: dict[str, None] = {}  # of these it is not seen yet what came of them

    @property
    def idle(self) -> bool:
        """Whether there is nothing to be sent."""
        return not self._pending

    def speak_from(self, source: Target) -> None:
        """Know it by this address, too; the one longest unused gives way."""
        self.sources[source] = None
        self.sources.move_to_end(source)
        if len(self.sources) > SOURCES:
            self.sources.popitem(last=False)

    def say(self, message: Message, now_ns: int) -> None:
        """It has set something: that much it knows, until it is seen what came of it."""
        address = message.address
        self._said[address] = now_ns, message.arguments
        self._said.move_to_end(address)
        self._unsure[address] = None
        self._pending.pop(address, None)
        if len(self._said) > SAID:
            self._unsure.pop(self._said.popitem(last=False)[0], None)

    def tell_all(self, state: Mapping[str, Arguments]) -> None:
        """Tell the whole state, whatever it knows or said."""
        self._said.clear()
        self._unsure.clear()
        self._pending.clear()
        self._pending.update(state)

    def tell(self, changes: Mapping[str, Arguments], now_ns: int) -> None:
        """Tell what has changed, but not what it said itself, and nothing while its hand is on it."""
        for address, arguments in changes.items():
            said = self._said.get(address)
            if said is not None:
                if now_ns - said[0] < HOLD_NS or is_known(said[1], arguments):
                    continue
                del self._said[address]
            self._pending[address] = arguments

    def settle(self, state: Mapping[str, Arguments], now_ns: int) -> None:
        """Where its hand is off and something else came of it (a bound, a refusal, another hand),
        tell that."""
        for address in list(self._unsure):
            at_ns, said = self._said[address]
            if now_ns - at_ns < HOLD_NS:
                continue
            del self._unsure[address]
            present = state.get(address)
            if present is not None and not is_known(said, present):
                del self._said[address]
                self._pending[address] = present

    def take_datagram(self) -> tuple[bytes, dict[str, Arguments]]:
        """The oldest news that fit one datagram, as a message or a bundle; and what they were.

        Empty when there is no more. What OSC can't say, or no datagram holds, is left out.
        """
        elements: list[bytes] = []
        taken: dict[str, Arguments] = {}
        size = 16
        while self._pending:
            address, arguments = next(iter(self._pending.items()))
            try:
                element = encode(Message(address, arguments), wide=False)
            except (ValueError, TypeError):
                element = b""
            fits = 0 < len(element) <= LONGEST
            if fits and elements and size + 4 + len(element) > DATAGRAM_BYTES:
                break
            del self._pending[address]
            if fits:
                elements.append(element)
                taken[address] = arguments
                size += 4 + len(element)
        if len(elements) == 1:
            return elements[0], taken
        return (frame_bundle(elements) if elements else b""), taken

    def put_back(self, taken: Mapping[str, Arguments]) -> None:
        """A datagram could not be sent: its news wait again, but for what is older than newer news."""
        for address, arguments in reversed(list(taken.items())):
            if address not in self._pending:
                self._pending[address] = arguments
                self._pending.move_to_end(address, last=False)


def is_known(said: Arguments, present: Arguments) -> bool:
    """Whether who said this knows the present value: numbers to the precision of a float32, and what
    follows the value (a fade) does not count."""
    if len(said) < len(present):
        return False
    return all(_are_equal(a, b) for a, b in zip(said, present, strict=False))


def _are_equal(said: Argument, present: Argument) -> bool:
    if isinstance(said, int | float) and isinstance(present, int | float):
        return abs(said - present) <= 1e-6 * max(1.0, abs(present))
    return said == present
