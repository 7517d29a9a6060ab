"""What comes by OSC, sorted: questions are answered, foreign addresses are moves, the rest is the stage's.

In: messages with their senders, from the port's thread. Out: to the stage at once; moves, and wishes of
the desk itself, to the desk's queue. No more of them wait than the desk can do soon; what is over is
counted. What saves is taken of this computer only. Knows no binding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from engine.desk.control import Control
from engine.desk.monitor.events import FOREIGN, Came
from engine.desk.monitor.monitor import Monitor
from engine.desk.osc.access import is_loopback
from engine.desk.osc.echo import Echo
from engine.desk.osc.foreign import DEVICE, Wordy, is_foreign, read_moves
from engine.desk.osc.receiver import Sender
from engine.desk.osc.wrapped_midi import MIDI, read_wrapped
from engine.house_addresses import TO_DESK
from engine.keep import saves
from engine.message import Message
from engine.pipe import Outbox

WAITING = 4096  # in the desk's queue; then foreign addresses are dropped
WISHES = 32  # that wait: each may have a file written
LEARN = "/learn"
MONITORED = "watches"
NOT_SAVED = "only this computer may save"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a peer wants of the desk itself."""

    messages: Sequence[Message]


class Sorter:
    """`hear` and `hand_on` are for the port's thread; `done` for the desk's."""

    def __init__(
        self, echo: Echo, monitor: Monitor, queue: SimpleQueue[Any], stage: Outbox
    ) -> None:
        self._echo, self._monitor = echo, monitor
        self._queue, self._stage = queue, stage
        self._asked = 0  # wishes so far; each counter is written by one thread only
        self._done = 0
        self.too_many = 0  # foreign messages
        self.unheard = 0  # wishes
        self.refused: Counter[str] = Counter()  # messages of those who may not send them, by reason

    def hear(self, message: Message, sender: Sender) -> bool:
        """Whether a message is not for the stage: for the peers, or foreign."""
        did = self._take(message, sender)
        if self._monitor.watched and did != MONITORED and not _asks_how_we_are(message):
            where = "to the desk" if is_for_desk(message) else "to the stage"
            self._monitor.put(Came(message, sender, did or where))
        return bool(did)

    def attends(self, sender: Sender) -> bool:
        """Whether everything a sender says is to be heard, a number for the stage too."""
        return self._monitor.watched or self._echo.knows(sender)

    def hand_on(self, messages: Sequence[Message]) -> None:
        """What was not heard: to the stage at once, or to the desk's queue."""
        wishes = [message for message in messages if is_for_desk(message)]
        if wishes:
            messages = [message for message in messages if not is_for_desk(message)]
        self._stage.send_all(messages)
        room = max(WISHES - (self._asked - self._done), 0)
        self.unheard += max(len(wishes) - room, 0)
        if wishes[:room]:
            self._asked += len(wishes[:room])
            self._queue.put(Wishes(wishes[:room]))

    def done(self, wishes: Wishes) -> None:
        """They wait no more."""
        self._done += len(wishes.messages)

    def _take(self, message: Message, sender: Sender) -> str:
        """What was done with a message, in words; "" if it is for the stage."""
        if saves(message.address) and not is_loopback(str(sender[0])):
            self.refused[NOT_SAVED] += 1
            return f"refused: {NOT_SAVED}"
        if self._echo.hear(message, sender):
            return "answered"
        if self._monitor.hear(message, sender):
            return MONITORED
        if not is_foreign(message):
            return ""
        if self._queue.qsize() >= WAITING:
            self.too_many += 1
            return "dropped: foreign addresses too fast"
        if message.address == MIDI:
            for received in read_wrapped(message):
                self._queue.put(received)
            return "played like MIDI"
        moves = list(read_moves(message))
        for move in moves:
            self._queue.put(move)
        if not moves:
            self._queue.put(Wordy(Control(DEVICE, "osc", path=message.address)))
        return FOREIGN if moves else "plays nothing: no such address, and no number in it"


def _asks_how_we_are(message: Message) -> bool:
    """Whether it only asks about the engine itself, as our own commands do again and again."""
    wanted = message.arguments[0] if message.address == "/get" and message.arguments else ""
    return isinstance(wanted, str) and wanted.startswith("/status/")


def is_for_desk(message: Message) -> bool:
    """Whether the desk itself is meant, not the stage."""
    return message.address.startswith((TO_DESK, LEARN))
