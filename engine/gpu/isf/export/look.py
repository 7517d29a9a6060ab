"""A look as a plain ISF effect: the picture that comes in is the field that it draws.

In: a look and its file. Out: GLSL whole in itself. The lightness of `inputImage` is the body, how
colourful it is the light; the palette is three colours. Looks speak GLSL 3.30: hosts that have less say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.assets import Folder, as_folders
from engine.gpu.isf.export.header import write_colour, write_header, write_input
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.program import join_lines
from engine.gpu.source import name_path, resolve_includes
from engine.show.catalogue import Look
from engine.show.parameter import Parameter

MAIN = re.compile(r"\bvoid\s+main\s*\(\s*(void)?\s*\)")
PASSES: tuple[Mapping[str, Any], ...] = (
    {"TARGET": "field", "FLOAT": True},
    {"TARGET": "trail", "PERSISTENT": True, "FLOAT": True},
    {"TARGET": "palette_image", "FLOAT": True, "WIDTH": "256", "HEIGHT": "2"},
    {},
)
COLOURS = (
    write_colour("colour_low", "Colour of the dark", (0.02, 0.03, 0.09)),
    write_colour("colour_middle", "Colour between", (0.72, 0.16, 0.28)),
    write_colour("colour_high", "Colour of the bright", (1.0, 0.87, 0.62)),
    write_colour("colour_accent", "Colour of the accent", (0.35, 0.75, 1.0)),
)
IMAGE = {"NAME": "inputImage", "TYPE": "image"}
# Made by the engine from the palette's file, before a look sees it: nothing an exported file has.
BAKED = ("palette_hue", "palette_saturation", "palette_posterise", "palette_reverse")


def export_look(look: Look, shaders: Folder) -> str:
    """The text of the file. Raises `MorphogenError` if the look cannot be read."""
    path = as_folders(shaders).find(f"looks/{look.id}.fs")
    shader = read_shader(path, name_path(path, shaders))
    source = resolve_includes(shader, shaders)
    parameters = [p for p in source.parameters if p.name not in BAKED]
    own = MAIN.sub("void look_main()", join_lines(source.text))
    header = write_header(
        f"{look.title} (exported from Morphogen)",
        shader.credit,
        ["Stylize"],
        [IMAGE, *(write_input(p) for p in parameters), *COLOURS],
        PASSES,
    )
    return "\n".join((header, HEAD, _phases(parameters), own, TAIL))


def _phases(parameters: list[Parameter]) -> str:
    """The integral of a rate that does not move is its product with time."""
    return "".join(
        f"#define {p.name}_phase fract({p.name} * TIME)\n" for p in parameters if p.phase
    )


HEAD = """
const vec4 shown_body = vec4(1.0, 0.0, 0.0, 0.0), shown_light = vec4(0.0, 1.0, 0.0, 0.0);
vec2 uv;
"""
TAIL = """
vec3 light_of(vec3 sent) {
    return mix(sent / 12.92, pow((sent + 0.055) / 1.055, vec3(2.4)), step(0.04045, sent));
}

vec3 sent_of(vec3 light) {
    vec3 c = clamp(light, 0.0, 1.0);
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

void main() {
    uv = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        vec3 seen = IMG_NORM_PIXEL(inputImage, uv).rgb;
        float most = max(seen.r, max(seen.g, seen.b)), least = min(seen.r, min(seen.g, seen.b));
        gl_FragColor = vec4(dot(seen, vec3(0.299, 0.587, 0.114)), most - least, 0.0, 1.0);
    } else if (PASSINDEX == 1) {
        // A slow mean of the body, and how much it moves.
        float body = IMG_NORM_PIXEL(field, uv).r;
        vec2 was = FRAMEINDEX < 2 ? vec2(body, 0.0) : IMG_NORM_PIXEL(trail, uv).rg;
        float motion = min(abs(body - was.r) * 1.5, 1.0);
        gl_FragColor = vec4(mix(was.r, body, 0.03), max(motion, was.g * 0.96), 0.0, 1.0);
    } else if (PASSINDEX == 2) {
        float at = uv.x * 2.0;
        vec3 colour = at < 1.0 ? mix(light_of(colour_low.rgb), light_of(colour_middle.rgb), at)
                               : mix(light_of(colour_middle.rgb), light_of(colour_high.rgb), at - 1.0);
        gl_FragColor = vec4(uv.y < 0.5 ? colour : light_of(colour_accent.rgb), 1.0);
    } else {
        look_main();
        gl_FragColor = vec4(sent_of(gl_FragColor.rgb), 1.0);
    }
}
"""
