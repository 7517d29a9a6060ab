"""The lessons: what `/learn...` asks for, done to the player's bindings, which are kept in a file.

    /learn ADDRESS [argument ...]     whatever is moved next plays it; /learn/cancel ends that
    /learn/audio BAND                 instead of a move: what is heard plays it
    /learn/forget ADDRESS [argument ...]    nothing of the player's plays it (so) any more
    /learn/range low high   /learn/curve power   /learn/invert 0|1   /learn/takeover WORD
    /learn/mode WORD   /learn/send WORD   /learn/step share         of the binding learnt last; a range
                                                                    is in units of ADDRESS

In: messages, moves. Out: bindings for the board; what was done, in words, for the window and the
monitor. A binding is in the file before it is told. An edited file is taken as it comes; a broken one
is said once, and the last good bindings play on. Never raises for what a peer or the disk does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from engine.desk.audio.listening import BANDS, DEVICE, band_control
from engine.desk.control import Control, Move, describe_control
from engine.desk.notes import Notes, quote
from engine.desk.play.binding import Binding
from engine.desk.play.binding_file import BindingReader, is_address, write_binding
from engine.desk.play.detect import Verdict
from engine.desk.play.learn import (
    Learning,
    Learnt,
    Wish,
    by_native,
    choose_binding,
    find_send_fault,
    needs_argument,
)
from engine.desk.play.overlay import Bindings, bind, can_be_kept, load_overlay, save_overlay, unbind
from engine.message import Message

LOOK_NS = 1_000_000_000  # how often an edit of the file is looked for
LONGEST_NS = 60_000_000_000  # nobody moves anything: then controls play again
LONGEST = 80  # characters of a word that goes with an address
_CHANGES = ("range", "curve", "invert", "takeover", "mode", "send", "step")


class Lessons:
    """Owns the player's bindings. `path` None: they are kept for this show only."""

    def __init__(
        self,
        path: Path | None,
        adopt: Callable[[Bindings], None],
        is_ours: Callable[[str], bool],
        notes: Notes,
    ) -> None:
        """`adopt` is given the bindings whenever they change; `is_ours` knows what can be played."""
        self._path = path
        self._adopt = adopt
        self._is_ours = is_ours
        self._notes = notes
        self._learning: Learning | None = None
        self._since_ns = 0  # of learning
        self._last: Learnt | None = None
        self._asked = ""  # the address that the last one was asked for by
        self._bindings: Bindings = {}
        self._stamp: tuple[int, int] | None = None
        self._look_ns = 0
        self._broken = False  # the file as it is now
        self.count = 0  # controls learnt so far
        self.said = ""  # what was done last, in words; "" once that has been taken

    @property
    def bindings(self) -> Bindings:
        return self._bindings

    @property
    def learning(self) -> bool:
        """Whether the next control that is moved is bound."""
        return self._learning is not None

    @property
    def status(self) -> tuple[str, ...]:
        """("off",), ("waiting", address), ("turn back", address) or ("learnt", address, control, device)."""
        if self._learning:
            word = "turn back" if self._learning.turn_back else "waiting"
            return word, self._learning.wish.address
        if self._last:
            control = _control_of(self._last)
            return "learnt", self._last.binding.address, describe_control(control), control.device
        return ("off",)

    @property
    def due_ns(self) -> int | None:
        """When `wait_no_more` has something to do."""
        if self._learning is None:
            return None
        over_ns = self._since_ns + LONGEST_NS
        return min(self._learning.due_ns or over_ns, over_ns)

    def look(self, now_ns: int) -> None:
        """Take the file if it has changed; does something about once a second."""
        if self._path is None or now_ns < self._look_ns:
            return
        self._look_ns = now_ns + LOOK_NS
        self._read_anew(self._path)

    def _read_anew(self, path: Path) -> None:
        """Take the file if it has changed."""
        stamp = _stamp(path)
        if stamp == self._stamp:
            return
        first, self._stamp = self._stamp is None, stamp
        found, complaints = load_overlay(path)
        self._broken = bool(complaints)
        for complaint in complaints:
            self._notes.say("bindings", f"{complaint}")
        # Of a broken file the one before counts at the start only: what plays now is newer.
        if not complaints or (first and found):
            self._bindings = found
            self._adopt(found)

    def hear(self, move: Move) -> bool:
        """Whether a move was for learning: then it plays nothing."""
        if self._learning is None:
            return False
        self._take(self._learning.hear(move))
        return True

    def wait_no_more(self, now_ns: int) -> None:
        """Conclude what was moved, if the hand is done."""
        if self._learning:
            self._take(self._learning.wait_no_more(now_ns))
        if self._learning and now_ns >= self._since_ns + LONGEST_NS:
            self._learning = None
            self._say("Learning is off: nothing was moved")

    def do(self, message: Message) -> str:
        """Do what `/learn...` asks. Returns why not, or "" """
        word, arguments = message.address.removeprefix("/learn").lstrip("/"), message.arguments
        if word == "cancel":
            self._learning = None
            self._say("Learning is off")
            return ""
        if word in ("", "forget"):
            address = arguments[0] if arguments else None
            if (
                not isinstance(address, str)
                or not is_address(address)
                or not self._is_ours(address)
            ):
                return "an address that can be played wanted"
            wish = Wish(address, arguments[1:9])
            if not all(map(_is_word, wish.arguments)):
                return "numbers and short words wanted"
            if word == "forget":
                return self._forget(wish)
            if needs_argument(address) and not wish.arguments:
                return "an address that says which wanted"
            self._learning, self._since_ns = Learning(wish), message.time_ns
            self._say(f"Move a control for {wish}")
            return ""
        if word == "audio":
            return self._take_band(arguments[0] if arguments else None)
        return self._change(word, message) if word in _CHANGES else "unknown address"

    def _forget(self, wish: Wish) -> str:
        """Let nothing of the player's play it."""
        self._catch_up()
        left = unbind(self._bindings, wish)
        if left == self._bindings:
            self._say(f"Nothing of yours plays {wish}")
            return ""
        return self._keep(left, f"Nothing of yours plays {wish} any more")

    def _catch_up(self) -> None:
        """An edit of the file that has not been seen yet must not be written over."""
        if self._path is not None:
            self._read_anew(self._path)

    def _change(self, word: str, message: Message) -> str:
        """Change one thing of the binding learnt last."""
        if self._last is None:
            return "nothing was learnt yet"
        given = message.arguments
        value: object = list(given) if word == "range" else given[0] if given else None
        if word == "invert":
            value = bool(value)
        before = self._last.binding
        if word == "send":
            fault = find_send_fault(Wish(before.address, before.arguments), str(value))
            if fault:
                return fault
        if word == "range":
            before = by_native(before, self._asked)
        table = {**write_binding(before), word: value}
        reader = BindingReader(Path(), "")
        changed = reader.read_bindings(table, ())
        if len(changed) != 1:
            return str(reader.complaints[0].what) if reader.complaints else "no such binding"
        self._catch_up()
        self._last = Learnt(self._last.device, changed[0])
        kept = bind(self._bindings, self._last.device, changed[0])
        return self._keep(kept, f"{changed[0].address}: {word} {value}")

    def _take_band(self, band: object) -> str:
        """Bind what is heard to what is to be learnt."""
        if self._learning is None:
            return "nothing is being learnt"
        if band not in BANDS:
            return f"audio is {', '.join(BANDS)}"
        control = band_control(str(band))
        self._take(Learnt(DEVICE, choose_binding(self._learning.wish, Verdict(control))))
        return ""

    def _take(self, learnt: Learnt | None) -> None:
        if self._learning is None:
            return
        if learnt is None:
            if self._learning.turn_back:
                self._say("Turn it the other way as well")
            return
        if not can_be_kept(learnt.device, learnt.binding):
            self._learning = None
            what = describe_control(_control_of(learnt))
            self._say(f"{quote(what)} cannot be learnt: no file would hold its name or its numbers")
            return
        self._catch_up()
        self._asked = self._learning.wish.address
        wished, control = f"{self._learning.wish}", _control_of(learnt)
        self._learning, self._last = None, learnt
        self.count += 1
        said = f"{describe_control(control)} of {quote(control.device)} plays {wished}"
        self._keep(bind(self._bindings, learnt.device, learnt.binding), said)

    def _keep(self, bindings: Bindings, said: str) -> str:
        """Put the bindings in force, in the file first."""
        if self._path is not None:
            try:
                if self._broken:  # whoever wrote it wants to mend it
                    self._path.replace(self._path.with_suffix(".broken"))
                    self._broken = False
                save_overlay(bindings, self._path)
            except OSError as error:
                self._notes.say("bindings", f"not saved: {self._path}: {error.strerror or error}")
                said += " (not saved)"
            self._stamp = _stamp(self._path)  # if it could not be written too: what plays is newer
        self._bindings = bindings
        self._adopt(bindings)
        self._say(said)
        return ""

    def _say(self, what: str) -> None:
        if what != self.said:
            self.said = what
            self._notes.say("learn", what)


def _is_word(argument: object) -> bool:
    """Whether a file holds it as it is, and no terminal is driven by it."""
    if isinstance(argument, str):
        return len(argument) <= LONGEST and argument.isprintable()
    return isinstance(argument, int | float) and math.isfinite(argument)


def _control_of(learnt: Learnt) -> Control:
    binding: Binding = learnt.binding
    return Control(learnt.device, binding.kind, binding.channel or 0, binding.number, binding.path)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
