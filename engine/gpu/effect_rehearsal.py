"""The rehearsal of effects and transitions: each compiled and drawn once, small, before hands ask for it.

One piece of work each time it is asked, as in `rehearsal.py`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable

import moderngl

from engine.errors import MorphogenError
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.pool import make_picture, release_picture, texture_of
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Effect

# No power of two, nor a quarter or a sixteenth of it: some drivers compile for those once more.
TINY = (52, 44)


def rehearse_effects(
    context: moderngl.Context, shelf: Shelf, effects: Iterable[Effect]
) -> Generator[None]:
    """A file that does not compile is left for its turn, when that is said."""
    seen, target = make_picture(context, TINY), make_picture(context, TINY)
    try:
        for effect in effects:
            try:
                run = IsfRun(context, shelf, effect, TINY)
            except MorphogenError:
                continue
            try:
                yield
                for _ in range(2):  # what it keeps is read from the second on
                    run.draw({}, {}, target, Clock(0.04), other=texture_of(seen))
                    yield
            finally:
                run.release()
    finally:
        release_picture(seen)
        release_picture(target)


def take_turns(*works: Generator[None]) -> Generator[None]:
    """A piece of each in turn, until all are done."""
    left = list(works)
    try:
        while left:
            work = left.pop(0)
            try:
                next(work)
            except StopIteration:
                continue
            left.append(work)
            yield
    finally:
        for work in works:
            work.close()
