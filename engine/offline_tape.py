"""A tape rendered offline, at any size: the pictures that were seen, as slowly as it takes.

In: a tape. Out: a film, or pictures in a folder. Each frame of the tape is made again as it was, so
that nothing but the number of pixels is another. The same tape, size, fps and GPU give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace

from engine import __version__
from engine.errors import Complaint, MorphogenError
from engine.footage import Footage
from engine.gpu.layout import LAYOUTS, PLAIN
from engine.gpu.mixer import CannotBeginError, Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library
from engine.output.film import Film
from engine.output.headless import open_headless
from engine.show.director import Director
from engine.show.frame import is_kept
from engine.show.pace import Pace
from engine.tape.beginning import enter_frame
from engine.tape.calendar import Calendar
from engine.tape.facts import Beginning
from engine.tape.files import list_changes
from engine.tape.film_time import WHOLE, FilmTime, Steady, at_moments, last_of_span
from engine.tape.reading import Summary, Tape, summarise

ALIKE = 0.01  # of the shape: so little is rounding


def render_tape(
    library: Library,
    tape: Tape,
    film: Film,
    *,
    size: tuple[int, int],
    fps: float,
    grain: float = 1.0,
    span_s: tuple[float, float] = WHOLE,
    moments_s: Sequence[float] = (),
    say: Callable[[Complaint], None] = lambda complaint: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Play the tape and show `film` its pictures at `size` and `fps`, from `span_s` of its seconds; or
    only those of `moments_s`. What is not shown is stepped, and drawn only where that is seen later.

    The fields are those of the performance; with `grain` they have so many times its rows. `say`
    hears what is missing or another than it was. Raises `MorphogenError` if the film cannot be written,
    or if the tape has nothing at that time.
    """
    told = summarise(tape)
    time = choose_pictures(tape, told, film, fps, span_s, moments_s)
    for complaint in (told.trouble, *compare(told, tape, library)):
        if complaint:
            say(complaint)
    aspect = size[0] / size[1]
    own = told.beginnings[0].pace.aspect
    if abs(aspect / own - 1.0) > ALIKE:
        what = f"the film is of another shape ({aspect:.2f}, the tape {own:.2f})"
        say(Complaint(tape.name, what, "Its fields are others than those that were seen."))

    def fit(pace: Pace) -> Pace:
        same = abs(aspect / pace.aspect - 1.0) <= ALIKE
        return replace(pace, aspect=pace.aspect if same else aspect, grain=grain)

    with ExitStack() as stack:
        surface = stack.enter_context(open_headless(size))
        context, scenes = surface.context, library.assets.both("scenes")
        layout = LAYOUTS.get(tape.header.layout, PLAIN)
        shelf = Shelf(context, library.assets.both("shaders"), layout)
        stack.callback(shelf.release)
        footage = Footage(scenes, live=False)
        stack.callback(footage.close)
        models, effects = library.catalogue.models, library.catalogue.laid
        mixer = Mixer(context, shelf, size, models, scenes, footage, effects)
        stack.callback(mixer.release)
        director: Director | None = None
        calendar = Calendar()
        for number, taped in enumerate(tape.frames(), 1):
            director = enter_frame(director, taped, library, say, fit)
            frame = director.advance(taped.nanoseconds, effort=taped.effort)
            frame = replace(frame, date=calendar.follow(taped))
            shown = time.follow(taped)
            if time.over:
                break
            try:
                mixer.step(frame)
            except CannotBeginError as error:  # as the stage does
                for complaint in error.complaints:
                    say(complaint)
                if not director.withdraw(error.key):
                    raise
                continue
            for complaint in mixer.take_complaints():
                say(complaint)
            for _ in range(shown.before):
                film.show(mixer.picture)
            if shown.drawn or is_kept(frame) or mixer.remembers(frame):
                mixer.compose(frame)
            mixer.prepare_all(frame)
            mixer.take_pulses()  # what was answered stands on the tape
            for _ in range(shown.after):
                film.show(mixer.picture)
            progress(number, told.frames)


def choose_pictures(
    tape: Tape,
    told: Summary,
    film: Film,
    fps: float,
    span_s: tuple[float, float],
    moments_s: Sequence[float],
) -> FilmTime:
    """Which pictures `film` is to see. Raises `MorphogenError` if there are none."""
    if moments_s:
        return at_moments(tape, moments_s)
    if span_s[0] >= told.nanoseconds * 1e-9:
        what = f"there is nothing in this part, it ends at {told.nanoseconds * 1e-9:.1f} s"
        raise MorphogenError(Complaint(tape.name, what))
    return last_of_span(tape, span_s) if film.only_last else Steady(fps, span_s)


def compare(told: Summary, tape: Tape, library: Library) -> list[Complaint]:
    """What is another now than when the tape was recorded, each in a line."""
    changes = list_changes(told.used, library.assets, library.catalogue)
    found = [Complaint(name, f"it {what}") for name, what in changes]
    if tape.header.engine != __version__:
        what = f"it was recorded with Morphogen {tape.header.engine}, this is {__version__}"
        found.append(Complaint(tape.name, what, "Its pictures may be others."))
    shows = {mark.show for mark in told.beginnings if isinstance(mark, Beginning) and mark.show}
    found += [
        Complaint(tape.name, f"there is no show '{name}'") for name in shows - set(library.shows)
    ]
    return found
