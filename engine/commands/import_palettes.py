"""`morphogen palette import`: other programs' palettes, gradients and pictures as palettes of ours.

In: a file, or a gradient of CSS as it was typed. Out: files in the user's folder, which is read over
the engine's own, at once by an engine that plays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import Complaint, MorphogenError
from engine.keep import Saving, check_id, keep_now
from engine.show.colours.foreign.css import read_css
from engine.show.colours.foreign.making import make_id, make_palette
from engine.show.colours.foreign.reading import PICTURES, read_swatches
from engine.show.colours.foreign.swatches import Swatches, Unreadable
from engine.show.colours.palette_text import format_palette

TYPED = "gradient"  # what one that was typed is called


@dataclass(frozen=True, slots=True)
class Import:
    """How it is to be done. `name`: "" for what the file says. `order` as `make_palette` takes it,
    `count` colours of a picture; `anew`: never in the place of one that is there."""

    name: str = ""
    order: str = "auto"
    dark: bool = False
    count: int = 6
    anew: bool = True


def import_palettes(source: str, user: Path, how: Import) -> list[Path]:
    """Write every palette of a file, or of a gradient of CSS, into the user's folder. Raises
    `MorphogenError` before anything is written, unless the disk itself is at fault."""
    typed = "gradient(" in source and not Path(source).exists()
    path = Path(source).expanduser()
    where = "the gradient" if typed else source
    try:
        found = read_css(source) if typed else read_swatches(path, how.count)
        if path.suffix.lower() in PICTURES:  # no gradient: they lie as far apart as they look
            how = replace(how, order="lightness")
        savings = _make(found, TYPED if typed else path.stem, how)
    except Unreadable as error:
        raise MorphogenError(Complaint(where, error.what, error.remedy)) from None
    except ValueError as error:
        raise MorphogenError(Complaint("--name", str(error))) from None
    for saving in savings:
        if how.anew and (user / saving.name).exists():
            remedy = "Choose another name by --name, or --replace it."
            raise MorphogenError(Complaint(str(user / saving.name), "is there already", remedy))
    return [keep_now(user, saving) for saving in savings]


def _make(found: list[Swatches], stem: str, how: Import) -> list[Saving]:
    """What is to be written, each by an id of its own."""
    savings: dict[str, Saving] = {}
    for number, swatches in enumerate(found, 1):
        name = how.name or make_id(swatches.name or stem)
        if how.name and len(found) > 1:
            name = f"{how.name}-{number}"
        if not how.name and check_id(name):
            name = f"{name}-palette"
        while name in savings:
            name = f"{name}-{number}"
        title = swatches.name or (how.name or stem)
        palette = make_palette(swatches, name, title, order=how.order, dark=how.dark)
        savings[name] = Saving("palette", name, format_palette(palette))
    return list(savings.values())
