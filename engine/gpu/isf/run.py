"""One running ISF file: its passes drawn frame by frame, what they keep between frames, its own time.

In: values of its inputs, pictures for its images, a target. Out: the picture drawn there, in linear
light. A target that was drawn earlier in the same frame reads as it is now, one that is not persistent
and not yet drawn as black; a persistent one keeps its content. While time stands still, so does what
is persistent. What a file that is not ours sees and draws is turned from and into linear light.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import moderngl

from engine.gpu.block import Block
from engine.gpu.isf.passes import IsfPass, limit_sizes
from engine.gpu.isf.prelude import PASS_FIELDS
from engine.gpu.isf.program import INPUTS_AT, PASS_AT, IsfProgram
from engine.gpu.isf.targets import Target, make_targets
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Effect
from engine.show.frame import NO_DATE, Date

Values = Mapping[str, float | Sequence[float]]
TIME_WRAP = 3600.0  # float32 seconds are still fine to 0.25 ms there


@dataclass(frozen=True, slots=True)
class Clock:
    """`delta`: seconds since the frame before, 0 while time stands. `date`: year, month, day, seconds
    of the day, as DATE has it."""

    delta: float
    date: Date = NO_DATE


class IsfRun:
    """Owns the targets of one running file. Draws black where a picture or a sound is missing."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, effect: Effect, size: tuple[int, int]
    ) -> None:
        """`size` of the picture in texels. Raises `MorphogenError` if the file does not compile."""
        self._context, self._shelf, self.effect = context, shelf, effect
        self._smooth = context.sampler(False, False, filter=(moderngl.LINEAR, moderngl.LINEAR))
        # What a target reads as before it is drawn: of its own format, or a software renderer would
        # compile every pass anew for each mix of formats (ten times one second, for ten passes).
        self._blacks = {dtype: _make_black(context, dtype) for dtype in ("f1", "f2", "f4")}
        self._black = self._blacks["f1"]
        self._program: IsfProgram | None = None
        self._targets: dict[str, Target] = {}
        self._encoded: dict[str, Target] = {}
        self._blocks: list[Block] = []
        self._sizes: list[tuple[int, int]] = []
        self._picture = size
        self._values: Values = {p.name: _plain(p.default) for p in effect.parameters}
        self._phases: dict[str, float] = {}
        self._frames, self._time = 0, 0.0
        self.prepare(size)

    @property
    def frames(self) -> int:
        """How many were drawn since it began: the FRAMEINDEX of the next."""
        return self._frames

    def prepare(self, size: tuple[int, int]) -> None:
        """Be ready to draw pictures of this size: compile and allocate now, beside the frame.

        What is kept starts anew if its size changes.
        """
        program = self._shelf.isf(self.effect)
        sizes = self._find_sizes(program, size)
        if program is self._program and size == self._picture and sizes == self._sizes:
            return
        if self._fits(program, size, sizes):
            self._program = program
            return
        self._release_targets()
        self._program, self._picture, self._sizes = program, size, sizes
        by_name: dict[str, tuple[int, int]] = {}
        for entry, texels in zip(program.file.passes, sizes, strict=True):
            by_name.setdefault(entry.target, texels)
        passes = program.file.passes
        self._targets = make_targets(self._context, passes, by_name, light=program.ours)
        if not program.ours:
            images = [name for name in program.file.shader.images if name in program.units]
            self._encoded = {name: Target(self._context, size, "f1", twin=False) for name in images}
        for sound in program.file.shader.sounds:
            self._shelf.sounds.prepare(sound)
        for index, entry in enumerate(passes):
            self._blocks.append(self._write_pass(index, entry, by_name[entry.target]))

    def adopt(self, effect: Effect) -> None:
        """Go on with the file as it has been edited; values of inputs that are gone are forgotten."""
        self.effect = effect
        known = {p.name: _plain(p.default) for p in effect.parameters}
        self._values = {n: self._values.get(n, value) for n, value in known.items()}

    def restart(self) -> None:
        """Begin anew: time at 0, all that is kept black."""
        self._frames, self._time = 0, 0.0
        self._phases.clear()
        for target in self._targets.values():
            target.clear()

    def draw(
        self,
        values: Values,
        images: Mapping[str, moderngl.Texture],
        target: moderngl.Framebuffer,
        clock: Clock,
        *,
        other: moderngl.Texture | None = None,
    ) -> None:
        """Draw one frame into `target`.

        `values` are native, by the names of its parameters; one that is missing is as it was, at
        first the default. `images` are in linear light, by the names of its images; one that has
        none gets `other`, else black. Allocates only if a formula of a pass's size reads an input
        that has moved, or if `target` is not of the size that was prepared.
        """
        self._values = {**self._values, **values}
        self.prepare(target.size)
        program = self._program
        assert program is not None
        delta = clock.delta if self._frames else 0.0
        self._time = (self._time + delta) % TIME_WRAP
        stands = self._frames > 0 and clock.delta <= 0.0
        program.block.write(
            {
                **self._values,
                **self._turn_phases(delta),
                "TIME": self._time,
                "TIMEDELTA": delta,
                "FRAMEINDEX": self._frames,
                "DATE": clock.date,
            }
        )
        bound = self._bind_images(program, images, other)
        for kept in self._targets.values():
            kept.drawn = False
        last = len(program.file.passes) - 1
        for index, entry in enumerate(program.file.passes):
            into = self._targets.get(entry.target)
            if (into is None and index < last) or (stands and entry.persistent):
                continue
            buffer = into.buffer if into else target
            self._bind_targets(program, into)
            buffer.use()
            program.block.buffer.bind_to_uniform_block(INPUTS_AT)
            self._blocks[index].buffer.bind_to_uniform_block(PASS_AT)
            program.draw(index)
            if into:
                into.swap()
        for unit in (*bound, *(program.units[n] for n in self._targets if n in program.units)):
            self._smooth.clear(unit)
        shown = self._targets.get(program.file.passes[last].target)
        if shown:
            self._present(shown.texture, target, program.ours)
        self._frames += 1

    def release(self) -> None:
        self._release_targets()
        self._smooth.release()
        for black in self._blacks.values():
            black.release()

    def _find_sizes(self, program: IsfProgram, size: tuple[int, int]) -> list[tuple[int, int]]:
        """How large each pass is now; images count as large as the picture."""
        numbers = {n: float(v) for n, v in self._values.items() if isinstance(v, (int, float))}
        for image in program.file.shader.images:
            numbers[f"WIDTH_{image}"], numbers[f"HEIGHT_{image}"] = size
        passes = program.file.passes
        limited = iter(limit_sizes([e.size(size, numbers) for e in passes if e.target]))
        return [next(limited) if e.target else e.size(size, numbers) for e in passes]

    def _fits(
        self, program: IsfProgram, size: tuple[int, int], sizes: list[tuple[int, int]]
    ) -> bool:
        """Whether an edited file can go on with what the one before it keeps."""
        before = self._program
        return (
            before is not None
            and (size, sizes) == (self._picture, self._sizes)
            and (program.file.passes, program.ours) == (before.file.passes, before.ours)
            and program.units.keys() & {*program.file.shader.images}
            == before.units.keys() & {*before.file.shader.images}
        )

    def _write_pass(self, index: int, entry: IsfPass, size: tuple[int, int]) -> Block:
        block = Block(self._context, PASS_FIELDS)
        width, height = size
        block.write(
            {
                "RENDERSIZE": (float(width), float(height)),
                "PASSINDEX": index,
                "isf_shown": float(not entry.target),
            }
        )
        return block

    def _turn_phases(self, delta: float) -> dict[str, float]:
        """The integrals of the rates that ask for them, unless whoever draws has his own."""
        for parameter in self.effect.parameters:
            if parameter.phase:
                rate = self._values[parameter.name]
                speed = rate if isinstance(rate, (int, float)) else rate[0]
                name = f"{parameter.name}_phase"
                self._phases[name] = (self._phases.get(name, 0.0) + speed * delta) % 1.0
        return {n: p for n, p in self._phases.items() if n not in self._values}

    def _bind_images(
        self,
        program: IsfProgram,
        images: Mapping[str, moderngl.Texture],
        other: moderngl.Texture | None,
    ) -> list[int]:
        """Bind what does not change from pass to pass, and say to which units."""
        ready: dict[str, moderngl.Texture] = dict(program.imports)
        for name in program.file.shader.images:
            picture = images.get(name, other) or self._black
            if name in self._encoded:
                self._encode(picture, self._encoded[name])
                picture = self._encoded[name].texture
            ready[name] = picture
        for sound in program.file.shader.sounds:
            if sound.name in program.units:
                ready[sound.name] = self._shelf.sounds.texture(sound)
        units = []
        for name, texture in ready.items():
            if name in program.units:
                units.append(program.units[name])
                texture.use(units[-1])
                self._smooth.use(units[-1])
        return units

    def _bind_targets(self, program: IsfProgram, into: Target | None) -> None:
        for name, target in self._targets.items():
            if name in program.units:
                unit = program.units[name]
                readable = target.drawn or target.lasts
                alone = target is into and not target.has_twin
                black = self._blacks[target.texture.dtype]
                (black if alone or not readable else target.texture).use(unit)
                self._smooth.use(unit)

    def _encode(self, picture: moderngl.Texture, into: Target) -> None:
        """A picture in light as a screen is sent it."""
        program = self._shelf.pick("encode")
        program.set({"over_black": 0.0})
        into.buffer.use()
        picture.use(0)
        self._smooth.use(0)
        program.bind()
        program.draw()
        self._smooth.clear(0)

    def _present(self, content: moderngl.Texture, target: moderngl.Framebuffer, ours: bool) -> None:
        """What the last pass drew into a target of its own, as the picture."""
        program = self._shelf.pick("present")
        program.set({"as_it_is": float(ours)})
        target.use()
        content.use(0)
        self._smooth.use(0)
        program.bind()
        program.draw()
        self._smooth.clear(0)

    def _release_targets(self) -> None:
        for target in (*self._targets.values(), *self._encoded.values()):
            target.release()
        for block in self._blocks:
            block.release()
        self._targets, self._encoded, self._blocks = {}, {}, []


def _plain(value: Sequence[float]) -> float | Sequence[float]:
    return value[0] if len(value) == 1 else value


def _make_black(context: moderngl.Context, dtype: str) -> moderngl.Texture:
    """Three texels square: as little a power of two as pictures are, which counts as a format too."""
    texture = context.texture((3, 3), 4, dtype=dtype)
    texture.write(bytes(9 * 4 * int(dtype[1])))
    return texture
