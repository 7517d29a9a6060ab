"""The player: everything between a move of a control and the messages that it means.

In: moves, wishes to learn, devices that come and go, the state. Out: messages to the stage and to its
window, light on controllers. Owns the board, the lessons, the sticks and buttons that are held, and the
lights.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.desk.control import Move
from engine.desk.mirror import Mirror
from engine.desk.notes import Notes
from engine.desk.osc.addresses import is_played
from engine.desk.play.board import Board
from engine.desk.play.controllers import ControllerMap
from engine.desk.play.glide import Glides
from engine.desk.play.holds import Holds
from engine.desk.play.lessons import Lessons
from engine.desk.play.lights import Lights
from engine.desk.window_moves import KEYBOARD
from engine.house_addresses import TO_WINDOW
from engine.message import Argument, Message


class Player:
    """Use it from one thread."""

    def __init__(
        self,
        maps: list[ControllerMap],
        bindings: Path | None,
        mirror: Mirror,
        send: Callable[[str, bytes], bool],
        notes: Notes,
    ) -> None:
        """`bindings` is the file of the player's own; `send` is to a MIDI device."""
        self.board = Board(maps)
        self._glides, self._holds = Glides(), Holds()
        self._mirror = mirror
        self._lights = Lights(self.board, mirror.get, send)
        self._told: dict[str, tuple[Argument, ...]] = {}  # what the window knows
        self.lessons = Lessons(bindings, self.board.adopt, is_played, notes)

    @property
    def due_ns(self) -> int | None:
        """When `pass_time` has something to do; None while nothing waits."""
        due = (self.lessons.due_ns, self._glides.due_ns, self._holds.due_ns, self._lights.due_ns)
        return min((at_ns for at_ns in due if at_ns is not None), default=None)

    def play(self, move: Move) -> list[Message]:
        """The messages that a move means; while it teaches what it is to play, only what it lets go."""
        # Music moves all the time: it is learnt by name.
        if move.control.kind != "audio" and self.lessons.hear(move):
            self.board.place(move.control, move.value)
            self._glides.rest(move.control)
            self._holds.forget(move.control)
            return self.board.let_go(move)  # what it held when learning began
        self._lights.touch(move.control, move.time_ns)
        bound, let_go = self.board.bound(move.control, part=move.part), list[Message]()
        self._glides.push(move, bound)
        for binding in bound:
            if binding.hold:
                let_go += self._holds.hear(move, binding, self.board.where(move.control))
        return [*let_go, *self.board.play(move)]

    def adopt(self, maps: list[ControllerMap]) -> None:
        """The maps were edited: controls play by the new ones, and lights follow them."""
        self.board.adopt_maps(maps)
        self._lights.adopt()

    def plug(self, device: str) -> None:
        """A MIDI device has come (back), and hears what is sent to it."""
        self._lights.plug(device)

    def release(self, device: str, now_ns: int) -> list[Message]:
        """A device has gone: what it held is let go."""
        self._lights.unplug(device)
        self._glides.release(device)
        self._holds.release(device)
        return self.board.release(device, now_ns)

    def pass_time(self, now_ns: int) -> list[Message]:
        """What is due by itself: learning that is done, sticks and buttons that are held, lights, words."""
        self.lessons.look(now_ns)
        self.lessons.wait_no_more(now_ns)
        self._lights.follow(self._mirror.version, now_ns)
        played = [*self._glides.pass_time(now_ns), *self._holds.pass_time(now_ns)]
        return [*played, *self._tell_window()]

    def tell_anew(self) -> None:
        """The window is another one: it knows nothing."""
        self._told.clear()

    def _tell_window(self) -> list[Message]:
        """What the operator and his keys should know, where it has changed."""
        keys = {b.path for b in self.lessons.bindings.get(KEYBOARD, ()) if b.kind == "key"}
        wanted: dict[str, tuple[Argument, ...]] = {
            f"{TO_WINDOW}keys": tuple(sorted(keys)),
            f"{TO_WINDOW}learning": (int(self.lessons.learning),),
        }
        if self.lessons.said:
            wanted[f"{TO_WINDOW}notice"] = (self.lessons.said,)
            self.lessons.said = ""
        news = [Message(a, said) for a, said in wanted.items() if self._told.get(a) != said]
        self._told = wanted
        return news
