"""The shelf: every program in use, compiled once, kept, and replaced when its file is edited.

A broken edit keeps the last good program and comes back as complaints. Never touches a field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import moderngl

from engine.assets import Folder, as_folders
from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.isf.program import IsfProgram
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.isf.sounds import Sounds
from engine.gpu.layout import PLAIN, Layout
from engine.gpu.program import STANDARD_FIELDS, Program, block_fields
from engine.gpu.software import is_software
from engine.gpu.source import name_path, resolve_includes
from engine.gpu.stepping import ModelProgram, make_program
from engine.show.catalogue import Effect, Model
from engine.show.sources.source import Variation

PICTURE_HEAD = "layout(location = 0) out vec4 isf_FragColor;\n#define gl_FragColor isf_FragColor\n"
SHOWN_FIELDS = (("shown_body", "vec4"), ("shown_light", "vec4"))
LOOK_SAMPLERS = ("field", "trail", "palette_image")
# What the code of `mixer.py` and `running.py` gives each pass, beside the inputs of its header.
PASSES: dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "trail": ((*SHOWN_FIELDS, ("slow", "float"), ("fade", "float")), ("field", "before")),
    "splat": (
        (
            ("boxes", "vec4[64]"),
            ("splats", "vec4[64]"),
            ("manners", "vec4[64]"),
            ("brush_state", "vec4"),
            ("single_state", "vec4"),
            ("rest_state", "vec4"),
            ("low_end", "vec4"),
            ("high_end", "vec4"),
            ("push_across", "vec4"),
            ("push_up", "vec4"),
            ("aspect", "float"),
        ),
        (),
    ),
    "carry": (
        (
            ("flow_kind", "int"),
            ("reach", "float"),
            ("aspect", "float"),
            ("flow_size", "float"),
            ("flow_phase", "float"),
            ("driver_drift", "vec2"),
        ),
        ("field", "driver"),
    ),
    "draw": (
        (("marks", "vec4[16]"), ("aspect", "float"), ("keep", "float"), ("mark_count", "int")),
        ("before",),
    ),
    "tap": ((("weights", "vec4"),), ("field",)),
    "take": (
        (
            *SHOWN_FIELDS,
            ("brush_state", "vec4"),
            ("cover_edge", "float"),
            ("cover_softness", "float"),
            ("cover_amount", "float"),
        ),
        ("field", "before"),
    ),
    "turn": (
        (
            ("translate_scale", "vec4"),
            ("translate_shift", "vec4"),
            ("low_end", "vec4"),
            ("high_end", "vec4"),
            ("share_before", "float"),
            ("weight", "float"),
        ),
        ("field", "other"),
    ),
    "lay": (
        (("amount", "float"), ("blend_mode", "int"), ("whole", "bool")),
        ("below", "above"),
    ),
    "glance": ((("weights", "vec4"),), ("image",)),
    "shrink": ((), ("image",)),
    "blur": ((("along", "vec2"),), ("image",)),
    "pulse": (
        (*SHOWN_FIELDS, ("low_end", "vec4"), ("high_end", "vec4"), ("grid", "vec2")),
        ("field",),
    ),
    "encode": ((("over_black", "bool"),), ("image",)),
    "present": ((("as_it_is", "bool"),), ("image",)),
    "finish": ((("master_light", "float"),), ("image", "halo", "wide_halo")),
}
BOXED = frozenset(("splat",))  # the passes that draw into rectangles, not over the whole

Key = tuple[str, str] | tuple[str, Variation, str] | Path


class Shelf:
    """Owns all programs. `step`, `look` and `pick` compile on first use; steps also in `layout`,
    where the model allows."""

    def __init__(self, context: moderngl.Context, shaders: Folder, layout: Layout = PLAIN) -> None:
        self._context = context
        self._shaders = shaders
        self.layout = layout
        self._steps: dict[tuple[str, Variation, str], ModelProgram] = {}
        self._pictures: dict[tuple[str, str], Program] = {}
        self._isf: dict[Path, IsfProgram] = {}
        self.sounds = Sounds(context)
        self._failed: set[Key] = set()  # what stands as it was before its last edit

    @property
    def compiled(self) -> int:
        """How many programs are kept, for tests and tools."""
        return len(self._steps) + len(self._pictures) + len(self._isf)

    def step(self, model: Model, variation: Variation, border: str = "periodic") -> ModelProgram:
        """The step of a model with what a scene adds to it."""
        key = (model.id, variation, border)
        if key not in self._steps:
            self._steps[key] = self._compile_step(model, variation, border)
        return self._steps[key]

    def look(self, name: str) -> Program:
        """`shaders/looks/<name>.fs`"""
        return self._picture("looks", name)

    def pick(self, name: str) -> Program:
        """`shaders/passes/<name>.fs`"""
        return self._picture("passes", name)

    def isf(self, effect: Effect) -> IsfProgram:
        """An ISF file, for all who run it."""
        if effect.path not in self._isf:
            self._isf[effect.path] = self._compile_isf(effect.path)
        return self._isf[effect.path]

    def replace(
        self,
        models: Iterable[Model],
        changes: Collection[Path],
        held: Collection[str] = frozenset(),
    ) -> list[Complaint]:
        """Compile what the changed files are part of. What compiles is adopted, the rest stays.

        `models` are the models as their headers now read; `held` are files that stay as they were
        whatever stands in them now, such as `looks/relief`. Returns every complaint once.
        """
        by_id = {model.id: model for model in models}
        changed = self._name_files(changes)
        complaints: list[Complaint] = []

        def is_due(key: Key, main: str, files: Iterable[Path]) -> bool:
            """Whether to compile it anew: it changed, or what it lacked may be there now. A file that
            is gone is no reason."""
            touched = key in self._failed or not changed.isdisjoint(self._name_files(files))
            return touched and main not in held and self._find(main).is_file()

        for step_key, old_step in list(self._steps.items()):
            name, variation, border = step_key
            if not is_due(step_key, f"models/{name}", old_step.files):
                continue
            try:
                fresh = self._compile_step(by_id.get(name, old_step.model), variation, border)
            except MorphogenError as error:
                self._failed.add(step_key)
                complaints += [c for c in error.complaints if c not in complaints]
                continue
            self._failed.discard(step_key)
            old_step.release()
            self._steps[step_key] = fresh
        for key, old_picture in list(self._pictures.items()):
            if not is_due(key, "/".join(key), old_picture.files):
                continue
            try:
                program = self._compile(*key)
            except MorphogenError as error:
                self._failed.add(key)
                complaints += [c for c in error.complaints if c not in complaints]
                continue
            self._failed.discard(key)
            old_picture.release()
            self._pictures[key] = program
        for path, old in list(self._isf.items()):
            if path not in self._failed and changed.isdisjoint(self._name_files(old.files)):
                continue
            if not path.is_file():
                continue
            try:
                renewed = self._compile_isf(path)
            except MorphogenError as error:
                self._failed.add(path)
                complaints += [c for c in error.complaints if c not in complaints]
                continue
            self._failed.discard(path)
            old.release()
            self._isf[path] = renewed
        return complaints

    def move(self, moved: Iterable[tuple[Effect, Effect]]) -> list[Complaint]:
        """ISF files that others have taken the place of, and those others: each is compiled where the one
        before it was. One that does not compile is `stale`. Returns every complaint."""
        self._failed = {k for k in self._failed if not isinstance(k, Path) or k in self._isf}
        complaints: list[Complaint] = []
        for before, effect in moved:
            if before.path not in self._isf:
                continue
            try:
                self.isf(effect)
            except MorphogenError as error:
                self._failed.add(effect.path)
                complaints += [c for c in error.complaints if c not in complaints]
        return complaints

    @property
    def stale(self) -> frozenset[str]:
        """The shaders that stand as they were before their last edit, which does not compile: like
        `looks/relief`, an ISF file by its path."""
        return frozenset(
            str(key)
            if isinstance(key, Path)
            else "/".join(key)
            if len(key) == 2
            else f"models/{key[0]}"
            for key in self._failed
        )

    def release(self) -> None:
        for step in self._steps.values():
            step.release()
        for program in self._pictures.values():
            program.release()
        for played in self._isf.values():
            played.release()
        self.sounds.release()
        self._isf.clear()
        self._steps.clear()
        self._pictures.clear()

    def _find(self, name: str) -> Path:
        return as_folders(self._shaders).find(f"{name}.fs")

    def _name_files(self, files: Iterable[Path]) -> set[str]:
        """By their names in the shaders' folders, so that a file which comes over another is it."""
        folders = as_folders(self._shaders)
        real = folders.resolve()
        return {name for f in files for name in (folders.name_of(f), real.name_of(f.resolve()))}

    def _compile_step(self, model: Model, variation: Variation, border: str) -> ModelProgram:
        return make_program(
            self._context, model, self._shaders, variation, layout=self.layout, border=border
        )

    def _compile_isf(self, path: Path) -> IsfProgram:
        file = read_isf(path, self._shaders)
        apart = is_software(str(self._context.info["GL_RENDERER"]))
        return IsfProgram(self._context, file, self._shaders, apart=apart)

    def _picture(self, folder: str, name: str) -> Program:
        key = (folder, name)
        if key not in self._pictures:
            self._pictures[key] = self._compile(folder, name)
        return self._pictures[key]

    def _compile(self, folder: str, name: str) -> Program:
        path = self._find(f"{folder}/{name}")
        shader = read_shader(path, name_path(path, self._shaders))
        source = resolve_includes(shader, self._shaders)
        fields = [*STANDARD_FIELDS, *block_fields(source.parameters)]
        samplers: Sequence[str] = LOOK_SAMPLERS
        if folder == "looks":
            fields += SHOWN_FIELDS
        else:
            extra, samplers = PASSES[name]
            fields += extra
        return Program(
            self._context,
            source,
            self._shaders,
            head="" if name in BOXED else PICTURE_HEAD,
            fields=fields,
            samplers=samplers,
            boxes=folder == "passes" and name in BOXED,
        )
