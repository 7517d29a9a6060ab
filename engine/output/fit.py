"""Where the picture lies in the window: sizes in, a rectangle out, and points from one to the
other. Only arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """In pixels; the origin is whatever the sizes' owner says (here always a corner: centred fits
    are alike in both).
    """

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def fit_picture(picture: tuple[int, int], window: tuple[int, int]) -> Rectangle:
    """The largest rectangle of the picture's aspect, centred in the window; at least one pixel
    each way.
    """
    scale = min(window[0] / picture[0], window[1] / picture[1])
    width = max(1, min(window[0], round(picture[0] * scale)))
    height = max(1, min(window[1], round(picture[1] * scale)))
    return Rectangle((window[0] - width) // 2, (window[1] - height) // 2, width, height)


def locate_in_picture(
    x: float, y: float, place: Rectangle, window_height: int
) -> tuple[float, float]:
    """A point of the window (pixels, y down from the top) as a point of the picture: 0..1, y up
    from its lower edge.

    `place` is the picture's rectangle with y up from the window's lower edge, as GL has it.
    Outside the picture the answer lies outside 0..1.
    """
    return (x - place.x) / place.width, (window_height - y - place.y) / place.height
