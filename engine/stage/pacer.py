"""The pacer: when the next frame is due, and how much of it the steps may take.

In: the clock at the beginning and the end of each frame. Out: how long to sleep, and `share`, the
part of the planned steps that the machine can really carry. Never sleeps, never reads a clock.
"""

from __future__ import annotations

LATE = 1.06  # periods between two frames in the mean: more, and they come too late
NEWS = 0.125  # part of the latest in the mean: one late frame, made up for by the next, is none
SPARE = 0.25  # of a period slept through: there was time for more
LESS, MORE = 0.9, 1.02  # a frame at a time
LEAST, PLANNED, MOST = 0.05, 1.0, 1.5


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
        self._slept = 0.0
        self._apart = 1.0  # periods between two frames, in the mean of the latest
        self._excused = True

    def begin(self, now_ns: int) -> int:
        """A frame begins: the nanoseconds since the last one began."""
        passed_ns, self._began_ns = now_ns - self._began_ns, now_ns
        if not self._excused:
            self._apart += NEWS * (passed_ns / self._period_ns - self._apart)
            if self._apart > LATE:
                self.share = max(self.share * LESS, LEAST)
            elif self._slept > SPARE:
                self.share = min(self.share * MORE, MOST)
            elif self._paced:
                self.share = min(self.share * MORE, max(self.share, PLANNED))
        self._excused = False
        return passed_ns

    def excuse(self) -> None:
        """This frame did work that is no measure of the others, such as compiling."""
        self._excused = True

    def end(self, now_ns: int) -> float:
        """The frame's work is done: how many seconds remain. After a stall counting begins anew."""
        self._due_ns += self._period_ns
        slack_ns = self._period_ns / 2 if self._paced else 0.0
        ahead_ns = self._due_ns - now_ns - slack_ns
        if ahead_ns < -self._period_ns - slack_ns:
            self._due_ns = float(now_ns)
        self._slept = max(ahead_ns, 0.0) / self._period_ns
        return max(ahead_ns, 0.0) * 1e-9

    @property
    def has_time(self) -> bool:
        """Whether a piece of work may be done beside the frames now."""
        return self._slept > 0.0 or (self._paced and self.share >= PLANNED)
