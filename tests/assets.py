"""Copies of the assets for tests that spoil them: whole, or only what some scenes need."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path

from engine.assets import FOLDERS

ROOT = Path(__file__).resolve().parents[1]


def copy_assets(folder: Path, *scenes: str, also: Sequence[str] = ()) -> Path:
    """A copy in `folder`, which it makes; returns it.

    With `scenes`, only those, their models and looks, and the shaders in `also` ("looks/flat.fs"):
    quick to read and to compile. Then there is no show and no map.
    """
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    if not scenes:
        return folder
    kept = {folder / "shaders" / name for name in also}
    for path in (folder / "scenes").glob("*.toml"):
        if path.stem in scenes:
            scene = tomllib.loads(path.read_text(encoding="utf-8"))
            kept.add(folder / "shaders" / "models" / f"{scene['model']}.fs")
            kept.add(folder / "shaders" / "looks" / f"{scene['look']}.fs")
        else:
            path.unlink()
    for kind in ("models", "looks"):
        for path in (folder / "shaders" / kind).iterdir():
            if path.with_name(f"{path.name.split('.')[0]}.fs") not in kept:
                path.unlink()
    for name in ("maps", "shows"):
        for path in (folder / "config" / name).iterdir():
            path.unlink()
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of the first `old`, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
