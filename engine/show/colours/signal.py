"""The one colour that a palette is known by: what a pad or a button of a panel is lit in.

In: a palette. Out: `"#rrggbb"`, sRGB: of the hue that most of it has, where that is most colourful and
light; of a palette without hues its lightest.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.show.colours import oklab
from engine.show.colours.palette import Palette, bake

SAMPLES = 64
GREY = 0.03  # chroma: less is no hue that a lamp could show
NEAR = np.radians(25.0)  # hues that are one
KEPT = 1024  # palettes: a file's, and what it was before it was edited


@lru_cache(maxsize=KEPT)
def find_signal(palette: Palette) -> str:
    """Its colour, in 1 ms, and from then on at once."""
    lab = bake(palette, SAMPLES).astype(np.float64)
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.arctan2(lab[:, 2], lab[:, 1])
    worth = lab[:, 0]
    if chroma.max() > GREY:
        worth = worth * chroma
        alike = np.cos(hue[:, None] - hue) >= np.cos(NEAR)
        worth = worth * alike[int((alike @ worth).argmax())]
    light = oklab.oklab_to_linear(lab[int(worth.argmax())])
    stored = np.rint(255 * oklab.encode_srgb(light).clip(0.0, 1.0)).astype(int)
    return "#{:02x}{:02x}{:02x}".format(*stored)
