"""The ear's process: it listens to one device or file, and says what it hears.

In: which one. Out, through a pipe: `/audio/...` (see telling.py), and of itself `/ear/beat`,
`/ear/hears [name]`, `/ear/says text`, `/ear/lost n`. A process of its own, for PortAudio may hang or
crash with its server: then the desk ends it and starts another, and MIDI and OSC play on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.analyse import Analyser
from engine.desk.audio.capture import Microphone
from engine.desk.audio.inputs import describe_input, find_input, list_inputs, load_portaudio
from engine.desk.audio.listening import EarSettings, Flag
from engine.desk.audio.portrait import Portrait
from engine.desk.audio.ring import MOST_CHANNELS, Ring
from engine.desk.audio.sound_file import RATE, SoundFile
from engine.desk.audio.telling import Teller
from engine.desk.midi.backend import silence_libraries
from engine.desk.notes import quote
from engine.errors import MorphogenError
from engine.message import Message
from engine.pipe import Outbox

BEAT_NS = 250_000_000
LOOK_S = 1.0  # between two looks for a device that is not there
FAILED_S = 3.0  # and after one that could not be opened, or a file that ended
SILENT_S = 10.0  # between two looks whether a perfectly silent device is still there: at most
NAMES = 8  # of inputs, in a line
FLUSH_S = 0.3
LOST = 3  # exit code: the device's server took PortAudio with it


def run_ear(settings: EarSettings, pipe: Connection, seen: Flag) -> None:
    """Be the ear until the desk has gone or its device takes PortAudio with it. `seen`: whether the
    wave and the spectrum are to be told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with silence_libraries(), Outbox(pipe) as outbox:
        ear = _Ear(settings, outbox, seen)
        try:
            if settings.file:
                ear.play_file(settings.file)
            else:
                ear.follow_device()
        except Exception as error:  # PortAudio's own, and whatever a driver does
            ear.say(f"audio input fails ({quote(str(error))}). Trying again.")
        finally:
            outbox.flush(FLUSH_S)
            # At the usual exit sounddevice ends PortAudio, which a dead server never lets it.
            os._exit(LOST)


class _Ear:
    def __init__(self, settings: EarSettings, outbox: Outbox, seen: Flag) -> None:
        self._settings, self._outbox, self._seen = settings, outbox, seen
        self._parent = multiprocessing.parent_process()
        self._alone = False
        self._beat_ns = 0
        self._beats = 0
        self._said = ""
        self._lost = 0
        self._ring: Ring | None = None

    @property
    def wanted(self) -> bool:
        """Whether somebody listens to it. Beats, too."""
        now_ns = time.monotonic_ns()
        if now_ns - self._beat_ns >= BEAT_NS:
            self._beat_ns, self._beats = now_ns, self._beats + 1
            self._outbox.send(Message("/ear/beat", (self._beats,), now_ns))
            self._alone = self._parent is not None and not self._parent.is_alive()
        return not self._alone

    def play_file(self, path: Path) -> None:
        """Hear a file in time, over and over."""
        while self.wanted:
            try:
                channels = MOST_CHANNELS if self._settings.ring else 1
                with SoundFile(self._settings.ffmpeg, path, channels=channels) as file:
                    if not self._play(path, file):
                        return
                    self.say(f"{quote(str(path))} cannot be played ({quote(file.reason())})")
            except OSError as error:
                self.say(f"ffmpeg does not start ({error.strerror or error})")
            self._hears()
            self._rest(FAILED_S)

    def _play(self, path: Path, file: SoundFile) -> bool:
        """Whether the file came to an end, which it never should."""
        analyser = Analyser(RATE)
        teller, portrait = Teller(analyser.hop_s), Portrait(analyser)
        begun_s = time.monotonic()
        while self.wanted:
            samples = file.read(analyser.hop)
            if not len(samples):
                return True
            heard = analyser.hear(samples)
            if heard and heard[-1].seconds <= 2 * analyser.hop_s:
                self._hears(path.name)
            late_s = time.monotonic() - begun_s - (heard[-1].seconds if heard else 0.0)
            if late_s > 1.0:  # the machine slept: go on from here
                begun_s += late_s
            time.sleep(max(-late_s, 0.0))
            now_ns = time.monotonic_ns()
            self._keep(file.apart, now_ns, RATE)
            self._tell(teller.tell(heard, now_ns))
            self._tell(self._draw(portrait, len(heard)))
        return False

    def follow_device(self) -> None:
        """Hear the device whenever it is there. Returns when PortAudio is not to be used any more."""
        try:
            portaudio = load_portaudio()
        except MorphogenError as error:
            self.say(f"{error}")
            while self.wanted:
                self._rest(FAILED_S)
            return
        name, exact, pause_s = self._settings.device, self._settings.exact, 0.0
        while self.wanted:
            found = find_input(list_inputs(portaudio), name, exact)
            if found is None:
                self._hears()
                names = [quote(describe_input(entry)) for entry in list_inputs(portaudio)[:NAMES]]
                there = ", ".join(names) or "there is none"
                self.say(f"no audio input is called {quote(name)} ({there}). Looking again.")
                self._rest(LOOK_S)
            else:
                name, exact = describe_input(found), True  # and no other one from now on
                try:
                    microphone = Microphone(
                        portaudio, found, self._settings.channels, time.monotonic_ns
                    )
                except portaudio.PortAudioError as error:
                    self._hears()
                    self.say(f"{quote(name)} cannot be opened ({quote(str(error))}). Trying again.")
                    self._rest(FAILED_S)
                else:
                    self._hears(name)
                    pause_s = self._listen(microphone, pause_s)
                    if microphone.lost:
                        self._hears()
                        return
                    microphone.close()
            # PortAudio lists what there is when it begins, and never again.
            portaudio._terminate()
            portaudio._initialize()

    def _listen(self, microphone: Microphone, pause_s: float) -> float:
        """Hear it until it is lost or perfectly silent, but for `pause_s` seconds after the last
        time it was. Returns how long to wait the next time."""
        analyser = Analyser(microphone.rate)
        teller, portrait = Teller(analyser.hop_s), Portrait(analyser)
        began_s = time.monotonic()
        sounded = False
        while self.wanted and not microphone.lost:
            samples = microphone.fetch(0.1)
            heard = analyser.hear(samples)
            self._tell(teller.tell(heard, time.monotonic_ns()))
            self._tell(self._draw(portrait, len(heard)))
            self._keep(microphone.apart, time.monotonic_ns(), microphone.rate)
            self._count(microphone.dropped)
            sounded = sounded or bool(samples.any())
            waited = sounded or time.monotonic() - began_s > pause_s
            if microphone.zeros and waited:
                break
        return 0.0 if sounded else min(max(2.0 * pause_s, 2.0), SILENT_S)

    def _draw(self, portrait: Portrait, hops: int) -> list[Message]:
        """The wave and the spectrum, while somebody wants to see them."""
        return portrait.tell(hops, time.monotonic_ns()) if self._seen.value else []

    def _keep(self, samples: NDArray[np.float32], heard_ns: int, rate: float) -> None:
        """For films, if they are to have sound."""
        if self._settings.ring is None:
            return
        if self._ring is None or self._ring.rate != round(rate):
            self._ring = Ring(self._settings.ring, round(rate))
        before = self._ring.trouble
        self._ring.write(samples, heard_ns)
        if self._ring.trouble != before:
            self.say(self._ring.trouble)

    def _tell(self, messages: list[Message]) -> None:
        if messages:
            self._outbox.send_all(messages)

    def _count(self, lost: int) -> None:
        if lost != self._lost:
            self._lost = lost
            self._outbox.send(Message("/ear/lost", (lost,)))

    def _hears(self, *names: str) -> None:
        self._said = "" if names else self._said
        self._outbox.send(Message("/ear/hears", names))

    def say(self, text: str) -> None:
        """Once, until something is heard again."""
        if text != self._said:
            self._said = text
            self._outbox.send(Message("/ear/says", (text,)))

    def _rest(self, seconds: float) -> None:
        end_s = time.monotonic() + seconds
        while self.wanted and time.monotonic() < end_s:
            time.sleep(0.1)
