"""What a desk begins with: maps and bindings read, MIDI looked for, the OSC port and the audio input open.

In: settings, and where what comes is to go. Out: the parts of a desk. Whatever cannot be had is said and
tried again by its part; nothing here raises for a device, a port or a file.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from engine.assets import Folder
from engine.desk.audio.listening import EarSettings
from engine.desk.audio.port import AudioPort
from engine.desk.devices import Devices
from engine.desk.link import LinkPeer, join_link
from engine.desk.midi.backend import find_backend
from engine.desk.midi.ports import MidiPorts
from engine.desk.mirror import Mirror
from engine.desk.monitor.monitor import Monitor
from engine.desk.notes import Notes
from engine.desk.osc.access import Access
from engine.desk.osc.echo import Echo
from engine.desk.osc.known import Known
from engine.desk.osc.port import OscPort
from engine.desk.osc.sorter import Sorter
from engine.desk.play.map_edits import MapEdits
from engine.desk.play.player import Player
from engine.errors import Complaint
from engine.pipe import Outbox


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the desk is told at its start. `osc_port` None: no OSC; 0: any free port."""

    osc_port: int | None
    osc_bind: str
    midi_pattern: str | None
    controllers: Folder
    osc_allow: tuple[str, ...] = ()
    bindings: Path | None = None  # the player's own; None: they last as long as the desk
    ear: EarSettings | None = None
    audio_leads: bool = False  # the beat that is heard leads the tempo
    link: bool = False
    again: bool = False  # another desk has just died


@dataclass(frozen=True, slots=True)
class Opened:
    """None is what is not wanted."""

    mirror: Mirror
    maps: MapEdits
    midi: MidiPorts
    player: Player
    echo: Echo
    monitor: Monitor
    devices: Devices
    sorter: Sorter
    osc: OscPort | None
    audio: AudioPort | None
    link: LinkPeer | None


def open_parts(
    settings: DeskSettings,
    queue: SimpleQueue[Any],
    stage: Outbox,
    notes: Notes,
    clock_ns: Callable[[], int],
    stack: ExitStack,
) -> Opened:
    """The parts of a desk, which `stack` closes. What comes goes to `queue` from their threads, or to the
    stage at once."""

    def say(complaint: Complaint) -> None:
        notes.say("controllers", f"{complaint}")

    mirror = Mirror()
    maps = stack.enter_context(MapEdits(settings.controllers, say))
    midi = MidiPorts(find_backend(), settings.midi_pattern, queue, notes, clock_ns, settings.again)
    player = Player(maps.maps, settings.bindings, mirror, midi.send, notes)
    echo, monitor = Echo(mirror, notes, clock_ns), Monitor(mirror, clock_ns)
    notes.follow(monitor.say)
    sorter = Sorter(echo, monitor, queue, stage)
    osc = None
    if settings.osc_port is not None:
        osc = OscPort(
            (settings.osc_bind, settings.osc_port),
            sorter.hand_on,
            sorter.hear,
            notes,
            clock_ns,
            access=Access(settings.osc_allow),
            find=Known(mirror).find,
            attends=sorter.attends,
        )
        stack.enter_context(osc)
        stack.enter_context(echo.serve(osc.send, osc.is_ours))
        stack.enter_context(monitor.serve(osc.send))
    stack.enter_context(midi)
    player.lessons.look(clock_ns())  # the devices it names may have other names now
    midi.know(player.lessons.bindings)
    audio = _open_audio(settings, queue, stage, mirror, notes)
    if audio:
        stack.enter_context(audio)
    link = join_link(notes) if settings.link else None
    if link:
        stack.enter_context(link)
    devices = Devices(player, mirror, monitor, notes)
    return Opened(mirror, maps, midi, player, echo, monitor, devices, sorter, osc, audio, link)


def _open_audio(
    settings: DeskSettings, queue: SimpleQueue[Any], stage: Outbox, mirror: Mirror, notes: Notes
) -> AudioPort | None:
    if settings.ear is None:
        return None

    def leads() -> bool:
        return settings.audio_leads or mirror.get("/tempo/follow") == ("audio",)

    port = AudioPort(settings.ear, stage.send_all, queue.put, notes, leads)
    mirror.follow(port.values)
    return port
