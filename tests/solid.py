"""Layers of one colour each, and effects that a pocket calculator can follow: what is laid on what.

The files are ISF files of the user's, so that they go the way of every other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.assets import Assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Argument, Message
from engine.show.director import Director
from engine.show.frame import Frame
from engine.show.lead import LEAD

SIZE = (8, 6)
FRAME_NS = 20_000_000
FPS = 50
NUMBER = {"TYPE": "float", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.0}
ENDS = [{"NAME": "startImage", "TYPE": "image"}, {"NAME": "endImage", "TYPE": "image"}]
HALF = "mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), 0.25 + 0.5 * progress)"
FILES = {
    "solid": ("generator", ["r", "g", "b"], [], "vec4(r, g, b, 1.0)"),
    "plus": ("effect", ["by"], ["inputImage"], "IMG_THIS_PIXEL(inputImage) + by"),
    "times": ("effect", ["by"], ["inputImage"], "IMG_THIS_PIXEL(inputImage) * by"),
    "between": ("transition", [], ["startImage", "endImage"], HALF),
}
# It fills a little more in each frame, as what it keeps has come to.
COUNTS = """/*{"ISFVSN": "2",
 "INPUTS": [{"NAME": "startImage", "TYPE": "image"}, {"NAME": "endImage", "TYPE": "image"},
  {"NAME": "progress", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0}],
 "PASSES": [{"TARGET": "kept", "PERSISTENT": true, "FLOAT": true}, {}],
 "MORPHOGEN": {"KIND": "transition"}}*/
void main() {
    float come = IMG_THIS_PIXEL(kept).r;
    if (PASSINDEX == 0) gl_FragColor = vec4(max(come + 0.01, progress), 0.0, 0.0, 1.0);
    else gl_FragColor = mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), min(come, 1.0));
}
"""


def write_files(user: Path) -> None:
    """The ISF files, into a user's folder."""
    shaders = user / "shaders"
    shaders.mkdir(parents=True)
    for name, (kind, numbers, images, colour) in FILES.items():
        numbers = [*numbers, *(["progress"] if kind == "transition" else [])]
        inputs = [{"NAME": number, **NUMBER} for number in numbers]
        inputs += [{"NAME": image, "TYPE": "image"} for image in images]
        header = {"ISFVSN": "2", "INPUTS": inputs, "MORPHOGEN": {"KIND": kind}}
        body = f"/*{json.dumps(header)}*/\nvoid main() {{ gl_FragColor = {colour}; }}\n"
        (shaders / f"{name}.fs").write_text(body, encoding="utf-8")
    (shaders / "counts.fs").write_text(COUNTS, encoding="utf-8")


def read_solid(repository: Path, user: Path) -> Library:
    """The engine's own, and the files above."""
    write_files(user)
    return read_library(Assets(repository, user))


class Solid:
    """Four layers of colours, played by addresses; what comes out in linear light."""

    def __init__(
        self, context: moderngl.Context, library: Library, shelf: Shelf, lead: int = LEAD
    ) -> None:
        catalogue, assets = library.catalogue, library.assets
        self.director = Director(catalogue, "solid", lead=lead)
        scenes = assets.both("scenes")
        self.mixer = Mixer(context, shelf, SIZE, catalogue.models, scenes, effects=catalogue.laid)
        self.frame: Frame | None = None

    def send(self, address: str, *arguments: Argument) -> None:
        """Apply one message, which must be taken."""
        self.director.apply(Message(address, arguments))
        assert not self.director.refused, (address, self.director.refused)

    def colour(self, layer: int, *numbers: float) -> None:
        """Let a layer be of a colour from now on, without a glide."""
        if layer not in self.director.layers:
            self.send(f"/layer/{layer}/scene/go", "solid")
        bank = self.director.layers[layer].voice.bank
        for name, number in zip("rgb", numbers, strict=True):
            bank.place(name, (number,))

    def play(self, frames: int = 1) -> NDArray[np.float64]:
        """The colour in the middle after so many frames, (3,), in light."""
        for _ in range(frames):
            self.frame = self.director.advance(FRAME_NS)
            self.mixer.step(self.frame)
            self.mixer.compose(self.frame)
            self.mixer.prepare_all(self.frame)
        assert not self.mixer.take_complaints()
        raw = np.frombuffer(self.mixer.light.read(components=4, dtype="f2"), np.float16)
        return raw.reshape(SIZE[1], SIZE[0], 4)[3, 4, :3].astype(np.float64)

    def settle(self) -> NDArray[np.float64]:
        """The colour once nothing glides any more."""
        return self.play(FPS)

    def watch(self, frames: int) -> NDArray[np.float64]:
        """The colours of so many frames, (frames, 3)."""
        return np.array([self.play() for _ in range(frames)])

    def release(self) -> None:
        self.mixer.release()


def largest_step(colours: Sequence[NDArray[np.float64]] | NDArray[np.float64]) -> float:
    """The most that any channel changes from one frame to the next."""
    return float(np.abs(np.diff(np.asarray(colours), axis=0)).max())
