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
from engine.gpu.shelf import Shelf
from engine.library import read_library
from engine.message import Message
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.show.voice import Pace

PARAMETERS, STEPS, FRAMES = 64, 32, 300


def measure_frame(context: moderngl.Context) -> float:
    """Median milliseconds of this thread in a frame, less those in the same draws alone, 16 x 16 cells.

    So small a field makes the passes themselves cheap; what is left is ours: 64 messages applied,
    64 values glided, written and sent, one frame made.
    """
    with tempfile.TemporaryDirectory() as folder:
        assets = _with_many_parameters(Path(folder))
        library = read_library(assets)
        catalogue = library.catalogue
        model = next(s for s in catalogue.scenes.values() if s.model == "gray_scott")
        scene = replace(
            model,
            look="bench",
            rows=16,
            terrain={},
            drifts=(),
            grow=0,
            values={},
            macros=tuple(replace(macro, moves=()) for macro in model.macros),
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
        beyond = []
        for number in range(FRAMES):
            whole = _play(context, director, mixer, number)
            beyond.append(whole - _replay(context, director, mixer))
        mixer.release()
        shelf.release()
    return round(median(beyond[20:]), 3)


def _play(context: moderngl.Context, director: Director, mixer: Mixer, number: int) -> float:
    messages = [
        Message(f"/param/bench_{i}", ((number * 7 + i) % 100 / 100.0,)) for i in range(PARAMETERS)
    ]
    context.finish()
    began = time.thread_time()
    for message in messages:
        director.apply(message)
    frame = director.advance(16_666_667)
    layer = frame.layers[0]
    voice = replace(layer.voices[0], steps=STEPS, splats=())
    frame = replace(frame, layers=(replace(layer, voices=(voice,)),))
    mixer.step(frame)
    mixer.compose(frame)
    context.finish()
    return (time.thread_time() - began) * 1e3


def _replay(context: moderngl.Context, director: Director, mixer: Mixer) -> float:
    """The draws of such a frame and nothing else: the same targets in the same order."""
    voice = director.advance(0).layers[0].voices[0]
    running = mixer.running(voice.key)
    assert running is not None
    pick = mixer.shelf.pick
    rate, trail = mixer.shelf.step(running.model, ()).rate, pick("trail")
    shrink, blur, finish = pick("shrink"), pick("blur"), pick("finish")
    passes = [mixer.shelf.look("bench"), shrink, blur, blur, shrink, blur, blur, finish]
    context.finish()
    began = time.thread_time()
    for program in (*[rate] * STEPS, trail):
        running.field.target.use()
        running.field.use(0)
        program.bind()
        program.draw()
        running.field.swap()
    for program, target in zip(passes, mixer.targets(), strict=True):
        target.use()
        running.field.use(0)
        program.bind()
        program.draw()
    context.finish()
    return (time.thread_time() - began) * 1e3


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
