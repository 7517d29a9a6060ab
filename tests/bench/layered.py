"""The processor's work in a frame of four layers, two effects on each, 64 modulators, beyond the passes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

import moderngl

from engine.assets import find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import PASSES, Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.director import Director
from engine.show.modulation.modulator import MOST_MODULATORS, Route
from engine.show.pace import Pace
from engine.show.scene import Scene
from tests.bench.modulation import make_modulators

LAYERS, STEPS, FRAMES = 4, 8, 400
EFFECTS = ("feedback", "levels")
TARGETS = ("feed", "kill", "diffuse_u", "glow", "exposure", "palette_shift", "palette_contrast")
SIZE = (16, 16)


def measure_layers(context: moderngl.Context) -> dict[str, float]:
    """Median milliseconds of a frame from which only the draws are left out, and of its part in the show.

    What is timed is ours: a frame made, with 64 modulators and 128 routes; blocks written, targets,
    textures and programs bound for the steps, looks, effects, layers and finish of four fields.
    """
    library = read_library(find_assets())
    scene = _modulated(library)
    catalogue = replace(library.catalogue, scenes={scene.id: scene})
    director = Director(catalogue, scene.id, pace=Pace(aspect=1.0))
    shelf = Shelf(context, library.assets.both("shaders"))
    folder = library.assets.both("scenes")
    mixer = Mixer(context, shelf, SIZE, catalogue.models, folder, effects=catalogue.laid)
    for message in _set_up(scene):
        director.apply(message)
    assert not director.refused, director.refused
    for _ in range(60):
        _play(context, director, mixer)  # compiles all that a frame needs, and lets it come
    _leave_out_draws(mixer, shelf, scene)
    taken = [_play(context, director, mixer) for _ in range(FRAMES)]
    mixer.release()
    shelf.release()
    show, whole = zip(*taken[20:], strict=True)
    return {"show": round(median(show), 3), "frame": round(median(whole), 3)}


def _set_up(scene: Scene) -> Iterable[Message]:
    for number in range(1, LAYERS + 1):
        layer = f"/layer/{number}"
        if number > 1:
            yield Message(f"{layer}/scene/go", (scene.id, 0.0))
        yield Message(f"{layer}/opacity", (0.6,))
        yield Message(f"{layer}/blend", ("screen",))
        for slot, name in enumerate(EFFECTS, 1):
            yield Message(f"{layer}/effect/{slot}/go", (name, 0.0))
            yield Message(f"{layer}/effect/{slot}/mix", (0.8,))


def _modulated(library: Library) -> Scene:
    """A scene with its share of the modulators."""
    modulators = make_modulators(MOST_MODULATORS // LAYERS)
    pairs = [
        (m.name, TARGETS[(2 * i + k) % len(TARGETS)])
        for i, m in enumerate(modulators)
        for k in (0, 1)
    ]
    routes = tuple(Route(name, target, 0.001, "linear") for name, target in pairs)
    coral = library.catalogue.scenes["coral"]
    return replace(
        coral, id="bench", rows=16, grow=0, drifts=(), modulators=modulators, routes=routes
    )


def _play(context: moderngl.Context, director: Director, mixer: Mixer) -> tuple[float, float]:
    context.finish()
    began = time.thread_time()
    frame = director.advance(16_666_667)
    made = time.thread_time()
    layers = tuple(
        replace(layer, voices=tuple(replace(v, steps=STEPS, splats=()) for v in layer.voices))
        for layer in frame.layers
    )
    frame = replace(frame, layers=layers)
    again = time.thread_time()
    mixer.step(frame)
    mixer.compose(frame)
    mixer.prepare(frame)
    context.finish()
    done = time.thread_time()
    return (made - began) * 1e3, (made - began + done - again) * 1e3


class _Nothing:
    """Stands where a program's triangle was, and draws nothing."""

    def render(self, mode: int, vertices: int) -> None:
        return

    def release(self) -> None:
        return


def _leave_out_draws(mixer: Mixer, shelf: Shelf, scene: Scene) -> None:
    step = shelf.step(mixer.models[scene.model], scene.variation, scene.border)
    passes = [shelf.pick(name) for name in PASSES]
    for program in (*passes, shelf.look(scene.look), step.rate):
        program._triangle = _Nothing()  # type: ignore[assignment]
    for played in shelf._isf.values():
        played._corners = _Nothing()  # type: ignore[assignment]
