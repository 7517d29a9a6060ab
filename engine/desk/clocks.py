"""The clocks of all MIDI ports: one is followed, and the stage is told where it is.

In: ticks of any port. Out: `/tempo/sync` messages, ten times a second and at each start and stop. The
first port whose clock runs is followed until it stops or falls silent and another one runs.
"""

from __future__ import annotations

from engine.desk.clock import PER_BEAT, MidiClock
from engine.desk.midi.decode import Tick
from engine.message import Argument, Message

TELL_NS = 100_000_000
SYNC, SOURCE = "/tempo/sync", "midi"
MOST = 64  # ports with a clock


class Clocks:
    """Keeps a clock for each port that ticks. Use it from one thread."""

    def __init__(self) -> None:
        self._clocks: dict[str, MidiClock] = {}
        self._leader = ""
        self._told_ns = 0
        self._told_stop = True

    def hear(self, tick: Tick) -> list[Message]:
        """Take a tick; what the stage must know of it at once."""
        clock = self._clocks.get(tick.device)
        if clock is None:
            if len(self._clocks) >= MOST:
                return []
            clock = self._clocks[tick.device] = MidiClock()
        jumped = clock.hear(tick)
        self._choose(tick.time_ns)
        if tick.device != self._leader:
            return []
        if jumped:
            self._told_ns, self._told_stop = tick.time_ns, False
            reading = clock.read(tick.time_ns)
            beats = clock.position / PER_BEAT
            bpm = reading.bpm if reading else None
            return [Message(SYNC, (beats, bpm, SOURCE, "jump"), tick.time_ns)]
        return self.tell(tick.time_ns)

    def tell(self, now_ns: int) -> list[Message]:
        """Where the followed clock is, if it is time to say so. It is silent when that is."""
        self._choose(now_ns)
        clock = self._clocks.get(self._leader)
        if clock is None or clock.is_silent(now_ns):
            return []
        if clock.running is False:
            if self._told_stop:
                return []
        elif now_ns - self._told_ns < TELL_NS:
            return []
        reading = clock.read(now_ns)
        if reading is None or (reading.bpm is None and clock.running is not False):
            return []
        self._told_ns, self._told_stop = now_ns, clock.running is False
        how = "stop" if self._told_stop else "" if reading.phased else "loose"
        return [Message(SYNC, (reading.beats, reading.bpm, SOURCE, how), now_ns)]

    def forget(self, device: str) -> None:
        """A port has gone; the stage's clock goes on by itself."""
        self._clocks.pop(device, None)

    def describe(self, now_ns: int) -> tuple[Argument, ...]:
        """Whom it follows, what that one does, and its bpm; nothing where no clock was heard."""
        clock = self._clocks.get(self._leader)
        if clock is None:
            return ()
        state = "stopped" if clock.running is False else "running"
        return self._leader, "silent" if clock.is_silent(now_ns) else state, clock.bpm or 0.0

    def _choose(self, now_ns: int) -> None:
        present = self._clocks.get(self._leader)
        if present is not None and self._goes(present, now_ns):
            return
        for name, clock in self._clocks.items():
            if self._goes(clock, now_ns):
                self._leader = name
                return

    def _goes(self, clock: MidiClock, now_ns: int) -> bool:
        return clock.running is not False and not clock.is_silent(now_ns)
