"""The deck: what is recorded, and what is played in place of the clock.

In: each frame of a show. Out: the frames that are to be played: the show's own, or those of a tape.
Owns the recordings' and the reader's threads. Never waits for a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Self

from engine.errors import Complaint, MorphogenError
from engine.message import Message
from engine.tape.facts import Beginning, Header, Mark, TapeFrame
from engine.tape.reading import Tape, is_untaped, load_tape, parse_tape
from engine.tape.recording import FindFiles, Recording
from engine.tape.replay import Replay

DRAFT = ".part"
# While a tape plays, hands may play on; but what time it is and what is heard is the tape's own.
CLOCKS = ("/time", "/audio/", "/tempo/sync")


class TapeDeck:
    """Has one tape of its own, kept in a file between shows, and records another where it is told.

    `slack_ns`: half the time between two pictures, for a tape of the same rate.
    """

    def __init__(
        self,
        path: Path,
        header: Callable[[], Header],
        find_files: FindFiles = lambda scene: {},
        slack_ns: float = 0.0,
    ) -> None:
        """`path` is where its own tape is kept; `header` says what is recorded with, now."""
        self._path = path
        self._header, self._find_files = header, find_files
        self._slack_ns = slack_ns
        self._whole: Recording | None = None  # of the show, from its beginning
        self._recording: Recording | None = None
        self._last: Recording | None = None  # that was stopped
        self._replay: Replay | None = None
        self._loading: Future[Tape] | None = None
        self._held: list[Message] = []
        self._reader = ThreadPoolExecutor(1, "tape reader")
        self._told: set[str] = set()
        self._recorded_ns = 0

    @property
    def playing(self) -> bool:
        return self._replay is not None

    @property
    def recording(self) -> bool:
        """Whether its own tape is recorded."""
        return self._recording is not None

    @property
    def status(self) -> tuple[str, int]:
        """What it does, and for how many seconds already."""
        if self._replay:
            return "playing", self._replay.played_ns // 1_000_000_000
        return ("recording", self._recorded_ns // 1_000_000_000) if self._recording else ("idle", 0)

    def record_show(self, path: Path, beginning: Beginning) -> None:
        """Record all of the show into this file."""
        self._whole = Recording(self._header(), path, find_files=self._find_files)
        self._whole.mark(beginning)

    def play(self, tape: Tape, *, loop: bool = False) -> None:
        """Play a tape from now on."""
        self._stop_recording()
        self._replay = Replay(tape, loop=loop)

    def turns(
        self, nanoseconds: int, effort: float, messages: Sequence[Message], loop: bool = False
    ) -> Iterator[TapeFrame]:
        """The frames that are to be played now: one with this time and these messages, or as many
        of a playing tape as are due, with the messages behind its own.
        """
        if self._replay is None:
            waiting, self._held = (*self._held, *messages), []
            yield TapeFrame(nanoseconds, effort, waiting)
            return
        self._held += (m for m in messages if not m.address.startswith(CLOCKS))
        self._replay.loop = loop
        for frame in self._replay.advance(nanoseconds, self._slack_ns):
            if self._held:
                frame = replace(frame, messages=(*frame.messages, *self._held))
                self._held = []
            yield frame
        if self._replay is not None and self._replay.ended:
            self._replay = None

    def mark(self, mark: Mark) -> None:
        """What the director is told besides, before the next frame."""
        for recording in (self._whole, self._recording):
            if recording:
                recording.mark(mark)

    def keep(self, frame: TapeFrame, scenes: Collection[str]) -> None:
        """Record a frame that is played now, in which there are these scenes."""
        if self._whole is None and self._recording is None:
            return
        if any(is_untaped(message.address) for message in frame.messages):
            taped = [m for m in frame.messages if not is_untaped(m.address)]
            frame = replace(frame, messages=tuple(taped))
        self._recorded_ns += frame.nanoseconds
        for recording in (self._whole, self._recording):
            if recording:
                recording.keep(frame, scenes)

    def obey(self, wish: str, beginning: Callable[[], Beginning]) -> None:
        """`record`, `stop`, `play`, or `toggle`, which records or stops.

        `beginning` says how the show is now: the first thing on a new tape.
        """
        if wish == "toggle":
            wish = "stop" if self._recording else "record"
        self._stop_recording()
        if wish == "record":
            self._replay, self._loading, self._recorded_ns = None, None, 0
            self._recording = Recording(
                self._header(),
                self._path,
                draft=self._path.with_suffix(DRAFT),
                after=self._last,
                find_files=self._find_files,
            )
            self._recording.mark(beginning())
        elif wish == "stop":
            self._replay, self._loading = None, None
        elif wish == "play":
            self._loading = self._reader.submit(_load, self._last, self._path)

    def look(self) -> list[Complaint]:
        """Begin a tape that has been read; what went wrong, each once. Never waits."""
        said: list[Complaint] = []
        if self._loading is not None and self._loading.done():
            loading, self._loading = self._loading, None
            try:
                self.play(loading.result())
            except MorphogenError as error:
                said += error.complaints
        for recording in (self._whole, self._recording, self._last):
            if recording and recording.trouble and recording.trouble not in self._told:
                self._told.add(recording.trouble)
                said.append(Complaint(str(recording.path), f"the tape: {recording.trouble}"))
        return said

    def close(self) -> None:
        """Stop, and wait until what was recorded is saved."""
        self._stop_recording()
        for recording in (self._whole, self._last):
            if recording:
                recording.finish()
        self._reader.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stop_recording(self) -> None:
        if self._recording:
            self._recording.stop()
            self._last, self._recording = self._recording, None


def _load(last: Recording | None, path: Path) -> Tape:
    """On the reader's thread: the tape recorded last, on the disk or not, else the one in the file."""
    return parse_tape(str(path), last.finish()) if last else load_tape(path)
