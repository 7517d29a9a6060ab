"""What becomes of a datagram: read, if its sender may send and is not too fast, and each message sorted out.

In: datagrams with their senders. Out: the messages that nobody before the stage has heard, in their order; a
pattern is one message for each address that it means; the same datagram again for `/ping`. Never raises for a
datagram: one that is malformed, over the rate, from a stranger or too much for us is counted by its reason
and dropped. Knows no socket.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from engine.desk.monitor.events import describe_sender
from engine.desk.notes import Notes, quote
from engine.desk.osc.access import Access
from engine.desk.osc.addresses import is_played
from engine.desk.osc.queries import ASK, find_question
from engine.desk.osc.rates import Rates
from engine.desk.osc.receiver import Sender
from engine.house_addresses import TO_DESK, TO_WINDOW
from engine.keep import saves
from engine.message import Message, is_pattern
from engine.osc_reading import HEADS, Head, Malformed, decode, find_head
from engine.osc_writing import encode

PATTERN_COST = 16  # messages that finding out what a pattern means counts as
ANSWER_COST = 16  # and a question
FOREIGN_COST = 4  # and what bindings have to be asked about
GREETINGS = ("/hello", "/bye", "/monitor")
TOUCHES = ("/splat", "/draw")
STRANGERS = 16  # said by name; the others are only counted


class Gate:
    """Use it from one thread, but for its counts."""

    def __init__(
        self,
        hear: Callable[[Message, Sender], bool],
        reply: Callable[[bytes, Sender], object],
        notes: Notes,
        access: Access,
        find: Callable[[str], Sequence[str]],
        attends: Callable[[Sender], bool] = lambda sender: True,
    ) -> None:
        """`hear`: whether a message is not for the stage; `find`: the addresses that a pattern means, which
        may raise `Malformed`; `attends`: whether even a number that is the stage's whoever sends it (a
        fader's) is to be heard of a sender."""
        self._hear, self._reply, self._find, self._attends = hear, reply, find, attends
        self._notes, self._access = notes, access
        self._rates = Rates()
        self._straight: dict[bytes, Head] = {}  # what begins so need not be looked at
        self._strangers: set[str] = set()
        self.malformed: Counter[str] = Counter()  # by reason
        self.culprits: dict[str, str] = {}  # who sent the last one of each
        self.dropped: Counter[str] = Counter()  # datagrams that were not read, by reason
        self.taken = 0  # messages

    def read(
        self, datagrams: Iterable[tuple[bytes, Sender]], now_ns: int, messages: list[Message]
    ) -> None:
        """Read what came; what is for the stage goes to `messages`, as far as it came to that."""
        asked_of: Sender | None = None
        attended = True
        for datagram, sender in datagrams:
            host = str(sender[0])
            if not self._access.allows(host):
                self._count_stranger(host)
                continue
            refusal = self._rates.refuse(host, now_ns)
            if refusal and not self._rates.spare(datagram, now_ns):
                self.dropped[refusal] += 1
                continue
            head = self._straight.get(datagram[:-4])
            if head is not None:
                if sender is not asked_of:
                    asked_of, attended = sender, self._attends(sender)
                if not attended:
                    messages.append(head.read(datagram, now_ns))
                    self._rates.spend(1)
                    self.taken += 1
                    continue
            try:
                came = decode(datagram, now_ns)
                self._rates.spend(max(1, len(came)))
                self.taken += len(came)
            except Malformed as error:
                self._rates.spend(1)
                self._count_malformed(error.reason, sender)
                continue
            if head is None:
                self._remember(datagram)
                asked_of = None  # it may have been a greeting
            for message in came:
                try:
                    self._take(message, datagram, sender, messages)
                except Malformed as error:
                    self._count_malformed(error.reason, sender)
                except Exception as error:  # whatever it is: no datagram may end the thread
                    reason = f"it was too much for us ({type(error).__name__})"
                    self._count_malformed(reason, sender)

    def _remember(self, datagram: bytes) -> None:
        """Those to come that begin so are for the stage, whoever sends them."""
        head = find_head(datagram)
        if head is not None and _is_fader(head.address):
            if len(self._straight) >= HEADS:
                self._straight.clear()
            self._straight[datagram[:-4]] = head

    def _take(
        self, message: Message, datagram: bytes, sender: Sender, messages: list[Message]
    ) -> None:
        if is_pattern(message.address) and message.arguments != (ASK,):
            self._rates.spend(PATTERN_COST)
            meant = self._find(message.address)
            if not meant:
                raise Malformed("address pattern means nothing")
            self._rates.spend(len(meant))
            for address in meant:
                one = Message(address, message.arguments, message.time_ns)
                if not self._hear(one, sender):
                    messages.append(one)
        elif message.address == "/ping":
            # A lone one as it came: 0.1 has more than one spelling on the wire.
            lone = datagram.startswith(b"/")
            self._reply(datagram if lone else encode(message), sender)
        elif message.address.startswith((TO_DESK, TO_WINDOW)):
            raise Malformed("address of the house")
        elif message.address.endswith(TOUCHES) and not self._rates.touch():
            self.dropped["more touches than any picture holds"] += 1
        elif self._hear(message, sender):
            asks = find_question(message) is not None or message.address in GREETINGS
            self._rates.spend(ANSWER_COST if asks else FOREIGN_COST)
        else:
            messages.append(message)

    def _count_stranger(self, host: str) -> None:
        self.dropped["sender not allowed"] += 1
        if host not in self._strangers and len(self._strangers) < STRANGERS:
            self._strangers.add(host)
            self._notes.say(
                "stranger", f"OSC from {quote(host)} is not taken: it is not in --osc-allow."
            )

    def _count_malformed(self, reason: str, sender: Sender) -> None:
        if not self.malformed[reason]:
            self._notes.say(
                "malformed", f"a datagram from {quote(str(sender[0]))} was dropped: {reason}"
            )
        self.malformed[reason] += 1
        self.culprits[reason] = describe_sender(sender)


@lru_cache(maxsize=HEADS)
def _is_fader(address: str) -> bool:
    """Whether a number sent there says a value to the stage and nothing else, to nobody else."""
    special = is_pattern(address) or saves(address) or address.endswith(TOUCHES)
    return is_played(address) and not special
