"""The trail: a slow mean of what a field shows, and how much it moves."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.field import Field, FieldSpec
from engine.gpu.shelf import Shelf
from engine.gpu.trail import FADE, SLOW, Trail

SHOWN = ((1.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def follow(
    context: moderngl.Context, shaders: Path, *frames: tuple[float, float]
) -> list[NDArray[np.float64]]:
    """The trail's mean and motion after each frame: (the field's value all over, seconds)."""
    shelf = Shelf(context, shaders)
    spec = FieldSpec(32, 16, 1)
    found = []
    with Field(context, spec) as field:
        trail = Trail(context, shelf, spec)
        for value, seconds in frames:
            field.write(np.full((16, 32, 1), value, np.float32))
            trail.follow(field, SHOWN, seconds)
            cells = np.frombuffer(trail.texture.read(), np.float16).reshape(-1, 2)
            found.append(cells[0].astype(np.float64))
            assert (cells == cells[0]).all()
        trail.release()
    shelf.release()
    return found


def test_what_a_field_begins_with_has_not_moved(context: moderngl.Context, shaders: Path) -> None:
    begun, after = follow(context, shaders, (0.8, 0.02), (0.8, 0.02))
    assert begun == pytest.approx((0.8, 0.0), abs=1e-3)
    assert after == pytest.approx((0.8, 0.0), abs=1e-3)


def test_what_moves_glows_and_fades_and_the_mean_comes_after(
    context: moderngl.Context, shaders: Path
) -> None:
    _, moved, later = follow(context, shaders, (0.2, 0.02), (0.6, 0.1), (0.6, 0.5))
    mean = 0.2 + 0.4 * -np.expm1(-0.1 / SLOW)
    assert moved == pytest.approx((mean, 0.6), abs=2e-3)
    glow = max(0.6 * np.exp(-0.5 / FADE), 1.5 * (0.6 - mean))
    assert later == pytest.approx((mean + (0.6 - mean) * -np.expm1(-0.5 / SLOW), glow), abs=2e-3)
