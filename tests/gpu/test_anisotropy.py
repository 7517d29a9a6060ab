"""Diffusion that is turned: against a NumPy twin, within its limit, and faster where it should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.gpu.mapping import least_room
from engine.show.catalogue import BORDERS
from engine.show.sources.anisotropy import Anisotropy, find_stretch, stretched_eigenvalue
from engine.show.sources.source import Source, vary
from tests.gpu.running import Run, default_values, random_state, run_model
from tests.gpu.twins.grid import Grid

ROWS, COLUMNS = 13, 17


def padded(values: NDArray, border: str, outside: float) -> NDArray:
    if border == "fixed":
        return np.pad(values, 1, constant_values=outside)
    return np.pad(values, 1, mode="wrap" if border == "periodic" else "edge")


def turned(values: NDArray, stretch: tuple[NDArray, NDArray], border: str) -> NDArray:
    """s (cos 2t (u_xx - u_yy) + 2 sin 2t u_xy) by central differences, dx = 1, outside 0."""
    p = padded(values, border, 0.0)
    c = p[1:-1, 1:-1]
    u_xx = p[1:-1, 2:] - 2 * c + p[1:-1, :-2]
    u_yy = p[2:, 1:-1] - 2 * c + p[:-2, 1:-1]
    u_xy = (p[2:, 2:] - p[2:, :-2] - p[:-2, 2:] + p[:-2, :-2]) / 4
    return stretch[0] * (u_xx - u_yy) + stretch[1] * 2 * u_xy


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("follow", ["", "value", "along", "across"])
def test_a_turned_step_agrees_with_the_twin(
    context: moderngl.Context, shaders: Path, follow: str, border: str
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    random = np.random.default_rng(7)
    state = random_state(model, random, (ROWS, COLUMNS), 0.8)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    land = (0.4 * np.sin(x / 4.0 + 1) + 0.3 * np.cos(y / 3.0)).astype(np.float32)
    texture = context.texture((COLUMNS, ROWS), 1, land.tobytes(), dtype="f4")
    texture.repeat_x = texture.repeat_y = False
    anisotropy = Anisotropy("lamp", follow) if follow else Anisotropy()
    values: dict[str, Any] = {**default_values(model), "diffusion": 0.2, "cooling": 0.0}
    values |= {"anisotropy": 0.7, "anisotropy_angle": 25.0, "anisotropy_turn": 0.5}
    values |= {"lamp_drift": (0.0, 0.0)}
    base = np.radians(25.0)
    if follow == "value":
        angle = base + np.pi * 0.5 * land.astype(float)
        strength: Any = 0.7
    elif follow:
        # A slope read 1.5 texels to each side, between the texels, as smooth textures are.
        wide = np.pad(land.astype(float), 2, mode="edge")
        read = {k: (wide[2:-2, 2 + k : COLUMNS + 2 + k]) for k in (-2, -1, 1, 2)}
        east, west = (read[1] + read[2]) / 2, (read[-1] + read[-2]) / 2
        up = {k: wide[2 + k : ROWS + 2 + k, 2:-2] for k in (-2, -1, 1, 2)}
        north, south = (up[1] + up[2]) / 2, (up[-1] + up[-2]) / 2
        size = (east - west) ** 2 + (north - south) ** 2
        strength = 0.7 * size / (size + 1e-6)
        angle = base + np.arctan2(north - south, east - west) + (np.pi / 2) * (follow == "across")
    else:
        strength, angle = 0.7, np.full((ROWS, COLUMNS), base)
    stretch = strength * np.cos(2 * angle), strength * np.sin(2 * angle)
    run = Run(
        values,
        0.5,
        1,
        border,
        model.rest,
        sources=(Source("lamp", "noise", {}),),
        textures={"lamp": texture},
        anisotropy=anisotropy,
    )
    found = run_model(context, shaders, model, state, run)[..., 0]
    texture.release()
    u = state[..., 0]
    laplacian = Grid(border, model.rest, 1.0).laplacian(state)[..., 0] + turned(u, stretch, border)
    twin = u + 0.5 * 0.2 * laplacian
    assert np.abs(found - twin).max() <= 1e-5


def test_the_stated_eigenvalue_is_the_stencils_largest_in_any_direction() -> None:
    k = np.linspace(-np.pi, np.pi, 121)
    x, y = np.meshgrid(k, k)
    plain = (8 * (np.cos(x) + np.cos(y)) + 4 * np.cos(x) * np.cos(y) - 20) / 6
    for strength in (0.0, 0.2, 1 / 3, 0.5, 0.8, 0.95):
        worst = 0.0
        for degrees in range(0, 180, 3):
            values = {"anisotropy": strength, "anisotropy_angle": float(degrees)}
            cosine, sine = find_stretch(Anisotropy(), values)
            symbol = plain + cosine * 2 * (np.cos(x) - np.cos(y)) - 2 * sine * np.sin(x) * np.sin(y)
            assert symbol.max() <= 1e-12  # nothing grows
            worst = min(worst, float(symbol.min()))
        assert -worst == pytest.approx(stretched_eigenvalue(strength), abs=1e-9)


@pytest.mark.parametrize("name", ["gray_scott", "fitzhugh_nagumo", "cahn_hilliard"])
def test_the_largest_step_holds_at_the_strongest_anisotropy(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    state = random_state(model, np.random.default_rng(3), (24, 24), 0.2)
    for degrees in (0.0, 20.0, 45.0, 90.0):
        values = {**default_values(model), "anisotropy": 0.95, "anisotropy_angle": degrees}
        dt = model.limit.largest_dt(values, 2.0, stretched_eigenvalue(0.95))
        run = Run(values, dt, 1500, scale=2.0, anisotropy=Anisotropy())
        settled = run_model(context, shaders, model, state, run)
        after = run_model(context, shaders, model, settled, Run(**{**_fields(run), "steps": 1}))
        assert np.isfinite(settled).all()
        for channel, (low, high) in enumerate(model.range):
            if model.rest[channel] not in (low, high):
                assert low < settled[..., channel].min() <= settled[..., channel].max() < high
        assert np.abs(after - settled).max() < 0.2  # no cell flips from step to step


def _fields(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in Run.__dataclass_fields__}


def test_the_room_for_a_reaction_is_less_where_diffusion_is_turned(shaders: Path) -> None:
    model = read_model(shaders / "models" / "gray_scott.fs", shaders)
    values = {**default_values(model), "anisotropy": 0.9, "anisotropy_angle": 0.0}
    plain = least_room(model, vary(()), values, 0.5, 1.5)
    turned_room = least_room(model, vary((), Anisotropy()), values, 0.5, 1.5)
    assert turned_room < plain


def test_heat_spreads_farther_along_than_across(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    state = np.zeros((61, 61, 1))
    state[30, 30] = 1.0
    values = {**default_values(model), "diffusion": 0.2, "cooling": 0.0}
    values |= {"anisotropy": 0.6, "anisotropy_angle": 90.0}
    run = Run(values, 0.5, 300, anisotropy=Anisotropy())
    heat = run_model(context, shaders, model, state, run)[..., 0].astype(float)
    y, x = np.mgrid[-30:31, -30:31]
    # The variance along is 2 D (1 + s) t, across 2 D (1 - s) t.
    assert (heat * y**2).sum() / heat.sum() == pytest.approx(2 * 0.2 * 1.6 * 150, rel=0.02)
    assert (heat * x**2).sum() / heat.sum() == pytest.approx(2 * 0.2 * 0.4 * 150, rel=0.02)
