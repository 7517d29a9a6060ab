"""One picture per scene, as it looked when somebody last looked at it: see compare.py."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.assets import find_assets
from engine.library import Library, read_library
from engine.message import Message
from tests.golden.compare import (
    RENDERER,
    find_differences,
    load_golden,
    name_renderer,
    paint_golden,
)

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).resolve().parent / "pictures"
SCENES = sorted(path.stem for path in (ROOT / "scenes").glob("*.toml"))
REMEDY = "If it is meant: python tests/golden/remake.py, and look at the picture."


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


@pytest.fixture
def software(context: moderngl.Context) -> moderngl.Context:
    """The renderer that golden pictures are made with."""
    renderer = name_renderer(context)
    if RENDERER not in renderer:
        pytest.skip(f"golden pictures are compared on {RENDERER} only; this is {renderer}")
    return context


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_looks_as_it_did(
    software: moderngl.Context, library: Library, scene: str, tmp_path: Path
) -> None:
    path = PICTURES / f"{scene}.png"
    assert path.exists(), f"there is no golden picture of '{scene}'. {REMEDY}"
    golden, renderer = load_golden(path)
    picture = paint_golden(software, library, scene)
    wrong = find_differences(golden, picture, strict=renderer == name_renderer(software))
    assert not wrong, f"{scene}: {wrong}. {REMEDY}"


def test_there_is_no_picture_of_a_scene_that_is_gone() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} <= set(SCENES)


@pytest.mark.parametrize("scene", SCENES[:3])
def test_another_palette_seed_or_knob_is_noticed(
    software: moderngl.Context, library: Library, scene: str
) -> None:
    golden = paint_golden(software, library, scene)
    assert not find_differences(golden, paint_golden(software, library, scene), strict=True)
    palette = library.catalogue.scenes[scene].palette
    other = next(name for name in library.catalogue.palettes if name != palette)
    for message in (
        Message("/palette/go", (other, 0.0)),
        Message("/seed", (99,)),
        Message("/param/exposure", (1.4,)),
    ):
        picture = paint_golden(software, library, scene, message)
        assert find_differences(golden, picture, strict=True)
        assert find_differences(golden, picture, strict=False)


def test_another_size_is_noticed_and_one_grain_is_not() -> None:
    draw = np.random.default_rng(1)
    golden = draw.integers(0, 255, (108, 192, 3)).astype(np.uint8)
    grain = golden.copy()
    grain[5, 5] ^= 255
    for strict in (True, False):
        assert find_differences(golden, golden[:-6], strict)
        assert not find_differences(golden, grain, strict)
