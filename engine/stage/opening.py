"""What a stage begins with: files read, a surface open, the layout chosen, the machine measured with the
first scene that can begin.

In: settings. Out: the parts of a stage, and its director. It compiles and waits for the GPU, so never in
a frame.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_cache_dir

from engine.assets import find_assets
from engine.errors import Complaint, MorphogenError
from engine.footage import Footage
from engine.gpu.gauge import Gauge, measure
from engine.gpu.layout import LAYOUTS, PLAIN, Layout
from engine.gpu.layout_choice import choose_layout
from engine.gpu.mixer import CannotBeginError, Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, choose_start, read_library
from engine.output.outputs import open_surface
from engine.output.surface import Surface
from engine.settings import PlaySettings
from engine.show.catalogue import Catalogue
from engine.show.cues.playlist import Playlist
from engine.show.director import Director
from engine.show.lead import LEAD
from engine.stage.saying import Saying
from engine.stage.sizes import find_pace, fit_picture
from engine.tape.beginning import first_start
from engine.tape.reading import Tape, load_tape

SOFTWARE_FPS, HARDWARE_FPS = 30.0, 60.0
MEASURED_SIZE, MEASURED_ROWS = (480, 270), 144


@dataclass(frozen=True, slots=True)
class Opened:
    """`start` is what is played, by its id; `scene` its first that can begin; `tape` what is played in its
    place. The mixer has the picture's size, and nothing in it yet."""

    library: Library
    start: str
    scene: str
    playlist: Playlist | None
    tape: Tape | None
    surface: Surface
    shelf: Shelf
    mixer: Mixer
    gauge: Gauge
    fps: float
    saying: Saying


def open_parts(settings: PlaySettings, stack: ExitStack) -> Opened:
    """Everything that is owned goes onto the stack. Raises `MorphogenError` for files, a GPU or a scene
    with which nothing can be played."""
    assets = find_assets(settings.assets, user=settings.user)
    shaders, scenes = assets.both("shaders"), assets.both("scenes")
    library = read_library(assets)
    for complaint in library.complaints:
        print(complaint, file=sys.stderr)
    tape = load_tape(settings.replay) if settings.replay else None
    start = first_start(tape, library) if tape else settings.start
    scene, playlist = choose_start(library, start)
    catalogue = library.catalogue
    surface = stack.enter_context(open_surface(settings))
    saying = Saying(surface, library.complaints)
    layout = LAYOUTS.get(tape.header.layout) if tape and not settings.layout else None
    shelf = Shelf(surface.context, shaders, layout or _choose_layout(settings, library, surface))
    stack.callback(shelf.release)
    footage = Footage(scenes, live=True)
    stack.callback(footage.close)
    mixer = Mixer(
        surface.context, shelf, MEASURED_SIZE, catalogue.models, scenes, footage, catalogue.laid
    )
    stack.callback(mixer.release)
    entries = playlist.entries if playlist else ()
    first = dict.fromkeys((scene, *(entry.scene for entry in entries if entry.scene)))
    scene, gauge = _measure_first(tuple(first), catalogue, surface, mixer, saying)
    hertz = surface.hertz or HARDWARE_FPS
    fps = settings.fps or (SOFTWARE_FPS if gauge.software else hertz)
    mixer.resize(fit_picture(surface.size, gauge, fps))
    mixer.forget()
    return Opened(library, start, scene, playlist, tape, surface, shelf, mixer, gauge, fps, saying)


def begin_director(settings: PlaySettings, opened: Opened) -> Director:
    """The director of what is played, in its first moment."""
    return Director(
        opened.library.catalogue,
        opened.scene,
        playlist=opened.playlist,
        seed=settings.seed,
        pace=find_pace(opened.mixer.size, opened.gauge, opened.fps),
        lead=LEAD,
    )


def say_what_plays(settings: PlaySettings, opened: Opened, director: Director) -> None:
    """One line, once the first picture is seen."""
    voice = director.layers[1].voice
    width, height = opened.mixer.size
    where = opened.surface.context.info["GL_RENDERER"]
    print(
        f"morphogen: playing '{settings.start}', {width}x{height} at {opened.fps:g} fps, "
        f"field {voice.columns}x{voice.rows} ({opened.shelf.layout.id}), on {where}"
        + (", no GPU" if opened.gauge.software else ""),
        flush=True,
    )


def _choose_layout(settings: PlaySettings, library: Library, surface: Surface) -> Layout:
    """The one that was asked for, or the quickest for Gray-Scott on this GPU."""
    if settings.layout:
        return LAYOUTS[settings.layout]
    model = library.catalogue.models.get("gray_scott")
    if model is None:
        return PLAIN
    kept = Path(user_cache_dir("morphogen")) / "layouts.json"
    return choose_layout(surface.context, library.assets.both("shaders"), model, kept)


def _measure_first(
    scenes: tuple[str, ...], catalogue: Catalogue, surface: Surface, mixer: Mixer, saying: Saying
) -> tuple[str, Gauge]:
    """Measure with the first scene that can begin. Raises `MorphogenError` if none can."""
    wrong: list[Complaint] = []
    for name in scenes:
        try:
            gauge = measure(surface.context, mixer, _make_trial(catalogue, name).advance(0))
        except CannotBeginError as error:
            wrong += error.complaints
            continue
        saying.say_new(wrong)
        return name, gauge
    raise MorphogenError(*dict.fromkeys(wrong))


def _make_trial(catalogue: Catalogue, scene: str) -> Director:
    """A director of the first scene on a small field that has not grown: to measure with."""
    whole = catalogue.scenes[scene]
    small = replace(whole, rows=min(whole.rows, MEASURED_ROWS), grow=0)
    return Director(replace(catalogue, scenes={scene: small}), scene)
