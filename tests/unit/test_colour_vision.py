"""The palettes of the group "safe", seen by eyes that lack a kind of cone: values stay apart.

How they see: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for
simulation of color vision deficiency", IEEE TVCG 15 (2009), doi:10.1109/TVCG.2009.113, at their full
severity; the matrices are for linear sRGB.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.show.colours import oklab
from engine.show.colours.palette import Palette, bake, load_palette, lut_to_linear

PALETTES = Path(__file__).parents[2] / "config" / "palettes"
EYES = {
    "no red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
VALUES = 10  # of a picture that are to be told apart
APART = 0.055  # in OKLab's lightness: nearly three just visible differences


def see(lab: NDArray[np.float32], eyes: str) -> NDArray[np.float64]:
    """The colours (n, 3) in OKLab as those eyes see them."""
    light = lut_to_linear(lab) @ np.array(EYES[eyes]).T
    return oklab.linear_to_oklab(light.clip(0.0, 1.0))


def smallest_step(palette: Palette, eyes: str) -> float:
    """How far apart in lightness the nearest two of VALUES neighbouring values are; negative where
    lightness turns back."""
    lightness = see(bake(palette, VALUES), eyes)[:, 0]
    steps = np.diff(lightness)
    return float((steps * np.sign(lightness[-1] - lightness[0])).min())


def load_group(group: str) -> list[Palette]:
    every = [load_palette(path) for path in sorted(PALETTES.glob("*.toml"))]
    return [palette for palette in every if palette.group == group]


SAFE = load_group("safe")


def test_there_is_a_choice_of_safe_palettes() -> None:
    assert len(SAFE) >= 5
    assert {palette.kind for palette in SAFE} == {"glow", "paper"}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("palette", SAFE, ids=lambda palette: palette.id)
def test_neighbouring_values_of_a_safe_palette_stay_apart_in_lightness(
    palette: Palette, eyes: str
) -> None:
    assert smallest_step(palette, eyes) > APART
    lightness = see(bake(palette), eyes)[:, 0]
    assert np.all(np.diff(lightness) * np.sign(lightness[-1] - lightness[0]) > 0)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("palette", SAFE, ids=lambda palette: palette.id)
def test_the_accent_of_a_safe_palette_is_seen_against_every_value(
    palette: Palette, eyes: str
) -> None:
    accent = see(np.array([palette.accent], np.float32), eyes)
    assert np.linalg.norm(see(bake(palette), eyes) - accent, axis=1).min() > 0.04


def test_not_every_palette_is_safe() -> None:
    unsafe = [
        palette.id
        for path in sorted(PALETTES.glob("*.toml"))
        for palette in [load_palette(path)]
        if min(smallest_step(palette, eyes) for eyes in EYES) < APART
    ]
    assert {"scarab", "oil", "garnet"} <= set(unsafe)
