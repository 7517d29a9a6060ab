"""Chance: a layer thrown somewhere else (`/random`), or changed a little (`/mutate`), within what is musical.

In: a voice, a seeded random generator, an amount 0..1, a time. Out: values on their way there. What the
scene's macros move goes only where its author lets it; the parameters of a map only where it lives, by ways
that never leave that. Other parameters of the model stay near what the scene gives them, those of the
look go further. Pace, light, and what a hand paints with are left alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from engine.show.catalogue import PLAY
from engine.show.maps.life_map import LifeMap
from engine.show.maps.region import Point
from engine.show.maps.travel import Travel
from engine.show.parameter import Parameter, clamp_value, from_norm, to_norm
from engine.show.voice import Voice

MODEL_ROOM, LOOK_ROOM = 0.08, 0.3  # of the range, to either side of the scene's own value
PACE_ROOM = 0.15  # of its way, to either side, for a macro that moves the pace or the light
STEP = 0.5  # of the room: how far a change at the whole amount goes, two times of three
PACE = frozenset((*PLAY, "exposure"))
Aim = Callable[[float, float, float], float]  # present, least, most -> where to, all in 0..1


def throw(chance: random.Random, amount: float) -> Aim:
    """Anywhere within the room; with less than the whole amount, so far from here to there."""

    def aim(present: float, least: float, most: float) -> float:
        return present + (chance.uniform(least, most) - present) * amount

    return aim


def change(chance: random.Random, amount: float) -> Aim:
    """Not far from here, within the room."""

    def aim(present: float, least: float, most: float) -> float:
        there = present + chance.gauss(0.0, STEP * amount * (most - least))
        return min(max(there, min(least, present)), max(most, present))

    return aim


def scatter(
    voice: Voice,
    look: Sequence[Parameter],
    chart: tuple[LifeMap, Point] | None,
    aim: Aim,
    time: tuple[float, str],
) -> None:
    """Send everything musical of a voice where `aim` says. `look`: the parameters of its look; `chart`:
    the map of its model and where the voice is on it, if it has one."""
    kept = set(PACE)
    if chart is not None:
        life, here = chart
        kept |= {life.x.parameter.name, life.y.parameter.name}
        goal = (aim(here[0], 0.0, 1.0), aim(here[1], 0.0, 1.0))
        voice.travel = Travel(life, voice.bank, here, goal, seconds=time[0])
        voice.finger = ()
    values: dict[str, tuple[float, ...]] = {}
    for index, macro in enumerate(voice.scene.macros):
        names = {name for name, _, _ in macro.moves}
        if not names or (chart is not None and names & (kept - PACE)):
            continue
        least, most = 0.0, 1.0
        if names & PACE:
            least, most = max(macro.value - PACE_ROOM, 0.0), min(macro.value + PACE_ROOM, 1.0)
        voice.macros[index] = min(max(aim(voice.macros[index], least, most), 0.0), 1.0)
        values |= dict(voice.macro_moves(index, voice.macros[index]))
    kept |= {name for macro in voice.scene.macros for name, _, _ in macro.moves}
    kept |= voice.model.read_once
    rooms = [(MODEL_ROOM, p) for p in voice.model.parameters] + [(LOOK_ROOM, p) for p in look]
    for room, parameter in rooms:
        name = parameter.name
        if name in kept or name.startswith("palette_") or parameter.kind != "float":
            continue
        own = voice.scene.values.get(name, parameter.default)[0]
        at, present = (to_norm(parameter, v) for v in (own, voice.bank.wanted(name)[0]))
        there = aim(present, max(at - room, 0.0), min(at + room, 1.0))
        values[name] = clamp_value(parameter, (from_norm(parameter, there),))
    voice.bank.morph(values, *time)
