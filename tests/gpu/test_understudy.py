"""The understudy: what it has rehearsed costs the stage no compiling; without it the show goes on."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.assets import Assets
from engine.gpu.known_machines import keep_known, read_known
from engine.stage.understudy import Part, Understudy
from tests.assets import ROOT, copy_assets

PATIENCE_S = 120.0
GPU = "some GPU"
# What the stage does with the same part, by itself.
STAGE = """
import sys
from pathlib import Path
from engine.assets import Assets
from engine.gpu.layout import PLAIN
from engine.gpu.shelf import Shelf
from engine.library import read_library
from engine.output.headless import open_headless
from engine.gpu.rehearsal import rehearse_all
assets = Assets(Path(sys.argv[1]))
with open_headless((64, 64)) as surface:
    shelf = Shelf(surface.context, assets.both("shaders"), PLAIN)
    catalogue, seeds = read_library(assets).catalogue, assets.both("scenes")
    print(sum(1 for _ in rehearse_all(surface.context, shelf, catalogue, ["coral"], seeds)))
    shelf.release()
"""
UNDERSTUDY = """
import sys, time
from pathlib import Path
from engine.assets import Assets
from engine.stage.understudy import Part, Understudy
if __name__ == "__main__":
    part = Part(Assets(Path(sys.argv[1])), "plain", ("coral",), "some GPU")
    understudy = Understudy(part, Path(sys.argv[2]))
    print("began", flush=True)
    while not understudy.has_done(10_000):
        time.sleep(0.05)
"""


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    """One scene, one effect, one transition, the dearest: all that is compiled where nothing was before."""
    root = copy_assets(tmp_path / "assets", "coral")
    for folder, kept in (("effects", "invert.fs"), ("transitions", "growth.fs")):
        for path in (root / "shaders" / folder).iterdir():
            if path.name != kept:
                path.unlink()
    return Assets(root)


def start(code: str, *words: Path, cache: Path) -> subprocess.Popen[str]:
    """Python in a process of its own, with a driver's cache of its own."""
    environment = {**os.environ, "MESA_SHADER_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)}
    script = cache.with_suffix(".py")  # a file, for the process that it begins reads it again
    script.write_text(code)
    command = [sys.executable, str(script), *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def wait_for(found: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < until
        time.sleep(0.05)


def compiled_in(cache: Path) -> set[Path]:
    """What a driver keeps there, but for its index."""
    return {path for path in cache.rglob("*") if path.is_file() and path.name != "index"}


def test_what_it_has_done_the_driver_need_not_compile_again(tmp_path: Path, assets: Assets) -> None:
    cache, kept = tmp_path / "cache", tmp_path / "rehearsed.json"
    assert start(UNDERSTUDY, assets.root, kept, cache=cache).wait(PATIENCE_S) == 0
    known = compiled_in(cache)
    if not known:
        pytest.skip("this driver keeps nothing")
    stage = start(STAGE, assets.root, cache=cache)
    pieces = int(stage.communicate(timeout=PATIENCE_S)[0])
    assert pieces > 10
    assert len(known) > pieces
    assert compiled_in(cache) == known


def test_what_a_driver_knows_is_not_rehearsed_again_until_a_file_changes(
    tmp_path: Path, assets: Assets
) -> None:
    kept = tmp_path / "rehearsed.json"
    part = Part(assets, "plain", ("coral",), GPU)
    keep_known(kept, GPU, part.mark)
    understudy = Understudy(part, kept)
    wait_for(lambda: understudy.has_done(10_000))
    assert not multiprocessing.active_children()
    (assets.root / "scenes" / "coral.toml").open("a").write("# \n")
    assert read_known(kept, GPU) != part.mark
    understudy = Understudy(part, kept)
    wait_for(multiprocessing.active_children)
    assert not understudy.has_done(0)
    understudy.close()
    assert understudy.has_done(10_000)
    assert read_known(kept, GPU) != part.mark


def test_it_does_not_outlive_a_stage_that_is_killed(tmp_path: Path, assets: Assets) -> None:
    kept = tmp_path / "rehearsed.json"
    stage = start(UNDERSTUDY, assets.root, kept, cache=tmp_path / "cache")
    wait_for(lambda: children_of(stage.pid))
    (child, *_) = children_of(stage.pid)
    stage.kill()
    stage.wait(PATIENCE_S)
    wait_for(lambda: not Path(f"/proc/{child}").exists())


def children_of(pid: int) -> list[int]:
    """Of the threads' processes, those that are not multiprocessing's own."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            words = Path(f"/proc/{child}/cmdline").read_text()
            if "spawn_main" in words:
                found.append(int(child))
    return found


def test_without_it_the_stage_goes_on_alone(tmp_path: Path, assets: Assets) -> None:
    missing = Assets(tmp_path / "gone")  # it ends at once, with a mistake
    understudy = Understudy(Part(missing, "plain", ("coral",), GPU), tmp_path / "rehearsed.json")
    wait_for(lambda: understudy.has_done(10_000))
    understudy.close()
