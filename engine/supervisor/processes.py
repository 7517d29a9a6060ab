"""Two processes: how they are started and killed, and what each of them begins with.

In: settings, pipes. Out: processes; in them, the stage or the desk. Imports nothing heavy: what a process
needs, it imports itself.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from engine.message import Message
from engine.settings import PlaySettings

if TYPE_CHECKING:
    from engine.desk.audio.listening import EarSettings

KILL_S = 3.0  # for a killed process to be gone; one that a driver holds is left behind


def start_process(
    spawn: SpawnContext, target: object, name: str, *arguments: object
) -> BaseProcess:
    """One of the two below, with its arguments."""
    process = spawn.Process(
        target=target,  # type: ignore[arg-type]
        name=name,
        args=arguments,
    )
    with _without_ctrl_c():
        process.start()
    return process


def kill_process(process: BaseProcess) -> None:
    process.kill()
    process.join(KILL_S)


def be_stage(
    settings: PlaySettings, messages: Connection, state: Connection, restore: tuple[Message, ...]
) -> None:
    """The stage's process."""
    from engine.stage.process import run_stage

    run_stage(settings, messages, state, restore)


def be_desk(
    settings: PlaySettings,
    outbox: Connection,
    state: Connection,
    reports: Connection,
    again: bool,
) -> None:
    """The desk's process; `again`: it is not the first of the show."""
    from engine.assets import find_assets
    from engine.desk.opening import DeskSettings
    from engine.desk.play.overlay import find_overlay
    from engine.desk.process import run_desk

    assets = find_assets(settings.assets, user=settings.user)
    desk = DeskSettings(
        osc_port=settings.osc_port,
        osc_bind=settings.osc_bind,
        osc_allow=settings.osc_allow,
        ear=_choose_ear(settings),
        audio_leads=settings.audio_beat,
        link=settings.link,
        midi_pattern=settings.midi,
        controllers=assets.both("config") / "controllers",
        bindings=find_overlay(),
        again=again,
    )
    run_desk(desk, outbox, state, reports)


def _choose_ear(settings: PlaySettings) -> EarSettings | None:
    from engine.desk.audio.listening import EarSettings
    from engine.output.ffmpeg import find_ffmpeg

    if settings.audio_file:
        return EarSettings(file=settings.audio_file, ffmpeg=find_ffmpeg(), ring=settings.sound)
    if settings.audio:
        return EarSettings(settings.audio, channels=settings.audio_channels, ring=settings.sound)
    return None


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Hold SIGINT back. A child inherits that for good: so Ctrl-C, which a terminal sends to all
    three, meets no child that has only begun to import; it is the supervisor that ends them.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its own start would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
