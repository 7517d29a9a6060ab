"""What comes before a frame's time passes: a beginning, what the guard of life did, messages.

In: frames of a tape. Out: the director as it was when they were recorded. Stage and film share it, so
that both give the same pictures. What is missing here is said in one line, and the rest is played.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from engine.errors import Complaint, suggest
from engine.library import Library
from engine.message import Message
from engine.show.cues.playlist import Playlist
from engine.show.director import Director
from engine.show.life.keeper import answer_condition
from engine.show.memory.restore import as_kept, let_time_pass, restore
from engine.show.memory.state import SNAPSHOT, describe
from engine.show.pace import Pace
from engine.tape.calendar import Calendar
from engine.tape.facts import Answered, Beginning, TapeFrame
from engine.tape.reading import Tape

Say = Callable[[Complaint], object]
FitPace = Callable[[Pace], Pace]
WHERE = "tape"


def as_it_was(pace: Pace) -> Pace:
    """Fields of the size that they were recorded with."""
    return pace


def begin_show(
    library: Library,
    beginning: Beginning,
    pace: Pace,
    say: Say,
    before: Director | None = None,
) -> Director:
    """A director as it was at a beginning, in the place of the one before, if there was one.

    `say` hears what cannot be had any more. Raises KeyError only where there is no scene at all.
    """
    catalogue = library.catalogue
    scene = beginning.scene
    if scene not in catalogue.scenes:
        say(Complaint(WHERE, f"there is no scene '{scene}'", suggest(scene, catalogue.scenes)))
        scene = next(iter(catalogue.scenes), scene)
    director = Director(
        catalogue,
        scene,
        playlist=_find_show(library, beginning.show, say),
        seed=beginning.seed,
        pace=pace,
        lead=beginning.lead,
        first_key=before.last_key if before else 0,
    )
    try:
        restore(director, beginning.kept)
    except Exception:  # a tape may have been written by anybody
        say(Complaint(WHERE, "the state at its beginning cannot be restored; its scene begins"))
    if beginning.away_s:
        let_time_pass(director, beginning.away_s)
    if before:
        director.wishes = before.wishes  # whether a tape loops is no matter of the tape
    return director


def enter_frame(
    director: Director | None,
    frame: TapeFrame,
    library: Library,
    say: Say,
    fit: FitPace = as_it_was,
) -> Director:
    """Do all that came before this frame's time passed; the director that it then passes for.

    Raises ValueError if the tape says nothing of how to begin.
    """
    for mark in frame.marks:
        if isinstance(mark, Beginning):
            director = begin_show(library, mark, fit(mark.pace), say, director)
        elif director is None:
            continue
        elif isinstance(mark, Pace):
            director.pace = fit(mark)
        elif isinstance(mark, Answered):
            answer_condition(director, mark.number, mark.condition, mark.tries)
    if director is None:
        raise ValueError("a tape begins with a beginning")
    for message in frame.messages:
        director.apply(message)
    return director


def begin_anew(director: Director, beginning: Beginning, kept: Sequence[Message] = ()) -> Beginning:
    """The beginning of a show that has just been made and restored from `kept`, with its snapshots:
    they come from a file that may be another when the tape is played."""
    snapshots = {
        address: told
        for address, told in describe(director).items()
        if address.startswith(SNAPSHOT)
    }
    others = (message for message in kept if message.address not in snapshots)
    told = (Message(address, arguments) for address, arguments in snapshots.items())
    return dataclasses.replace(beginning, kept=(*others, *told))


def begin_here(director: Director, calendar: Calendar) -> Beginning:
    """How a show is now, as a beginning: its fields will begin anew, from their seeds."""
    playlist = director.playlist.id if director.playlist else ""
    scene = director.layers[1].voice.scene.id
    kept = as_kept(describe(director))
    return Beginning(
        scene,
        playlist,
        director.seed,
        director.pace,
        kept,
        lead=director.lead,
        date=calendar.now.isoformat(),
    )


def first_start(tape: Tape, library: Library) -> str:
    """The scene, or the show, that a tape begins with; any scene where it is not there any more."""
    first = next(tape.frames())
    beginning = next(mark for mark in first.marks if isinstance(mark, Beginning))
    known = library.catalogue.scenes
    return beginning.scene if beginning.scene in known else next(iter(known), beginning.scene)


def _find_show(library: Library, name: str, say: Say) -> Playlist | None:
    """The show with the scenes that are there."""
    if not name:
        return None
    show = library.shows.get(name)
    if show is None:
        say(Complaint(WHERE, f"there is no show '{name}'", suggest(name, library.shows)))
        return None
    scenes = library.catalogue.scenes
    entries = tuple(e for e in show.entries if not e.scene or e.scene in scenes)
    return dataclasses.replace(show, entries=entries)
