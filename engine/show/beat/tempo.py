"""Musical time: the one clock of the stage. Beats are counted by a tempo that is set, tapped or followed.

In: what hands and other clocks say, and seconds. Out: bpm, beats (their fraction is the phase), bars,
whether it runs, who leads. What others say of the phase is made up for within about a beat, by a count
that goes faster or slower, never backwards; only a start or a locate jumps. Pure arithmetic.
"""

from __future__ import annotations

import math

from engine.show.parameter import Refused

SLOWEST, FASTEST = 20.0, 500.0
FARTHEST = 1e9  # beats: there a double still has a fine phase
TAP_FORGETS = 2.5  # seconds without a tap after which counting begins anew
SILENT = 2.0  # seconds without a word after which another may lead
SETTLE = 0.25  # beats in which an error of phase shrinks to a third
SLEW = 0.5  # of the tempo: by no more is the count hurried or held back
MOST_BEATS_PER_BAR = 32
# Who may lead, and who before whom: of two clocks the one that leads already, until it is silent.
RANK = {"free": 0, "audio": 1, "tap": 2, "osc": 2, "midi": 3, "link": 3}
ANY = "any"
JUMP = "jump"
HOWS = ("", "loose", JUMP, "stop")


class Tempo:
    """`beats` counts on for ever in double precision; a stopped clock stands."""

    def __init__(self, bpm: float = 120.0) -> None:
        self.bpm = bpm
        self.beats = 0.0
        self.beats_per_bar = 4
        self.running = True
        self.source = "free"  # who leads, or led until it was silent: one of RANK
        self.follow = ANY  # whom the performer lets lead
        self.nominal = 0.0  # beats that the last tick was worth, whether it runs or not
        self._before = 0.0  # the count before the last tick
        self._landed = True  # by a jump upon a beat that counts as reached
        self._reached = False  # the same, of the last tick
        self._owed = 0.0  # beats still to be made up for
        self._offset: float | None = (
            None  # own count less the leader's; None: its next word decides
        )
        self._heard = -math.inf
        self._taps: list[float] = []
        self.now = 0.0  # seconds that have passed for it

    @property
    def bar(self) -> int:
        """Which bar it is, from 0."""
        return math.floor(self.beats / self.beats_per_bar)

    @property
    def passed(self) -> float:
        """The beats that the last tick has counted on; a jump is none of them."""
        return 0.0 if self._landed else self.beats - self._before

    @property
    def is_led(self) -> bool:
        """Whether a clock leads that was heard of late: then its tempo counts, not the hands'."""
        return RANK[self.source] == 3 and self.now - self._heard <= SILENT

    @property
    def leader(self) -> str:
        """Who leads, for people: nobody does when the one who did is silent, and was not asked for."""
        asked_for = self.follow == self.source
        return "free" if self._is_silent and not asked_for else self.source

    def set_bpm(self, bpm: float, source: str = "osc") -> None:
        """Take a tempo, clamped to 20..500. Raises `Refused` while a clock leads."""
        self._take_hand(source)
        self._set_bpm(bpm)

    def set_running(self, running: bool) -> None:
        """Stand, or go on from here. Raises `Refused` while a clock leads."""
        if self.is_led:
            raise Refused(f"{self.source} leads the tempo")
        self.running = running

    def lead_by(self, source: str) -> None:
        """Let one of RANK lead, "any", or only hands ("free"). Raises `Refused` for another word."""
        if source not in (ANY, *RANK):
            raise Refused(f"tempo follows any, {', '.join(RANK)}")
        self.follow = source
        if source != ANY and source != self.source:
            self.source, self._offset, self._heard = source, None, -math.inf

    def tap(self, ago: float = 0.0) -> None:
        """A beat was `ago` seconds before now. From the second tap on the tempo is the mean of the
        last eight intervals, unless a clock leads: then the tap is a word on the phase alone."""
        at = self.now - ago
        if self._taps and not 0.0 <= at - self._taps[-1] <= TAP_FORGETS:
            self._taps.clear()
        self._taps = [*self._taps[-8:], at]
        if not self.is_led:
            self._take_hand("tap")
            if at > self._taps[0]:
                self._set_bpm(60.0 * (len(self._taps) - 1) / (at - self._taps[0]))
        since = ago * self.bpm / 60.0 if self.running else 0.0
        self._shift(round(self.beats - since) + since - self.beats)

    def beat(self, number: float | None = None, ago: float = 0.0, jump: bool = False) -> None:
        """The count was at `number` (clamped), else at the nearest whole beat, `ago` seconds ago.

        Half a beat at most is made up for; what is farther is a locate, and jumps, as all with `jump`.
        """
        since = ago * self.bpm / 60.0 if self.running else 0.0
        told = float(round(self.beats - since)) if number is None else number
        there = min(max(told, -FARTHEST), FARTHEST) + since
        if abs(there - self.beats) <= 0.5 and not jump:
            self._shift(there - self.beats)
            return
        self._offset = self._offset + there - self.beats if self._offset is not None else None
        self._jump(there)

    def nudge(self, beats: float) -> None:
        """Be so many beats further on, or back, by and by; -1..1. A leader is followed with that lead."""
        self._shift(self._owed + min(max(beats, -1.0), 1.0))

    def sync(self, beats: float, bpm: float | None, source: str, how: str, ago: float) -> bool:
        """What a clock says: it was at `beats`, going at `bpm` (None: it cannot tell yet), `ago`
        seconds ago. `how`: "" running; "loose" running, but where its bars begin is unknown; "jump"
        it began or was placed there; "stop" it stands. False if it is not the one that leads.
        """
        if not self._may_lead(source):
            return False
        if source != self.source:
            self.source, self._offset = source, None
        self._heard = self.now
        if bpm is not None:
            self._set_bpm(bpm)
        self.running = how != "stop"
        told = min(max(beats, -FARTHEST), FARTHEST)
        told += ago * self.bpm / 60.0 if self.running else 0.0
        if how == JUMP:
            self._offset = 0.0
            self._jump(told)
            return True
        error = told + (self._offset or 0.0) - self.beats
        if self._offset is None and how == "loose":
            self._offset, error = -error, 0.0
        elif abs(error) > self.beats_per_bar / 2:  # another place in the song is no reason to jump
            whole = round(error / self.beats_per_bar) * self.beats_per_bar
            self._offset, error = (self._offset or 0.0) - whole, error - whole
        self._offset = self._offset or 0.0
        self._owed = error
        return True

    def advance(self, seconds: float) -> None:
        self.now += seconds
        self.nominal = seconds * self.bpm / 60.0
        self._before, self._reached = self.beats, self._landed
        if not self.running:
            return
        self._landed = False
        most = SLEW * self.nominal
        made_up = min(max(-self._owed * math.expm1(-self.nominal / SETTLE), -most), most)
        self._owed -= made_up
        self.beats += self.nominal + made_up

    def crossings(self, period: float) -> int:
        """How many multiples of `period` beats the last tick has reached; none while it stands."""
        first = math.floor(self._before / period) + 1
        if self._reached and self._before == (first - 1) * period:
            first -= 1
        last = math.floor(self.beats / period)
        return max(last - first + 1, 0) if self.running else 0

    @property
    def _is_silent(self) -> bool:
        """Whether a clock or what is heard leads, and has said nothing of late."""
        return RANK[self.source] in (1, 3) and self.now - self._heard > SILENT

    def _may_lead(self, source: str) -> bool:
        if self.follow != ANY:
            return source == self.follow
        return source == self.source or RANK[source] > RANK[self.source] or self._is_silent

    def _take_hand(self, source: str) -> None:
        if self.is_led:
            raise Refused(f"{self.source} leads the tempo")
        if self.follow == ANY or self.follow == source:
            self.source = source
        self._offset = None

    def _set_bpm(self, bpm: float) -> None:
        self.bpm = min(max(bpm, SLOWEST), FASTEST)

    def _shift(self, beats: float) -> None:
        """Be so many beats further on from here, by and by."""
        if self._offset is not None:  # what was owed already was an error, not a wish
            self._offset += beats - self._owed
        self._owed = beats

    def _jump(self, beats: float) -> None:
        self.beats, self._owed, self._landed = beats, 0.0, True
