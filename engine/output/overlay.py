"""Panels over the picture, in the window only: help, macros, notices.

In: what they say, and the time. Out: textures drawn over framebuffer 0. A thread draws the
letters, so that a panel never delays the picture: until it is ready the old one stands. Never in a
recording, and nothing here when nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl

from engine.output.latest import LatestWorker
from engine.output.panels import Help, Macros, Panel, Pixels, Words, draw_panel
from engine.output.surface import MacroRow

MACROS_SECONDS = 3.0  # how long the macros stay after the last touch
TEXT = 32  # a window has this many lines of text: legible from two metres on a 24-inch screen
_SMALLEST, _LARGEST = 15, 72  # pixels

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
in vec2 at;
out vec4 colour;
void main() {
    colour = texture(panel, at);
}
"""


@dataclass(frozen=True, slots=True)
class _Job:
    panel: Panel
    text: int


class Overlay:
    """Owns the panels' textures and the thread that draws them."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._program = context.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        box = self._program["box"]
        assert isinstance(box, moderngl.Uniform)
        self._box = box
        self._quad = context.vertex_array(self._program, [])
        self._worker: LatestWorker[_Job, Pixels] = LatestWorker(_draw_job, "overlay")
        self._textures: dict[str, moderngl.Texture] = {}
        self._ordered: dict[str, _Job] = {}
        self._notice: tuple[str, int] = ("", 0)
        self._macros: tuple[MacroRow, ...] = ()
        self._macros_until_ns = 0
        self.help = False

    def notice(self, text: str, until_ns: int) -> None:
        """One line over the picture until then; an earlier one gives way. Empty: none."""
        self._notice = (text, until_ns)

    def macros(self, rows: Sequence[MacroRow], now_ns: int) -> None:
        """The macros, for the panel that `touch` brings up, and a knob that moves and moves nothing:
        else its player would think that it is broken.
        """
        rounded = tuple(
            (name, round(v, 2), None if g is None else round(g, 2)) for name, v, g in rows
        )
        if [row[2] for row in rounded if row[2] is not None] and rounded != self._macros:
            self.touch(now_ns)
        self._macros = rounded

    def touch(self, now_ns: int) -> None:
        """A macro was chosen or moved: show them for a while."""
        self._macros_until_ns = now_ns + round(MACROS_SECONDS * 1e9)

    def draw(self, size: tuple[int, int], chosen: int, now_ns: int) -> None:
        """Draw what is to be seen now over a screen of `size` pixels; `chosen` is a macro, 1..8."""
        wanted = self._list_panels(chosen, now_ns)
        text = min(_LARGEST, max(_SMALLEST, size[1] // TEXT))
        for place, panel in wanted.items():
            fitting = _shrink_help(text, size) if isinstance(panel, Help) else text
            job = _Job(panel, fitting)
            if self._ordered.get(place) != job:
                self._ordered[place] = job
                self._worker.offer(place, job)
        for place, pixels in self._worker.take().items():
            self._upload(place, pixels)
        for place in [place for place in self._ordered if place not in wanted]:
            del self._ordered[place]
            self._drop(place)
        shown = [place for place in wanted if place in self._textures]
        if shown:
            self._blend(shown, size, text)

    def close(self) -> None:
        """End the thread and release what it owns."""
        self._worker.close()
        for place in list(self._textures):
            self._drop(place)
        self._quad.release()
        self._program.release()

    def _list_panels(self, chosen: int, now_ns: int) -> dict[str, Panel]:
        panels: dict[str, Panel] = {}
        if self._macros and now_ns < self._macros_until_ns:
            panels["macros"] = Macros(self._macros, chosen)
        text, until_ns = self._notice
        if text and now_ns < until_ns:
            panels["notice"] = Words((text,))
        if self.help:
            panels["help"] = Help()
        return panels

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

    def _blend(self, places: Sequence[str], size: tuple[int, int], text: int) -> None:
        screen = self._context.screen
        screen.viewport = (0, 0, *size)
        screen.use()
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        for place in places:
            texture = self._textures[place]
            left, bottom = _place_panel(place, texture.size, size, text)
            self._box.value = (
                left / size[0],
                bottom / size[1],
                texture.width / size[0],
                texture.height / size[1],
            )
            texture.use(0)
            self._quad.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
        self._context.enable_only(moderngl.NOTHING)


def _draw_job(job: _Job) -> Pixels:
    return draw_panel(job.panel, job.text)


def _shrink_help(text: int, size: tuple[int, int]) -> int:
    """The help is about 52 texts wide and 29 high: it shrinks rather than be cut off, but stays
    readable.
    """
    return max(8, min(text, size[0] // 54, size[1] // 30))


def _place_panel(
    place: str, panel: tuple[int, int], size: tuple[int, int], text: int
) -> tuple[int, int]:
    """Left and bottom, in whole pixels so that letters stay sharp."""
    middle = (size[0] - panel[0]) // 2
    match place:
        case "macros":
            return text, text
        case "notice":
            return middle, text
        case _:
            return middle, (size[1] - panel[1]) // 2
