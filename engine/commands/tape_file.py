"""What `morphogen tape` does: it says what is on a tape, and cuts one.

In: a tape. Out: lines, or a shorter tape. Opens no device and no GL.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from engine import __version__
from engine.errors import Complaint, MorphogenError
from engine.library import Library
from engine.show.director import Director
from engine.tape.beginning import begin_here, enter_frame
from engine.tape.calendar import Calendar
from engine.tape.facts import Beginning, TapeFrame, Used
from engine.tape.files import list_changes
from engine.tape.reading import Tape, load_tape, summarise
from engine.tape.recording import Recording

MOST_MOVES = 12  # addresses that are listed


def describe_tape(path: Path, library: Library, out: TextIO) -> None:
    """Say what a tape holds and was recorded with; what is another now, on lines of its own."""
    tape = load_tape(path)
    told = summarise(tape)
    header, first = tape.header, told.beginnings[0]
    seconds = told.nanoseconds * 1e-9
    width, height = header.size

    def say(what: str, text: object) -> None:
        print(f"{what:<10} {text}", file=out)

    say("length", f"{_clock(seconds)}, {told.frames} frames, {len(tape.data)} bytes")
    say("recorded", f"{header.began}, Morphogen {header.engine}")
    say("picture", f"{width}x{height} at {header.fps:g} a second, cells {header.layout}")
    say("on", header.gpu)
    say("begins", f"{first.show or first.scene}, seed {first.seed}, {_state(first)}")
    if len(told.beginnings) > 1:
        say("anew", f"{len(told.beginnings) - 1} times, where a tape was played")
    for name, told_hash in sorted(told.used.items()):
        say("uses", f"{name} {told_hash}")
    for at_ns in told.edited_ns:
        say(
            "edited",
            f"files were edited at {_clock(at_ns * 1e-9)}: they are played as they are now",
        )
    for address, count in told.moves.most_common(MOST_MOVES):
        say("moves", f"{address} {count}")
    if len(told.moves) > MOST_MOVES:
        say("moves", f"and {len(told.moves) - MOST_MOVES} other addresses")
    if header.engine != __version__:
        say("changed", f"this is Morphogen {__version__}: its pictures may be others")
    for name, what in list_changes(told.used, library.assets, library.catalogue):
        say("changed", f"{name} {what}")
    if told.trouble:
        say("broken", told.trouble)


def cut(path: Path, into: Path, span_s: tuple[float, float], library: Library) -> None:
    """Keep the frames from one second to another, with the state that the first of them began in.

    That is found by playing what comes before without any picture, so its fields begin anew from
    their seeds. Raises `MorphogenError` if nothing is left, or it cannot be written.
    """
    tape = load_tape(path)
    if into.resolve() == path.resolve():
        raise MorphogenError(Complaint(str(into), "a tape is not cut into itself", "Name another."))
    if into.suffix != ".tape":
        raise MorphogenError(Complaint(str(into), "a tape's name ends in .tape"))
    recording = Recording(tape.header, into)
    for frame in _cut_frames(tape, span_s, library):
        recording.keep(frame, ())
    recording.finish()
    if recording.trouble:
        raise MorphogenError(Complaint(str(into), recording.trouble))
    if not recording.frames:
        into.unlink(missing_ok=True)
        raise MorphogenError(Complaint(str(path), "there is nothing in this part of the tape"))


def _cut_frames(tape: Tape, span_s: tuple[float, float], library: Library) -> Iterator[TapeFrame]:
    director: Director | None = None
    at_ns, began = 0, span_s[0] <= 0.0
    used: dict[str, str] = {}
    calendar = Calendar()
    for frame in tape.frames():
        before_s, at_ns = at_ns * 1e-9, at_ns + frame.nanoseconds
        if before_s >= span_s[1]:
            return
        if began:
            yield frame
        elif before_s >= span_s[0] and director is not None:
            began = True
            yield dataclasses.replace(
                frame, marks=(begin_here(director, calendar), Used(used), *frame.marks)
            )
        else:
            for mark in frame.marks:
                used |= mark.files if isinstance(mark, Used) else {}
            director = enter_frame(director, frame, library, _say)
            director.wishes.take()
            calendar.follow(frame)
            director.advance(frame.nanoseconds, effort=frame.effort)


def _say(complaint: Complaint) -> None:
    print(complaint, file=sys.stderr)


def _state(beginning: Beginning) -> str:
    if beginning.kept:
        return f"in a state of {len(beginning.kept)} values: its fields begin anew"
    return "as a show begins"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60.0)
    return f"{int(minutes)}:{rest:04.1f}"
