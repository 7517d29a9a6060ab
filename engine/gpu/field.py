"""A field: the state on the GPU, two float textures that ping-pong, and how its borders read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import moderngl
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Size in cells, number of channels (1 to 4), border, and what a fixed border holds.

    `half` asks for 16-bit floats: half the memory and bandwidth, not reproducible against 32.
    """

    columns: int
    rows: int
    channels: int
    border: str = "periodic"
    border_value: tuple[float, ...] = ()
    half: bool = False

    @property
    def components(self) -> int:
        """Components of the textures: three channels are stored in four (no RGB target in core)."""
        return 4 if self.channels == 3 else self.channels

    @property
    def dtype(self) -> str:
        return "f2" if self.half else "f4"


class Field:
    """Owns the texture pair and the sampler. `front` holds the present, `back` is written next;
    `changes` counts how often the present became another."""

    def __init__(self, context: moderngl.Context, spec: FieldSpec) -> None:
        self.spec = spec
        size = (spec.columns, spec.rows)
        self._textures = [
            context.texture(size, spec.components, dtype=spec.dtype) for _ in range(2)
        ]
        self._targets = [context.framebuffer([texture]) for texture in self._textures]
        self._sampler = border_sampler(context, spec.border, spec.border_value)
        self._present = 0
        self.changes = 0

    @property
    def front(self) -> moderngl.Texture:
        return self._textures[self._present]

    @property
    def target(self) -> moderngl.Framebuffer:
        """The framebuffer of the back texture."""
        return self._targets[1 - self._present]

    @property
    def present(self) -> moderngl.Framebuffer:
        """The framebuffer of the front texture, for what is added to the state as it stands."""
        return self._targets[self._present]

    def use(self, unit: int = 0) -> None:
        """Bind the present state, with the field's border, to a texture unit."""
        self._textures[self._present].use(unit)
        self._sampler.use(unit)

    def changed(self) -> None:
        """Something was drawn into `present`."""
        self.changes += 1

    def swap(self) -> None:
        """What was written becomes the present."""
        self._present = 1 - self._present
        self.changes += 1

    def write(self, state: NDArray[np.floating]) -> None:
        """Set the state: (rows, columns, channels), row 0 at the bottom."""
        spec = self.spec
        if state.shape != (spec.rows, spec.columns, spec.channels):
            raise ValueError(f"a state of {spec} has no shape {state.shape}")
        padded = np.zeros((spec.rows, spec.columns, spec.components), spec.dtype)
        padded[..., : spec.channels] = state
        self.front.write(padded.tobytes())
        self.changes += 1

    def fill(self, state: Sequence[float]) -> None:
        """Set every cell to one state: one number per channel."""
        red, green, blue, alpha = (*state, 0.0, 0.0, 0.0)[:4]
        self.target.clear(red, green, blue, alpha)
        self.swap()

    def read(self) -> NDArray[np.float32]:
        """The present state, (rows, columns, channels). Waits for the GPU: for tests and tools."""
        spec = self.spec
        raw = np.frombuffer(self.front.read(), spec.dtype)
        shaped = raw.reshape(spec.rows, spec.columns, spec.components)
        return shaped[..., : spec.channels].astype(np.float32)

    def release(self) -> None:
        for target in self._targets:
            target.release()
        for texture in self._textures:
            texture.release()
        self._sampler.release()

    def __enter__(self) -> Field:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def border_sampler(
    context: moderngl.Context, border: str, value: Sequence[float] = (), *, smooth: bool = False
) -> moderngl.Sampler:
    """A sampler, nearest or `smooth` between texels, that reads past the edge as the border says.

    periodic: the other side; no-flux: the edge cell itself, which keeps the 9-point Laplacian
    symmetric and so conserves mass; fixed: `value` (up to four numbers, the rest zero).
    """
    between = moderngl.LINEAR if smooth else moderngl.NEAREST
    sampler = context.sampler(
        repeat_x=border == "periodic",
        repeat_y=border == "periodic",
        filter=(between, between),
    )
    if border == "fixed":
        red, green, blue, alpha = (*value, 0.0, 0.0, 0.0, 0.0)[:4]
        sampler.border_color = (red, green, blue, alpha)
    return sampler
