"""One ISF file checked by running it: read, compiled and drawn, as small as can be.

In: a path of an effect, a transition or a generator, ours or anybody's. Out: complaints about it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.assets import Assets
from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.shelf import Shelf
from engine.gpu.source import name_path
from engine.output.surface import Surface

SIZE = (16, 12)
FRAMES = 2  # so that what is kept is read


def check_isf(path: Path, assets: Assets, surface: Surface | None) -> list[Complaint]:
    """Everything that keeps the file from running; without a surface, what can be read of it."""
    shaders = assets.both("shaders")
    try:
        file = read_isf(path, shaders)
        if surface is not None:
            context = surface.context
            shelf = Shelf(context, shaders)
            texture = context.texture(SIZE, 4, dtype="f2")
            target = context.framebuffer([texture])
            try:
                run = IsfRun(context, shelf, file.as_effect(), SIZE)
                for _ in range(FRAMES):
                    run.draw({}, {}, target, Clock(1 / 60))
                run.release()
            finally:
                shelf.release()
                target.release()
                texture.release()
    except MorphogenError as error:
        outside = name_path(path, shaders) == path.name  # then it is named by its name alone
        return [
            replace(c, where=f"{path.parent / c.where}")
            if outside and c.where.startswith((path.name, f"{path.stem}.vs"))
            else c
            for c in error.complaints
        ]
    return []
