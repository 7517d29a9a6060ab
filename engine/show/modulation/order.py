"""In which order modulation is worked out: what moves another comes before it. No ring of them is let in.

In: modulators, routes, macros. Out: names in their order. A ring could be broken by a frame of delay, but
then a film at 30 frames a second would not be the one at 60: it is refused where it is written or wished.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from engine.show.modulation.modulator import KINDS, MACRO_NAMES, Modulator, Route


class Ring(ValueError):
    """Modulators that move each other in a ring; `names` are those on the way round."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"modulation goes round in a ring: {' -> '.join(names)}")


def find_order(
    modulators: Iterable[Modulator], routes: Iterable[Route], moves: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Names of modulators, parameters and macros, each behind all that it needs. Raises `Ring`.

    `moves`: the parameters that each macro moves.
    """
    modulators = tuple(modulators)
    names = {modulator.name for modulator in modulators}
    needs: dict[str, list[str]] = {}
    for modulator in modulators:
        read = sorted(modulator.formula.names) if modulator.formula else [modulator.of]
        # Of parameters a hand's value is meant, which is there from the beginning.
        needs[modulator.name] = [name for name in read if name in names]
        needs[modulator.name] += [f"{modulator.name}_{own}" for own in KINDS[modulator.kind].own]
    moved = set()
    for route in routes:
        moved.add(route.target)
        needs.setdefault(route.target, []).extend((route.source, route.name))
    for macro, targets in zip(MACRO_NAMES, moves, strict=False):
        for target in targets if macro in moved else ():
            needs.setdefault(target, []).append(macro)
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        ring = reversed(error.args[1])  # each is needed by the next
        raise Ring([name for name in ring if name in names or name in MACRO_NAMES]) from None
