"""The monitor: tells those who watch what comes in, what it plays and what became of it.

    /monitor [1]     tell me, for ten seconds; answered with /monitor "watching" ms
    /monitor 0       no more
    /monitor/event ms source what bound did     what they are told

In: events, from any thread, which only pass by a queue; nothing where nobody watches. Out: datagrams,
from a thread of its own, by a function that never waits. `ms` counts from the start of the desk.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Self

from engine.desk.mirror import Mirror
from engine.desk.monitor.events import FOREIGN, Came, Event, Line, Moved, Said, describe_sender
from engine.desk.monitor.lines import Lines
from engine.desk.monitor.watchers import ADDRESS, MOST, Watchers
from engine.desk.osc.peer import DATAGRAM_BYTES
from engine.desk.osc.receiver import Sender
from engine.message import Message
from engine.osc_writing import encode, frame_bundle

EVENT = f"{ADDRESS}/event"
EVERY_S = 0.05
CLOCK_ROUNDS = 5  # rounds from one look at the clock to the next
BPM = 0.5  # so much is another tempo
WAITING = 4096  # events; more are counted
DATAGRAMS = 8  # to one watcher in a round: any receive buffer holds that
PEERS = 256  # foreign addresses whose sender is remembered

Send = Callable[[bytes, Sender], object]


class Monitor:
    """Owns the thread that tells. `watched` says whether anybody looks, so that who hands over events
    can do without."""

    def __init__(self, mirror: Mirror, clock_ns: Callable[[], int]) -> None:
        self._mirror = mirror
        self._clock_ns = clock_ns
        self._began_ns = clock_ns()
        self.watched = False
        self._watchers = Watchers()
        self._lock = threading.Lock()  # of the watchers
        self._waiting: deque[Event] = deque()
        self._lost = 0  # events that found too many waiting
        self._lines = Lines()
        self._counted: dict[str, Counter[str]] = {}
        self._peers: dict[str, str] = {}  # foreign address -> who sent it last
        self._clock: tuple[object, ...] = ()  # as it was told last
        self._send: Send = lambda datagram, target: None
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="monitor", daemon=True)

    def serve(self, send: Send) -> Self:
        """Begin to tell. `send` never waits."""
        self._send = send
        self._thread.start()
        return self

    def close(self) -> None:
        """Tell no more; takes a moment at most."""
        self.watched = False
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hear(self, message: Message, sender: Sender) -> bool:
        """Take what a watcher says; True if it was that. Never waits."""
        if message.address != ADDRESS:
            return False
        now_ns = self._clock_ns()
        with self._lock:
            watches = self._watchers.greet(message, sender, now_ns)
            new = watches and not self.watched
            self.watched = bool(len(self._watchers))
        if watches:
            answer: tuple[str | int, ...] = "watching", self._milliseconds(now_ns)
        else:
            goodbye = message.arguments[:1] == (0,)
            answer = ("bye",) if goodbye else ("full", MOST)
        self._send(encode(Message(ADDRESS, answer)), sender)
        if new:
            self._wake.set()
        return True

    def put(self, event: Event) -> None:
        """Something happened. From any thread; never waits."""
        if not self.watched:
            return
        if len(self._waiting) < WAITING:
            self._waiting.append(event)
        else:
            self._lost += 1

    def say(self, source: str, what: str) -> None:
        """The desk says something. From any thread."""
        if self.watched:
            self.put(Said(self._clock_ns(), source, what))

    def count(
        self, what: str, counts: Mapping[str, int], culprits: Mapping[str, str] | None = None
    ) -> None:
        """So many were `what` (dropped, malformed) by each reason so far: what is new is told, and who
        sent the last one, where that is known."""
        counted, self._counted[what] = self._counted.get(what, Counter()), Counter(counts)
        if self.watched:
            for reason, fresh in (self._counted[what] - counted).items():
                times = "once" if fresh == 1 else f"{fresh} times"
                culprit = (culprits or {}).get(reason)
                times += f", last by {culprit}" if culprit else ""
                self.put(Said(self._clock_ns(), "desk", f"{what}: {reason}", times))

    def _milliseconds(self, time_ns: int) -> int:
        return max(time_ns - self._began_ns, 0) // 1_000_000

    def _run(self) -> None:
        rounds = 0
        while not self._stop.is_set():
            if not self.watched:
                self._forget()
                self._wake.wait()
            self._wake.clear()
            try:
                if rounds % CLOCK_ROUNDS == 0:
                    self._look_at_clock()
                self._tell(self._clock_ns())
            except Exception as error:  # a thread that ended would be watchers who see no more
                self._lines.clear()
                self.say("monitor", f"something could not be told: {type(error).__name__}")
            rounds += 1
            self._stop.wait(EVERY_S)

    def _forget(self) -> None:
        """Nobody looks: who comes next is told what happens then."""
        self._waiting.clear()
        self._lines.clear()
        self._peers.clear()
        self._clock, self._lost = (), 0

    def _tell(self, now_ns: int) -> None:
        """One round."""
        with self._lock:
            self._watchers.forget_silent(now_ns)
            watchers = self._watchers.all
            self.watched = bool(watchers)
        for _ in range(len(self._waiting)):
            self._add(self._waiting.popleft(), watchers, now_ns)
        told = [self._encode(event.line(), left) for event, left in self._lines.take(now_ns)]
        lost, self._lost = self._lost + self._lines.lost, 0
        self._lines.lost = 0
        datagrams = list(_pack(told))
        if lost or len(datagrams) > DATAGRAMS:
            words = f"{lost} events left out" if lost else "more events than can be told"
            datagrams = [*datagrams[: DATAGRAMS - 1], self._encode(Line(now_ns, "monitor", words))]
        for watcher in watchers:
            for datagram in datagrams:
                self._send(datagram, watcher)

    def _add(self, event: Event, watchers: Sequence[Sender], now_ns: int) -> None:
        """A foreign message is no line of its own: who sent it is said with what its controls play."""
        if isinstance(event, Came) and event.sender in watchers:
            return  # what a watcher asks is no news to it
        if isinstance(event, Came) and event.did == FOREIGN:
            if len(self._peers) >= PEERS:
                self._peers.clear()
            self._peers[event.message.address] = describe_sender(event.sender)
            return
        if isinstance(event, Moved) and event.move.control.kind == "osc":
            path = event.move.control.path.partition(" ")[0]
            while path and path not in self._peers:
                path = path.rpartition("/")[0]
            event = replace(event, peer=self._peers.get(path, ""))
        self._lines.add(event, now_ns)

    def _encode(self, line: Line, left_out: int = 0) -> bytes:
        did = f"{line.did}  (+{left_out} left out)".strip() if left_out else line.did
        told = (self._milliseconds(line.time_ns), line.source, line.what, line.bound, did)
        return encode(Message(EVENT, told))

    def _look_at_clock(self) -> None:
        """Say who leads the tempo, and how fast it goes, when that is another."""
        bpm, running, source = (
            (self._mirror.get(address) or (None,))[0]
            for address in ("/tempo/bpm", "/tempo/running", "/tempo/source")
        )
        if not isinstance(bpm, int | float):
            return
        midi = [str(word) for word in (self._mirror.get("/status/clock") or ())[:2]]
        present = running, source, *midi
        before = self._clock
        if before[1:] == present and abs(float(str(before[0])) - bpm) < BPM:
            return
        self._clock = bpm, *present
        goes = "runs" if running else "stands"
        clock = f", MIDI clock of {midi[0]} {midi[1]}" if len(midi) == 2 else ""
        self.put(
            Said(self._clock_ns(), "clock", f"{bpm:.1f} bpm, {goes}, led by {source!s}{clock}")
        )


def _pack(messages: Sequence[bytes]) -> Iterator[bytes]:
    """Encoded messages as few bundles, none of which a network cuts up."""
    elements: list[bytes] = []
    size = 16
    for message in messages:
        if elements and size + 4 + len(message) > DATAGRAM_BYTES:
            yield frame_bundle(elements)
            elements, size = [], 16
        elements.append(message)
        size += 4 + len(message)
    if elements:
        yield frame_bundle(elements)
