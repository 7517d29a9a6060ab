"""Whatever devices do, played: MIDI bytes, keys and gamepads of the window, foreign addresses.

In: what a MIDI port received, moves from anywhere. Out: messages to the stage; the monitor sees each move
with what it did, and a foreign address that plays nothing is said once. Opens no port, sends nothing.
"""

from __future__ import annotations

from engine.desk.clocks import Clocks
from engine.desk.control import Control, Move
from engine.desk.midi.host import Received
from engine.desk.midi.reader import MidiReader
from engine.desk.mirror import Mirror
from engine.desk.monitor.events import Moved, Passed
from engine.desk.monitor.monitor import Monitor
from engine.desk.notes import Notes
from engine.desk.osc.addresses import FOCUS
from engine.desk.osc.foreign import describe_unbound
from engine.desk.osc.known import ACTIONS
from engine.desk.play.player import Player
from engine.house_addresses import TO_WINDOW
from engine.message import Message

LATE_NS = 1_000_000_000  # a key pressed while there was no desk plays nothing so much later
WINDOWED = 16  # devices of a window
UNBOUND = 16  # foreign addresses that are said by name


class Devices:
    """Use it from one thread."""

    def __init__(self, player: Player, mirror: Mirror, monitor: Monitor, notes: Notes) -> None:
        """`mirror`: where a misspelt address of ours is looked up."""
        self.reader, self.clocks = MidiReader(), Clocks()
        self._player, self._monitor = player, monitor
        self._mirror, self._notes = mirror, notes
        self._unbound: set[str] = set()
        self._windowed: dict[str, None] = {}  # devices of the stage's window, in their order

    def play(self, move: Move) -> list[Message]:
        """What a move means."""
        self.say_unbound(move.control)
        if not self._monitor.watched:
            return self._player.play(move)
        taught = self._player.lessons.learning and move.control.kind != "audio"
        messages = self._player.play(move)
        if self._player.board.is_part(move) and not messages:
            return []  # said with the other move
        bound = [] if taught else self._player.board.bound(move.control, part=move.part)
        self._monitor.put(Moved(move, bound, messages, taught))
        return messages

    def play_midi(self, received: Received) -> list[Message]:
        """What bytes of a port mean; none of them: it has gone."""
        messages = []
        for said in self.reader.read(received):
            messages += self.play(said) if isinstance(said, Move) else self.clocks.hear(said)
        if not received.data:
            self.clocks.forget(received.port)
            messages += self._player.release(received.port, received.time_ns)
        return messages

    def play_window(self, move: Move, now_ns: int) -> list[Message]:
        """What a key or a gamepad of the stage's window means."""
        late = move.time_ns and now_ns - move.time_ns > LATE_NS
        if late and move.control.kind in ("key", "button") and move.value > 0.0:
            return []
        if len(self._windowed) < WINDOWED:
            self._windowed[move.control.device] = None
        return self.play(move)

    def let_window_go(self, time_ns: int) -> list[Message]:
        """The stage was lost, and with it what its window would have said of keys let go."""
        names, self._windowed = self._windowed, {}
        return [done for name in names for done in self._player.release(name, time_ns)]

    def wait_no_more(self, now_ns: int) -> list[Message]:
        """What moves mean of which only the coarse half has come in time."""
        return [done for move in self.reader.wait_no_more(now_ns) for done in self.play(move)]

    def pass_time(self, now_ns: int) -> list[Message]:
        """What is due by itself: what is held, and what window and controllers are told."""
        messages = self._player.pass_time(now_ns)
        for message in messages if self._monitor.watched else ():
            if not message.address.startswith(TO_WINDOW):
                self._monitor.put(Passed(message))
        return messages

    def say_unbound(self, control: Control, wordy: bool = False) -> None:
        """Say once that a foreign address plays nothing: it may be one of ours, misspelt. `wordy`: it
        came without a number."""
        path = control.path
        if control.kind != "osc" or path in self._unbound or len(self._unbound) >= UNBOUND:
            return
        if self._player.lessons.learning or self._mirror.get(FOCUS) is None:
            return  # it is about to play something; or it is not known yet what there is
        self._unbound.add(path)
        if not self._player.board.bound(control):
            view = self._mirror.view()
            known = [*view, *map(str, view.get(ACTIONS, ()))]
            self._notes.say("foreign", describe_unbound(control, known, wordy))
