"""How many messages a second are taken, of each sender and of all. In: senders and times. Out: leave
to read a datagram, or the reason why not. Never touches a socket.

Each sender has a bucket of its own, and all share one. When all together send too much, each is sure
of an equal share of what we take, whatever the others send; what some leave of theirs goes to those
who want more. Beyond SENDERS senders at once the others share one place. A tenth is kept for messages
whose address is not busy: a fader still moves in the midst of its own patch's flood.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TOTAL, TOTAL_BURST = 30_000.0, 7_500.0  # messages a second, and at once
EACH, EACH_BURST = 25_000.0, 6_000.0  # of one sender; at once: a frame of a big patch, or our stall
SHARE_S = 0.25  # the share of so long may be taken at once
SPARED = 0.1  # of what is taken: for addresses that are not busy, of senders that send too much
CALM = 16  # messages of an address in LOOK_NS: more, and it is busy
NAMES = 256  # addresses counted for one sender in LOOK_NS
TOUCHES, TOUCHES_BURST = 8_000.0, 1_000.0  # a second, of all: 64 a frame at 120 frames, and more
SENDERS = 256
QUIET_NS = 1_000_000_000  # who sent nothing for so long wants no share
LOOK_NS = 100_000_000
OTHERS = ""


@dataclass(slots=True)
class _Sender:
    own: float  # messages left of its own rate
    share: float  # messages left that are its own whatever the others send
    time_ns: int
    touches: float = TOUCHES_BURST
    spared: float = 0.0  # messages left for addresses that are not busy
    counts: dict[bytes, int] = field(default_factory=dict)  # by address, since `counted_ns`
    busy: frozenset[bytes] = frozenset()  # those of which there were too many in the time before
    counted_ns: int = 0


class Rates:
    """Use it from one thread."""

    def __init__(self) -> None:
        self._senders: dict[str, _Sender] = {}
        self._present = _Sender(0.0, 0.0, 0)
        self._total = TOTAL_BURST
        self._total_ns = 0
        self._share = (1.0 - SPARED) * TOTAL  # of each, a second
        self._looked_ns = 0

    def refuse(self, host: str, now_ns: int) -> str:
        """Why a datagram from `host` may not be read, or "": then tell `spend` what was in it."""
        sender = self._senders.get(host)
        if sender is None or now_ns - self._looked_ns > LOOK_NS:
            sender = self._find(host, now_ns)
        if now_ns != self._total_ns:
            passed = (now_ns - self._total_ns) * 1e-9
            self._total = min(self._total + passed * TOTAL, TOTAL_BURST)
            self._total_ns = now_ns
        if now_ns != sender.time_ns:
            passed = (now_ns - sender.time_ns) * 1e-9
            sender.own = min(sender.own + passed * EACH, EACH_BURST)
            most = self._share * SHARE_S  # and what was taken beyond the share is soon forgotten
            sender.share = min(max(sender.share, -most) + passed * self._share, most)
            part = self._share / ((1.0 - SPARED) * TOTAL)
            sender.touches = min(sender.touches + passed * TOUCHES * part, TOUCHES_BURST)
            sender.spared = min(
                sender.spared + passed * self._share * SPARED, self._share * SHARE_S
            )
            sender.time_ns = now_ns
        self._present = sender
        if sender.own < 1.0:
            return "over the rate of one sender"
        if self._total < 1.0 or (sender.share < 1.0 and self._total < 0.5 * TOTAL_BURST):
            return "over the rate of all"
        return ""

    def spare(self, datagram: bytes, now_ns: int) -> bool:
        """Whether the datagram that was just refused may be read all the same."""
        sender = self._present
        if not datagram.startswith(b"/"):
            return False
        if now_ns - sender.counted_ns > LOOK_NS:
            sender.busy = frozenset(n for n, count in sender.counts.items() if count >= CALM)
            sender.counts.clear()
            sender.counted_ns = now_ns
        name = datagram[: datagram.find(b"\0")]
        count = sender.counts.get(name, 0)
        if count >= CALM or len(sender.counts) >= NAMES:
            return False
        sender.counts[name] = count + 1
        if name in sender.busy:
            return False
        if sender.spared < 1.0 or self._total < 1.0:
            return False
        sender.spared -= 1.0
        return True

    def touch(self) -> bool:
        """Whether the sender of the last datagram may touch the picture once more; frames hold few."""
        if self._present.touches < 1.0:
            return False
        self._present.touches -= 1.0
        return True

    def spend(self, messages: int) -> None:
        """Count what the last datagram held; at least one message."""
        self._total -= messages
        self._present.own -= messages
        self._present.share -= messages

    def _find(self, host: str, now_ns: int) -> _Sender:
        """Its place, among those who sent of late."""
        if not self._total_ns:
            self._total_ns = now_ns
        if now_ns - self._looked_ns > LOOK_NS:
            self._looked_ns, quiet_ns = now_ns, now_ns - QUIET_NS
            if len(self._senders) > SENDERS // 2:
                # Their buckets are full again by now, as those of newcomers are.
                self._senders = {n: s for n, s in self._senders.items() if s.time_ns > quiet_ns}
            active = sum(sender.time_ns > quiet_ns for sender in self._senders.values())
            self._share = (1.0 - SPARED) * TOTAL / max(active, 1)
        if host not in self._senders:
            host = host if len(self._senders) < SENDERS else OTHERS
            if host not in self._senders:
                self._senders[host] = _Sender(
                    EACH_BURST, self._share * SHARE_S, now_ns, spared=CALM
                )
        return self._senders[host]
