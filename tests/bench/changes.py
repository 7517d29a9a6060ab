"""Frames while scenes, layers, effects and palettes change all the time, beside the same show left alone.

A stage as `play` has it, without a window. Everything has been rehearsed, as it has been a minute into a
show. What is measured is when a picture is there after the one before (frames that are late are
dropped ones), how long a frame's own work takes, and the processor's time. On a machine that is busy with
other things only the last says anything; with LP_NUM_THREADS=0 it has all of a software renderer's work,
of which two scenes that fade are twice as much.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engine.assets import find_assets
from engine.message import Argument, Message
from engine.settings import PlaySettings
from engine.stage.stage import Stage

SCENES = ("coral", "dapple", "frost", "oil", "plankton", "rust")
FPS, SIZE = 30.0, (192, 108)
CHANGES, EVERY, IDLE = 200, 6, 450
Figures = dict[str, dict[str, float]]


def measure_changes(*, announced: bool = True, changes: int = CHANGES) -> Figures:
    """p50, p99 and the worst, in milliseconds, of intervals and of work, left alone and while it changes.

    `announced` False: scenes begin within the frame that first shows them, to compare with.
    """
    with tempfile.TemporaryDirectory() as folder:
        assets = _with_scenes(Path(folder) / "assets")
        settings = PlaySettings(
            start=SCENES[0], assets=assets, headless=True, size=SIZE, fps=FPS, layout="plain"
        )
        with Stage(settings) as stage:
            stage._rehearsing.finish()
            if not announced:
                stage.director.lead = 0
            _play(stage, 2 * FPS)
            before = _play(stage, IDLE)
            during = _play(stage, changes * EVERY, _changes(changes))
            _play(stage, 4 * FPS)
            after = _play(stage, IDLE)
            assert not stage.director.refused, stage.director.refused
    idle = np.concatenate((before, after), axis=1)
    return {"alone": _tell(idle), "changing": _tell(during)}


def print_changes(figures: Figures) -> None:
    for name, row in figures.items():
        print(f"{name:>10}  " + "   ".join(f"{what} {ms:.1f} ms" for what, ms in row.items()))
    for what in ("interval p99", "cpu p99"):
        ratio = figures["changing"][what] / figures["alone"][what]
        print(f"{'':>10}  {what} while it changes, in parts of that left alone: {ratio:.2f}")


def _changes(count: int) -> Iterator[list[Message]]:
    """Each of the four kinds in turn, and nothing in the frames between."""
    chance = random.Random(1)
    for number in range(count):
        address, arguments = _change(number, chance)
        yield [Message(address, arguments)]
        for _ in range(EVERY - 1):
            yield []


def _change(number: int, chance: random.Random) -> tuple[str, tuple[Argument, ...]]:
    kind, turn = number % 4, number // 4
    if kind == 0:
        # Not a front that grows: for a processor its passes alone are more than a frame.
        by = ("dissolve", "wipe")[turn % 2]
        return f"/layer/{1 + turn % 2}/scene/go", (SCENES[turn % len(SCENES)], 0.4, by)
    if kind == 1:
        deeds: list[tuple[str, tuple[Argument, ...]]] = [
            ("/layer/2/opacity", (0.5,)),
            ("/layer/2/blend", (chance.choice(("add", "screen", "multiply")),)),
            ("/layer/2/bypass", (turn % 2,)),
            ("/layer/2/opacity", (1.0,)),
        ]
        return deeds[turn % len(deeds)]
    if kind == 2:
        effect = chance.choice(("levels", "mirror", "vignette", "feedback", ""))
        where = ("", "/layer/1", "/master")[turn % 3]
        return f"{where}/effect/{1 + turn % 2}/go", (effect,)
    return "/palette/go", (chance.choice(("ember", "frost", "moss")), 0.3)


def _play(
    stage: Stage, frames: float, messages: Iterator[list[Message]] | None = None
) -> np.ndarray:
    """Seconds from picture to picture, of each frame's work, and of the processor's time that this and
    what is done beside it took in this thread: (3, frames)."""
    taken, last = [], stage.shown_ns
    for _ in range(round(frames)):
        began_ns, spent = time.monotonic_ns(), time.thread_time_ns()
        stage.play_frame(next(messages, []) if messages else [])
        work = stage.shown_ns - began_ns
        taken.append((stage.shown_ns - last, work, time.thread_time_ns() - spent))
        last = stage.shown_ns
    return np.array(taken).T * 1e-9


def _tell(taken: np.ndarray) -> dict[str, float]:
    told = {}
    for name, seconds in zip(("interval", "work", "cpu"), taken, strict=True):
        p50, p99 = np.percentile(seconds, [50, 99]) * 1e3
        worst = float(seconds.max()) * 1e3
        for what, ms in (("p50", p50), ("p99", p99), ("worst", worst)):
            told[f"{name} {what}"] = round(float(ms), 2)
    return told


def _with_scenes(folder: Path) -> Path:
    """The project's assets with the scenes that are played here alone."""
    here = find_assets()
    for part in ("shaders", "config"):
        shutil.copytree(here.root / part, folder / part)
    shutil.rmtree(folder / "config" / "shows")
    (folder / "scenes").mkdir()
    for name in SCENES:
        shutil.copy(here.root / "scenes" / f"{name}.toml", folder / "scenes")
    return folder
