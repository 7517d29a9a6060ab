"""The picture on the screen: a framebuffer comes in and goes to another as large as fits, black
around.

The other is the window's own or a film's. Never waits, never reads anything back, changes nothing
of the picture or its texture.
"""

from __future__ import annotations

import moderngl

from engine.output.fit import Rectangle, fit_picture

_VERTEX = """#version 330 core
out vec2 at;
void main() {
    at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
}
"""

_FRAGMENT = """#version 330 core
uniform sampler2D picture;
in vec2 at;
out vec4 colour;
void main() {
    colour = vec4(texture(picture, at).rgb, 1.0);
}
"""


class Screen:
    """Owns the program that draws the picture."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._program = context.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        self._quad = context.vertex_array(self._program, [])
        self._sampler = context.sampler(
            repeat_x=False, repeat_y=False, filter=(moderngl.LINEAR, moderngl.LINEAR)
        )

    def draw(
        self, picture: moderngl.Framebuffer, target: moderngl.Framebuffer, size: tuple[int, int]
    ) -> Rectangle:
        """Draw the picture into a target of `size` pixels; returns where it lies, y up.

        The size is told, since moderngl keeps that of a window's framebuffer as it was at first.
        """
        place = fit_picture(picture.size, size)
        texture = picture.color_attachments[0]
        assert isinstance(texture, moderngl.Texture)
        self._context.enable_only(moderngl.NOTHING)
        target.viewport = (0, 0, *size)
        target.use()
        target.clear(0.0, 0.0, 0.0, 1.0)
        target.viewport = (place.x, place.y, place.width, place.height)
        texture.use(0)
        self._sampler.use(0)
        self._quad.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._sampler.clear(0)
        return place

    def close(self) -> None:
        """Release what it owns."""
        self._quad.release()
        self._program.release()
        self._sampler.release()
