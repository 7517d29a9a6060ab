"""Changes that wait for the beat: a wish for a scene, a palette or a preset, kept until its time comes.

In: addresses with their arguments, and the clock. Out: the wishes that are due. One wish of a kind waits
for a layer; a second replaces it. While the clock stands, nothing waits.
"""

from __future__ import annotations

from engine.show.beat.tempo import Tempo
from engine.show.parameter import finite_numbers
from engine.show.routes.arguments import Arguments

# What can wait, by the kinds that replace each other; the triggers among them, let go, mean nothing.
KINDS = ("scene", "palette", "preset", "snapshot", "seed")
GOES = tuple(f"/{kind}/go" for kind in KINDS[:4])
TRIGGERS = (*(f"/{kind}/{way}" for kind in KINDS[:3] for way in ("next", "previous")), "/seed")
WORDS = ("off", "beat", "bar")
BY_SHOW = "show"
LONGEST = 256.0  # beats
UNITS = f'It is "off", "beat", "bar" or a number of beats, 0 to {LONGEST:g}.'
Unit = str | float
Wish = tuple[str, Arguments]


def is_unit(value: object) -> bool:
    """Whether a scene or a show may write it: a word of WORDS, or beats from 0 to 256."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value in WORDS
    return 0.0 <= value <= LONGEST


def measure(unit: Unit, tempo: Tempo) -> float:
    """A unit's length in beats; 0: at once."""
    if isinstance(unit, str):
        return {"beat": 1.0, "bar": float(tempo.beats_per_bar)}.get(unit, 0.0)
    return unit


class Waiting:
    """The wishes that wait, in their order. `unit` is the performer's own; "show": as written."""

    def __init__(self) -> None:
        self.unit: Unit = BY_SHOW
        self._wishes: dict[tuple[int, str], tuple[Wish, Unit]] = {}

    def take(self, layer: int, wish: Wish, written: Unit, tempo: Tempo) -> bool:
        """Keep a wish for later; False if it is to be done now. `written`: the scene's or show's unit.

        Raises `Refused` for a trigger with something that is no number.
        """
        address, arguments = wish
        if address not in GOES and address not in TRIGGERS:
            return False
        unit = written if self.unit == BY_SHOW else self.unit
        if not tempo.running or measure(unit, tempo) <= 0.0:
            return False
        if address in TRIGGERS and arguments and finite_numbers(arguments)[0] == 0.0:
            return False  # a button let go
        key = layer, address.split("/")[1]
        self._wishes.pop(key, None)  # the second is the last in the order too
        self._wishes[key] = wish, unit
        return True

    def due(self, tempo: Tempo) -> list[tuple[int, Wish]]:
        """The wishes whose beat the last tick has reached, with their layers; all if the clock stands."""
        keys = [
            key
            for key, (_, unit) in self._wishes.items()
            if not tempo.running or tempo.crossings(max(measure(unit, tempo), 1 / 64))
        ]
        return [(key[0], self._wishes.pop(key)[0]) for key in keys]

    def forget(self, layer: int) -> None:
        """Leave out those of a layer."""
        self._wishes = {key: wish for key, wish in self._wishes.items() if key[0] != layer}

    def clear(self) -> None:
        """Forget them all."""
        self._wishes.clear()

    def describe(self) -> tuple[str, ...]:
        """Each as people write it: `/layer/2/scene/go coral 2`."""
        return tuple(
            " ".join((f"/layer/{key[0]}{wish[0]}", *(str(part)[:40] for part in wish[1])))
            for key, (wish, _) in self._wishes.items()
        )
