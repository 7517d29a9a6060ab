"""Writes docs/effects.md, every effect and transition with its parameters: `make pages`.

In: their files, as the library reads them. Out: text only; the pictures are `effects_sheet.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.assets import find_assets
from engine.gpu.isf.isf_file import read_isf
from engine.library import Library, read_library
from engine.show.catalogue import Effect
from engine.show.parameter import Parameter

DOCS = Path(__file__).parent
HEAD = """# Effects and transitions

Plain ISF 2.0 files, in `shaders/effects` and `shaders/transitions`: they run in other hosts too. Every
parameter is one like any other (knobs, macros, modulators, snapshots).

A scene's own, laid on in this order, four at most. They are played as `/param/bloom_amount` and
`/param/bloom_mix`:

    [[effect]]
    id = "bloom"
    mix = 0.8
    parameters = { amount = 1.2 }

In a rack of four slots on each layer and on the master: `/effect/1/go "bloom"`,
`/master/effect/1/go "vignette"`, `/effect/1/mix 0.5`, `/effect/1/param/amount 1.2`. A transition:
`/scene/go "coral" 4 "growth"`, or in a scene `enter = "growth"`, `enter = { by = "wipe", angle = 0.25 }`.

Times are in seconds and sizes in parts of the picture's height, so that all of them look alike at any
frame rate and size. No effect flashes: see `pulse`. This page is written from the files by `make pages`,
its pictures by `make gallery`.

![Every effect and transition](effects.jpg)
"""


def main() -> None:
    """Write the page."""
    library = read_library(find_assets(DOCS.parent))
    (DOCS / "effects.md").write_text(write_page(library), encoding="utf-8")
    print(DOCS / "effects.md")


def write_page(library: Library) -> str:
    """The whole page."""
    catalogue = library.catalogue
    lines = [HEAD]
    for title, known in (("Effects", catalogue.effects), ("Transitions", catalogue.transitions)):
        lines += [f"## {title}", "", *_write_list(known), ""]
        for effect in known.values():
            lines += _write_effect(library, effect)
    return "\n".join(lines)


def _write_list(known: Mapping[str, Effect]) -> Iterator[str]:
    yield "| | what it does |"
    yield "|---|---|"
    for name, effect in known.items():
        yield f"| [{name}](#{name}) | {_what(effect)} |"


def _write_effect(library: Library, effect: Effect) -> Iterator[str]:
    yield f"### {effect.id}"
    yield ""
    yield f"{_what(effect)}."
    yield ""
    yield f"Source: {read_isf(effect.path, library.assets.shaders).shader.credit}."
    yield ""
    yield "| parameter | what it is | range | default | unit |"
    yield "|---|---|---|---|---|"
    for parameter in effect.knobs:
        yield _write_parameter(parameter)
    yield ""


def _write_parameter(parameter: Parameter) -> str:
    low, high = _numbers(parameter.minimum), _numbers(parameter.maximum)
    reach, default = f"{low} to {high}", _numbers(parameter.default)
    if parameter.choices:
        reach = ", ".join(parameter.choices)
        default = parameter.choices[parameter.values.index(parameter.default[0])]
    elif parameter.kind in ("bool", "event"):
        reach, default = "off, on", "on" if parameter.default[0] else "off"
    elif parameter.kind == "colour":
        reach = "a colour"
    return f"| `{parameter.name}` | {parameter.label} | {reach} | {default} | {parameter.unit} |"


def _what(effect: Effect) -> str:
    what = effect.title.partition(": ")[2]
    return f"{what[:1].upper()}{what[1:]}"


def _numbers(numbers: tuple[float, ...]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


if __name__ == "__main__":
    main()
