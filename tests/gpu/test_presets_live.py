"""Presets of models that never rest, each from its own seed: a pattern, and one that moves."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.headers import read_model
from engine.show.catalogue import Model
from engine.show.presets.preset import Preset
from engine.show.presets.preset_file import load_presets
from engine.show.seeds.first_state import make_seed
from tests.gpu.running import Run, default_values, run_model

FOLDER = Path(__file__).resolve().parents[2] / "shaders"
ROWS = 96


def presets_of(name: str) -> list[tuple[Model, Preset]]:
    model = read_model(FOLDER / "models" / f"{name}.fs", FOLDER)
    presets = load_presets(FOLDER / "models" / f"{name}.presets.toml", model)[0]
    return [(model, preset) for preset in presets if preset.state in ("alive", "settles")]


MODELS = (
    "fitzhugh_nagumo ginzburg_landau kuramoto_sivashinsky cyclic_competition predator_prey keller_segel "
    "barkley lambda_omega"
).split()
TOLD = [told for name in MODELS for told in presets_of(name)]


@pytest.mark.parametrize(("model", "preset"), TOLD, ids=[p.id for _, p in TOLD])
def test_it_is_a_pattern_that_moves_if_its_source_says_so(
    context: moderngl.Context, model: Model, preset: Preset
) -> None:
    values = {**default_values(model), **{n: v[0] for n, v in preset.values.items()}}
    dt = min(model.dt, model.limit.largest_dt(values))
    assert preset.seed
    start = make_seed(preset.seed, ROWS, ROWS, 1, model.rest, model.brush)
    before = run_model(context, FOLDER, model, start, Run(values, dt, round(160 / dt)))
    after = run_model(context, FOLDER, model, before, Run(values, dt, round(4 / dt)))
    assert np.isfinite(after).all() and after[..., 0].std() > 0.1
    if preset.state == "alive":
        assert np.abs(after - before).mean() > 0.01
