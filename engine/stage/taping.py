"""Tapes, films and stills of a show that is played: what they begin with, and what hands want of them.

In: the parts of a stage, wishes. Out: a deck; complaints. All of it beside the frame; what is written is
written by the deck's and the films' own threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from engine import __version__
from engine.assets import find_user_folder
from engine.errors import Complaint
from engine.library import Library
from engine.message import Message
from engine.output.recorder import find_free_name
from engine.output.takes import Takes
from engine.settings import PlaySettings
from engine.show.director import Director
from engine.stage.opening import Opened
from engine.tape.beginning import begin_anew, begin_here
from engine.tape.calendar import Calendar
from engine.tape.deck import TapeDeck
from engine.tape.facts import Beginning, Header
from engine.tape.files import hash_scene_files


def open_deck(opened: Opened, library: Callable[[], Library]) -> TapeDeck:
    """The deck of a stage; `library` gives what is played by, and is called from the tape's thread."""

    def head_tape() -> Header:
        return Header(
            __version__,
            opened.mixer.size,
            opened.fps,
            opened.shelf.layout.id,
            gpu=str(opened.surface.context.info["GL_RENDERER"]),
            began=time.strftime("%Y-%m-%d %H:%M:%S"),
        )

    def hash_files(scene: str) -> dict[str, str]:
        return hash_scene_files(library().assets, library().catalogue, scene)

    last = (opened.library.assets.user or find_user_folder()) / "last.tape"
    return TapeDeck(last, head_tape, hash_files, 0.5e9 / opened.fps)


def begin_tapes(
    deck: TapeDeck,
    settings: PlaySettings,
    opened: Opened,
    director: Director,
    *,
    kept: Sequence[Message],
    away_s: float,
    date: str,
) -> None:
    """What was asked for at the start: all of the show recorded, a tape played in its place. The rest is
    as `Beginning` takes it."""
    if settings.tape:
        show = opened.start if opened.start in opened.library.shows else ""
        pace, lead = director.pace, director.lead
        beginning = Beginning(opened.scene, show, settings.seed, pace, (), away_s, lead, date)
        deck.record_show(find_free_name(settings.tape), begin_anew(director, beginning, kept))
    if opened.tape:
        director.wishes.tape_loops = settings.loop
        deck.play(opened.tape)


def fulfil_wishes(
    director: Director, deck: TapeDeck, takes: Takes, calendar: Calendar
) -> list[Complaint]:
    """What hands want of the stage itself, and what has gone wrong with tapes since the last time."""
    for what, deed in director.wishes.take():
        if what == "tape":
            deck.obey(deed, lambda: begin_here(director, calendar))
        elif what == "record":
            takes.obey(deed)
        else:
            takes.still()
    return deck.look()
