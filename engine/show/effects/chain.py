"""Effects and transitions in a frame: what the GPU is to draw of them, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.parameter import Value


@dataclass(frozen=True, slots=True)
class EffectFrame:
    """One effect in this frame. `key` names it for as long as it plays, `effect` is its id.

    `values` are native, by the names of its own header, with `<name>_phase`. `amount` 0..1: how much
    of its picture is laid over what there is; one of 0 is to be made ready, and is not drawn.
    """

    key: str
    effect: str
    values: Mapping[str, Value]
    amount: float


Chain = tuple[tuple[EffectFrame, ...], ...]
"""Effects in their order. Those of one link, as while one takes another's place, see the same picture
and are laid over it in turn."""


@dataclass(frozen=True, slots=True)
class TransitionFrame:
    """How a voice comes in over those below it, where it does not dissolve: `progress` 0 (they) to 1 (it),
    `whole` how much of that is laid over them; less than 1 while it has to leave in between."""

    key: str
    transition: str
    values: Mapping[str, Value]
    progress: float
    whole: float = 1.0
