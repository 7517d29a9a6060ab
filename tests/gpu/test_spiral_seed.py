"""Spirals begin to turn where their seed puts them, the way it says."""

from __future__ import annotations

from pathlib import Path

import moderngl
import pytest

from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed_file import parse_seed
from tests.gpu.running import Run, all_models, default_values, run_model

ROWS, RING = 96, 24  # cells; how far from the middle it is watched


@pytest.mark.parametrize(("turn", "order"), [("left", "ENWS"), ("right", "ESWN")])
def test_a_wave_goes_round_the_way_the_seed_says(
    context: moderngl.Context, shaders: Path, turn: str, order: str
) -> None:
    model = all_models(shaders)["barkley"]
    values = default_values(model)
    spec = parse_seed({"kind": "spirals", "count": 1, "jitter": 0, "turn": turn}, "here")
    state = make_seed(spec, ROWS, ROWS, 1, model.rest, model.brush)
    middle = ROWS // 2
    posts = {
        "E": (middle, middle + RING),
        "N": (middle + RING, middle),
        "W": (middle, middle - RING),
        "S": (middle - RING, middle),
    }
    run = Run(values, model.dt, round(0.3 / model.dt), border="no-flux")
    passed = ""
    before = {post: 1.0 for post in posts}
    for _ in range(120):
        state = run_model(context, shaders, model, state, run)
        for post, place in posts.items():
            if before[post] < 0.5 <= state[(*place, 0)]:
                passed += post
            before[post] = state[(*place, 0)]
    settled = passed[4:12]  # two turns, once the seed's own edges are past; then its tip wanders
    assert len(passed) >= 12, "the spiral went out"
    assert settled in order * 3, passed
