"""The processor's work in a frame with 64 moving parameters and 32 steps, beyond the passes themselves."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import moderngl

from engine.assets import Assets, find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import PASSES, Shelf
from engine.library import read_library
from engine.message import Message
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.show.pace import Pace
from engine.show.scene import Scene

PARAMETERS, STEPS, FRAMES = 64, 32, 300


def measure_frame(context: moderngl.Context) -> float:
    """Median milliseconds of a frame from which only the draws are left out.

    What is timed is ours: 64 messages applied, 64 values glided, a frame made, blocks written,
    targets, textures and programs bound for 32 steps, trail, look, glow and finish.
    """
    with tempfile.TemporaryDirectory() as folder:
        assets = _with_many_parameters(Path(folder))
        library = read_library(assets)
        catalogue = library.catalogue
        coral = catalogue.scenes["coral"]
        scene = replace(
            coral,
            look="bench",
            rows=16,
            sources=(),
            drifts=(),
            modulators=(),
            routes=(),
            effects=(),
            grow=0,
            values={},
            macros=tuple(replace(macro, moves=()) for macro in coral.macros),
        )
        own = Catalogue(
            catalogue.models,
            catalogue.looks,
            catalogue.finish,
            catalogue.palettes,
            {"bench": scene},
        )
        director = Director(own, "bench", pace=Pace(aspect=1.0))
        shelf = Shelf(context, assets.shaders)
        mixer = Mixer(context, shelf, (16, 16), catalogue.models, assets.scenes)
        _play(context, director, mixer, 0)  # compiles all that a frame needs
        _leave_out_draws(mixer, scene)
        taken = [_play(context, director, mixer, number) for number in range(FRAMES)]
        mixer.release()
        shelf.release()
    return round(median(taken[20:]), 3)


def _play(context: moderngl.Context, director: Director, mixer: Mixer, number: int) -> float:
    messages = [
        Message(f"/param/bench_{i}", ((number * 7 + i) % 100 / 100.0,)) for i in range(PARAMETERS)
    ]
    context.finish()
    began = time.perf_counter()
    for message in messages:
        director.apply(message)
    frame = director.advance(16_666_667)
    layer = frame.layers[0]
    voice = replace(layer.voices[0], steps=STEPS, splats=())
    frame = replace(frame, layers=(replace(layer, voices=(voice,)),))
    mixer.step(frame)
    mixer.compose(frame)
    context.finish()
    return (time.perf_counter() - began) * 1e3


class _Nothing:
    """Stands where a program's triangle was, and draws nothing."""

    def render(self, mode: int, vertices: int) -> None:
        return

    def release(self) -> None:
        return


def _leave_out_draws(mixer: Mixer, scene: Scene) -> None:
    passes = [mixer.shelf.pick(name) for name in PASSES]
    step = mixer.shelf.step(mixer.models[scene.model], scene.variation, scene.border)
    for program in (*passes, mixer.shelf.look("bench"), step.rate):
        program._triangle = _Nothing()  # type: ignore[assignment]


def _with_many_parameters(folder: Path) -> Assets:
    """The project's assets and one look more, which has 64 numbers to play."""
    here = find_assets()
    for part in ("shaders", "scenes", "config"):
        shutil.copytree(here.root / part, folder / part)
    inputs = [
        {"NAME": f"bench_{i}", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5}
        for i in range(PARAMETERS)
    ]
    header = {
        "ISFVSN": "2",
        "DESCRIPTION": "Bench",
        "INPUTS": inputs,
        "MORPHOGEN": {"KIND": "look"},
    }
    total = " + ".join(f"bench_{i}" for i in range(PARAMETERS))
    body = (
        '#include "lib/surface.glsl"\n#include "lib/palette.glsl"\n'
        f"void main() {{ gl_FragColor = vec4(palette(surface_at(uv).body + {total}), 1.0); }}\n"
    )
    (folder / "shaders" / "looks" / "bench.fs").write_text(f"/*{json.dumps(header)}*/\n{body}")
    return find_assets(folder)
