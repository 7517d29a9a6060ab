"""What audio inputs there are, for `list audio` and `doctor`. In: nothing. Out: names, a diagnosis.

PortAudio is asked in a process of its own: it may hang or crash. Opens no input.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection

from engine.desk.audio.inputs import REMEDY, list_inputs, load_portaudio
from engine.desk.midi.backend import silence_libraries
from engine.desk.notes import quote
from engine.errors import Complaint, MorphogenError

PATIENCE_S = 15.0
Row = tuple[str, str]


def list_audio_inputs() -> list[Row]:
    """(lasting name, over which API and how many channels) of every input there is now.

    Raises MorphogenError if PortAudio does not answer.
    """
    found = _ask()
    if isinstance(found, str):
        raise MorphogenError(Complaint("audio", found))
    return found


def diagnose_audio() -> tuple[str, bool, str]:
    """(what, whether it works, what was found or how to mend it)."""
    found = _ask()
    if isinstance(found, str):
        return "audio", False, found
    names = ", ".join(dict.fromkeys(quote(name) for name, _ in found))
    return "audio", True, names or "works, no input plugged in"


def _ask() -> list[Row] | str:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        if ours.poll(PATIENCE_S):
            answer: list[Row] | str = ours.recv()
            return answer
        return "PortAudio does not answer. Restart the computer's audio service."
    except (EOFError, OSError):
        return "PortAudio crashed. Restart the computer's audio service."
    finally:
        process.kill()
        process.join(2.0)
        ours.close()


def _answer(pipe: Connection) -> None:
    """In the process: what there is, or why nobody knows."""
    with silence_libraries():
        try:
            inputs = list_inputs(load_portaudio())
            pipe.send([(entry.name, f"{entry.api}, {entry.channels} in") for entry in inputs])
        except MorphogenError as error:
            pipe.send(f"{error.complaints[0].what}. {error.complaints[0].remedy or REMEDY}")
        except Exception as error:  # PortAudio's own
            pipe.send(f"PortAudio fails ({error}).")
        os._exit(0)  # at the usual exit sounddevice ends PortAudio, which may hang
