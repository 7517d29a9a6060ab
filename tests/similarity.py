"""How alike two pictures are: SSIM, as Wang, Bovik, Sheikh and Simoncelli have it (IEEE Transactions on
Image Processing 13(4), 2004, doi:10.1109/TIP.2003.819861), with a window of 7 x 7 pixels all alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WINDOW = 7
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
LUMA = np.array([0.2126, 0.7152, 0.0722])
Picture = NDArray[np.floating] | NDArray[np.uint8]


def similarity(a: Picture, b: Picture) -> float:
    """The mean SSIM of two pictures (rows, columns, 3) of 0..255: 1 if they are the same."""
    x, y = (picture.astype(np.float64) @ LUMA for picture in (a, b))
    mean_x, mean_y = _blur(x), _blur(y)
    variance = _blur(x * x) - mean_x**2 + _blur(y * y) - mean_y**2
    covariance = _blur(x * y) - mean_x * mean_y
    alike = (2 * mean_x * mean_y + C1) * (2 * covariance + C2)
    return float((alike / ((mean_x**2 + mean_y**2 + C1) * (variance + C2))).mean())


def halve(picture: Picture) -> NDArray[np.float64]:
    """Each four pixels made one: rows and columns even."""
    height, width = picture.shape[:2]
    return picture.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))


def _blur(image: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each window that lies within."""
    sums = np.pad(image, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    n = WINDOW
    return (sums[n:, n:] - sums[:-n, n:] - sums[n:, :-n] + sums[:-n, :-n]) / n**2
