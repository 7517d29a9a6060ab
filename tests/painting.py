"""Scenes painted offline in one context: a scene and moments in, pictures as arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.layout import LAYOUTS
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library
from engine.message import Message
from engine.show.director import Director
from engine.show.life.keeper import answer_pulse
from engine.show.pace import Pace

Picture = NDArray[np.uint8]


def paint(
    context: moderngl.Context,
    library: Library,
    scene: str,
    *,
    moments: Sequence[float],
    size: tuple[int, int],
    fps: int = 30,
    seed: int = 1,
    messages: Sequence[Message] = (),
) -> list[Picture]:
    """The pictures (rows, columns, 3), row 0 on top, at some seconds after the beginning.

    The field has half the scene's rows, the fewest that the stage ever gives it. Its cells lie as
    they do in `morphogen render`: the same field, bit by bit, in less time.
    """
    catalogue = library.catalogue
    rows = catalogue.scenes[scene].rows // 2
    director = Director(
        replace(catalogue, scenes={scene: catalogue.scenes[scene]}),
        scene,
        seed=seed,
        pace=Pace(aspect=size[0] / size[1], rows=rows),
    )
    for message in messages:
        director.apply(message)
    shelf = Shelf(context, library.assets.shaders, LAYOUTS["fused"])
    folder, effects = library.assets.scenes, catalogue.laid
    mixer = Mixer(context, shelf, size, catalogue.models, folder, effects=effects)
    wanted = [max(1, round(moment * fps)) for moment in moments]
    pictures = []
    try:
        for index in range(1, max(wanted) + 1):
            frame = director.advance(1_000_000_000 // fps)
            mixer.step(frame)
            for pulse in mixer.take_pulses():
                assert answer_pulse(director, pulse) is None, "the guard of life took it for ill"
            if index in wanted or mixer.remembers(frame):
                mixer.compose(frame)
            if index in wanted:
                data = np.frombuffer(mixer.picture.read(components=3, alignment=1), np.uint8)
                pictures.append(data.reshape(size[1], size[0], 3)[::-1])
    finally:
        mixer.release()
        shelf.release()
    return pictures
