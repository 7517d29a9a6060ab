"""Writes a page for each model, `docs/models/NAME.md`, from its header: `make pages`.

In: the models' files, their presets and the scenes that play them. Out: text only; the pictures are
those that `gallery.py` draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.assets import find_assets
from engine.gpu.isf.shader_file import ShaderFile, read_shader
from engine.library import Library, read_library
from engine.show.catalogue import Model
from engine.show.parameter import Parameter

DOCS = Path(__file__).parent
COMMENT = re.compile(r"/\*(.*?)\*/", re.DOTALL)
SHARED = ("speed", "steps_per_beat", "rain", "rain_radius", "rain_amount")


def main() -> None:
    """Write every page, and take away those of models that are gone."""
    library = read_library(find_assets(DOCS.parent))
    folder = DOCS / "models"
    folder.mkdir(exist_ok=True)
    pages = write_pages(library)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{len(pages)} pages in {folder}")


def write_pages(library: Library) -> dict[str, str]:
    """The text of each page by its file's name; README.md lists them."""
    models = library.catalogue.models
    pages = {f"{name}.md": "\n".join(_write_page(library, m)) for name, m in models.items()}
    rows = (
        f"| [{name}]({name}.md) | {model.title} | {len(model.presets) or ''} | "
        f"{', '.join(_scenes(library, model))} |"
        for name, model in models.items()
    )
    pages["README.md"] = "\n".join(
        (
            "# The models",
            "",
            "Every page is written from the model's own file by `make pages`.",
            "",
            "| model | what it is | presets | scenes |",
            "|---|---|---|---|",
            *rows,
            "",
        )
    )
    return pages


def _write_page(library: Library, model: Model) -> Iterator[str]:
    path = library.assets.shaders / "models" / f"{model.id}.fs"
    shader = read_shader(path, path.name)
    name, _, what = model.title.partition(": ")
    yield f"# {name}"
    yield ""
    yield f"{what[:1].upper()}{what[1:]}."
    yield ""
    for scene in _scenes(library, model)[:2]:
        yield f"![{scene}](../scenes/{scene}.jpg)"
    yield ""
    for note in _notes(shader):
        yield "```"
        yield note
        yield "```"
        yield ""
    yield f"**Source:** {shader.credit}" if shader.credit else "**Source:** our own."
    yield ""
    yield f"**State:** {', '.join(model.channels)}; rest at {_numbers(model.rest)}."
    yield ""
    yield f"**Step:** {model.dt:g} of its time, {model.steps:g} a second at speed 1."
    yield ""
    yield "| parameter | what it is | range | default | unit |"
    yield "|---|---|---|---|---|"
    for parameter in model.parameters:
        if parameter.name not in SHARED:
            yield _write_parameter(parameter)
    yield ""
    yield f"And, as every model: {', '.join(f'`{name}`' for name in SHARED)}."
    yield ""
    if model.presets:
        yield "| preset | what it does | source |"
        yield "|---|---|---|"
        for preset in model.presets:
            yield f"| `{preset.id}` | {preset.title} | {preset.source} |"
        yield ""
    scenes = _scenes(library, model)
    yield f"**Scenes:** {', '.join(scenes)}." if scenes else "**Scenes:** none yet."
    yield ""


def _write_parameter(parameter: Parameter) -> str:
    low, high = _numbers(parameter.minimum), _numbers(parameter.maximum)
    reach = ", ".join(parameter.choices) if parameter.choices else f"{low} to {high}"
    default = _numbers(parameter.default)
    return f"| `{parameter.name}` | {parameter.label} | {reach} | {default} | {parameter.unit} |"


def _notes(shader: ShaderFile) -> list[str]:
    """The comments that stand at the beginning of a line: the equations, the limit, the traps."""
    notes = []
    for found in COMMENT.finditer(shader.body):
        if found.start() == 0 or shader.body[found.start() - 1] == "\n":
            lines = [line.strip() for line in found.group(1).strip().splitlines()]
            notes.append("\n".join(lines))
    return notes


def _scenes(library: Library, model: Model) -> list[str]:
    return [name for name, scene in library.catalogue.scenes.items() if scene.model == model.id]


def _numbers(numbers: tuple[float, ...]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


if __name__ == "__main__":
    main()
