"""Offline rendering: a scene stepped frame by frame, as slowly as it takes, into a picture or a film.

The same rooms as the stage in one process. The same scene, seed, size, fps and GPU give the same
bytes. Never opens a window or a port.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from engine.desk.audio.film import FilmEar
from engine.footage import Footage
from engine.gpu.layout import PLAIN, Layout
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library
from engine.message import Message
from engine.output.ffmpeg import find_ffmpeg
from engine.output.film import check_output, open_film
from engine.output.headless import open_headless
from engine.show.director import Director
from engine.show.frame import is_kept, read_date
from engine.show.lead import LEAD
from engine.show.life.keeper import answer_pulse
from engine.show.pace import Pace

BEGUN = datetime(2000, 1, 1)  # of every film, for what asks for the date


def render_scene(
    library: Library,
    scene: str,
    path: Path,
    *,
    seconds: float,
    size: tuple[int, int],
    seed: int = 1,
    fps: int = 30,
    messages: Sequence[tuple[int, Message]] = (),
    rows: int | None = None,
    layout: Layout = PLAIN,
    progress: Callable[[int, int], None] = lambda done, total: None,
    audio: Path | None = None,
    audio_leads: bool = False,
    codec: str | None = None,
    plan: str = "",
) -> None:
    """Play `scene` for `seconds` and write the last frame (.png) or all of them (see `open_film`).

    `messages` are (frame number, message), applied before that frame. `rows` bounds the field;
    `layout` is that of its cells: never measured, so that the same film comes out again.
    `audio` is a sound file that is heard by the film's time, and is in the film; with `audio_leads`
    the tempo follows its beat.
    `codec` and `plan` as in `open_film`.
    Raises `MorphogenError` for a wrong suffix, a missing folder or no ffmpeg, before any work.
    """
    check_output(path, codec)
    total = max(1, round(seconds * fps))
    pace = Pace(aspect=size[0] / size[1], rows=rows)
    with ExitStack() as stack:
        ear = None
        if audio:
            ear = stack.enter_context(FilmEar(find_ffmpeg(), audio, lead=audio_leads))
        surface = stack.enter_context(open_headless(size))
        director = Director(library.catalogue, scene, seed=seed, pace=pace, lead=LEAD)
        shelf = Shelf(surface.context, library.assets.both("shaders"), layout)
        models = library.catalogue.models
        scenes = library.assets.both("scenes")
        footage = Footage(scenes, live=False)
        effects = library.catalogue.laid
        mixer = Mixer(surface.context, shelf, size, models, scenes, footage, effects)
        sound = (audio, total / fps) if audio else None
        try:
            film = stack.enter_context(
                open_film(path, size, fps, plan=plan, codec=codec, sound=sound)
            )
            for index in range(total):
                for number, message in messages:
                    if number == index:
                        director.apply(message)
                seen = shelf.sounds.take_asked()
                for message in ear.hear((index + 1) / fps, seen) if ear else ():
                    director.apply(message)
                # Frame times from whole nanoseconds: no drift, however long the film.
                frame = director.advance(
                    (index + 1) * 1_000_000_000 // fps - index * 1_000_000_000 // fps
                )
                frame = replace(frame, date=read_date(BEGUN + timedelta(seconds=index / fps)))
                mixer.step(frame)
                for complaint in mixer.take_complaints():
                    print(complaint, file=sys.stderr)
                wanted = not film.only_last or index == total - 1
                if wanted or is_kept(frame) or mixer.remembers(frame):
                    mixer.compose(frame)
                mixer.prepare_all(frame)
                for pulse in mixer.take_pulses():
                    answer_pulse(director, pulse)
                if wanted:
                    film.show(mixer.picture)
                progress(index + 1, total)
            film.close()  # while there is a GPU to be read from
        finally:
            mixer.release()
            footage.close()
            shelf.release()
