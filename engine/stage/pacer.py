"""The pacer: when the next frame begins and is shown, and how much of it the steps may take.

In: the clock at the beginning of each frame, when it is drawn, and at its end. Out: how long to sleep, and
`share`, the part of the planned steps that the machine can really carry. Never sleeps, never reads a clock.

Where nothing else spaces the pictures, each is held back until its turn, and begun as much earlier as drawing
takes at most: frames of uneven work are shown evenly, and what a hand does is in the next one still.
"""

from __future__ import annotations

LATE = 1.06  # periods between two frames: more, and they come too late
OWED = 1.0  # periods of delay that were not made up for: more, and there is too much work
SPARE = 0.25  # of a period left: there is time for more
LESS, MORE = 0.9, 1.02  # a frame at a time
LEAST, PLANNED, MOST = 0.05, 1.0, 1.5
FORGET = 0.005  # part of the latest frame in how long drawing takes at most


class Pacer:
    """`paced`: showing a picture itself waits for the screen. Then sleeping is left to it, but for
    half a period, in case it does not wait (a hidden window); and time to spare can't be seen."""

    def __init__(self, fps: float, paced: bool, now_ns: int) -> None:
        self.fps = fps
        self.share = PLANNED
        self._paced = paced
        self._period_ns = 1e9 / fps
        self._began_ns = now_ns
        self._due_ns = float(now_ns)
        self._start_ns = self._due_ns  # from when on the frame's work counts
        self._lead_ns = 0.0  # so much before it is due a frame begins
        # In periods: before the frame, before its picture was shown, and not made up for.
        self._slept = self._waited = self._owed = 0.0
        self._excused = True

    def begin(self, now_ns: int) -> int:
        """A frame begins: the nanoseconds since the last one began."""
        passed_ns, self._began_ns = now_ns - self._began_ns, now_ns
        if self._excused:
            self._start_ns = now_ns
        else:
            self._owed = max(self._owed + passed_ns / self._period_ns - LATE, 0.0)
            self._judge()
        self._excused = False
        return passed_ns

    def _judge(self) -> None:
        if self._owed > OWED:
            self.share = max(min(self.share * LESS, PLANNED), LEAST)
            self._owed *= 0.75  # the next is judged sooner than the first
        elif self.share < PLANNED:
            if self._paced or self._slept + self._waited > SPARE:
                self.share = min(self.share * MORE, PLANNED)
        elif not self._paced:
            # More than planned only while even the longest frame leaves room for it.
            spare = 1.0 - self._lead_ns / self._period_ns
            self.share *= MORE if spare > SPARE else 1.0 / MORE
            self.share = min(max(self.share, PLANNED), MOST)

    def excuse(self) -> None:
        """This frame did work that is no measure of the others, such as compiling."""
        self._excused = True

    def drawn(self, now_ns: int) -> float:
        """The picture is there: in how many seconds it is to be shown."""
        if self._paced:
            return 0.0
        if not self._excused:
            took_ns = now_ns - self._start_ns
            less_ns = self._lead_ns + FORGET * (took_ns - self._lead_ns)
            self._lead_ns = min(max(took_ns, less_ns), self._period_ns)
        ahead_ns = max(self._due_ns - now_ns, 0.0)
        self._waited = ahead_ns / self._period_ns
        return ahead_ns * 1e-9

    def end(self, now_ns: int) -> float:
        """The frame's work is done: in how many seconds the next begins. After a stall counting begins
        anew."""
        self._due_ns += self._period_ns
        slack_ns = self._period_ns / 2 if self._paced else 0.0
        ahead_ns = self._due_ns - self._lead_ns - now_ns - slack_ns
        if ahead_ns < -self._period_ns - slack_ns:
            self._due_ns = now_ns + self._lead_ns
        self._start_ns = now_ns + max(ahead_ns, 0.0)
        self._slept = max(ahead_ns, 0.0) / self._period_ns
        return max(ahead_ns, 0.0) * 1e-9

    @property
    def has_time(self) -> bool:
        """Whether a piece of work may be done beside the frames now."""
        return self._slept + self._waited > 0.0 or (self._paced and self.share >= PLANNED)
