"""Where a show is, round by round: which of its entries is present, and which come after it.

In: how many entries there are now. Out: their numbers, from 0. A loop begins a round after its last entry, a
list ends there; each round of a show in an order of chance has its own, which comes from the seed and the
round alone. Knows no entry's scene, hours or time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.show.cues.playlist import Playlist

MOST_ORDERS = 16  # that are remembered


@dataclass(frozen=True, slots=True)
class Place:
    """The entry that stands at `index` in the order of a round, both counted from 0."""

    index: int = 0
    round: int = 0


class Rounds:
    """Keeps the present place, and the orders of the rounds around it."""

    def __init__(self, playlist: Playlist | None, seed: int) -> None:
        """`seed`: what an order of chance comes from."""
        self.place = Place()
        self.seed = seed
        self._orders: dict[tuple[int, int], list[int]] = {}
        self.adopt(playlist)

    def adopt(self, playlist: Playlist | None) -> None:
        """Go round as a show says that was edited, from the same place."""
        self._loops = playlist is not None and playlist.loop
        self._shuffles = playlist is not None and playlist.shuffle
        self._orders.clear()

    def restore(self, place: Place, seed: int) -> None:
        """Be at a place that was told, with the seed that it was told with."""
        self.place, self.seed = place, seed
        self._orders.clear()

    def present(self, count: int) -> int:
        """The number of the present entry, of so many."""
        order = self.order(count, self.place.round)
        return order[self.place.index % len(order)] if order else 0

    def find(self, entry: int, count: int) -> None:
        """Be at an entry, in this round."""
        index = self.order(count, self.place.round).index(entry)
        self.place = replace(self.place, index=index)

    def look_ahead(self, count: int, by: int) -> Iterator[tuple[Place, int]]:
        """The places after (by 1) or before (by -1) the present one and the entries there, each once; the
        present one last."""
        place = self.place
        for _ in range(count):
            index, rounds = place.index + by, place.round
            if not 0 <= index < count:
                if not self._loops:
                    return
                index, rounds = index % count, max(rounds + by, 0)
            place = Place(index, rounds)
            yield place, self.order(count, rounds)[index]

    def order(self, count: int, rounds: int) -> list[int]:
        """Which entry stands where in a round: of chance, none twice in a row across its ends."""
        known = self._orders.get((count, rounds))
        if known is None:
            if len(self._orders) >= MOST_ORDERS:
                self._orders.clear()
            known = self._orders[count, rounds] = self._make_order(count, rounds)
        return known

    def _make_order(self, count: int, rounds: int) -> list[int]:
        order = list(range(count))
        if not self._shuffles or count < 2:
            return order
        random.Random(f"{self.seed}/{rounds}").shuffle(order)
        if rounds > 0:
            before = list(range(count))
            random.Random(f"{self.seed}/{rounds - 1}").shuffle(before)
            if count > 2 and order[0] == before[-1]:
                order[0], order[1] = order[1], order[0]
        return order
