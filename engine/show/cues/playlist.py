"""A show as data: a loop of scenes, or a list of cues. `show_file.py` reads it, `runner.py` plays it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.message import Argument
from engine.show.cues.hours import Hours

Deed = tuple[str, tuple[Argument, ...]]  # an address, as on layer 1, and its arguments


@dataclass(frozen=True, slots=True)
class Entry:
    """A scene of a loop, or a cue: what comes, and how long it stays: seconds, else, where one is above
    0, bars or beats; for ever (`seconds` infinite) until somebody says go.

    `scene` "": the one that plays goes on. `fade` None: the show's own; `transition` "": the scene's own.
    `deeds` are done once it comes, in their order; `snapshot` is recalled before them, 0: none. It is
    left out of its `hours`.
    """

    scene: str
    seconds: float = math.inf
    bars: float = 0.0
    beats: float = 0.0
    number: str = ""
    name: str = ""
    fade: float | None = None
    transition: str = ""
    palette: str = ""
    snapshot: int = 0
    deeds: tuple[Deed, ...] = ()
    hours: Hours = ()


@dataclass(frozen=True, slots=True)
class Idle:
    """What becomes of a show that nobody touches for `seconds`: it goes on, from the cue named `go`
    if there is one."""

    seconds: float
    go: str = ""


@dataclass(frozen=True, slots=True)
class Playlist:
    """`fade`: seconds of the cross-fade; `hold`: seconds that a performer's last touch keeps a scene;
    `quantise`: what a performer's changes wait for, where neither he nor the scene says; `transition`:
    what scenes come by, where neither hands nor their entries nor they themselves say.

    `loop`: after the last the first comes again; `shuffle`: in an order of chance, each once before any
    comes again. Outside its `hours` (none: always open) it is dark after `dusk` seconds.
    """

    id: str
    title: str
    entries: tuple[Entry, ...]
    fade: float = 6.0
    hold: float = 60.0
    quantise: str | float = "off"
    transition: str = ""
    loop: bool = True
    shuffle: bool = False
    hours: Hours = ()
    dusk: float = 30.0
    idle: Idle | None = None
    is_cues: bool = False
