"""Makes the golden pictures anew: `python tests/golden/remake.py [SCENE...]`. Look at each of them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).resolve().parent / "pictures"


def main(scenes: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    from engine.assets import find_assets
    from engine.library import read_library
    from engine.output.headless import open_headless
    from tests.golden.compare import RENDERER, SIZE, name_renderer, paint_golden, save_golden

    library = read_library(find_assets(ROOT))
    known = library.catalogue.scenes
    with open_headless(SIZE) as surface:
        renderer = name_renderer(surface.context)
        if RENDERER not in renderer:
            print(f"golden pictures are made by {RENDERER}: set GALLIUM_DRIVER={RENDERER} and")
            print(f"LIBGL_ALWAYS_SOFTWARE=1. This is {renderer}.")
            return 2
        PICTURES.mkdir(exist_ok=True)
        for scene in scenes or known:
            path = PICTURES / f"{scene}.png"
            save_golden(path, paint_golden(surface.context, library, scene), renderer)
            print(path.relative_to(ROOT))
    for path in PICTURES.glob("*.png"):
        if path.stem not in known:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
