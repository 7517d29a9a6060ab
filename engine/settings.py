"""What `morphogen play` was asked for. Data only, light to import: every process is given it whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OSC_PORT = 7777


@dataclass(frozen=True, slots=True)
class PlaySettings:
    """`start` is the id of a show or a scene. Sizes in pixels, times in seconds; None: choose well.

    `layout` is the id of how cells lie in textures while they are stepped; None: what was measured.
    `preview` is the file that keeps the latest picture when there is no window, written at most
    every `preview_every` seconds. `codec` of films, None: by their names. `takes`: the folder of films
    and stills that are begun while it plays, None: the user's own. `sound`: the folder in which what is
    heard is kept for films, None: they have none. `tape`: the file into which all of the show is
    recorded. `replay`: the tape that is played in its place, over and over if `loop`.
    """

    start: str = "default"
    assets: Path | None = None
    user: Path | None = None  # the user's own folder, laid over the assets; None: none is
    fullscreen: bool = False
    monitor: str | None = None
    size: tuple[int, int] | None = None
    fps: float | None = None
    seed: int = 1
    headless: bool = False
    duration: float | None = None
    record: Path | None = None
    sound: Path | None = None
    codec: str | None = None
    takes: Path | None = None
    tape: Path | None = None
    replay: Path | None = None
    loop: bool = False
    preview: Path | None = None
    preview_every: float = 1.0
    osc_port: int | None = OSC_PORT
    osc_bind: str = "127.0.0.1"
    osc_allow: tuple[str, ...] = ()  # address ranges; none: everybody who reaches the port
    midi: str | None = None
    audio: str | None = None  # an input's name or part of it
    audio_file: Path | None = None
    audio_channels: tuple[int, ...] = ()  # from 1; none: the first two
    audio_beat: bool = False  # the tempo follows it
    link: bool = False  # Ableton Link leads the tempo
    layout: str | None = None
    osd: str = "auto"  # words over the picture: auto (in a window), on, off
