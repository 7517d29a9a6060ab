"""The desk: one turn of its loop.

    MIDI ports, OSC, audio, the stage's window -> queue -> devices -> player -> messages to the stage
    the stage's state                          -> queue -> mirror -> what peers and controllers are told

In: whatever devices, peers and the stage do, from any thread, by one queue. Out: messages to the
stage; once a second a report to the supervisor (see report.py). Never raises for a device or a peer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from queue import Empty, SimpleQueue
from typing import Any, Self

from engine.desk.control import Move
from engine.desk.held import Held, read_held
from engine.desk.midi.host import Received
from engine.desk.midi.ports import Plugged
from engine.desk.monitor.events import Refused
from engine.desk.notes import Notes
from engine.desk.opening import DeskSettings, open_parts
from engine.desk.osc.foreign import Wordy
from engine.desk.osc.sorter import LEARN, Wishes, is_for_desk
from engine.desk.play.lessons import Lessons
from engine.desk.report import Report
from engine.desk.touched import Touched, read_touched
from engine.desk.window_moves import read_window
from engine.house_addresses import (
    HELD,
    PEERS,
    REFUSED,
    SEEN,
    STAGE_ANEW,
    STATE_BEGIN,
    TO_DESK,
    TOUCHED,
    WAITS,
)
from engine.message import Message
from engine.pipe import Outbox

WAIT_S = 0.05  # the longest a quiet desk sleeps: what is due by itself is this late at most
TURN_NS = 50_000_000  # then the stage is sent what there is, and whoever watches the desk its beat
REPORT_NS = 1_000_000_000
FAULT = "it was too much for us"

# What comes by the queue: bytes of a MIDI port, its coming and going, a move from anywhere, wishes of
# peers, messages of the stage.
Heard = Received | Plugged | Move | Wordy | Wishes | Sequence[Message]


class Desk:
    """Owns the devices and the network. Use it from one thread, but for `hear`."""

    def __init__(
        self,
        settings: DeskSettings,
        stage: Outbox,
        supervisor: Outbox,
        notes: Notes,
        clock_ns: Callable[[], int],
    ) -> None:
        self._stage = stage
        self._supervisor = supervisor
        self._clock_ns = clock_ns
        self._queue: SimpleQueue[Any] = SimpleQueue()  # of Heard
        self._report_ns = clock_ns()
        self._notes = notes
        self._held, self._touched = Held(), Touched()
        with ExitStack() as stack:
            parts = open_parts(settings, self._queue, stage, notes, clock_ns, stack)
            self._mirror, self._maps, self._monitor = parts.mirror, parts.maps, parts.monitor
            self._midi, self._player, self._devices = parts.midi, parts.player, parts.devices
            self._echo, self._sorter = parts.echo, parts.sorter
            self._audio, self._link = parts.audio, parts.link
            self._report = Report(parts, stage)
            self._stack = stack.pop_all()

    def hear(self, heard: Heard) -> None:
        """Take what happened, from any thread; it is done in the next turn, which begins at once."""
        self._queue.put(heard)

    def turn(self) -> None:
        """Wait for something to happen, WAIT_S at most; then do all that has, for TURN_NS at most.

        Whatever goes wrong in one part of it ends no other.
        """
        now = self._clock_ns()
        self._try(self._look, now)
        messages: list[Message] = []
        whole = False
        try:
            heard = self._queue.get(timeout=self._find_wait_s(now))
            until_ns = self._clock_ns() + TURN_NS
            messages += self._try(self._do, heard)
            while self._clock_ns() < until_ns:  # a flood waits: the desk has to beat, too
                messages += self._try(self._do, self._queue.get_nowait())
        except Empty:
            whole = True
        if whole:
            self._mirror.take(())
        messages += self._try(self._pass_time)
        board = self._player.board
        for news in (self._held.tell(board.held), self._touched.tell(board.touched)):
            if news:
                self._supervisor.send(news)
        self._stage.send_all(messages)

    @property
    def lessons(self) -> Lessons:
        """What is learnt."""
        return self._player.lessons

    @property
    def refused(self) -> Counter[str]:
        """What was wanted of the desk itself and not done, by reason."""
        return self._report.refused

    def close(self) -> None:
        """Give devices and network back."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try(self, do: Callable[..., list[Message]], *arguments: object) -> list[Message]:
        """What it means for the stage; nothing if it goes wrong, which is counted and said."""
        try:
            return do(*arguments)
        except Exception as error:  # a desk that ended would be hands that play nothing
            self._report.refuse(FAULT)
            self._notes.say("desk", f"stumbled over {type(error).__name__} and goes on.")
            return []

    def _look(self, now_ns: int) -> list[Message]:
        maps = self._maps.take()
        if maps is not None:
            self._player.adopt(maps)
        for plugged in self._midi.look(now_ns):
            self.hear(plugged)  # after what came before it
        if now_ns >= self._report_ns:
            self._report_ns = now_ns + REPORT_NS
            self._supervisor.send_all(self._report.make(now_ns))
        return []

    def _pass_time(self) -> list[Message]:
        """What is due by itself."""
        messages = self._devices.clocks.tell(self._clock_ns())
        messages += self._link.tell(self._clock_ns()) if self._link else []
        messages += self._devices.wait_no_more(self._clock_ns())
        messages += self._devices.pass_time(self._clock_ns())
        self._report.tell_lesson()
        return messages

    def _find_wait_s(self, now_ns: int) -> float:
        soonest = self._devices.reader.due_ns, self._player.due_ns
        due = [at_ns for at_ns in soonest if at_ns is not None]
        return min(max((min(due) - now_ns) * 1e-9, 0.0), WAIT_S) if due else WAIT_S

    def _do(self, heard: Heard) -> list[Message]:
        """What something means for the stage."""
        if isinstance(heard, Move):
            return self._devices.play(heard)
        if isinstance(heard, Received):
            return self._devices.play_midi(heard)
        if isinstance(heard, Plugged):
            if heard.there and heard.hears:
                self._player.plug(heard.device)
            return []
        if isinstance(heard, Wordy):
            self._devices.say_unbound(heard.control, wordy=True)
            return []
        if isinstance(heard, Wishes):
            self._sorter.done(heard)
            return [done for wish in heard.messages for done in self._obey(wish)]
        state = [message for message in heard if not is_for_desk(message)]
        if state:
            self._mirror.take(state)
        if any(message.address == STATE_BEGIN for message in state):
            self._player.tell_anew()  # it may be another stage
        return [done for message in filter(is_for_desk, heard) for done in self._obey(message)]

    def _obey(self, message: Message) -> list[Message]:
        """Do what a peer or the window wants of the desk itself."""
        move = read_window(message)
        if move is not None:
            return self._devices.play_window(move, self._clock_ns())
        address = message.address.removeprefix(TO_DESK.rstrip("/"))
        if message.address == PEERS:
            self._echo.bring_back(message.arguments)
        elif message.address == SEEN:
            if self._audio:
                self._audio.show()
        elif message.address == HELD:
            return read_held(message, self._clock_ns())
        elif message.address == TOUCHED:
            self._player.board.bring_back(read_touched(message))
        elif message.address in (REFUSED, WAITS):
            self._see_refusal(message)
        elif address.startswith(LEARN):
            # By our own clock: what is told over the pipe may have no time.
            wish = Message(address, message.arguments, self._clock_ns())
            wrong = self._player.lessons.do(wish)
            if wrong:
                self._report.refuse(wrong)
        elif message.address == STAGE_ANEW:
            return self._devices.let_window_go(message.time_ns)
        return []

    def _see_refusal(self, message: Message) -> None:
        match message.arguments:
            case (str(address), str(reason), int(count)):
                waits = message.address == WAITS
                self._monitor.put(Refused(message.time_ns, address, reason, count, waits))
