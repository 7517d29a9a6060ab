"""What a scene begins from: its preset, its seed, how long it grows, what its border holds.

In: the file being read, the scene's model. Out: facts of the `Scene`; what is wrong is said to the
reader, and something that could be played stands in its place.
"""

from __future__ import annotations

from engine.errors import MorphogenError, suggest
from engine.show.catalogue import BORDERS, Model
from engine.show.presets.preset import Preset, find_preset
from engine.show.seeds.seed import SeedSpec
from engine.show.seeds.seed_file import parse_seed
from engine.show.table_reader import TableReader, is_number


def read_preset(reader: TableReader, model: Model) -> Preset | None:
    """The preset of the model that the scene stands on, if it names one."""
    name = reader.table.get("preset")
    preset = find_preset(model.presets, str(name))
    if name is not None and preset is None:
        what = f"no preset '{name}' of model '{model.id}'"
        reader.complain(("preset",), what, suggest(str(name), [p.id for p in model.presets]))
    return preset


def read_seed(reader: TableReader, model: Model, preset: Preset | None) -> tuple[SeedSpec, int]:
    """The seed and the steps it grows by: the scene's own, else its preset's, else the model's."""
    if preset and preset.seed and not reader.sub_table("seed"):
        return preset.seed, preset.grow
    table = dict(reader.sub_table("seed")) or dict(model.seed)
    grow = table.pop("grow", 0)
    if isinstance(grow, bool) or not isinstance(grow, int) or not 0 <= grow <= 200_000:
        reader.complain(("seed", "grow"), f"'grow' is {grow}", "Steps, 0 to 200000.")
        grow = 0
    try:
        return parse_seed(table, lambda key: reader.place(("seed", key)), model.range), grow
    except MorphogenError as error:
        reader.complaints += error.complaints
        return parse_seed({"kind": "noise"}, str(reader.path)), grow


def read_border(reader: TableReader, model: Model) -> tuple[str, tuple[float, ...]]:
    """The border, and what a fixed one holds: a number for each channel, else the model's rest."""
    border = reader.table.get("border", "periodic")
    if border not in BORDERS:
        reader.complain(("border",), f"no border '{border}'", suggest(str(border), BORDERS))
    elif border not in model.borders:
        what = f"model '{model.id}' cannot live in a {border} border"
        reader.complain(("border",), what, f"It can in these: {', '.join(model.borders)}.")
    border_value = reader.table.get("border_value", list(model.rest))
    sound = isinstance(border_value, list) and all(is_number(v) for v in border_value)
    if not sound or len(border_value) != len(model.channels):
        reader.complain(("border_value",), f"border_value wants {len(model.channels)} numbers")
        border_value = list(model.rest)
    return str(border), tuple(float(v) for v in border_value)
