"""How ISF files of other hands speak, where GLSL of today says it otherwise. Text only; never calls GL.

Other hosts compile them as GLSL 1.20 or ES 1.00, strip what only one driver wants, and read headers
by looking up what they know. What such a file says twice is said once here, line for line; a name
that is a word of GLSL by now gets another by a macro.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from engine.gpu.source import COMMENT

# Kept or reserved by GLSL 4.20, but plain names in GLSL 1.20; none that is wanted in a fragment shader.
NAMES_THEN = frozenset(
    (
        "sample patch buffer shared common partition active filter input output resource half fixed "
        "unsigned short long class union enum template this namespace using public external "
        "interface superp coherent volatile restrict readonly writeonly subroutine"
    ).split()
)
WORD = re.compile(r"[A-Za-z_]\w*")
DRIVERS = re.compile(r"^[ \t]*#[ \t]*(version|extension)\b.*$", re.MULTILINE)
UNIFORM = re.compile(r"^[ \t]*uniform[ \t]+(?:\w+[ \t]+){1,2}(\w+)[ \t]*;", re.MULTILINE)
OUTPUT = re.compile(
    r"^[ \t]*(?:layout[ \t]*\([^)\n]*\)[ \t]*)?out[ \t]+(?:\w+[ \t]+)?vec4[ \t]+(\w+)[ \t]*;",
    re.MULTILINE,
)
VARYING = re.compile(
    r"^[ \t]*(?:(?:flat|smooth)[ \t]+)?(?:varying|in)[ \t]+(?:\w+[ \t]+){1,2}(\w+)[^;\n(){}]*;",
    re.MULTILINE,
)
OUR_OUTPUT = ("isf_FragColor", "gl_FragColor")
HANDED_ON = ("isf_FragNormCoord", "vv_FragNormCoord", "isf_FragCoord")
OTHER_MAINS = {
    "materialColorForPixel": "a material of MadMapper",
    "mainImage": "a shader of Shadertoy",
    "renderMain": "a scene of Synesthesia",
}
VECTORS = ("float", "vec2", "vec3", "vec4")
ALIKE = (
    "abs sign floor ceil fract sqrt inversesqrt exp log exp2 log2 sin cos tan asin acos radians "
    "degrees normalize round trunc"
).split()
# What a function takes and gives, V being each of VECTORS.
SIGNATURES: dict[str, Sequence[str]] = {
    **{name: ("V V",) for name in ALIKE},
    "length": ("float V",),
    "distance": ("float V V",),
    "dot": ("float V V",),
    "reflect": ("V V V",),
    "pow": ("V V V",),
    "step": ("V V V", "V float V"),
    **{name: ("V V V", "V V float") for name in ("min", "max", "mod")},
    "mix": ("V V V V", "V V V float"),
    "clamp": ("V V V V", "V V float float"),
    "smoothstep": ("V V V V", "V float float V"),
    "texture": ("vec4 sampler2D vec2",),
}


def say_once(body: str, declared: Collection[str]) -> str:
    """GLSL without what this host says itself: the version, uniforms of the names in `declared`, and
    that an output is one."""
    body = DRIVERS.sub("", body)
    body = UNIFORM.sub(lambda found: "" if found[1] in declared else found[0], body)
    return OUTPUT.sub(lambda found: "" if found[1] in OUR_OUTPUT else f"vec4 {found[1]};", body)


def find_colours(body: str) -> Sequence[str]:
    """What a fragment shader draws into beside gl_FragColor: its own outputs, gl_FragData."""
    code = COMMENT.sub(" ", body)
    names = [name for name in OUTPUT.findall(code) if name not in OUR_OUTPUT]
    return [*names, *(["gl_FragData[0]"] if re.search(r"\bgl_FragData\b", code) else [])]


def find_lacking(body: str, *, vertex: bool) -> tuple[int, str, str] | None:
    """What keeps a fragment shader from being drawn: the line of its text (from 0), what, a remedy.

    `vertex`: whether a vertex shader lies beside it.
    """
    code = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    if not re.search(r"\bmain\s*\(", code):
        for name, whose in OTHER_MAINS.items():
            if found := re.search(rf"\b{name}\s*\(", code):
                line = code.count("\n", 0, found.start())
                return line, f"it has {name}() and no main(): {whose}", "Call it from a main()."
        return 0, "there is no main()", "An ISF file draws in void main() { gl_FragColor = ...; }."
    # A guard for old versions declares it twice: only what stands behind all of them is a use.
    declared = {found[1]: found.end() for found in VARYING.finditer(code)}
    for name, end in () if vertex else declared.items():
        used = re.search(rf"\b{name}\b", code[end:])
        if used and name not in HANDED_ON:
            line = code.count("\n", 0, end + used.start())
            return line, f"'{name}' comes from a vertex shader", "Lay the file's .vs beside it."
    return None


def find_renamed(body: str, inputs: Collection[str]) -> dict[str, str]:
    """Names that are words of GLSL by now, and what they are called instead."""
    words = {*WORD.findall(COMMENT.sub(" ", body)), *inputs}
    return {name: f"isf_{name}_" for name in sorted(words & NAMES_THEN)}


def write_macros(renamed: dict[str, str], inputs: Collection[str]) -> str:
    """GLSL in front of the declarations: new names, and a way around each input that is called like
    a function of GLSL. A macro with arguments is none where no bracket follows, so both are heard."""
    lines = [f"#define {name} {other}" for name, other in renamed.items()]
    for name in sorted(set(inputs) & SIGNATURES.keys()):
        arguments = ""
        wrappers = dict.fromkeys(
            signature.replace("V", vector) for signature in SIGNATURES[name] for vector in VECTORS
        )
        for wrapper in wrappers:
            result, *takes = wrapper.split()
            letters = "abc"[: len(takes)]
            arguments = ", ".join(letters)
            taken = ", ".join(f"{kind} {x}" for kind, x in zip(takes, letters, strict=True))
            lines.append(f"{result} isf_{name}_({taken}) {{ return {name}({arguments}); }}")
        lines.append(f"#define {name}({arguments}) isf_{name}_({arguments})")
    return "".join(f"{line}\n" for line in lines)
