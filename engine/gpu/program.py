"""Programs: a source and its parameters, compiled, with a uniform block; errors speak of files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import moderngl

from engine.assets import Folder
from engine.errors import MorphogenError
from engine.gpu.block import GLSL_TYPES, Block, declare_block
from engine.gpu.compile_errors import explain_log
from engine.gpu.source import Place, Source
from engine.show.parameter import Parameter

SRC1_COLOR = 0x88F9  # moderngl has no name for it
CONTINUED = re.compile(r"(?:[^\n]*\\\n)+[^\n]*")
# One triangle that covers the picture; no buffers. `uv` is 0..1, origin at the bottom left.
# It is a variable of its own, not a macro: a shader's functions may have a `uv` themselves.
VERTEX = """out vec2 isf_FragNormCoord;
out vec2 uv;
void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    isf_FragNormCoord = corner;
    uv = corner;
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
"""
# A rectangle for each instance, from `boxes` of the block: left, bottom, right, top, in uv.
BOXES = """out vec2 uv;
flat out int which;
void main() {
    vec4 box = boxes[gl_InstanceID];
    uv = mix(box.xy, box.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
    which = gl_InstanceID;
    gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
}
"""
# What is drawn into boxes adds to the part that it keeps of what is there.
BOXES_HEAD = """layout(location = 0, index = 0) out vec4 added;
layout(location = 0, index = 1) out vec4 kept;
in vec2 uv;
flat in int which;
"""
# A point draws what its vertex said.
MARK = """flat in vec4 marked;
out vec4 drawn;
void main() { drawn = marked; }
"""
# What ISF 2.0 promises every shader, in the words of GLSL 330 core.
PRELUDE = """precision highp float;
in vec2 isf_FragNormCoord;
in vec2 uv;
#define vv_FragNormCoord isf_FragNormCoord
#define IMG_NORM_PIXEL texture
#define IMG_THIS_PIXEL(image) texture(image, isf_FragNormCoord)
#define IMG_THIS_NORM_PIXEL(image) texture(image, isf_FragNormCoord)
#define IMG_SIZE(image) vec2(textureSize(image, 0))
#define IMG_PIXEL(image, place) texture(image, (place) / vec2(textureSize(image, 0)))
"""
STANDARD_FIELDS = (
    ("RENDERSIZE", "vec2"),
    ("TIME", "float"),
    ("TIMEDELTA", "float"),
    ("FRAMEINDEX", "int"),
    ("PASSINDEX", "int"),
    ("DATE", "vec4"),
)


def block_fields(parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    """Names and GLSL types of a pass's parameters, with `<name>_phase` for each that asks."""
    fields = []
    for parameter in parameters:
        fields.append((parameter.name, GLSL_TYPES[parameter.kind]))
        if parameter.phase:
            fields.append((f"{parameter.name}_phase", "float"))
    return fields


class Program:
    """A compiled program, its block, a vertex array to draw one triangle with. Owns all three."""

    def __init__(
        self,
        context: moderngl.Context,
        source: Source,
        shaders: Folder,
        *,
        head: str,
        tail: str = "",
        fields: Sequence[tuple[str, str]] = (),
        samplers: Sequence[str] = (),
        points: bool = False,
        boxes: bool = False,
    ) -> None:
        """`head` and `tail` are generated GLSL before and after the source; texture unit n belongs
        to `samplers[n]`. `points`: the source is a vertex shader that gives each point its place
        and, as `marked`, what it draws there. `boxes`: the source draws into the rectangles of its
        block's `boxes` only. Raises `MorphogenError` in the words of the source's own files.
        """
        version = "#version 410 core" if context.version_code >= 410 else "#version 330 core"
        images = "".join(f"uniform sampler2D {name};\n" for name in samplers)
        block = declare_block(fields)
        prelude = BOXES_HEAD if boxes else PRELUDE
        before = "\n".join((version, prelude, block, images, head)) + "\n"
        generated: list[Place] = [(None, line) for line in range(1, before.count("\n") + 1)]
        text = join_lines(f"{before}{source.text}\n{tail}\n")
        whole = f"{version}\n{block}\n{BOXES}" if boxes else f"{version}\n{VERTEX}"
        try:
            self.program = context.program(
                vertex_shader=text if points else whole,
                fragment_shader=f"{version}\n{MARK}" if points else text,
            )
        except moderngl.Error as error:
            places = (*generated, *source.places)
            main = next(iter(source.files), None)
            raise MorphogenError(*explain_log(str(error), places, shaders, main)) from None
        for unit, name in enumerate(samplers):
            if name in self.program:
                self.program[name] = unit
        parameters = self.program.get("Parameters", None)
        if isinstance(parameters, moderngl.UniformBlock):  # who reads none of them has no block
            parameters.binding = 0
        self.block = Block(context, fields)
        self.files = source.files
        self._context = context
        self._triangle = context.vertex_array(self.program, [])

    def set(self, values: Mapping[str, float | Sequence[float]]) -> None:
        """Write the block: once for as many draws as use the same values."""
        self.block.write(values)

    def bind(self) -> None:
        """Make this program's block the one that draws read."""
        self.block.buffer.bind_to_uniform_block(0)

    def draw(self) -> None:
        """Draw one triangle over the whole of the framebuffer in use."""
        self._triangle.render(moderngl.TRIANGLES, vertices=3)

    def draw_points(self, count: int) -> None:
        """Draw `count` points, for a program of points."""
        if count > 0:  # moderngl takes 0 for a number it is to find out itself
            self._triangle.render(moderngl.POINTS, vertices=count)

    def draw_boxes(self, count: int) -> None:
        """Blend into the first `count` boxes of the framebuffer in use, one after the other: what the
        source says is added, and its part kept of what was there (dual-source blending, core since 3.3).
        """
        context = self._context
        context.enable(moderngl.BLEND)
        context.blend_func = moderngl.ONE, SRC1_COLOR
        self._triangle.render(moderngl.TRIANGLE_STRIP, vertices=4, instances=count)
        context.disable(moderngl.BLEND)
        context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA

    def release(self) -> None:
        self._triangle.release()
        self.program.release()
        self.block.release()


def join_lines(text: str) -> str:
    """Lines that go on behind a backslash as one, with as many empty ones after it: GLSL knows no such
    lines before 4.20, and a compiler's line numbers must stay those of the source."""
    return CONTINUED.sub(lambda f: f[0].replace("\\\n", " ") + "\n" * f[0].count("\n"), text)
