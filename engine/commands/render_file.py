"""One ISF file rendered by itself, without a scene around it: frame by frame, into a picture or a film.

An effect is laid on a test picture or on one that is given, a transition leads from one to another in
the film's time. Values are the file's defaults, or as they are given. Never opens a window or a port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.assets import Assets
from engine.commands.trial_picture import draw_trial_picture
from engine.desk.audio.film import FilmEar
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.isf.drawing import FileDrawing
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.shelf import Shelf
from engine.output.ffmpeg import find_ffmpeg
from engine.output.film import open_film
from engine.output.headless import open_headless
from engine.show.catalogue import Effect
from engine.show.colours.colours import Colours
from engine.show.colours.palette import load_palette
from engine.show.frame import read_date
from engine.show.modulation.hearing import SEEN, Hearing
from engine.show.parameter import Refused, accept_value

BEGUN = datetime(2000, 1, 1)  # for files that ask for the date


@dataclass(frozen=True, slots=True)
class FileJob:
    """What is to be rendered. `inputs` are pictures, at most two; `values` texts, by input's name."""

    path: Path
    output: Path
    seconds: float
    size: tuple[int, int]
    fps: int
    inputs: tuple[Path, ...] = ()
    audio: Path | None = None
    values: Mapping[str, str] | None = None


def render_file(
    assets: Assets, job: FileJob, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Raises `MorphogenError` for what is wrong with the job or the file, before any work."""
    shaders = assets.both("shaders")
    file = read_isf(job.path, shaders)
    effect = file.as_effect()
    values = read_values(effect, job.values or {}, str(job.path))
    pictures = [read_picture(path, job.size) for path in job.inputs[:2]]
    pictures += [draw_trial_picture(job.size, turn) for turn in (0.0, 0.5)[len(pictures) :]]
    total = max(1, round(job.seconds * job.fps))
    plan = repr((job, effect, file.source.text))  # an interrupted one of the same plan goes on
    sound = (job.audio, total / job.fps) if job.audio else None
    with ExitStack() as stack:
        surface = stack.enter_context(open_headless(job.size))
        shelf = Shelf(surface.context, shaders)
        stack.callback(shelf.release)
        drawing = FileDrawing(surface.context, shelf, effect, pictures, _palette(assets))
        stack.callback(drawing.release)
        film = stack.enter_context(
            open_film(job.output, job.size, float(job.fps), plan=plan, sound=sound)
        )
        ear = stack.enter_context(FilmEar(find_ffmpeg(), job.audio)) if job.audio else None
        heard = Hearing()
        for index in range(total):
            for message in ear.hear((index + 1) / job.fps, seen=True) if ear else ():
                name = message.address.removeprefix("/audio/")
                if name in SEEN and isinstance(message.arguments[0], bytes):
                    heard.see(name, message.arguments[0])
            if file.kind == "transition" and "progress" not in (job.values or {}):
                # Of a picture, the middle.
                values["progress"] = 0.5 if film.only_last else index / max(total - 1, 1)
            date = read_date(BEGUN + timedelta(seconds=index / job.fps))
            picture = drawing.draw(values, 1 / job.fps, date, heard.wave, heard.spectrum)
            if index == total - 1 or not film.only_last:
                film.show(picture)
            progress(index + 1, total)
        film.close()  # while there is a GPU to be read from


def _palette(assets: Assets) -> NDArray[np.float32]:
    """The colours of a file of ours that asks for a palette: the first one there is."""
    paths = (assets.both("config") / "palettes").files("*.toml")
    return Colours(load_palette(paths[0])).lut if paths else np.ones((256, 3), np.float32)


def read_values(
    effect: Effect, given: Mapping[str, str], where: str
) -> dict[str, float | Sequence[float]]:
    """Values as they are typed: `0.5`, `true`, `0.2,0.4` or the name of a choice."""
    known = {parameter.name: parameter for parameter in effect.parameters}
    values: dict[str, float | Sequence[float]] = {}
    for name, text in given.items():
        if name not in known:
            raise MorphogenError(Complaint(where, f"no input '{name}'", suggest(name, known)))
        words = [_number(word.strip()) for word in text.split(",")]
        try:
            numbers = accept_value(known[name], words)
        except Refused as refusal:
            raise MorphogenError(Complaint(where, f"'{name}': {refusal}")) from None
        values[name] = numbers[0] if len(numbers) == 1 else numbers
    return values


def _number(word: str) -> float | str:
    if word.lower() in ("true", "false"):
        return float(word.lower() == "true")
    try:
        return float(word)
    except ValueError:
        return word


def read_picture(path: Path, size: tuple[int, int]) -> NDArray[np.float32]:
    """A picture in linear light, (rows, columns, 4), cut to `size`, row 0 at the bottom."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            fitted = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGBA"), size)
    except FileNotFoundError:
        raise MorphogenError(Complaint(str(path), "no such file")) from None
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        what = f"cannot be read as a picture ({error})"
        raise MorphogenError(Complaint(str(path), what, "Try a PNG.")) from error
    picture = np.asarray(fitted, np.float32)[::-1] / 255.0
    sent, alpha = picture[..., :3], picture[..., 3:]
    light = np.where(sent <= 0.04045, sent / 12.92, ((sent + 0.055) / 1.055) ** 2.4)
    return np.concatenate((light * alpha, alpha), axis=-1).astype(np.float32)
