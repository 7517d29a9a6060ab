"""Draws docs/effects.jpg, every effect over a scene and every transition on its way: `make gallery`.

In: scenes, played as a performer plays them, by messages. Out: one picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import moderngl
from PIL import Image, ImageDraw, ImageFont

from engine.assets import find_assets
from engine.gpu.layout import LAYOUTS
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.output.headless import open_headless
from engine.output.readback import read_image
from engine.show.director import Director
from engine.show.pace import Pace

DOCS = Path(__file__).parent
SIZE, KEPT, COLUMNS, FPS = (320, 180), (320, 180), 5, 30
SCENES = ("coral", "aurora", "marble", "oil", "peacock")
GROWN_S, SEEN_S, CHANGE_S = 5.0, 1.0, 1.0
FEW = 4  # pictures


class Theatre:
    """One scene playing, without a window."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, library: Library, scene: str
    ) -> None:
        self.director = Director(library.catalogue, scene, pace=Pace(SIZE[0] / SIZE[1]))
        models, effects = library.catalogue.models, library.catalogue.laid
        scenes = library.assets.scenes
        self.mixer = Mixer(context, shelf, SIZE, models, scenes, effects=effects)

    def play(self, seconds: float) -> None:
        """Go on for so long, unseen but for what an effect remembers."""
        for _ in range(round(seconds * FPS)):
            frame = self.director.advance(1_000_000_000 // FPS)
            self.mixer.step(frame)
            if self.mixer.remembers(frame):
                self.mixer.compose(frame)

    def show(self, seconds: float) -> None:
        """Draw what was just said, after so long. What remembers no picture needs few for its time."""
        frame = self.director.advance(1)
        self.mixer.step(frame)
        self.mixer.compose(frame)
        count = round(seconds * FPS) if self.mixer.remembers(frame) else FEW
        for _ in range(count):
            frame = self.director.advance(round(seconds * 1e9) // count)
            self.mixer.step(frame)
            self.mixer.compose(frame)

    def say(self, address: str, *arguments: str | float) -> None:
        self.director.apply(Message(address, arguments))

    def look(self, name: str) -> Image.Image:
        """The last picture, small, with its name."""
        picture = Image.fromarray(read_image(self.mixer.picture)).convert("RGB")
        picture = picture.resize(KEPT, Image.Resampling.LANCZOS)
        ink, font = ImageDraw.Draw(picture), ImageFont.load_default(13)
        ink.text((8, KEPT[1] - 21), name, "white", font, stroke_width=2, stroke_fill="black")
        return picture


def main() -> None:
    """Draw all of them, effects first, each kind by name."""
    library = read_library(find_assets(DOCS.parent))
    with open_headless(SIZE) as surface:
        shelf = Shelf(surface.context, library.assets.shaders, LAYOUTS["fused"])
        pictures = dict(draw_all(surface.context, shelf, library))
        shelf.release()
    names = [*library.catalogue.effects, *library.catalogue.transitions]
    sheet = Image.new("RGB", (KEPT[0] * COLUMNS, KEPT[1] * -(-len(names) // COLUMNS)))
    for number, name in enumerate(names):
        row, column = divmod(number, COLUMNS)
        sheet.paste(pictures[name], (column * KEPT[0], row * KEPT[1]))
    sheet.save(DOCS / "effects.jpg", quality=85)
    print(DOCS / "effects.jpg")


def draw_all(
    context: moderngl.Context, shelf: Shelf, library: Library
) -> Iterator[tuple[str, Image.Image]]:
    """Every effect and transition by its name, from one scene after the other."""
    effects, transitions = list(library.catalogue.effects), list(library.catalogue.transitions)
    for place, scene in enumerate(SCENES):
        theatre = Theatre(context, shelf, library, scene)
        theatre.play(GROWN_S)
        for name in effects[place :: len(SCENES)]:
            theatre.say("/effect/1/go", name, 0.0)
            theatre.show(SEEN_S)
            yield name, theatre.look(name)
        theatre.say("/effect/1/go", "")
        theatre.mixer.release()
    theatre = Theatre(context, shelf, library, SCENES[-1])
    theatre.play(GROWN_S)
    for number, name in enumerate(transitions):
        theatre.say("/scene/go", SCENES[number % len(SCENES)], CHANGE_S, name)
        theatre.show(0.55 * CHANGE_S)
        yield name, theatre.look(name)
        theatre.play(CHANGE_S)
    theatre.mixer.release()


if __name__ == "__main__":
    main()
