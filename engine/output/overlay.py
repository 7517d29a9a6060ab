"""Panels over the picture, in the window only. `osd.py` says which, and how much of each.

In: what they say. Out: textures drawn over framebuffer 0. A thread draws the
letters, so that a panel never delays the picture: until it is ready the old one stands. Never in a
recording, and nothing here when nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import moderngl

from engine.output.latest import LatestWorker
from engine.output.osd import STACK, Seen
from engine.output.panels import Panel, Pixels, draw_panel

TEXT = 32  # a window has this many lines of text: legible from two metres on a 24-inch screen
_SMALLEST, _LARGEST, _READABLE = 15, 72, 8  # pixels

_VERTEX = """#version 330 core
uniform vec4 box;  // left, bottom, width, height of the panel, 0..1 of the screen
out vec2 at;
void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    at = vec2(corner.x, 1.0 - corner.y);  // rows come from the top
    gl_Position = vec4((box.xy + corner * box.zw) * 2.0 - 1.0, 0.0, 1.0);
}
"""

_FRAGMENT = """#version 330 core
uniform sampler2D panel;
uniform float share;
in vec2 at;
out vec4 colour;
void main() {
    colour = texture(panel, at) * share;
}
"""


@dataclass(frozen=True, slots=True)
class _Job:
    panel: Panel
    text: int
    room: tuple[int, int]  # pixels there are for it


class Overlay:
    """Owns the panels' textures and the thread that draws them."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._program = context.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        box, share = self._program["box"], self._program["share"]
        assert isinstance(box, moderngl.Uniform) and isinstance(share, moderngl.Uniform)
        self._box, self._share = box, share
        self._quad = context.vertex_array(self._program, [])
        self._worker: LatestWorker[_Job, Pixels] = LatestWorker(_draw_job, "overlay")
        self._textures: dict[str, moderngl.Texture] = {}
        self._ordered: dict[str, _Job] = {}

    def draw(self, size: tuple[int, int], panels: Mapping[str, Seen]) -> None:
        """Draw what is to be seen now over a screen of `size` pixels."""
        text = min(_LARGEST, max(_SMALLEST, size[1] // TEXT))
        for place, seen in panels.items():
            job = _Job(seen.panel, text, size)
            if self._ordered.get(place) != job:
                self._ordered[place] = job
                self._worker.offer(place, job)
        for place, pixels in self._worker.take().items():
            self._upload(place, pixels)
        for place in [place for place in self._ordered if place not in panels]:
            del self._ordered[place]
            self._drop(place)
        shown = {place: seen.share for place, seen in panels.items() if place in self._textures}
        if shown:
            self._blend(shown, size, text)

    def close(self) -> None:
        """End the thread and release what it owns."""
        self._worker.close()
        for place in list(self._textures):
            self._drop(place)
        self._quad.release()
        self._program.release()

    def _upload(self, place: str, pixels: Pixels) -> None:
        if place not in self._ordered:
            return  # taken away while it was being drawn
        texture = self._textures.get(place)
        if texture is not None and texture.size == pixels.size:
            texture.write(pixels.rgba)
            return
        self._drop(place)
        texture = self._context.texture(pixels.size, 4, pixels.rgba)
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x = False
        texture.repeat_y = False
        self._textures[place] = texture

    def _drop(self, place: str) -> None:
        texture = self._textures.pop(place, None)
        if texture is not None:
            texture.release()

    def _blend(self, shares: Mapping[str, float], size: tuple[int, int], text: int) -> None:
        screen = self._context.screen
        screen.viewport = (0, 0, *size)
        screen.use()
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        sizes = {place: self._textures[place].size for place in shares}
        for place, (left, bottom) in place_panels(sizes, size, text).items():
            texture = self._textures[place]
            self._box.value = (
                left / size[0],
                bottom / size[1],
                texture.width / size[0],
                texture.height / size[1],
            )
            self._share.value = shares[place]
            texture.use(0)
            self._quad.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
        self._context.enable_only(moderngl.NOTHING)


def _draw_job(job: _Job) -> Pixels:
    """The panel, smaller where it would be cut off, but readable."""
    pixels = draw_panel(job.panel, job.text)
    fits = min(room / side for room, side in zip(job.room, pixels.size, strict=True))
    if fits < 1.0:
        pixels = draw_panel(job.panel, max(_READABLE, int(job.text * fits)))
    return pixels


def place_panels(
    panels: Mapping[str, tuple[int, int]], size: tuple[int, int], text: int
) -> dict[str, tuple[int, int]]:
    """Left and bottom of each, in whole pixels so that letters stay sharp: one above the other, low on
    the left; the help in the middle."""
    placed: dict[str, tuple[int, int]] = {}
    bottom = text
    for place in STACK:
        if place in panels:
            placed[place] = (text, bottom)
            bottom += panels[place][1] + text // 2
    for place in panels.keys() - placed.keys():
        width, height = panels[place]
        placed[place] = ((size[0] - width) // 2, (size[1] - height) // 2)
    return placed
