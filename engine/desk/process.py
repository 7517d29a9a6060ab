"""The desk's process: devices and network on one side, pipes to the rest of the house on the other.

In: MIDI, OSC, and the state as messages. Out: messages to the stage; once a second a report to the
supervisor: `/desk/beat n`, `/desk/taken n`, `/desk/malformed n`, `/desk/dropped n` (counts since
the start), `/desk/osc [host port]`, `/desk/midi [port ...]`, `/desk/peers [name ...]`. But for the
beat, `/get` answers the same as `/status/taken` and so on, and each reason apart as
`/status/malformed/<reason>` and `/status/dropped/<reason>`. Never touches GL or scenes.
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue

from engine.desk.control import Move
from engine.desk.midi.backend import find_backend, silence_libraries
from engine.desk.midi.host import Received
from engine.desk.midi.ports import MidiPorts
from engine.desk.midi.reader import MidiReader
from engine.desk.mirror import Mirror
from engine.desk.notes import Notes, write_stderr
from engine.desk.osc.access import Access
from engine.desk.osc.echo import Echo
from engine.desk.osc.known import Known
from engine.desk.osc.port import OscPort
from engine.desk.play.board import Board
from engine.desk.play.controllers import load_sound_controllers
from engine.message import Argument, Message
from engine.pipe import Inbox, Outbox

WAIT_S = 0.05  # the longest a quiet desk sleeps: state and SIGTERM are seen this late at most
REPORT_NS = 1_000_000_000
_WORD = re.compile(r"[a-z0-9]+")
NAMES = 16  # MIDI ports in a report


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the desk is told at its start. `osc_port` None: no OSC; 0: any free port."""

    osc_port: int | None
    osc_bind: str
    midi_pattern: str | None
    controllers: Path
    osc_allow: tuple[str, ...] = ()


def run_desk(
    settings: DeskSettings, outbox: Connection, state: Connection, reports: Connection
) -> None:
    """Be the desk until SIGTERM comes or the parent has gone. Never raises for a device or peer.

    `outbox` and `reports` are written to, `state` is read.
    """
    stop = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    clock_ns = time.monotonic_ns
    with ExitStack() as stack:
        stack.enter_context(silence_libraries())
        notes = Notes(clock_ns, write_stderr)
        stage = stack.enter_context(Outbox(outbox))
        supervisor = stack.enter_context(Outbox(reports))
        mirror = Mirror()
        osc = echo = None
        if settings.osc_port is not None:
            bind = settings.osc_bind, settings.osc_port
            echo = Echo(mirror, notes, clock_ns)
            osc = stack.enter_context(
                OscPort(
                    bind,
                    stage.send_all,
                    echo.hear,
                    notes,
                    clock_ns,
                    access=Access(settings.osc_allow),
                    find=Known(mirror).find,
                )
            )
            stack.enter_context(echo.serve(osc.send, osc.is_ours))
        maps, complaints = load_sound_controllers(settings.controllers)
        for complaint in complaints:
            notes.say("controllers", f"{complaint}")
        board, reader = Board(maps), MidiReader()
        queue: SimpleQueue[Received] = SimpleQueue()
        midi = stack.enter_context(
            MidiPorts(find_backend(), settings.midi_pattern, queue, notes, clock_ns)
        )
        inbox = Inbox(state)
        parent = multiprocessing.parent_process()
        report_ns = clock_ns()
        beats = 0
        while not stop.is_set() and not inbox.ended and (parent is None or parent.is_alive()):
            now = clock_ns()
            mirror.take(inbox.drain())
            midi.look(now)
            if now >= report_ns:
                beats += 1
                report_ns = now + REPORT_NS
                # Copies, made in one piece: the OSC thread goes on counting.
                malformed = dict(osc.malformed) if osc else {}
                lost = dict(osc.dropped) if osc else {}
                lost |= {"stage behind": stage.dropped, "MIDI too fast": midi.dropped}
                counts = _count(osc, echo, midi.ports, sum(malformed.values()), sum(lost.values()))
                own = {f"/status/{name}": value for name, value in counts.items()}
                own |= _by_reason("malformed", malformed) | _by_reason("dropped", lost)
                mirror.tell(own)
                told = [Message(f"/desk/{name}", value) for name, value in counts.items()]
                supervisor.send_all([Message("/desk/beat", (beats,)), *told])
            stage.send_all(_play(queue, reader, board))


def _play(queue: SimpleQueue[Received], reader: MidiReader, board: Board) -> list[Message]:
    """Wait WAIT_S at most for MIDI; then all that has come, as messages."""
    messages: list[Message] = []
    wait_s = WAIT_S
    if reader.due_ns is not None:
        wait_s = min(max((reader.due_ns - time.monotonic_ns()) * 1e-9, 0.0), WAIT_S)
    try:
        received = queue.get(timeout=wait_s)
        while True:
            for said in reader.read(received):
                if isinstance(said, Move):
                    messages += board.play(said)
            if not received.data:
                messages += board.release(received.port, received.time_ns)
            received = queue.get_nowait()
    except Empty:
        for move in reader.wait_no_more(time.monotonic_ns()):
            messages += board.play(move)
        return messages


def _by_reason(what: str, counts: Mapping[str, int]) -> dict[str, tuple[Argument, ...]]:
    """`/status/<what>/<reason>`, the reason's words joined to one part of an address."""
    return {
        f"/status/{what}/{'-'.join(_WORD.findall(reason.lower()))}": (count,)
        for reason, count in counts.items()
    }


def _count(
    osc: OscPort | None, echo: Echo | None, midi: list[str], malformed: int, lost: int
) -> dict[str, tuple[Argument, ...]]:
    address = osc.address if osc else None
    return {
        "taken": (osc.taken if osc else 0,),
        "malformed": (malformed,),
        "dropped": (lost,),
        "osc": address or (),
        "peers": echo.names if echo else (),
        "midi": tuple(name.replace("\0", "")[:120] for name in midi[:NAMES]),
    }
