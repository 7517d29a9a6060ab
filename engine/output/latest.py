"""A thread that does the latest job of each kind: a job not yet begun gives way to a newer one.
Knows nothing of GL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class LatestWorker(Generic[Job, Result]):
    """Owns one thread. `offer` and `take` never wait; `busy` is true from an offer until its
    result may be taken.
    """

    def __init__(self, work: Callable[[Job], Result], name: str) -> None:
        self._work = work
        self._jobs: dict[str, Job] = {}
        self._results: dict[str, Result] = {}
        self._error: BaseException | None = None
        self._active = False
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job waits or is being done."""
        with self._changed:
            return self._active or bool(self._jobs)

    @property
    def error(self) -> BaseException | None:
        """What the last failed job raised; the thread goes on."""
        return self._error

    def offer(self, kind: str, job: Job) -> None:
        """Do this, instead of any earlier job of the kind that has not begun."""
        with self._changed:
            self._jobs[kind] = job
            self._changed.notify_all()

    def take(self) -> dict[str, Result]:
        """What has been done since the last time, the latest of each kind."""
        with self._changed:
            results, self._results = self._results, {}
            return results

    def close(self, timeout: float = 5.0) -> None:
        """Finish what was offered (at most `timeout` seconds) and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._active = False
                while not self._jobs and not self._closing:
                    self._changed.wait()
                if not self._jobs:
                    return
                kind = next(iter(self._jobs))
                job = self._jobs.pop(kind)
                self._active = True
            try:
                result = self._work(job)
            except (
                Exception
            ) as error:  # the boundary of a thread: one bad job must not end the rest
                self._error = error
                continue
            with self._changed:
                self._results[kind] = result
