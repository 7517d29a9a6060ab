"""How far a long work is, in a terminal: one line, gone at its end. In: counts. Out: stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def count(unit: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """What is called with how many `unit`s are done, and of how many. Shown only after half a second."""
    from tqdm import tqdm

    with tqdm(total=None, unit=unit, disable=quiet, leave=False, delay=0.5) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
