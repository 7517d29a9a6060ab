"""Makes the README's picture: every scene after some seconds, on one sheet (`make pictures`)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from engine.assets import find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import read_library
from engine.output.headless import open_headless
from engine.output.readback import read_image
from engine.show.director import Director
from engine.show.voice import Pace

SIZE, SHOWN, COLUMNS = (1280, 720), (640, 360), 3
SECONDS, FPS = 12, 30


def main() -> None:
    """Render each scene large, show it small: lines stay fine."""
    library = read_library(find_assets())
    scenes = list(library.shows["default"].entries)
    rows = -(-len(scenes) // COLUMNS)
    sheet = Image.new("RGB", (SHOWN[0] * COLUMNS, SHOWN[1] * rows))
    models = library.catalogue.models
    with open_headless(SIZE) as surface:
        shelf = Shelf(surface.context, library.assets.shaders)
        for number, entry in enumerate(scenes):
            director = Director(library.catalogue, entry.scene, pace=Pace(SIZE[0] / SIZE[1]))
            mixer = Mixer(surface.context, shelf, SIZE, models, library.assets.scenes)
            for _ in range(SECONDS * FPS):
                frame = director.advance(1_000_000_000 // FPS)
                mixer.step(frame)
            mixer.compose(frame)
            picture = Image.fromarray(read_image(mixer.picture))
            place = number % COLUMNS * SHOWN[0], number // COLUMNS * SHOWN[1]
            sheet.paste(picture.resize(SHOWN, Image.Resampling.LANCZOS), place)
            mixer.release()
        shelf.release()
    sheet.save(Path(__file__).parent / "scenes.jpg", quality=88)


if __name__ == "__main__":
    main()
