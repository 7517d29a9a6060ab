"""An ISF file compiled: its GLSL, its inputs in one block, its imported pictures. Owns all of them.

Compiled once for all who run it (`run.py`). Never holds what a run keeps from frame to frame.
"""

from __future__ import annotations

from collections.abc import Sequence

import moderngl

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.block import Block
from engine.gpu.compile_errors import explain_log
from engine.gpu.isf.dialect import find_colours, find_renamed, write_macros
from engine.gpu.isf.imports import load_picture
from engine.gpu.isf.isf_file import IsfFile
from engine.gpu.isf.prelude import (
    CLOCK_FIELDS,
    PLAIN_VERTEX,
    declare,
    fragment_head,
    fragment_tail,
    vertex_head,
)
from engine.gpu.program import block_fields, join_lines
from engine.gpu.source import Place, Source

INPUTS_AT, PASS_AT = 0, 1  # where the two blocks are bound


class IsfProgram:
    """`units` says at which texture unit each image, sound, import and target is read; what the
    shader does not read has none."""

    def __init__(
        self, context: moderngl.Context, file: IsfFile, shaders: Folder, *, apart: bool = False
    ) -> None:
        """`apart`: each pass is a program of its own. A renderer in software takes both ways of every
        `if`, so that a pass costs as much as all of them, unless the compiler knows which it is.
        Raises `MorphogenError` in the words of the file's own lines.
        """
        self.file = file
        shader = file.shader
        self.ours = shader.ours
        targets = [entry.target for entry in file.passes if entry.target]
        sounds = [sound.name for sound in shader.sounds]
        samplers = list(dict.fromkeys((*shader.images, *sounds, *file.imports, *targets)))
        fields = block_fields(file.parameters)
        version = f"#version {'410' if context.version_code >= 410 else '330'} core"
        if not shader.ours:  # a float function may return a whole number, as other hosts let it
            version += "\n#extension GL_ARB_shading_language_420pack : enable"
        inputs = [*(name for name, _ in fields), *samplers]
        colours: Sequence[str] = ()
        renamed: dict[str, str] = {}
        macros = ""
        if not shader.ours:
            colours = find_colours(shader.body)
            renamed = find_renamed(file.spoken, inputs)
            macros = write_macros(renamed, inputs)
            if "gl_FragData[0]" in colours:
                macros += "vec4 isf_FragData[8];\n#define gl_FragData isf_FragData\n"

        def compile_one(only: int | None) -> moderngl.Program:
            declared = declare(fields, samplers, only)
            head = fragment_head(version, declared, ours=shader.ours, macros=macros)
            above = vertex_head(version, declared, macros=macros)
            try:
                return context.program(
                    vertex_shader=_join(above, file.vertex or PLAIN_VERTEX),
                    fragment_shader=_join(head, file.source, fragment_tail(colours)),
                )
            except moderngl.Error as error:
                raise MorphogenError(*_explain(str(error), head, above, file, shaders)) from None

        only = range(len(file.passes)) if apart and len(file.passes) > 1 else (None,)
        self._programs: list[moderngl.Program] = []
        try:
            for index in only:
                self._programs.append(compile_one(index))
        except MorphogenError:
            self._release_programs()
            raise
        self.units: dict[str, int] = {}
        for name in samplers:
            said = renamed.get(name, name)
            readers = [program for program in self._programs if said in program]
            if readers:
                self.units[name] = len(self.units)
            for program in readers:
                program[said] = self.units[name]
        for program in self._programs:
            for name, place in (("Parameters", INPUTS_AT), ("Pass", PASS_AT)):
                block = program.get(name, None)
                if isinstance(block, moderngl.UniformBlock):
                    block.binding = place
        self.block = Block(context, [*CLOCK_FIELDS, *fields])
        self.files = (*file.source.files, *(file.vertex.files if file.vertex else ()))
        self._corners = [context.vertex_array(program, []) for program in self._programs]
        self.imports: dict[str, moderngl.Texture] = {}
        try:
            for name, path in file.imports.items():
                self.imports[name] = load_picture(context, path, shader.name)
        except MorphogenError:
            self.release()
            raise

    @property
    def count(self) -> int:
        """How many programs it is, for tests and tools."""
        return len(self._programs)

    def draw(self, index: int) -> None:
        """Draw the pass of this index over the whole of the framebuffer in use. Four corners, not
        three: a vertex shader of the file's own may hold what it hands on within 0..1."""
        corners = self._corners[index if len(self._corners) > 1 else 0]
        corners.render(moderngl.TRIANGLE_STRIP, vertices=4)

    def release(self) -> None:
        for texture in self.imports.values():
            texture.release()
        for corners in self._corners:
            corners.release()
        self._release_programs()
        self.block.release()

    def _release_programs(self) -> None:
        for program in self._programs:
            program.release()


def _join(head: str, source: Source | str, tail: str = "") -> str:
    text = source if isinstance(source, str) else source.text
    return join_lines(f"{head}{text}\n{tail}")


def _explain(
    log: str, head: str, above: str, file: IsfFile, shaders: Folder
) -> Sequence[Complaint]:
    """The driver's log in the words of the file whose stage it is about."""
    of_vertex = "vertex_shader" in log.split("fragment_shader")[0] and file.vertex is not None
    before, source = (above, file.vertex) if of_vertex else (head, file.source)
    assert source is not None
    generated: list[Place] = [(None, line) for line in range(1, before.count("\n") + 1)]
    return explain_log(log, (*generated, *source.places), shaders, next(iter(source.files), None))
