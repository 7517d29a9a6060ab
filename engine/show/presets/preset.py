"""A preset: a named place of a model, from the literature, and how a field must begin there.

`preset_file.py` reads them, `routes/presets.py` plays them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.show.seeds.seed import SeedSpec

if TYPE_CHECKING:
    from engine.show.scene import Scene

STATES = ("alive", "settles", "dies")


@dataclass(frozen=True, slots=True)
class Preset:
    """`values` are native ones of the model's parameters. Without a `seed` any beginning will do.

    `begins`: nothing else that lives glides there, so that playing it begins anew from its seed.
    `state` is what the source says becomes of it: "alive" (never still), "settles", "dies" or "".
    """

    id: str
    title: str
    source: str
    values: Mapping[str, tuple[float, ...]]
    seed: SeedSpec | None = None
    grow: int = 0
    begins: bool = False
    state: str = ""


def find_preset(presets: Iterable[Preset], name: str) -> Preset | None:
    """The preset called so, if there is one."""
    return next((preset for preset in presets if preset.id == name), None)


def begin_with(scene: Scene, preset: Preset | None) -> Scene:
    """The scene as it begins when `preset` is played in it: the preset's seed, its own all else."""
    if preset is None or preset.seed is None:
        return scene
    return replace(scene, seed=preset.seed, grow=preset.grow)
