"""`morphogen atlas`: a map of a model over two parameters, as data and as a picture.

In: options. Out: files, their paths printed. Never opens a window.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.commands.folders import read_library
from engine.commands.progress import count
from engine.commands.values import read_cells, read_range, read_seed, read_steps, read_whole


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("model", metavar="MODEL")
    command.add_argument("x", metavar="X", help="the parameter from left to right")
    command.add_argument("y", metavar="Y", help="the parameter from bottom to top")
    command.add_argument("-o", "--output", type=Path, metavar="out.png", help="a picture of it")
    command.add_argument("--cells", type=read_cells, default=(24, 16), help="like 24x16")
    command.add_argument("--cell-size", type=read_whole, default=64, help="of each, in cells")
    command.add_argument(
        "--steps", type=read_steps, default=0, help="for each; as a rule five seconds'"
    )
    command.add_argument("--x-range", type=read_range, metavar="A:B")
    command.add_argument("--y-range", type=read_range, metavar="A:B")
    command.add_argument("--preset", default="", help="the other values, and the seed")
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument(
        "--into", type=Path, metavar="FOLDER", help="keep the data there; else in your own folder"
    )
    command.add_argument("--quiet", action="store_true", help="no progress bar")


def run(options: argparse.Namespace) -> int:
    """Compute a map of a model over two parameters: where it lives, moves or dies."""
    from contextlib import suppress
    from dataclasses import replace

    from engine.commands.make_atlas import make_atlas, narrow, plan_atlas

    library = read_library(options)
    columns, rows = options.cells
    plan = plan_atlas(
        library,
        options.model,
        options.x,
        options.y,
        preset=options.preset,
        columns=columns,
        rows=rows,
        size=options.cell_size,
        steps=options.steps,
        seed=options.seed,
    )
    plan = replace(plan, x=narrow(plan.x, options.x_range), y=narrow(plan.y, options.y_range))
    folder = options.into
    if folder is None:  # not the engine's own folder: a rough map would take a shipped one's place
        folder = (library.assets.user or library.assets.root) / "config" / "maps"
        with suppress(OSError):  # what is wrong there is said by whoever writes
            folder.mkdir(parents=True, exist_ok=True)
    with count("cell", quiet=options.quiet) as progress:
        for path in make_atlas(library, plan, folder, options.output, progress):
            print(path)
    return 0
