"""A picture's own colours. In: its pixels. Out: a few of them, by k-means in OKLab, dark to light.

Lloyd's algorithm (S. P. Lloyd, IEEE Trans. Inf. Theory 28, 1982) from seeds as far apart as they can
be; nothing is left to chance, so that a picture gives the same palette each time. What seldom occurs
counts less, but does count: an accent may be small.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.show.colours import oklab
from engine.show.colours.foreign.swatches import Swatches, Unreadable, take_colours

SIDE = 96  # pixels of the small copy that is looked at
ROUNDS = 16


def read_picture(path: Path, count: int) -> list[Swatches]:
    """`count` (2..32) colours of a picture file. Raises `Unreadable`."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            image.draft("RGB", (SIDE, SIDE))
            small = image.convert("RGBA")
            small.thumbnail((SIDE, SIDE))
            pixels = np.asarray(small, np.float64).reshape(-1, 4) / 255.0
    except UnidentifiedImageError:
        raise Unreadable("is no picture that can be read", "Use PNG, JPEG, WebP, ...") from None
    except Image.DecompressionBombError:
        raise Unreadable("is too large a picture", "Make it smaller first.") from None
    except Exception as error:  # whatever a broken file makes of its reader
        what = f"cannot be read as a picture ({type(error).__name__})"
        raise Unreadable(what, "Is the file whole?") from None
    seen = pixels[pixels[:, 3] > 0.5, :3]
    if not len(seen):
        raise Unreadable("is transparent all over")
    lab = oklab.linear_to_oklab(oklab.decode_srgb(seen))
    means = find_means(lab, count)
    ordered = means[np.argsort(means[:, 0])]
    return [take_colours("", [(float(x), float(y), float(z)) for x, y, z in ordered])]


def find_means(lab: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """At most `count` colours (k, 3) that stand for all of `lab` (n, 3)."""
    means = lab.mean(axis=0, keepdims=True)
    apart = np.linalg.norm(lab - means, axis=1)
    seeds = [lab[int(apart.argmin())]]
    nearest = np.linalg.norm(lab - seeds[0], axis=1)
    while len(seeds) < count and nearest.max() > 0.02:  # nearer ones look alike
        # Not the very farthest, which is one odd pixel: the middle of the farthest fiftieth.
        far = lab[nearest >= np.quantile(nearest, 0.98)]
        seeds.append(far[int(np.linalg.norm(far - np.median(far, axis=0), axis=1).argmin())])
        nearest = np.minimum(nearest, np.linalg.norm(lab - seeds[-1], axis=1))
    means = np.array(seeds)
    for _ in range(ROUNDS):
        owner = _own(lab, means)
        moved = np.array(
            [lab[owner == k].mean(axis=0) if (owner == k).any() else m for k, m in enumerate(means)]
        )
        if np.allclose(moved, means, atol=1e-4):
            break
        means = moved
    owner = _own(lab, means)
    return np.array([_liven(lab[owner == k]) for k in range(len(means)) if (owner == k).any()])


def _own(lab: NDArray[np.float64], means: NDArray[np.float64]) -> NDArray[np.intp]:
    """Which mean each colour is nearest to."""
    return np.asarray(np.linalg.norm(lab[:, None] - means[None], axis=2).argmin(axis=1))


def _liven(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of the more colourful part: that of all is duller than what one remembers."""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    return np.asarray(lab[chroma >= np.quantile(chroma, 0.6)].mean(axis=0))
