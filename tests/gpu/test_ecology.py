"""Who eats whom: cyclic competition, predator and prey, plants on a slope, as the papers say."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.catalogue import Model
from tests.gpu.running import Run, default_values, run_model


def three_sectors(size: int) -> NDArray[np.float64]:
    """Each kind alone in a third of the circle: where they meet, a spiral turns."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    third = np.floor((np.arctan2(y, x) / (2 * np.pi) + 0.5) * 2.9999).astype(int)
    return np.eye(3)[third]


def test_spirals_keep_all_three_kinds_alive(context: moderngl.Context, shaders: Path) -> None:
    # Reichenbach, Mobilia, Frey 2007: in space the three coexist, well mixed they do not.
    model = read_model(shaders / "models" / "cyclic_competition.fs", shaders)
    values = {**default_values(model), "arrival": 1e-6}
    run = Run(values, 0.35, steps=300, border="no-flux")
    spatial = run_model(context, shaders, model, three_sectors(64), run)
    mixed = np.full((4, 4, 3), [0.5, 0.3, 0.1])
    least = 1.0
    for _ in range(6):
        before = spatial
        spatial = run_model(context, shaders, model, spatial, run)
        mixed = run_model(context, shaders, model, mixed, run)
        assert spatial.mean(axis=(0, 1)).min() > 0.15
        assert np.abs(spatial - before).mean() > 0.05  # the spiral turns
        least = min(least, float(mixed.min(axis=2).mean()))
    assert least < 0.001


@pytest.mark.parametrize(("saturation", "cycles"), [(0.3, True), (0.8, False)])
def test_enrichment_starts_the_cycle(
    context: moderngl.Context, shaders: Path, saturation: float, cycles: bool
) -> None:
    # Rosenzweig: the steady state u* = m h / (k - m) loses its calm when u* < (1 - h) / 2.
    model = read_model(shaders / "models" / "predator_prey.fs", shaders)
    values = {**default_values(model), "conversion": 2.0, "mortality": 0.6}
    values["saturation"] = saturation
    prey = 0.6 * saturation / (2.0 - 0.6)
    assert (prey < (1 - saturation) / 2) == cycles
    predator = (1 - prey) * (prey + saturation)
    state = np.full((4, 4, 2), [prey + 0.05, predator])
    seen = []
    for _ in range(60):
        state = run_model(context, shaders, model, state, Run(values, 0.1, steps=50))
        seen.append(float(state[0, 0, 0]))
    swing = np.ptp(seen[-12:])
    assert swing > 0.3 if cycles else swing < 0.01
    if not cycles:
        assert seen[-1] == pytest.approx(prey, rel=0.02)


def front_speed(
    context: moderngl.Context, shaders: Path, model: Model, values: dict[str, float]
) -> float:
    """Cells a unit of time, of predators running into prey that stands at 1."""
    state = np.tile(np.array([1.0, 0.0]), (4, 320, 1))
    state[:, :8, 1] = 0.5
    places = []
    for steps in (900, 900):
        run = Run(values, 0.1, steps=steps, border="no-flux")
        state = run_model(context, shaders, model, state, run)
        places.append(float((state[0, :, 1] > 0.05).nonzero()[0].max()))
    return (places[1] - places[0]) / 90.0


def test_predators_invade_at_the_speed_of_fisher(context: moderngl.Context, shaders: Path) -> None:
    # Linear spreading: 2 sqrt(r D), r = k / (1 + h) - m; from below, as 3 D / (c t) says.
    model = read_model(shaders / "models" / "predator_prey.fs", shaders)
    values = {**default_values(model), "diffuse_predator": 1.0, "diffuse_prey": 1.0}
    expected = 2 * np.sqrt(2.0 / 1.4 - 0.6)
    assert front_speed(context, shaders, model, values) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize(("rainfall", "striped"), [(1.4, True), (2.6, False)])
def test_bands_of_plants_climb_the_hill_where_rain_is_scarce(
    context: moderngl.Context, shaders: Path, rainfall: float, striped: bool
) -> None:
    # Klausmeier 1999: stripes along the contours, moving slowly uphill. Sherratt 2005,
    # doi:10.1007/s00285-005-0319-5: below a = sqrt(sqrt(2) - 1) V^(1/2) m^(5/4), about.
    model = read_model(shaders / "models" / "klausmeier.fs", shaders)
    slope, mortality = 50.0, 0.5
    assert (rainfall < np.sqrt(np.sqrt(2) - 1) * slope**0.5 * mortality**1.25) == striped
    # The water runs to the right, so uphill is left.
    changes = {"rainfall": rainfall, "slope": slope, "mortality": mortality, "downhill": 0.0}
    values = {**default_values(model), **changes}
    start = np.full((8, 96, 2), 0.3)
    start[..., 0] = np.random.default_rng(4).uniform(1.0, 4.0, (8, 96))
    dt = model.limit.largest_dt(values)
    state = run_model(context, shaders, model, start, Run(values, dt, steps=int(80 / dt)))
    plants = state[..., 0].mean(axis=0)
    assert np.ptp(state[..., 0], axis=0).max() < 0.5  # along the contours
    if not striped:
        assert np.ptp(plants) < 0.05 * plants.mean()
        return
    assert plants.max() > 10 * plants.min()
    later = run_model(context, shaders, model, state, Run(values, dt, steps=int(3 / dt)))
    after = later[..., 0].mean(axis=0)
    agreement = [float(np.dot(plants, np.roll(after, shift))) for shift in range(-8, 9)]
    assert np.argmax(agreement) - 8 > 0  # moved back to the right they agree: they went left
