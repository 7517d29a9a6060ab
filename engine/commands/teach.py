"""`morphogen learn TARGET`: a control is taught what to play, from a terminal.

In: what was typed. Out: lines; a binding in the player's file. An engine that plays is told over OSC and
answers; where none does, a desk of our own listens to the same ports.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from engine.commands.bindings import list_playable
from engine.desk.notes import quote
from engine.desk.play.learn import Wish, find_send_fault
from engine.desk.play.target import WHERE, read_target
from engine.desk.teacher import Alone, Engine, Lesson, Teacher
from engine.errors import Complaint, MorphogenError
from engine.library import Library
from engine.message import Argument

TAKEN_S = 2.0  # within which an engine has taken what it was told


@dataclass(frozen=True, slots=True)
class Manner:
    """How a control is to play: the arguments of `/learn/<word>` for each word that was asked for."""

    words: Mapping[str, tuple[Argument, ...]]
    band: str = ""  # of audio, in place of a move
    seconds: float = 30.0  # to wait for a move


def teach(
    words: Sequence[str],
    manner: Manner,
    library: Library,
    bindings: Path,
    *,
    port: int | None,
    midi: str | None = None,
) -> int:
    """Learn one control. Returns 0 once it is bound, 1 if nothing was moved in time.

    `port`: where an engine may play, or other programs send OSC; None: MIDI only. Raises MorphogenError.
    """
    wish = read_target(words, list_playable(library.catalogue))
    for send in manner.words.get("send", ()):
        fault = find_send_fault(wish, str(send))
        if fault:
            raise MorphogenError(Complaint(WHERE, fault))
    _leave_in_order()
    with ExitStack() as stack:
        engine = stack.enter_context(Engine(port)) if port else None
        if engine and engine.answers:
            return _learn(engine, wish, manner)
        controllers = library.assets.both("config") / "controllers"
        alone = Alone(controllers, bindings, midi, port)
        return _learn(stack.enter_context(alone), wish, manner)


def _learn(teacher: Teacher, wish: Wish, manner: Manner) -> int:
    before = teacher.look() or teacher.look()
    if before is None:
        raise _takes_nothing()
    teacher.say("/learn", wish.address, *wish.arguments)
    if manner.band:
        teacher.say("/learn/audio", manner.band)
    else:
        _say(f"Move a control for {wish}")
    try:
        learnt = _wait(teacher, before.count, manner.seconds)
    except BaseException:
        teacher.say("/learn/cancel")
        raise
    if learnt is None:
        teacher.say("/learn/cancel")
        print(f"{WHERE}: nothing was moved for {manner.seconds:g} seconds", file=sys.stderr)
        return 1
    for word, arguments in manner.words.items():
        teacher.say(f"/learn/{word}", *arguments)
    teacher.look()  # answered once all that was said has come
    _, _, control, device = learnt.status
    _say(f"{control!s} of {quote(str(device))} plays {wish}")
    return 0


def _wait(teacher: Teacher, before: int, seconds: float) -> Lesson | None:
    """Until one more control is learnt; None if nothing was in time. Raises MorphogenError."""
    began = time.monotonic()
    taken, asked, silent = False, False, 0
    while (now := time.monotonic()) < began + seconds:
        lesson = teacher.look()
        silent = 0 if lesson else silent + 1
        if lesson and lesson.count > before and lesson.status[0] == "learnt":
            return lesson
        taken = taken or (lesson is not None and lesson.status[0] in ("waiting", "turn back"))
        if silent > 10 or (not taken and now > began + TAKEN_S):
            raise _takes_nothing()
        if taken and lesson and lesson.status[0] not in ("waiting", "turn back"):
            raise MorphogenError(Complaint(WHERE, "learning was ended from elsewhere"))
        if lesson and lesson.status[0] == "turn back" and not asked:
            asked = True
            _say("Turn it the other way as well")
        teacher.wait()
    return None


def _leave_in_order() -> None:
    """A terminal that is closed, and `kill`, end it as Ctrl-C does: an engine that waited on would take
    the next knob that moves for the lesson."""

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):  # Windows has no second one
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _takes_nothing() -> MorphogenError:
    what = "the engine takes nothing to learn"
    return MorphogenError(Complaint(WHERE, what, "Is it of this version?"))


def _say(line: str) -> None:
    print(line, flush=True)
