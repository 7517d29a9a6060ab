"""The understudy: a process of its own that rehearses ahead of the stage, and what it compiles is in the
driver's cache when the stage comes to it.

In: what is to be rehearsed. Out: how far it has come. A compiler holds up the thread that draws: alone, the
stage would stand still for a tenth of a second to a whole one at each of many scenes. Never needed: without
it (a machine that begins no process, a driver that keeps nothing) the stage compiles by itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from engine import __version__
from engine.assets import Assets
from engine.errors import MorphogenError
from engine.gpu.known_machines import keep_known, read_known
from engine.gpu.layout import LAYOUTS
from engine.gpu.rehearsal import rehearse_all
from engine.gpu.shelf import Shelf
from engine.library import read_library
from engine.output.headless import open_headless

AHEAD = 16  # pieces: a driver writes its cache some time after it has compiled
# Mesa compiles what it took from its cache a little otherwise, and keeps that, too: most shaders once,
# growth's twice.
ROUNDS = 3
NICE = 19  # it takes what is left of the machine
SIZE = (64, 64)


class Count(Protocol):
    """A number that two processes share: without a lock, for one of them may die at any time."""

    value: int


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be rehearsed: these scenes in their order and every effect. `gpu`: as `name_gpu` says it."""

    assets: Assets
    layout: str
    scenes: tuple[str, ...]
    gpu: str

    @property
    def mark(self) -> str:
        """The same for the same shaders and scenes in the same layout."""
        digest = hashlib.sha256(f"{__version__} {self.layout}".encode())
        for folder, pattern in (("shaders", "**/*.*"), ("scenes", "*.toml")):
            for root in self.assets.both(folder).roots:
                for path in sorted(root.glob(pattern)):
                    digest.update(path.name.encode())
                    with contextlib.suppress(OSError):
                        digest.update(path.read_bytes())
        return digest.hexdigest()


class Understudy:
    """Owns the process, which ends by itself, and the thread that begins it."""

    def __init__(self, part: Part, kept: Path) -> None:
        """Begin, unless `kept` says that this GPU's driver has all of it already. Never waits."""
        self._spawn = multiprocessing.get_context("spawn")
        self._done: Count = self._spawn.RawValue("i", 0)
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(
            target=self._begin, args=(part, kept), name="understudy", daemon=True
        )
        self._thread.start()

    def has_done(self, pieces: int) -> bool:
        """Whether so many are in the driver's cache, or no more will be."""
        if self._thread.is_alive():
            return False
        ended = self._process is None or self._process.exitcode is not None
        return ended or self._done.value >= pieces + AHEAD

    def close(self) -> None:
        """It is wanted no more."""
        self._thread.join(1.0)
        if self._process:
            self._process.kill()
            self._process.join(1.0)

    def _begin(self, part: Part, kept: Path) -> None:
        # Before anything is compiled: what is edited meanwhile is rehearsed the next time.
        mark = part.mark
        if read_known(kept, part.gpu) == mark:
            return
        process = self._spawn.Process(
            target=_be_understudy,
            args=(part, self._done, kept, mark),
            name="morphogen-understudy",
            daemon=True,
        )
        with contextlib.suppress(OSError):  # then the stage does without
            process.start()
            self._process = process


def _be_understudy(part: Part, done: Count, kept: Path, mark: str) -> None:
    if sys.platform != "win32":
        os.nice(NICE)
    os.environ.setdefault("LP_NUM_THREADS", "1")  # software GL would take every core
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(MorphogenError):  # the stage has said it, or will
        if _rehearse(part, done):
            keep_known(kept, part.gpu, mark)


def _rehearse(part: Part, done: Count) -> bool:
    """Whether it came to the end."""
    parent = multiprocessing.parent_process()
    catalogue = read_library(part.assets).catalogue
    shaders, seeds = part.assets.both("shaders"), part.assets.both("scenes")
    with open_headless(SIZE) as surface, ExitStack() as stack:
        rounds = []
        for _ in range(ROUNDS):
            shelf = Shelf(surface.context, shaders, LAYOUTS[part.layout])
            stack.callback(shelf.release)
            rounds.append(rehearse_all(surface.context, shelf, catalogue, part.scenes, seeds))
        for number, _ in enumerate(zip(*rounds, strict=False), 1):
            done.value = number
            if parent is not None and not parent.is_alive():
                return False
    return True
