"""The rehearsal: what later scenes need is compiled and drawn once before they come, bit by bit.

A driver compiles at the first draw, for as long as several frames. So each scene is begun on a tiny
field that nobody sees, one small piece of work at a time, while the first scene plays.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace

import moderngl

from engine.assets import Folder
from engine.errors import MorphogenError
from engine.gpu.effect_rehearsal import rehearse_effects, take_turns
from engine.gpu.generating import Generating
from engine.gpu.running import Running
from engine.gpu.shelf import Shelf
from engine.gpu.turning import take_over
from engine.show.becoming import can_become
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.show.frame import Frame, Splat
from engine.show.pace import Pace
from engine.show.seeds.seed import TAKEN
from engine.show.sources.source import Variation

TINY = 24  # no power of two: some drivers compile for those once more


def rehearse_all(
    context: moderngl.Context,
    shelf: Shelf,
    catalogue: Catalogue,
    scenes: Iterable[str],
    seeds: Folder,
) -> Generator[None]:
    """These scenes in their order and, in turn with them, every effect and transition: piece for piece
    the same wherever it is done."""
    known = [name for name in scenes if name in catalogue.scenes]
    return take_turns(
        rehearse(context, shelf, catalogue, known, seeds),
        rehearse_effects(context, shelf, catalogue.laid.values()),
    )


def rehearse(
    context: moderngl.Context,
    shelf: Shelf,
    catalogue: Catalogue,
    scenes: Iterable[str],
    seeds: Folder,
) -> Generator[None]:
    """One piece of work each time it is asked. A scene that cannot begin is left for its turn."""
    target = context.framebuffer([context.texture((TINY, TINY), 4, dtype="f2")])
    try:
        done: set[tuple[str, Variation, str, str, bool, bool]] = set()
        for name in scenes:
            scene = catalogue.scenes[name]
            flows = scene.flow is not None
            grows_over = scene.seed.kind in TAKEN
            needs = (scene.model, scene.variation, scene.border, scene.look, flows, grows_over)
            try:
                if needs not in done:
                    done.add(needs)
                    yield from _rehearse_scene(context, shelf, catalogue, name, seeds, target)
            except MorphogenError:
                continue
    finally:
        for texture in target.color_attachments:
            texture.release()
        target.release()


def _rehearse_scene(
    context: moderngl.Context,
    shelf: Shelf,
    catalogue: Catalogue,
    name: str,
    seeds: Folder,
    target: moderngl.Framebuffer,
) -> Generator[None]:
    scene = catalogue.scenes[name]
    frame = _tiny_frame(catalogue, name)
    voice = frame.layers[0].voices[0]
    if scene.generator:
        yield from _rehearse_generator(context, shelf, frame, target)
        return
    shelf.step(catalogue.models[scene.model], scene.variation, scene.border)
    yield
    shelf.look(scene.look)
    yield
    running = Running(context, shelf, catalogue.models[scene.model], voice, seeds)
    try:
        # A driver may compile no sooner than at the first draw: each program draws once, in turn.
        for steps in (1, *shelf.layout.trial_steps):
            running.step(replace(voice, steps=steps))
            yield
        if can_become(running.model, running.model):  # hands can ask for it at any time
            itself = (running.model, running.field)
            take_over(context, shelf, itself, itself)
            yield
        running.draw(voice, frame, target)
        yield
        if scene.seed.kind in TAKEN:
            other = Running(context, shelf, running.model, voice, seeds)
            other.inherit(running, voice)
            other.release()
            yield
    finally:
        running.release()


def _rehearse_generator(
    context: moderngl.Context, shelf: Shelf, frame: Frame, target: moderngl.Framebuffer
) -> Generator[None]:
    voice = frame.layers[0].voices[0]
    generating = Generating(context, shelf, voice)
    try:
        yield
        generating.draw(voice, frame, target)
        yield
    finally:
        generating.release()


def _tiny_frame(catalogue: Catalogue, name: str) -> Frame:
    scene = replace(catalogue.scenes[name], grow=0)
    director = Director(replace(catalogue, scenes={name: scene}), name, pace=Pace(rows=TINY))
    frame = director.advance(0)
    layer = frame.layers[0]
    voice = replace(layer.voices[0], steps=1, splats=(Splat(0.5, 0.5, 0.1, 0.5),))
    return replace(frame, layers=(replace(layer, voices=(voice,)),))
