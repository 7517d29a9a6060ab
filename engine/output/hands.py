"""Hands on keyboard and mouse become messages.

In: what the window's callbacks saw, in order, and where the picture lies. Out: Messages for the
stage and Acts for the window, and `/desk/...` for keys that the player has bound and for learning. Never asks
a device anything; knows only which macro is chosen, whether a button is down, and what is learnt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.house_addresses import TO_DESK
from engine.message import Message
from engine.output.fit import Rectangle, locate_in_picture
from engine.output.keys import COARSE, FINE, Act, Deed, bind_strokes

FINGER = "/touch/mouse"  # what draws the line, and how large, is known to the show
KEY, LEARN = f"{TO_DESK}key", f"{TO_DESK}learn"
PICK_SECONDS = 10.0  # after L without a key that says what: then keys are what they always are
ERASING = -1.0  # the pressure of the right button


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key went down, repeats while held, or went up."""

    name: str
    repeated: bool
    time_ns: int
    down: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """The pointer is at (x, y): pixels of the framebuffer from its upper left corner."""

    x: float
    y: float
    time_ns: int


@dataclass(frozen=True, slots=True)
class Button:
    """A mouse button, 0 left and 1 right, went down or up at (x, y)."""

    which: int
    down: bool
    x: float
    y: float
    time_ns: int


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel or two fingers moved by so many notches, up is positive."""

    notches: float
    fine: bool
    time_ns: int


Event = Stroke | Moved | Button | Wheel


@dataclass(frozen=True, slots=True)
class View:
    """Where the picture lies (y up, pixels) in a framebuffer of `height` pixels."""

    place: Rectangle
    height: int


class Hands:
    """Keeps what a hand is in the middle of: the chosen macro (1..8) and a drag."""

    def __init__(self) -> None:
        self.macro = 1
        self.learning = False
        self.bound: frozenset[str] = frozenset()  # strokes that the player has bound
        self.parameters: Sequence[str] = ()  # what can be learnt besides
        self._parameter = -1
        self._asked_ns = 0  # when L was pressed, or something picked
        self._waits = False  # the desk, for a control to be moved
        self._bindings = bind_strokes()
        self._button: int | None = None
        self._drawing = False

    def wait_for_move(self, waits: bool) -> None:
        """The desk waits for a control to be moved; or no more, or not yet, as it may say again."""
        if waits or self._waits:
            self.learning = waits
        self._waits = waits

    def read(self, events: Iterable[Event], view: View | None) -> list[Message | Act]:
        """Everything the events mean, in their order; without a view (no picture yet) the mouse
        means nothing.
        """
        out: list[Message | Act] = []
        for event in events:
            if isinstance(event, Stroke):
                out += self._press(event)
            elif isinstance(event, Wheel):
                step = (FINE if event.fine else COARSE) * event.notches
                out += self._do(Act(Deed.MOVE_MACRO, step), event.time_ns)
            elif view is not None:
                out += self._point(event, view)
        return out

    def _press(self, stroke: Stroke) -> list[Message | Act]:
        binding = self._bindings.get(stroke.name)
        if not self._waits and stroke.time_ns - self._asked_ns > PICK_SECONDS * 1e9:
            self.learning = False
        if self.learning and stroke.down and not stroke.repeated and binding:
            picked = self._pick(binding.does, stroke.time_ns)
            if any(isinstance(one, Message) for one in picked):
                self._asked_ns = stroke.time_ns
            return picked
        if stroke.name in self.bound or (self.learning and not binding):
            if stroke.repeated:
                return []
            return [Message(KEY, (stroke.name, int(stroke.down)), stroke.time_ns)]
        if binding is None or not stroke.down or (stroke.repeated and not binding.repeats):
            return []
        return self._do(binding.does, stroke.time_ns)

    def _pick(self, does: Message | Act, time_ns: int) -> list[Message | Act]:
        """While learning, a key says what is to be played by the control that is moved next."""
        if isinstance(does, Message):
            relative = does.arguments[:1] in (("+",), ("toggle",))
            arguments = () if relative else does.arguments
            return [Message(LEARN, (does.address, *arguments), time_ns)]
        if does.deed in (Deed.LEARN, Deed.LEAVE):
            self.learning = False
            return [Message(f"{LEARN}/cancel", (), time_ns)]
        if does.deed is Deed.CHOOSE_MACRO:
            self.macro = int(does.amount)
            return [does, Message(LEARN, (f"/macro/{self.macro}",), time_ns)]
        if does.deed is Deed.NEXT_PARAMETER and self.parameters:
            self._parameter = (self._parameter + int(does.amount)) % len(self.parameters)
            return [Message(LEARN, (f"/param/{self.parameters[self._parameter]}",), time_ns)]
        return [does] if does.deed in (Deed.HELP, Deed.FULLSCREEN) else []

    def _do(self, does: Message | Act, time_ns: int) -> list[Message | Act]:
        if isinstance(does, Message):
            return [Message(does.address, does.arguments, time_ns)]
        if does.deed is Deed.CHOOSE_MACRO:
            self.macro = int(does.amount)
        elif does.deed is Deed.MOVE_MACRO:  # the window shows it, the stage does it
            return [does, Message(f"/macro/{self.macro}", ("+", does.amount), time_ns)]
        elif does.deed is Deed.LEARN:
            self.learning, self._asked_ns = True, time_ns
        return [does]

    def _point(self, event: Moved | Button, view: View) -> list[Message | Act]:
        point = locate_in_picture(event.x, event.y, view.place, view.height)
        if isinstance(event, Moved):
            return self._touch(point, event.time_ns) if self._button is not None else []
        if event.down and self._button is None and _is_inside(point):
            self._button = event.which
            return self._touch(point, event.time_ns)
        if not event.down and event.which == self._button:
            rest = [*self._touch(point, event.time_ns), *self._lift(event.time_ns)]
            self._button = None
            return rest
        return []

    def _touch(self, point: tuple[float, float], time_ns: int) -> list[Message | Act]:
        """The button is held at a point: beside the picture it draws nothing."""
        if not _is_inside(point):
            return self._lift(time_ns)
        self._drawing = True
        pressure = (ERASING,) if self._button == 1 else ()
        return [Message(FINGER, (*point, *pressure), time_ns)]

    def _lift(self, time_ns: int) -> list[Message | Act]:
        was, self._drawing = self._drawing, False
        return [Message(f"{FINGER}/up", (), time_ns)] if was else []


def _is_inside(point: tuple[float, float]) -> bool:
    return 0.0 <= point[0] <= 1.0 and 0.0 <= point[1] <= 1.0
