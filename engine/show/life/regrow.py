"""Growing a layer's scene anew, by a fade: another seed, the same hands.

In: a director, a layer. Out: its scene, coming in once more over what is seen.
"""

from __future__ import annotations

import math
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.generator import look_of
from engine.show.memory.snapshot import restore_values, take_snapshot
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.director import Director


def regrow(
    director: Director, number: int, fade: float, *, own: bool = False, same: bool = False
) -> None:
    """Fade layer `number` to its own scene with the director's present seed.

    What hands have moved stays as it is, and the palette, also in the middle of its own fade. With
    `own` the field is steered by the scene's own values again, and only how it looks stays. With
    `same` the scene's time in the show goes on.
    """
    old = director.layer(number).voice
    kept, colours = take_snapshot(old), copy(old.colours)
    begun = "" if own else kept.begun
    director.go(number, old.scene.id, fade, preset=begun, enter="dissolve", same=same)
    voice = director.layer(number).voice
    voice.preset = voice.preset if own else old.preset
    voice.colours = colours
    voice.finger = () if own else old.finger
    if own:
        steering = _steering(director, voice)
        reset = [any(n in steering for n, _, _ in macro.moves) for macro in voice.scene.macros]
        for macro, anew in zip(voice.scene.macros, reset, strict=True):
            if anew:
                steering |= {name for name, _, _ in macro.moves}
        macros = zip(voice.macros, kept.macros, reset, strict=True)
        kept = replace(
            kept,
            macros=tuple(fresh if anew else held for fresh, held, anew in macros),
            values=tuple(value for value in kept.values if value[0] not in steering),
        )
    restore_values(voice, kept, 0.0)
    voice.bank.jump()


def is_moved(director: Director, voice: Voice) -> bool:
    """Whether hands have taken the field away from the values that its scene gives it."""
    fresh = Voice(0, voice.scene, voice.seed, director.catalogue, director.pace)
    return any(
        not math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-9)
        for name in _steering(director, voice)
        for a, b in zip(voice.bank.wanted(name), fresh.bank.wanted(name), strict=True)
    )


def _steering(director: Director, voice: Voice) -> set[str]:
    """The parameters that decide how the field changes: all but those of the look and the finish."""
    catalogue = director.catalogue
    shown = (*look_of(catalogue, voice.scene).parameters, *catalogue.finish)
    return set(voice.parameters) - {parameter.name for parameter in shown}
