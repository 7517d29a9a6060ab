"""Learning: pick what is to be played, move a control, and they are bound.

In: a wish, moves, the time. Out: a binding, once it is sure what was moved. Never touches a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.desk.control import Move
from engine.desk.play.binding import Binding
from engine.desk.play.detect import Verdict, detect, is_pressed, is_touch
from engine.message import Argument

QUIET_NS = 400_000_000  # without a move: the hand is done
SURE = 8  # moves, after which nobody need wait for that
KEPT = 256  # moves looked at
# Actions happen, switches turn round; all else is a value.
SWITCHES = (
    *("/blackout", "/freeze", "/brush/erase", "/tempo/running", "/cue/pause", "/solo", "/bypass"),
    *("_bypass", "/tape/loop", "/palette/reverse", "/palette_reverse"),
)
_ACTIONS = (
    *(
        "/go",
        "/next",
        "/previous",
        "/back",
        "/seed",
        "/clear",
        "/safe",
        "/save",
        "/splat",
        "/eject",
    ),
    *("/tempo/tap", "/tempo/beat", "/tempo/bar", "/undo", "/redo", "/random", "/mutate", "/still"),
    *("/tape/record", "/tape/stop", "/tape/play", "/tape/toggle", "/palette/revert"),
    *("/record/start", "/record/stop", "/record/toggle"),
)
_TRIGGER = "/trigger"  # struck and let go: both a press and a value
# Beneath these a value may be a switch, too, which "toggle" turns round.
_NAMED = ("/param/", "/norm/", "/mod/")
# Where 0..1 makes no sense.
_RANGES = {"/tempo/bpm": (60.0, 180.0), "/brush/amount": (-1.0, 1.0)}
COLOURS = tuple("shift contrast cycle hue saturation posterise reverse".split())
_WHICH = (  # mean nothing without an argument: no place of a knob is one of these
    *("/scene/go", "/palette/go", "/preset/go", "/snapshot/go", "/snapshot/save", "/layer/focus"),
    *("/blend", "/brush/channel", "/quantise", "/tempo/source", "/bus", "/transition/use"),
    *(f"/effect/{slot}/go" for slot in range(1, 5)),
    *(f"/palette/{word}" for word in "group stop stops add remove accent".split()),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be played: an address, and what goes with it each time ("coral" of "/scene/go")."""

    address: str
    arguments: tuple[Argument, ...] = ()

    def __str__(self) -> str:
        """For people: `/scene/go coral`."""
        return " ".join([self.address, *map(str, self.arguments)])

    @property
    def is_action(self) -> bool:
        return bool(self.arguments) or self.address.endswith(_ACTIONS)

    @property
    def is_switch(self) -> bool:
        return not self.arguments and self.address.endswith(SWITCHES)


def needs_argument(address: str) -> bool:
    """Whether an address must say which: of the scenes, the palettes, ..."""
    return address.endswith(_WHICH)


def find_send_fault(wish: Wish, send: str) -> str:
    """Why a button that does `send` would not play the wish; "" if it would."""
    if wish.arguments and send != "press":
        return f"only a press plays {wish}"
    if send == "note" and not wish.address.endswith("/note"):
        return "only /note is played by a note"
    if wish.is_switch or wish.arguments:
        return ""
    if send == "toggle" and not any(name in wish.address for name in _NAMED):
        return f"{wish} is no switch that toggles"
    if send == "press" and not wish.is_action and not wish.address.endswith(_TRIGGER):
        return f"a press has to know what {wish} becomes: {wish} 0.8, say"
    return ""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A device and what one of its controls plays from now on."""

    device: str
    binding: Binding


class Learning:
    """One wish, and what has been moved since."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.turn_back = False  # an encoder was turned one way, which does not tell its code
        self._moves: list[Move] = []
        self._done_ns: int | None = None

    @property
    def due_ns(self) -> int | None:
        """When the hand would be done; None while nothing has been moved since the last look."""
        return self._done_ns

    def hear(self, move: Move) -> Learnt | None:
        """A control was moved."""
        # A program that says the same all the time moves nothing; an encoder does, by the same value.
        before = next((m for m in reversed(self._moves) if m.control == move.control), None)
        if move.control.kind != "osc" or before is None or before.value != move.value:
            self._done_ns = move.time_ns + QUIET_NS
        self._moves = [*self._moves[1 - KEPT :], move]
        pressed = is_pressed(move) and not is_touch(move.control)
        return self._conclude() if pressed or self._is_plenty() else None

    def wait_no_more(self, now_ns: int) -> Learnt | None:
        """Conclude if the hand is done."""
        if self._done_ns is None or now_ns < self._done_ns:
            return None
        self._done_ns = None
        return self._conclude()

    def _is_plenty(self) -> bool:
        control = self._moves[-1].control
        return sum(move.control == control for move in self._moves) >= SURE

    def _conclude(self) -> Learnt | None:
        verdict = detect(self._moves)
        if verdict is None:
            return None
        self.turn_back = verdict.turn_back
        if verdict.turn_back:
            return None
        return Learnt(verdict.control.device, choose_binding(self.wish, verdict))


def plays(binding: Binding, wish: Wish) -> bool:
    """Whether a binding plays what is wished: a parameter by either name, an action with any
    arguments or with those that are wished.
    """
    if _by_norm(binding.address) != _by_norm(wish.address):
        return False
    return not wish.arguments or binding.arguments == wish.arguments


def by_native(binding: Binding, asked: str) -> Binding:
    """The binding with the address that was asked for: in its own units, where it plays by 0..1."""
    return replace(binding, address=asked) if binding.address == _by_norm(asked) else binding


def choose_binding(wish: Wish, verdict: Verdict) -> Binding:
    """How such a control best plays the wish."""
    control = verdict.control
    low, high = next((r for a, r in _RANGES.items() if wish.address.endswith(a)), (0.0, 1.0))
    binding = Binding(
        control.kind,
        control.channel or None,
        control.number,
        control.path,
        _by_norm(wish.address),
        mode=verdict.mode,
        low=low,
        high=high,
        span=verdict.span,
        takeover="jump" if control.kind == "audio" else "pickup",
    )
    if wish.is_switch:
        return replace(binding, send="toggle")
    if wish.is_action:
        return replace(binding, send="press", arguments=wish.arguments)
    if verdict.is_button:
        return replace(binding, send="momentary")
    return binding


def _by_norm(address: str) -> str:
    """A knob has 0..1, and plays a parameter along its curve."""
    before, native, name = address.partition("/param/")
    if native and name:
        return f"{before}/norm/{name}"
    before, palette, name = address.rpartition("/palette/")
    return f"{before}/norm/palette_{name}" if palette and name in COLOURS else address
