"""Draws every scene and the sheets of them: `make gallery`, or `make gallery ARGS="coral lace"` for
some. In: the scenes. Out: `docs/scenes/NAME.jpg`, `docs/gallery.jpg` and the README's `docs/scenes.jpg`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import moderngl
from PIL import Image, ImageDraw, ImageFont

from engine.assets import find_assets
from engine.gpu.layout import LAYOUTS
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.output.headless import open_headless
from engine.output.readback import read_image
from engine.show.director import Director
from engine.show.pace import Pace

DOCS = Path(__file__).parent
SIZE, KEPT = (1280, 720), (640, 360)
SHEET, SHOW = ((320, 180), 5), ((640, 360), 3)  # size of a picture, pictures in a row
SECONDS, FPS = 10, 30


def main(names: Sequence[str]) -> None:
    """Render scenes large, keep them small: lines stay fine. Then the sheets, of what is kept."""
    library = read_library(find_assets(DOCS.parent))
    # Generators play as scenes, too, but have no file of their own here.
    known = library.catalogue.scenes
    scenes = [name for name in known if (DOCS.parent / "scenes" / f"{name}.toml").is_file()]
    unknown = [name for name in names if name not in scenes]
    if unknown:
        sys.exit(f"no scene {', '.join(unknown)}")
    (DOCS / "scenes").mkdir(exist_ok=True)
    with open_headless(SIZE) as surface:
        shelf = Shelf(surface.context, library.assets.shaders, LAYOUTS["fused"])
        for name in names or scenes:
            picture = draw_scene(surface.context, shelf, library, name)
            small = picture.resize(KEPT, Image.Resampling.LANCZOS)
            small.save(DOCS / "scenes" / f"{name}.jpg", quality=85)
            print(DOCS / "scenes" / f"{name}.jpg")
        shelf.release()
    for path in (DOCS / "scenes").glob("*.jpg"):
        if path.stem not in scenes:
            path.unlink()
    draw_sheet(scenes, *SHEET, named=True).save(DOCS / "gallery.jpg", quality=85)
    show = [entry.scene for entry in library.shows["default"].entries]
    draw_sheet(show, *SHOW).save(DOCS / "scenes.jpg", quality=85)


def draw_scene(context: moderngl.Context, shelf: Shelf, library: Library, name: str) -> Image.Image:
    """What a scene looks like some seconds after its beginning."""
    director = Director(library.catalogue, name, pace=Pace(SIZE[0] / SIZE[1]))
    models = library.catalogue.models
    effects = library.catalogue.laid
    mixer = Mixer(context, shelf, SIZE, models, library.assets.scenes, effects=effects)
    try:
        for _ in range(SECONDS * FPS):
            frame = director.advance(1_000_000_000 // FPS)
            mixer.step(frame)
            if mixer.remembers(frame):
                mixer.compose(frame)
        mixer.compose(frame)
        return Image.fromarray(read_image(mixer.picture)).convert("RGB")
    finally:
        mixer.release()


def draw_sheet(
    names: Sequence[str], size: tuple[int, int], columns: int, named: bool = False
) -> Image.Image:
    """The kept pictures of these scenes, row by row."""
    width, height = size
    sheet = Image.new("RGB", (width * columns, height * -(-len(names) // columns)))
    for number, name in enumerate(names):
        with Image.open(DOCS / "scenes" / f"{name}.jpg") as kept:
            picture = kept.resize(size, Image.Resampling.LANCZOS)
        if named:
            ink = ImageDraw.Draw(picture)
            font = ImageFont.load_default(13)
            ink.text((8, height - 21), name, "white", font, stroke_width=2, stroke_fill="black")
        sheet.paste(picture, (number % columns * width, number // columns * height))
    return sheet


if __name__ == "__main__":
    main(sys.argv[1:])
