"""The echo: every change is told to the peers, and questions are answered.

In: messages with their senders, from the port's thread; the state, from the mirror. Out: datagrams by
a function that never waits; from a thread of its own, so that nothing waits for a peer. Told is all
but `/status/` and `/list/`, which are asked for; each address at most RATE times a second, its newest
value only, floats as `f`, in datagrams that no network cuts up, DATAGRAMS of them to one peer at a
time: any receive buffer holds that.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from engine.desk.mirror import Mirror
from engine.desk.notes import Notes
from engine.desk.osc.peer import Peer, Target
from engine.desk.osc.peers import MOST, Peers, describe_peer, read_name, read_target
from engine.desk.osc.queries import answer, find_question
from engine.message import Argument, Message

RATE = 30
DATAGRAMS = 8
GUESTS = 16  # who asked for more than one datagram holds
UNREACHABLE_NS = 120 * 1_000_000_000  # a network may be away so long
RETRY_NS = 1_000_000_000  # then it is tried this often
HOPELESS = frozenset((errno.EINVAL, errno.EACCES, errno.EPERM, errno.EAFNOSUPPORT))
UNTOLD = ("/status/", "/state/", "/list/")
_RELATIVE = frozenset(("+", "-", "*", "toggle", "pickup", "scale"))

State = dict[str, tuple[Argument, ...]]
Send = Callable[[bytes, Target], OSError | None]


class Echo:
    """Owns the peers and the thread that tells them. `hear` is for the port's thread."""

    def __init__(self, mirror: Mirror, notes: Notes, clock_ns: Callable[[], int]) -> None:
        self._mirror = mirror
        self._notes = notes
        self._clock_ns = clock_ns
        self._send: Send = _send_nothing
        self._is_ours: Callable[[Target], bool] = lambda target: False
        self._lock = threading.Lock()
        self._peers = Peers()
        self._guests: dict[Target, Peer] = {}
        self._shown: tuple[State, State] = ({}, {})  # all that is known, and what is told of it
        self._told: State = {}
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="echo", daemon=True)

    def serve(self, send: Send, is_ours: Callable[[Target], bool]) -> Echo:
        """Begin to tell. `send` gives back what went wrong; `is_ours` whether a target is our own
        port, for we would tell ourselves for ever."""
        self._send, self._is_ours = send, is_ours
        self._thread.start()
        return self

    def close(self) -> None:
        """Tell no more; takes a moment at most."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def __enter__(self) -> Echo:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Who hears."""
        with self._lock:
            return tuple(describe_peer(peer) for peer in self._peers.all)

    @property
    def places(self) -> tuple[Argument, ...]:
        """Who hears, for a desk after this one: name, host, port, and so on."""
        with self._lock:
            peers = self._peers.all
        return tuple(part for peer in peers for part in (peer.name, *peer.target[:2]))

    def bring_back(self, places: Sequence[Argument]) -> None:
        """Tell those whom the desk before this one told: they need not say hello again."""
        with self._lock:
            for name, host, port in zip(places[::3], places[1::3], places[2::3], strict=False):
                if isinstance(name, str) and isinstance(host, str) and isinstance(port, int):
                    target = (host, port, 0, 0) if ":" in host else (host, port)
                    self._peers.greet(target, name, target, self._clock_ns())
            self._told = {}  # they are told all there is
        self._wake.set()

    def knows(self, sender: Target) -> bool:
        """Whether a peer speaks from there: what it says must be heard, to tell it no more of it."""
        with self._lock:
            return self._peers.find(sender) is not None

    def hear(self, message: Message, sender: Target) -> bool:
        """Take what is said to us and not to the stage; True if it was that. Never waits.

        What else a peer says is remembered, so that it is not told it again.
        """
        wanted = find_question(message)
        if wanted is not None:
            self._answer(wanted, sender)
        elif message.address == "/hello":
            self._greet(message, sender)
        elif message.address == "/bye":
            self._part(message, sender)
        else:
            if len(self._peers):
                self._remember(message, sender)
            return False
        return True

    def _remember(self, message: Message, sender: Target) -> None:
        arguments = message.arguments
        relative = not arguments or (isinstance(arguments[0], str) and arguments[0] in _RELATIVE)
        with self._lock:
            peer = self._peers.find(sender)
            if peer is not None:
                peer.heard_ns = self._clock_ns()
                if not relative:  # what comes of that it does not know
                    peer.say(message, peer.heard_ns)

    def _greet(self, message: Message, sender: Target) -> None:
        target = read_target(message, sender)
        if target is None or self._is_ours(target):
            return
        state = self._view()
        with self._lock:
            if not len(self._peers):
                self._told = state
            before = self._peers.all
            peer = self._peers.greet(target, read_name(message), sender, self._clock_ns())
            if peer is not None:
                peer.tell_all({"/hello": ("morphogen", len(state)), **state})
        if peer is None:
            self._note(f"no room for another OSC peer: {MOST} hear already.")
        elif peer not in before:
            self._note(f"OSC peer {describe_peer(peer)} hears every change.")
        self._wake.set()

    def _part(self, message: Message, sender: Target) -> None:
        target = read_target(message, sender)
        with self._lock:
            named = next((peer for peer in self._peers.all if peer.target == target), None)
            peer = named or (self._peers.find(sender) if target is not None else None)
            if peer is not None:
                self._peers.forget(peer)
        if peer is not None:
            self._note(f"OSC peer {describe_peer(peer)} said goodbye.")

    def _answer(self, wanted: str, sender: Target) -> None:
        """To where the sender listens; what one datagram does not hold by our own thread."""
        found = {told.address: told.arguments for told in answer(wanted, self._mirror.view())}
        with self._lock:
            peer = self._peers.find(sender)
            target = peer.target if peer else sender
            guest = self._guests.get(target, Peer(target))
            guest.tell(found, 0)
        self._deliver(guest, 1)
        with self._lock:
            if not guest.idle and len(self._guests) < GUESTS:
                self._guests[target] = guest
                self._wake.set()

    def _view(self) -> State:
        """What peers are told of; the same object as long as nothing changes."""
        named = self._mirror.view()
        seen, shown = self._shown
        if seen is not named:
            shown = {a: v for a, v in named.items() if not a.startswith(UNTOLD)}
            self._shown = named, shown
        return shown

    def _run(self) -> None:
        while not self._stop.is_set():
            if not (len(self._peers) or self._guests):
                self._wake.wait()
            self._wake.clear()
            try:
                self._tell(self._clock_ns())
            except Exception as error:  # a thread that ended would be peers who hear no more
                self._note(f"the OSC peers could not be told: {type(error).__name__}.")
            self._stop.wait(1 / RATE)

    def _tell(self, now_ns: int) -> None:
        """One round: what has changed to everybody, as much of it as a buffer holds."""
        state = self._view()
        with self._lock:
            told, self._told = self._told, state
            changes = {} if state is told else find_changes(told, state)
            silent = self._peers.forget_silent(now_ns)
            for peer in self._peers.all:
                peer.tell(changes, now_ns)
                peer.settle(state, now_ns)
            self._guests = {t: guest for t, guest in self._guests.items() if not guest.idle}
            due = [peer for peer in self._peers.all if now_ns >= peer.retry_ns]
            guests = list(self._guests.values())
        for peer in silent:
            self._note(
                f"OSC peer {describe_peer(peer)} was silent for an hour and is told no more."
            )
        for peer in due:
            self._look_after(peer, self._deliver(peer, DATAGRAMS), now_ns)
        for guest in guests:
            if self._deliver(guest, DATAGRAMS) is not None:
                with self._lock:
                    self._guests.pop(guest.target, None)

    def _deliver(self, peer: Peer, most: int) -> OSError | None:
        """Send at most so many datagrams; what went wrong. What was not sent waits."""
        for _ in range(most):
            with self._lock:
                datagram, news = peer.take_datagram()
            error = self._send(datagram, peer.target) if datagram else None
            if error is not None:
                with self._lock:
                    peer.put_back(news)
                return error
            if not datagram:
                break
        return None

    def _look_after(self, peer: Peer, error: OSError | None, now_ns: int) -> None:
        if error is None or isinstance(error, BlockingIOError):  # ours is full: soon again
            peer.failing_ns = None
            return
        since = peer.failing_ns = peer.failing_ns or now_ns
        peer.retry_ns = now_ns + RETRY_NS
        if error.errno in HOPELESS or now_ns - since > UNREACHABLE_NS:
            with self._lock:
                self._peers.forget(peer)
            self._note(f"OSC peer {describe_peer(peer)} can't be reached ({error.strerror}).")

    def _note(self, text: str) -> None:
        self._notes.say("peers", text)


def find_changes(before: State, now: State) -> State:
    """What is new or has another value."""
    return {a: v for a, v in now.items() if before.get(a) is not v and before.get(a) != v}


def _send_nothing(datagram: bytes, target: Target) -> OSError | None:
    return OSError(errno.ENETDOWN, "no port yet")
