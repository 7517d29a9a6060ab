"""When a stage counts as hung, whether it may be started again, and when the show is over.

In: times and what the stage says of itself. Out: answers. Times are seconds on a clock that never goes back.
Never touches a process.
"""

from __future__ import annotations

import signal

from engine.message import Message

HANG_S = 2.0  # without a beat from a stage that has been beating
SLOWER = 6.0  # times its usual gap between beats: a busy machine is no hang
LONGEST_HANG_S = 10.0
START_S = 30.0  # for the first beat: all is compiled, and a cold driver takes long
BUSY_S = 10.0  # while it compiles one more program beside the picture; doubled if too short
FAILURES, FAILURES_S = 5, 20.0  # so many failures in so many seconds, and it is no accident
LEAVE_S = 120.0  # for a stage that is leaving: a film may have to be finished
# The last comes with the exit code, before what may take long.
BEAT, BUSY, LEAVING = "/stage/beat", "/stage/busy", "/stage/leaving"
USER_ERROR = 2  # the exit code for a mistake in what was asked: trying again is no use
TERMINATED = 128 + signal.SIGTERM  # the exit code of a stage that was sent away


class StageWatch:
    """What is known of the stage that runs, and of those before it."""

    def __init__(self, duration: float | None = None) -> None:
        """`duration`: how long the show is to be, in seconds from the first picture of all; None: no end."""
        self._duration = duration
        self._beat_s = 0.0
        self._played_s: float | None = None  # when the first beat of the show came
        self.leaving: int | None = None  # the exit code that the stage has announced
        self.patience, self._gap = START_S, 0.0
        self._busy, self._busy_s = True, BUSY_S
        self._failures: list[float] = []

    def start(self, now_s: float) -> None:
        """A stage was started."""
        self._beat_s, self.patience, self._gap = now_s, START_S, 0.0
        self._busy, self.leaving = True, None

    def hear(self, message: Message, now_s: float) -> bool:
        """Whether it was a word of the stage about itself: no matter of the show."""
        if message.address == BUSY:
            self._busy = True
            self.patience = START_S if self._played_s is None else self._busy_s
        elif message.address == LEAVING:
            code = message.arguments[0] if message.arguments else 0
            self.leaving = code if isinstance(code, int) else 0
            # A stage that is lost is to be replaced soon, whatever its film.
            self.patience = LEAVE_S if self.leaving in (0, TERMINATED) else START_S
        elif message.address == BEAT:
            self._played_s = now_s if self._played_s is None else self._played_s
            # The longest gap of late, slowly forgotten; what it said it was busy with is no gap.
            self._gap = max(0.95 * self._gap, 0.0 if self._busy else now_s - self._beat_s)
            self._busy = False
            self.patience = min(max(HANG_S, SLOWER * self._gap), LONGEST_HANG_S)
        else:
            return False
        self._beat_s = now_s
        return True

    def hangs(self, now_s: float) -> bool:
        return now_s - self._beat_s > self.patience

    def time_left(self, now_s: float) -> float | None:
        """What is left of the show, in seconds; None: it has no end."""
        if self._duration is None or self._played_s is None:
            return self._duration
        return max(self._duration - (now_s - self._played_s), 0.0)

    def is_over(self, code: int | None, now_s: float) -> bool:
        """Whether the show ends with the stage, which ended with this code; None: it was killed."""
        if self.leaving == 0 or code == 0:  # how its leaving went does not matter
            return True
        if self._played_s is None:
            return code == USER_ERROR
        return self.time_left(now_s) == 0.0

    def wait_longer(self) -> None:
        """It was lost while it compiled: perhaps its driver only takes longer than we thought."""
        if self._busy:
            self._busy_s = min(2.0 * self._busy_s, START_S)

    def may_try_again(self, now_s: float) -> bool:
        """Count a failure; False once there were too many in a short time."""
        self._failures = [at for at in self._failures if now_s - at < FAILURES_S] + [now_s]
        return len(self._failures) < FAILURES

    @property
    def may_restore(self) -> bool:
        """Whether the next one is given the state; not once it has failed twice more: it may be why."""
        return len(self._failures) < 3
