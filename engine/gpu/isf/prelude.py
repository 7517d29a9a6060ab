"""What ISF 2.0 and its first version promise every shader, in the words of GLSL 330 core. Text only.

`main` is the shader's own, called by ours, so that what it draws can be held sound and shown. Only
macros and functions: the shader's text is never rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.gpu.block import declare_block

# Written for each draw; what is of one pass and one size is in a block of its own, written once.
CLOCK_FIELDS = (("TIME", "float"), ("TIMEDELTA", "float"), ("FRAMEINDEX", "int"), ("DATE", "vec4"))
PASS_FIELDS = (("RENDERSIZE", "vec2"), ("PASSINDEX", "int"), ("isf_shown", "bool"))

WORDS = """precision highp float;
precision highp int;
#define MORPHOGEN 1
#define vv_FragNormCoord isf_FragNormCoord
#define vv_vertShaderInit isf_vertShaderInit
#define sampler2DRect sampler2D
#define texture2D texture
#define texture2DLod textureLod
#define texture2DProj textureProj
#define texture2DRect IMG_PIXEL
#define isf_FragCoord gl_FragCoord.xy
vec4 IMG_NORM_PIXEL(sampler2D image, vec2 place) { return texture(image, place); }
vec4 IMG_PIXEL(sampler2D image, vec2 place) { return texture(image, place / vec2(textureSize(image, 0))); }
vec2 IMG_SIZE(sampler2D image) { return vec2(textureSize(image, 0)); }
"""
# With the lod that a shader wants to add; only where there are derivatives.
BIASED = """vec4 IMG_NORM_PIXEL(sampler2D image, vec2 place, float bias) {
    return texture(image, place, bias);
}
vec4 IMG_PIXEL(sampler2D image, vec2 place, float bias) {
    return texture(image, place / vec2(textureSize(image, 0)), bias);
}
vec4 IMG_THIS_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
vec4 IMG_THIS_NORM_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
"""
FRAGMENT = """in vec2 isf_FragNormCoord;
layout(location = 0) out vec4 isf_FragColor;
#define gl_FragColor isf_FragColor
#define varying in
"""
VERTEX = """out vec2 isf_FragNormCoord;
#define varying out
vec4 IMG_THIS_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
vec4 IMG_THIS_NORM_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
void isf_vertShaderInit() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    isf_FragNormCoord = corner;
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
"""
PLAIN_VERTEX = "void main() { isf_vertShaderInit(); }\n"
# sRGB, IEC 61966-2-1. Files that are not ours speak of what a screen is sent, we of light.
LIGHT = """vec3 isf_to_light(vec3 c) {
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}
vec3 isf_from_light(vec3 c) {
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}
// What is seen through is laid over black, as a picture in light.
vec4 isf_show(vec4 c) {
    c = clamp(c, 0.0, 1.0);
    return vec4(isf_to_light(c.rgb) * c.a, c.a);
}
"""
LIGHT_AS_IT_IS = "vec4 isf_show(vec4 c) { return c; }\n"
# Nothing may be left undefined, and no NaN may live on in what is kept.
SOUND = "vec4 isf_sound(vec4 c) { return mix(c, vec4(0.0), isnan(c)); }\n"
RUN = "#define main isf_main\n"


def declare(
    fields: Sequence[tuple[str, str]], samplers: Sequence[str], only: int | None = None
) -> str:
    """The inputs, the automatic variables, and what hosts have said of each image since version 1.
    `only`: for this pass alone, by its index."""
    inputs = declare_block([*CLOCK_FIELDS, *fields])
    of_pass = declare_block(PASS_FIELDS).replace("Parameters", "Pass")
    if only is not None:
        of_pass = of_pass.replace("PASSINDEX", "isf_index") + f"\nconst int PASSINDEX = {only};"
    images = "".join(
        f"uniform sampler2D {name};\n"
        f"#define _{name}_imgRect vec4(0.0, 0.0, 1.0, 1.0)\n"
        f"#define _{name}_imgSize vec2(textureSize({name}, 0))\n"
        f"#define _{name}_flip false\n"
        for name in samplers
    )
    return f"{inputs}\n{of_pass}\n{images}"


def fragment_head(version: str, declared: str, *, ours: bool, macros: str = "") -> str:
    """Everything before a fragment shader's own text. Our functions stand before the inputs, which
    may be called like those of GLSL that ours call."""
    light = LIGHT_AS_IT_IS if ours else LIGHT
    return f"{version}\n{FRAGMENT}{WORDS}{BIASED}{light}{SOUND}{macros}{declared}{RUN}"


def fragment_tail(colours: Sequence[str] = ()) -> str:
    """Everything behind it; `colours` are what it draws into instead of gl_FragColor."""
    drawn = "".join(f"    isf_FragColor = {name};\n" for name in colours)
    return f"""#undef main
void main() {{
    isf_FragColor = vec4(0.0);
    isf_main();
{drawn}    isf_FragColor = isf_sound(isf_FragColor);
    if (isf_shown) isf_FragColor = isf_show(isf_FragColor);
}}
"""


def vertex_head(version: str, declared: str, *, macros: str = "") -> str:
    """Everything before a vertex shader's own text."""
    return f"{version}\n{WORDS}{VERTEX}{macros}{declared}"
