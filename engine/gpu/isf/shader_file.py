"""ISF 2.0: the header of a shader file becomes a checked `ShaderFile`. Text only; never calls GL.

Specification: mrRay/ISF_Spec. Ours is a superset: one more object, `"MORPHOGEN"`, which other hosts
ignore. Every mistake of a header is found at once, with its line. A file with that object is ours and
held to what stands in it; without, it is somebody else's, and forgiven what other hosts forgive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.isf.header import forgive_header, read_header
from engine.gpu.isf.inputs import Inputs, SoundInput, check_keys, find_line
from engine.show.parameter import Parameter

TOP_KEYS = (
    "ISFVSN VSN DESCRIPTION CREDIT CATEGORIES KEYWORDS INPUTS PASSES IMPORTED PERSISTENT_BUFFERS "
    "MORPHOGEN"
).split()
OUR_KINDS = ("model", "rule", "agents", "look", "pass")  # drawn by machinery of their own
PASS_KEYS = "TARGET PERSISTENT FLOAT WIDTH HEIGHT".split()
RULE_PASS_KEYS = [*PASS_KEYS, "TARGETS", "CHANNELS", "REPEAT"]  # ours


@dataclass(frozen=True, slots=True)
class ShaderFile:
    """One shader file, parsed. `body` is the GLSL behind the header; `body_line` its first line."""

    path: Path
    name: str
    description: str
    credit: str
    parameters: tuple[Parameter, ...]
    images: tuple[str, ...]
    sounds: tuple[SoundInput, ...]
    passes: tuple[Mapping[str, Any], ...]
    morphogen: Mapping[str, Any]
    header: Mapping[str, Any]
    body: str
    body_line: int
    text: str = field(repr=False)

    @property
    def ours(self) -> bool:
        """Whether it speaks to this engine, and so in linear light."""
        return "MORPHOGEN" in self.header

    def line_of(self, key: str) -> int:
        """The first line of the header that holds `"key"`, else 1."""
        return find_line(self.text, key)


def read_text(path: Path, where: str) -> str:
    """The text of a shader file, without its BOM, its lines ended by "\\n" alone.

    A file that is not ours may be from before UTF-8, with an accent in its author's name. Raises
    `MorphogenError`.
    """
    try:
        content = path.read_bytes()
        old = content.lstrip().startswith(b"/*") and b"MORPHOGEN" not in content
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252" if old else "utf-8")
    except FileNotFoundError:
        raise MorphogenError(Complaint(where, "no such file")) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MorphogenError(Complaint(where, f"cannot be read ({error})")) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_shader(path: Path, where: str) -> ShaderFile:
    """Read and parse one file. Raises `MorphogenError` with all its complaints."""
    return parse_shader(read_text(path, where), path, where)


def parse_shader(text: str, path: Path, where: str) -> ShaderFile:
    """Parse the text of a shader file. `where` names it in complaints."""
    opening = re.match(r"\s*/\*", text)
    closing = text.find("*/")
    if opening and closing < 0:
        what, remedy = "the header has no end", "End it with }*/ before the GLSL."
        raise MorphogenError(Complaint(f"{where}:1", what, remedy))
    if not opening:
        raise MorphogenError(
            Complaint(
                f"{where}:1",
                "a shader file begins with an ISF header",
                'Begin it with /*{ "ISFVSN": "2", "INPUTS": [] }*/.',
            )
        )
    header_text, first_line = text[opening.end() : closing], text.count("\n", 0, opening.end()) + 1
    header = read_header(header_text, where, first_line)
    ours = "MORPHOGEN" in header
    if not ours:
        header = forgive_header(header)
    complaints: list[Complaint] = []

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{where}:{find_line(text, key)}", what, remedy))

    if ours:  # other hosts' files may have keys that only they know: the specification wants it so
        check_keys(header, TOP_KEYS, "the header", complain)
    inputs = Inputs(text, where, complaints)
    inputs.read(header.get("INPUTS", []), strict=ours)
    morphogen = header.get("MORPHOGEN", {})
    if not isinstance(morphogen, dict):
        complain("MORPHOGEN", "'MORPHOGEN' must be an object")
        morphogen = {}
    passes = header.get("PASSES", [])
    if not isinstance(passes, list) or not all(isinstance(entry, dict) for entry in passes):
        complain("PASSES", "'PASSES' must be a list of objects")
        passes = []
    kind = morphogen.get("KIND")
    for entry in passes if ours else ():
        check_keys(entry, RULE_PASS_KEYS if kind == "rule" else PASS_KEYS, "a pass", complain)
    parameters = _add_extras(inputs, morphogen, complain)
    if kind in OUR_KINDS:
        unheard = (*inputs.images, *(sound.name for sound in inputs.sounds))
        _refuse_unplayed(header, () if kind == "rule" else passes, unheard, complain)
    if complaints:
        raise MorphogenError(*complaints)
    body_start = closing + 2
    return ShaderFile(
        path=path,
        name=path.stem,
        description=str(header.get("DESCRIPTION", "")),
        credit=str(header.get("CREDIT", "")),
        parameters=parameters,
        images=tuple(inputs.images),
        sounds=tuple(inputs.sounds),
        passes=tuple(passes),
        morphogen=morphogen,
        header=header,
        body=text[body_start:],
        body_line=text.count("\n", 0, body_start) + 1,
        text=text,
    )


def _refuse_unplayed(
    header: Mapping[str, Any],
    passes: Sequence[Mapping[str, Any]],
    images: Sequence[str],
    complain: Any,
) -> None:
    """What the specification has and our kinds of shader do not: better refused than ignored."""
    if len(passes) > 1 or any("TARGET" in entry for entry in passes):
        what = "a shader of this kind is drawn in one pass, to no TARGET of its own"
        complain("PASSES", what, "Leave PASSES out, and draw it all in one main().")
    for key in ("IMPORTED", "PERSISTENT_BUFFERS"):
        if header.get(key):
            what = f"{key} does not work in a shader of this kind"
            complain(key, what, "Leave it out: make the picture in the code.")
    for name in images:
        what = f"input '{name}': no picture or sound can be put into a shader of this kind"
        remedy = "Leave it out: a look reads field, trail and palette_image, a model its own state."
        complain(name, what, remedy)


def _add_extras(
    inputs: Inputs, morphogen: Mapping[str, Any], complain: Any
) -> tuple[Parameter, ...]:
    """UNITS, CURVES and PHASES of the MORPHOGEN object, each keyed by an input's name."""
    names = inputs.names
    units, curves = morphogen.get("UNITS", {}), morphogen.get("CURVES", {})
    phases = morphogen.get("PHASES", [])
    if not (isinstance(units, dict) and isinstance(curves, dict) and isinstance(phases, list)):
        complain("MORPHOGEN", "UNITS and CURVES must be objects, PHASES a list of names")
        return ()
    for name in (*units, *curves, *phases):
        if name not in names:
            complain(str(name), f"no input '{name}'", suggest(str(name), names))
    done = []
    for p in inputs.parameters:
        curve = curves.get(p.name, "linear")
        if curve not in ("linear", "log") or (curve == "log" and min(*p.minimum, *p.maximum) <= 0):
            complain("CURVES", f"curve '{curve}' of '{p.name}'", "linear, or log with 0 < MIN.")
            curve = "linear"
        unit = str(units.get(p.name, ""))
        done.append(replace(p, unit=unit, curve=curve, phase=p.name in phases))
    return tuple(done)
