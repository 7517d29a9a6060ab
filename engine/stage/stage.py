"""The stage: show, gpu and output wired to a frame.

    messages -> director -> frame -> fields stepped -> picture -> window, recording, preview

One thread, one GL context. Never waits for a device, a peer or a file.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from platformdirs import user_cache_dir, user_data_dir

from engine import __version__
from engine.assets import find_assets
from engine.coalesce import coalesce, thin_touches
from engine.errors import Complaint, MorphogenError
from engine.footage import Footage
from engine.gpu.effect_rehearsal import rehearse_effects, take_turns
from engine.gpu.gauge import Gauge, measure
from engine.gpu.layout import LAYOUTS, PLAIN, Layout
from engine.gpu.layout_choice import choose_layout
from engine.gpu.mixer import CannotBeginError, Mixer
from engine.gpu.rehearsal import rehearse
from engine.gpu.shelf import Shelf
from engine.house_addresses import SEEN, TO_DESK, TO_WINDOW
from engine.keep import Keeper
from engine.library import Library, choose_start, read_library
from engine.message import Argument, Message
from engine.output.outputs import Outputs, open_surface
from engine.output.recorder import find_free_name
from engine.settings import PlaySettings
from engine.show.beat.moment import tell_ago
from engine.show.catalogue import Catalogue
from engine.show.cues.playlist import Playlist
from engine.show.director import Director
from engine.show.frame import Frame
from engine.show.lead import LEAD
from engine.show.life.keeper import answer_condition, feel_pulse
from engine.show.memory.slot_file import SlotFile
from engine.show.memory.state import let_time_pass, restore, time_away
from engine.show.routes.touch import TOO_MANY
from engine.show.voice import Pace
from engine.stage.edits import Edits
from engine.stage.intake import Intake
from engine.stage.last_good import follow_edits, leave_out
from engine.stage.on_screen import tell_operator
from engine.stage.pacer import Pacer
from engine.tape.beginning import begin_anew, begin_here, enter_frame, first_start
from engine.tape.calendar import Calendar
from engine.tape.deck import TapeDeck
from engine.tape.facts import Answered, Beginning, Edited, Header, TapeFrame, Ticks, round_effort
from engine.tape.files import hash_scene_files
from engine.tape.reading import load_tape

SOFTWARE_FPS, HARDWARE_FPS = 30.0, 60.0
MEASURED_SIZE, MEASURED_ROWS = (480, 270), 144
SHARPEST = (3840, 2160)
TIME_NS = 10_000_000_000  # between two looks at the clock on the wall
DONE = object()
SEEN_NS = 1_000_000_000
REHEARSAL_SHARE = 0.05  # of the time: a piece may cost several frames, so the next one waits
FIRST_FRAMES = 6  # worth of steps before the first picture: a seed that has begun to grow


class Stage:
    """Owns the surface, the programs, the fields and the director of one show."""

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
        assets = find_assets(settings.assets, user=settings.user)
        shaders, scenes = assets.both("shaders"), assets.both("scenes")
        self._library = read_library(assets)
        self._said: tuple[Complaint, ...] = self._library.complaints
        for complaint in self._said:
            print(complaint, file=sys.stderr)
        tape = load_tape(settings.replay) if settings.replay else None
        start = first_start(tape, self._library) if tape else settings.start
        scene, playlist = choose_start(self._library, start)
        catalogue = self._library.catalogue
        with ExitStack() as stack:
            self._surface = stack.enter_context(open_surface(settings))
            context = self._surface.context
            layout = LAYOUTS.get(tape.header.layout) if tape and not settings.layout else None
            self._shelf = Shelf(context, shaders, layout or self._choose_layout())
            stack.callback(self._shelf.release)
            footage = Footage(scenes, live=True)
            stack.callback(footage.close)
            self._mixer = Mixer(
                context,
                self._shelf,
                MEASURED_SIZE,
                catalogue.models,
                scenes,
                footage,
                catalogue.laid,
            )
            stack.callback(self._mixer.release)
            scene, self._gauge = self._begin(scene, playlist)
            hertz = self._surface.hertz or HARDWARE_FPS
            self.fps = settings.fps or (SOFTWARE_FPS if self._gauge.software else hertz)
            self._size = self._surface.size
            self._mixer.resize(self._fit())
            self._mixer.forget()
            self.director = Director(
                catalogue,
                scene,
                playlist=playlist,
                seed=settings.seed,
                pace=self._pace(),
                lead=LEAD,
            )
            self._slots = SlotFile(settings.start)
            kept_in = assets.both("config").find(f"snapshots/{settings.start}.toml")
            for complaint in self._slots.load(self.director, kept_in):
                print(complaint, file=sys.stderr)
            restore(self.director, kept)
            self._outputs = stack.enter_context(
                Outputs(self._surface, settings, self._mixer.size, self.fps)
            )
            self._tapes = stack.enter_context(
                TapeDeck(
                    Path(user_data_dir("morphogen")) / "last.tape",
                    self._head_tape,
                    self._hash_files,
                    0.5e9 / self.fps,
                )
            )
            self._keeper = stack.enter_context(Keeper(settings.user))
            self._edits = stack.enter_context(Edits(assets))
            self._rehearsal = self._rehearse()
            stack.callback(self._end_rehearsal)
            self._stack = stack.pop_all()
        self._began_ns = time.monotonic_ns()
        self.intake = Intake(self.fps)
        self._pacer = Pacer(self.fps, self._surface.paced, self._began_ns)
        away_s = time_away(kept, self._began_ns)
        let_time_pass(self.director, away_s)
        self._ticks, self._moment_ns = Ticks(), self._began_ns
        self._calendar = Calendar(datetime.now())
        if settings.tape:
            show = start if start in self._library.shows else ""
            seed, pace, lead = settings.seed, self.director.pace, self.director.lead
            date = self._calendar.now.isoformat()
            beginning = Beginning(scene, show, seed, pace, (), away_s, lead, date)
            self._tapes.record_show(
                find_free_name(settings.tape), begin_anew(self.director, beginning, kept)
            )
        if tape:
            self.director.wishes.tape_loops = settings.loop
            self._tapes.play(tape)
        self._frames = 0
        self._last: Frame | None = None
        self._next_time_ns = 0
        self._for_desk: list[Message] = []
        self._next_seen_ns = 0  # when the desk is told again that what is heard is drawn
        self._next_piece = 0.0  # when more of the later scenes may be compiled
        self._answered: set[Complaint] = set()
        self.shown_ns = 0  # when the last picture had been handed to the outputs
        # What lives now lives as long as the show: never to be walked by the collector again.
        gc.collect()
        gc.freeze()

    def _hand_on(self, message: Message) -> bool:
        """Whether it was none for the show: the desk's for the window, or the window's for the desk."""
        if message.address.startswith(TO_WINDOW):
            self._surface.hear(message)
        elif message.address.startswith(TO_DESK):
            self._for_desk.append(message)
        else:
            return False
        return True

    def take_for_desk(self) -> list[Message]:
        """What the window told the desk since the last time: keys, gamepads, what is to be learnt."""
        told, self._for_desk = self._for_desk, []
        return told

    @property
    def library(self) -> Library:
        return self._library

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
        """One frame: take messages, advance, draw, show, and sleep until the next is due."""
        began_ns = time.monotonic_ns()
        passed_ns = self._ticks.take(self._pacer.begin(began_ns))
        director, moment_ns = self.director, self._moment_ns
        self._moment_ns += passed_ns
        if self._surface.size != self._size and min(self._surface.size) > 0:  # 0: minimised
            self._size = self._surface.size
            self._mixer.resize(self._fit())
            self._set_pace()
        thinned, lost = thin_touches(messages)
        if lost:
            director.refusals.add("/splat", TOO_MANY, lost)
        said = (*coalesce(thinned), *self._surface.poll())
        fresh = [tell_ago(message, moment_ns) for message in said if not self._hand_on(message)]
        if began_ns >= self._next_time_ns:  # what a clock on the wall shows, however it was put
            self._next_time_ns = began_ns + TIME_NS
            fresh.append(Message("/time", (datetime.now().isoformat(timespec="seconds"),)))
        self._slots.tend(director, began_ns * 1e-9)
        for saving in director.savings.take():
            self._keeper.save(saving)
        for complaint in self._keeper.take_complaints():
            self._say(complaint)
        edited = self._edits.take()
        if edited:
            self._busy()
            self._pacer.excuse()
            self._reload(*edited)
        first = self._frames == 0
        effort = round_effort(FIRST_FRAMES if first else self._pacer.share)
        was_playing = self._tapes.playing
        for frame in self._tapes.turns(passed_ns, effort, fresh, director.wishes.tape_loops):
            self._play(frame, len(messages))
        if was_playing and not self._tapes.playing:
            self._set_pace()  # the tape's own is over
        director = self.director
        tell_operator(self._surface, director, fresh)
        self._outputs.show(self._mixer.picture)
        self.shown_ns = time.monotonic_ns()
        if first:
            self._say_what_plays()
        self._frames += 1
        self._fulfil_wishes()
        self._wait()

    def _play(self, taped: TapeFrame, came: int) -> None:
        """One frame of the show or of a tape: what came before it, its time, its picture."""
        taking_ns = time.monotonic_ns()
        director = self.director = enter_frame(self.director, taped, self._library, self._tell_one)
        self.intake.took(came, time.monotonic_ns() - taking_ns)
        self._tapes.keep(taped, {v.scene.id for y in director.layers.values() for v in y.voices})
        frame = director.advance(taped.nanoseconds, effort=taped.effort)
        self._last = frame
        self._draw(replace(frame, date=self._calendar.follow(taped)))
        self._ask_to_see()

    def _fulfil_wishes(self) -> None:
        """What hands want of the stage itself: beside the frame."""
        for what, deed in self.director.wishes.take():
            if what == "tape":
                self._tapes.obey(deed, lambda: begin_here(self.director, self._calendar))
            elif what == "record":
                self._outputs.takes.obey(deed)
            else:
                self._outputs.takes.still()
        for complaint in self._tapes.look():
            self._say(complaint)

    def _head_tape(self) -> Header:
        """What a tape is recorded with."""
        return Header(
            __version__,
            self._mixer.size,
            self.fps,
            self._shelf.layout.id,
            gpu=str(self._surface.context.info["GL_RENDERER"]),
            began=time.strftime("%Y-%m-%d %H:%M:%S"),
        )

    def _hash_files(self, scene: str) -> dict[str, str]:
        """For the tape's thread."""
        return hash_scene_files(self._library.assets, self._library.catalogue, scene)

    def _set_pace(self) -> None:
        """Voices that begin from now on are of this picture's shape."""
        if not self._tapes.playing:  # a tape has its own
            self.director.pace = self._pace()
            self._tapes.mark(self.director.pace)

    def close(self) -> None:
        self._stack.close()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask_to_see(self) -> None:
        """Have the wave and the spectrum told while something draws them."""
        now_ns = time.monotonic_ns()
        if self._shelf.sounds.take_asked() and now_ns >= self._next_seen_ns:
            self._next_seen_ns = now_ns + SEEN_NS
            self._for_desk.append(Message(SEEN))

    def _choose_layout(self) -> Layout:
        """The one that was asked for, or the quickest for Gray-Scott on this GPU."""
        if self._settings.layout:
            return LAYOUTS[self._settings.layout]
        model = self._library.catalogue.models.get("gray_scott")
        if model is None:
            return PLAIN
        kept = Path(user_cache_dir("morphogen")) / "layouts.json"
        shaders = self._library.assets.both("shaders")
        return choose_layout(self._surface.context, shaders, model, kept)

    def _begin(self, scene: str, playlist: Playlist | None) -> tuple[str, Gauge]:
        """Measure with the first scene that can begin. Raises `MorphogenError` if none can."""
        entries = playlist.entries if playlist else ()
        wrong: list[Complaint] = []
        for name in dict.fromkeys((scene, *(e.scene for e in entries if e.scene))):
            trial = _trial(self._library.catalogue, name)
            try:
                gauge = measure(self._surface.context, self._mixer, trial.advance(0))
            except CannotBeginError as error:
                wrong += error.complaints
                continue
            self._tell(wrong)
            return name, gauge
        raise MorphogenError(*dict.fromkeys(wrong))

    def _rehearse(self) -> Generator[None]:
        """What the other scenes need, in the order in which they will come."""
        director, order = self.director, self.director.order
        present = director.layers[1].voice.scene.id
        at = order.index(present) + 1 if present in order else 0
        catalogue, seeds = director.catalogue, self._library.assets.both("scenes")
        scenes = dict.fromkeys((*order[at:], *order[:at], *catalogue.scenes))
        context, laid = self._surface.context, catalogue.laid.values()
        return take_turns(
            rehearse(context, self._shelf, catalogue, scenes, seeds),
            rehearse_effects(context, self._shelf, laid),
        )

    def _end_rehearsal(self) -> None:
        self._rehearsal.close()

    def _draw(self, frame: Frame) -> None:
        """Make the picture. What cannot be drawn is said, and the last picture stays."""
        if self._mixer.begins(frame):
            self._busy()
            self._pacer.excuse()
        try:
            self._mixer.step(frame)
            self._mixer.compose(frame)
            self._tell(self._mixer.take_complaints())
        except CannotBeginError as error:
            self._tell(error.complaints)
            if not self.director.withdraw(error.key):
                raise
        except MorphogenError as error:
            self._tell(error.complaints)
        for pulse in self._mixer.take_pulses():
            if self._tapes.playing:  # what was answered stands on the tape
                continue
            found = feel_pulse(self.director, pulse)
            if not found:
                continue
            self._tapes.mark(Answered(*found))
            answer = answer_condition(self.director, *found)
            if answer and answer not in self._answered:
                self._answered.add(answer)
                print(answer, file=sys.stderr)  # never on the wall: the picture heals by itself

    def _wait(self) -> None:
        """Sleep until the next frame is due; before that make ready what the last announces, or rehearse
        while there is time."""
        remaining = self._pacer.end(time.monotonic_ns())
        began = time.monotonic()
        if self._last and self._mixer.prepare(
            self._last
        ):  # what is left of it waits for the next frame
            self._pacer.excuse()
            remaining -= time.monotonic() - began
        elif self._pacer.has_time and began >= self._next_piece:
            if next(self._rehearsal, DONE) is not DONE:
                self._pacer.excuse()
            took = time.monotonic() - began
            self._next_piece = began + took / REHEARSAL_SHARE
            remaining -= took
        if remaining > 0:
            time.sleep(remaining)

    def _fit(self) -> tuple[int, int]:
        width, height = self._surface.size
        factor = min(1.0, SHARPEST[0] / width, SHARPEST[1] / height)
        return self._gauge.fit_size((round(width * factor), round(height * factor)), self.fps)

    def _pace(self) -> Pace:
        width, height = self._mixer.size
        return Pace(
            aspect=width / height,
            cells_per_frame=self._gauge.cells_per_frame(self.fps),
            fps=self.fps,
        )

    def _reload(self, changes: Collection[Path], fresh: Library) -> None:
        """Take edited files. What is broken stays as it was, and is said once."""
        before, complaints = self._library, list(fresh.complaints)
        self._library, held = follow_edits(before, fresh, self.director)
        models = self._library.catalogue.models.values()
        complaints += self._shelf.replace(models, changes, held)
        if self._shelf.stale:
            sound = leave_out(before, fresh, self._shelf.stale)
            self._library, _ = follow_edits(before, sound, self.director)
        catalogue, shows = self._library.catalogue, self._library.shows
        self._mixer.adopt(catalogue.models, catalogue.laid)
        playlist = self.director.playlist
        self.director.adopt(catalogue, shows.get(playlist.id) if playlist else None)
        self._tapes.mark(Edited())
        self._rehearsal.close()
        self._rehearsal = self._rehearse()
        # What was mended is forgotten, so that the same mistake made again is said again.
        self._said = tuple(complaint for complaint in self._said if complaint in complaints)
        self._tell(complaints)

    def _tell_one(self, complaint: Complaint) -> None:
        self._tell((complaint,))

    def _tell(self, complaints: Iterable[Complaint]) -> None:
        """Say what has not been said yet."""
        for complaint in complaints:
            if complaint not in self._said:
                self._said += (complaint,)
                self._say(complaint)

    def _say(self, complaint: Complaint) -> None:
        print(complaint, file=sys.stderr)
        self._surface.notice(str(complaint), 8.0)

    def _say_what_plays(self) -> None:
        voice = self.director.layers[1].voice
        width, height = self._mixer.size
        where = self._surface.context.info["GL_RENDERER"]
        print(
            f"morphogen: playing '{self._settings.start}', {width}x{height} at {self.fps:g} fps, "
            f"field {voice.columns}x{voice.rows} ({self._shelf.layout.id}), on {where}"
            + (", no GPU" if self._gauge.software else ""),
            flush=True,
        )


def _trial(catalogue: Catalogue, scene: str) -> Director:
    """A director of the first scene on a small field that has not grown: to measure with."""
    whole = catalogue.scenes[scene]
    small = replace(whole, rows=min(whole.rows, MEASURED_ROWS), grow=0)
    return Director(replace(catalogue, scenes={scene: small}), scene)
