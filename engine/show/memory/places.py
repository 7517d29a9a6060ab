"""Where what moves by itself is, kept beside what hands have set: a stage that is begun again goes on there.

In: a voice. Out: names, each with the numbers behind it, and back. What is nobody's is left alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from engine.message import Argument
from engine.show.voice import Voice

PLACES = "/state/place"  # /state/place/mod, /state/place/layer/2/phase
MODULATION, PHASES = "mod", "phase"
LARGEST = 1e9  # turns, seconds: a double still counts them


def describe_places(voice: Voice) -> dict[str, tuple[Argument, ...]]:
    """By the last word of an address."""
    places = {MODULATION: voice.rig.places, PHASES: voice.phases.places}
    return {word: _flatten(own) for word, own in places.items() if own}


def restore_places(voice: Voice, word: str, told: Sequence[Argument]) -> None:
    """Go on where `describe_places` said that another voice was."""
    (voice.rig if word == MODULATION else voice.phases).go_on(_gather(told))


def _flatten(places: Mapping[str, Sequence[float]]) -> tuple[Argument, ...]:
    return tuple(part for name, place in places.items() for part in (name, *place))


def _gather(told: Sequence[Argument]) -> dict[str, list[float]]:
    """The numbers behind each name; none for one with something among them that is no such number."""
    places: dict[str, list[float]] = {}
    name, wrong = "", set()
    for part in told:
        if isinstance(part, str):
            name = part
            places[name] = []
        elif isinstance(part, (int, float)) and math.isfinite(part) and abs(part) < LARGEST:
            places.setdefault(name, []).append(float(part))
        else:
            wrong.add(name)
    return {name: place for name, place in places.items() if name not in wrong}
