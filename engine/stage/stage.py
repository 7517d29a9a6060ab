"""The stage: show, gpu and output wired to a frame.

    messages -> director -> frame -> fields stepped -> picture -> window, recording, preview

In: settings, messages. Out: pictures, the state for whoever asks, words for the desk. One thread, one GL
context. Never waits for a device, a peer or a file.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime

from engine.coalesce import coalesce, thin_touches
from engine.errors import Complaint, MorphogenError
from engine.gpu.mixer import CannotBeginError, Mixer
from engine.keep import Keeper
from engine.library import Library
from engine.message import Argument, Message
from engine.output.outputs import Outputs
from engine.settings import PlaySettings
from engine.show.beat.moment import tell_ago
from engine.show.frame import Frame
from engine.show.memory.restore import let_time_pass, restore, time_away
from engine.show.memory.slot_file import SlotFile
from engine.show.routes.touch import TOO_MANY
from engine.stage.desk_words import DeskWords
from engine.stage.healing import Healing
from engine.stage.intake import Intake
from engine.stage.on_screen import tell_operator
from engine.stage.opening import begin_director, open_parts, say_what_plays
from engine.stage.pacer import Pacer
from engine.stage.rehearsing import Rehearsing
from engine.stage.reloading import Reloading
from engine.stage.sizes import find_pace, fit_picture
from engine.stage.taping import begin_tapes, fulfil_wishes, open_deck
from engine.tape.beginning import enter_frame
from engine.tape.calendar import Calendar
from engine.tape.facts import Edited, TapeFrame, Ticks, round_effort

TIME_NS = 10_000_000_000  # between two looks at the clock on the wall
FIRST_FRAMES = 6  # worth of steps before the first picture: a seed that has begun to grow


class Stage:
    """Owns the parts that `opening.py` opens, what goes on beside the frame, and the director of one show."""

    def __init__(
        self,
        settings: PlaySettings,
        kept: Sequence[Message] = (),
        busy: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the surface and make the first picture. `busy` is called before what may take long
        (compiling), so that nobody takes it for a hang. Raises `MorphogenError`.
        """
        self._settings = settings
        self._busy = busy
        with ExitStack() as stack:
            opened = self._opened = open_parts(settings, stack)
            self._surface, self._mixer = opened.surface, opened.mixer
            self._saying, self.fps = opened.saying, opened.fps
            self._size = self._surface.size
            self.director = begin_director(settings, opened)
            self._slots = SlotFile(settings.start)
            kept_in = opened.library.assets.both("config").find(f"snapshots/{settings.start}.toml")
            for complaint in self._slots.load(self.director, kept_in):
                print(complaint, file=sys.stderr)
            restore(self.director, kept)
            self._outputs = stack.enter_context(
                Outputs(self._surface, settings, self._mixer.size, self.fps)
            )
            self._files = stack.enter_context(Reloading(opened))
            self._tapes = stack.enter_context(open_deck(opened, lambda: self.library))
            self._keeper = stack.enter_context(Keeper(settings.user))
            self._rehearsing = stack.enter_context(Rehearsing(opened, self.director))
            self._stack = stack.pop_all()
        self._began_ns = time.monotonic_ns()
        self.intake = Intake(self.fps)
        self._pacer = Pacer(self.fps, self._surface.paced, self._began_ns)
        away_s = time_away(kept, self._began_ns)
        let_time_pass(self.director, away_s)
        self._ticks, self._moment_ns = Ticks(), self._began_ns
        self._calendar = Calendar(datetime.now())
        date = self._calendar.now.isoformat()
        begin_tapes(
            self._tapes, settings, opened, self.director, kept=kept, away_s=away_s, date=date
        )
        self._frames = 0
        self._last: Frame | None = None
        self._next_time_ns = 0
        self._desk_words, self._healing = DeskWords(self._surface), Healing()
        self.shown_ns = 0  # when the last picture had been handed to the outputs
        # What lives now lives as long as the show: never to be walked by the collector again.
        gc.collect()
        gc.freeze()

    def take_for_desk(self) -> list[Message]:
        """What the window told the desk since the last time: keys, gamepads, what is to be learnt."""
        return self._desk_words.take()

    @property
    def library(self) -> Library:
        """What is played by now: the files as they were last read, with the last good of what is broken."""
        return self._files.library

    @property
    def mixer(self) -> Mixer:
        return self._mixer

    @property
    def status(self) -> dict[str, tuple[Argument, ...]]:
        """What is recorded and replayed, for the state."""
        return {"/status/tape": self._tapes.status, "/status/film": self._outputs.takes.status}

    @property
    def lost(self) -> bool:
        """Whether the GPU was reset, so that nothing drawn is seen any more."""
        return self._surface.lost

    @property
    def ended(self) -> bool:
        """Whether the window was closed or the time is up."""
        over = self._settings.duration
        gone = (time.monotonic_ns() - self._began_ns) * 1e-9
        return self._surface.closing or (over is not None and gone >= over)

    def play_frame(self, messages: Sequence[Message]) -> None:
        """One frame and the time until the next: `show_frame`, then `rest`."""
        self.show_frame(messages)
        self.rest()

    def show_frame(self, messages: Sequence[Message]) -> None:
        """Take messages, advance, draw, show."""
        began_ns = time.monotonic_ns()
        passed_ns = self._ticks.take(self._pacer.begin(began_ns))
        if self._surface.size != self._size and min(self._surface.size) > 0:  # 0: minimised
            self._size = self._surface.size
            self._mixer.resize(fit_picture(self._size, self._opened.gauge, self.fps))
            self._set_pace()
        fresh = self._gather(messages, began_ns)
        self._moment_ns += passed_ns
        self._tend_files(began_ns)
        first = self._frames == 0
        effort = round_effort(FIRST_FRAMES if first else self._pacer.share)
        was_playing = self._tapes.playing
        loops = self.director.wishes.tape_loops
        for frame in self._tapes.turns(passed_ns, effort, fresh, loops):
            self._play(frame, len(messages))
        if was_playing and not self._tapes.playing:
            self._set_pace()  # the tape's own is over
        director = self.director
        tell_operator(self._surface, director, fresh)
        self._outputs.keep(self._mixer.picture)
        early = self._pacer.drawn(time.monotonic_ns())
        if early > 0:
            time.sleep(early)
        self._outputs.show(self._mixer.picture)
        self.shown_ns = time.monotonic_ns()
        if first:
            say_what_plays(self._settings, self._opened, director)
        self._frames += 1
        for complaint in fulfil_wishes(director, self._tapes, self._outputs.takes, self._calendar):
            self._saying.say(complaint)

    def rest(self) -> None:
        """Sleep until the next frame is due; before that make ready what the last announces, or rehearse
        while there is time."""
        remaining = self._pacer.end(time.monotonic_ns())
        began = time.monotonic()
        self._rehearsing.call_understudy(began)
        # What is left of it waits for the next frame.
        if self._last and self._mixer.prepare(self._last):
            self._pacer.excuse()
            remaining -= time.monotonic() - began
        elif self._pacer.has_time and self._rehearsing.is_due(began):
            worked, took = self._rehearsing.go_on(began)
            if worked:
                self._pacer.excuse()
            remaining -= took
        if remaining > 0:
            time.sleep(remaining)

    def _gather(self, messages: Sequence[Message], now_ns: int) -> list[Message]:
        """What the show is told before this frame: by the desk, the window and the clock on the wall."""
        thinned, lost = thin_touches(messages)
        if lost:
            self.director.refusals.add("/splat", TOO_MANY, lost)
        said = (*coalesce(thinned), *self._surface.poll())
        moment_ns, hand_on = self._moment_ns, self._desk_words.hand_on
        fresh = [tell_ago(message, moment_ns) for message in said if not hand_on(message)]
        if now_ns >= self._next_time_ns:  # what a clock on the wall shows, however it was put
            self._next_time_ns = now_ns + TIME_NS
            fresh.append(Message("/time", (datetime.now().isoformat(timespec="seconds"),)))
        return fresh

    def _tend_files(self, now_ns: int) -> None:
        """Have written what hands saved, and take what was edited."""
        director = self.director
        self._slots.tend(director, now_ns * 1e-9)
        for saving in director.savings.take():
            self._keeper.save(saving)
        for complaint in self._keeper.take_complaints():
            self._saying.say(complaint)
        edited = self._files.take()
        if edited:
            self._busy()
            self._pacer.excuse()
            self._files.adopt(*edited, director)
            self._tapes.mark(Edited())
            self._rehearsing.begin_anew(director)

    def _play(self, taped: TapeFrame, came: int) -> None:
        """One frame of the show or of a tape: what came before it, its time, its picture."""
        taking_ns = time.monotonic_ns()
        director = self.director = enter_frame(self.director, taped, self.library, self._say_one)
        self.intake.took(came, time.monotonic_ns() - taking_ns)
        self._tapes.keep(taped, {v.scene.id for y in director.layers.values() for v in y.voices})
        frame = director.advance(taped.nanoseconds, effort=taped.effort)
        self._last = frame
        self._draw(replace(frame, date=self._calendar.follow(taped)))
        self._desk_words.ask_to_see(self._opened.shelf.sounds, time.monotonic_ns())

    def _set_pace(self) -> None:
        """Voices that begin from now on are of this picture's shape."""
        if not self._tapes.playing:  # a tape has its own
            self.director.pace = find_pace(self._mixer.size, self._opened.gauge, self.fps)
            self._tapes.mark(self.director.pace)

    def _draw(self, frame: Frame) -> None:
        """Make the picture. What cannot be drawn is said, and the last picture stays."""
        if self._mixer.begins(frame):
            self._busy()
            self._pacer.excuse()
        try:
            self._mixer.step(frame)
            self._mixer.compose(frame)
            self._saying.say_new(self._mixer.take_complaints())
        except CannotBeginError as error:
            self._saying.say_new(error.complaints)
            if not self.director.withdraw(error.key):
                raise
        except MorphogenError as error:
            self._saying.say_new(error.complaints)
        self._healing.answer(self._mixer.take_pulses(), self.director, self._tapes)

    def _say_one(self, complaint: Complaint) -> None:
        self._saying.say_new((complaint,))

    def close(self) -> None:
        self._stack.close()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
