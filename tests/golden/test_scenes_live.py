"""Every scene at 1, 5 and 20 seconds is a picture: neither empty nor flat, alive and not noise."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.library import Library, read_library
from engine.show.colours import oklab
from tests.painting import Picture, paint

ROOT = Path(__file__).resolve().parents[2]
SCENES = sorted(path.stem for path in (ROOT / "scenes").glob("*.toml"))
MOMENTS = (1.0, 2.0, 5.0, 6.0, 20.0, 21.0)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


def lightness(picture: Picture) -> NDArray[np.float64]:
    """OKLab's L, 0 to 1, of each pixel."""
    linear = oklab.decode_srgb(picture.astype(np.float64) / 255.0)
    return np.asarray(oklab.linear_to_oklab(linear))[..., 0]


def largest_clipped_part(picture: Picture) -> float:
    """Of the pixels, in the channel that is clipped most; black is no clipping."""
    return float((picture == 255).mean(axis=(0, 1)).max())


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_a_living_picture(
    context: moderngl.Context, library: Library, scene: str
) -> None:
    pictures = paint(context, library, scene, moments=MOMENTS, size=(160, 90), fps=15)
    wrong = []
    for index in range(0, len(MOMENTS), 2):
        now, later = pictures[index], pictures[index + 1]
        when = f"at {MOMENTS[index]:g} s"
        deviation = lightness(now).std()
        clipped = largest_clipped_part(now)
        change = np.abs(later.astype(float) - now.astype(float)).mean() / 255
        print(
            f"{scene} {when}: deviation {deviation:.3f} clipped {clipped:.3f} change {change:.4f}"
        )
        if not 4 < now.mean() < 251:
            wrong.append(f"{when} its mean is {now.mean():.1f} of 255")
        if deviation < 0.08:
            wrong.append(f"{when} its lightness deviates by {deviation:.3f}, less than 0.08")
        if clipped > 0.05:
            wrong.append(f"{when} {clipped:.1%} of a channel is clipped, more than 5 %")
        if not 0.002 <= change <= 0.25:
            wrong.append(f"{when} it changes by {change:.4f} in a second, not 0.002 to 0.25")
    assert not wrong, f"{scene}: {'; '.join(wrong)}"


def test_three_seeds_are_three_pictures(context: moderngl.Context, library: Library) -> None:
    pictures = [
        paint(context, library, "coral", moments=(1.0,), size=(160, 90), fps=15, seed=seed)[0]
        for seed in (1, 2, 3)
    ]
    for index, picture in enumerate(pictures):
        other = pictures[index - 1]
        assert np.abs(picture.astype(float) - other.astype(float)).mean() > 5
