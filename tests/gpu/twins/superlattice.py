"""Yang 2002: two Brusselators of unlike diffusion, coupled by alpha (x_j - x_i), alpha (y_j - y_i)."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    spread = grid.laplacian(state)
    change = np.zeros_like(state)
    for here, there, layer in ((0, 1, "fine"), (1, 0, "broad")):
        x, y = state[..., here], state[..., here + 2]
        made = x * x * y
        change[..., here] = p[f"{layer}_x"] * spread[..., here] + p["supply"]
        change[..., here] += made - (p["turnover"] + 1) * x
        change[..., here] += p["coupling"] * (state[..., there] - x)
        change[..., here + 2] = p[f"{layer}_y"] * spread[..., here + 2] + p["turnover"] * x - made
        change[..., here + 2] += p["coupling"] * (state[..., there + 2] - y)
    return state + dt * change
