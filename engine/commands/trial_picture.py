"""A picture for effects to be tried on: colours all round, a disc, a grid of fine lines, greys.

In: a size. Out: linear light, row 0 at the bottom. The same each time.
"""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

GREYS = 11


def draw_trial_picture(size: tuple[int, int], turn: float = 0.0) -> NDArray[np.float32]:
    """(rows, columns, 4); `turn` 0..1 turns its colours, so that there can be two of them."""
    columns, rows = size
    x, y = np.meshgrid(
        (np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows, indexing="xy"
    )
    across, up = (x - 0.5) * columns / rows, y - 0.5
    distance = np.hypot(across, up)
    wheel = np.array([colorsys.hsv_to_rgb(hue / 360, 0.75, 1.0) for hue in range(360)])
    hue = ((np.arctan2(up, across) / (2 * np.pi) + turn) % 1.0 * 360).astype(int) % 360
    sent = wheel[hue] * np.clip(1.15 - distance, 0.0, 1.0)[..., None]
    lines = ((x * columns // max(columns // 64, 1)) % 2 == 0) & (np.abs(distance - 0.38) < 0.03)
    sent[lines] = 1.0
    sent[distance < 0.16] = wheel[int(turn * 360) % 360] * 0.25
    sent[distance < 0.12] = 1.0 - wheel[int(turn * 360) % 360] * 0.5
    steps = np.floor(x * GREYS) / (GREYS - 1)
    sent[y < 0.1] = np.repeat(steps[..., None], 3, axis=-1)[y < 0.1]
    light = np.where(sent <= 0.04045, sent / 12.92, ((sent + 0.055) / 1.055) ** 2.4)
    picture = np.ones((rows, columns, 4), np.float32)
    picture[..., :3] = light
    return picture
