"""What there is to choose from, for a peer that builds a panel: names and ranges, never a path.

In: a voice, names. Out: `/list/...` as the state tells it.

    /list/scenes, /list/palettes        names, in the order of /scene/go <n> and /palette/go <n>
    /list/scene_colours, /list/palette_colours      "#rrggbb" of each, in the same order
    /list/groups, /list/group/<name>    groups of palettes, and the palettes of each
    /list/snapshots                     "1 layer", "7 show": which slots are taken, by what
    /list/macros                        what the eight macros are called
    /list/presets                       of the scene's model
    /list/modulators                    their names
    /list/mod/<name>                    kind, what it swings between, what it listens to, what strikes
                                        it, and its targets
    /list/params/<name>                 kind minimum maximum default curve unit label [choice ...]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.message import Argument
from engine.show.catalogue import Catalogue
from engine.show.memory.slot import Slot
from engine.show.parameter import Parameter
from engine.show.scene import Scene
from engine.show.voice import Voice

BYTES = 3000  # of one list: it must fit one message of a pipe


def list_of_voice(prefix: str, voice: Voice) -> dict[str, tuple[Argument, ...]]:
    """What the scene of one layer has; `prefix` is "" or `/layer/<n>`."""
    lists: dict[str, tuple[Argument, ...]] = {
        f"{prefix}/list/macros": cut_list(macro.name for macro in voice.scene.macros),
        f"{prefix}/list/presets": cut_list(preset.id for preset in voice.model.presets),
    }
    parts = voice.scene, voice.bank, prefix
    if voice.listed is None or any(a is not b for a, b in zip(voice.listed[0], parts, strict=True)):
        own = _list_modulators(prefix, voice.scene)
        for name, parameter in voice.parameters.items():
            own[f"{prefix}/list/params/{name}"] = describe_parameter(parameter)
        voice.listed = parts, own
    return lists | voice.listed[1]


def _list_modulators(prefix: str, scene: Scene) -> dict[str, tuple[Argument, ...]]:
    lists: dict[str, tuple[Argument, ...]] = {
        f"{prefix}/list/modulators": cut_list(m.name for m in scene.modulators)
    }
    for m in scene.modulators:
        targets = cut_list(route.target for route in scene.routes if route.source == m.name)
        lists[f"{prefix}/list/mod/{m.name}"] = (m.kind, m.polarity, m.of, m.on, *targets)
    return lists


def list_scenes(order: Sequence[str], catalogue: Catalogue) -> dict[str, tuple[Argument, ...]]:
    """All of them in their order, and the colour of each: that of the palette it begins in."""
    scenes, signals = catalogue.scenes, catalogue.signals
    return {
        "/list/scenes": cut_list(order),
        "/list/scene_colours": cut_list(signals[scenes[name].palette] for name in order),
    }


def list_palettes(catalogue: Catalogue) -> dict[str, tuple[Argument, ...]]:
    """All of them in their order, the groups, and the palettes of each group."""
    groups: dict[str, list[str]] = {}
    for name, palette in catalogue.palettes.items():
        groups.setdefault(palette.group, []).append(name)
    return {
        "/list/palettes": cut_list(catalogue.palettes),
        "/list/palette_colours": cut_list(catalogue.signals.values()),
        "/list/groups": cut_list(groups),
        **{f"/list/group/{group}": cut_list(names) for group, names in groups.items()},
    }


def list_snapshots(slots: Mapping[int, Slot]) -> tuple[str, ...]:
    """Which slots are taken: "3 layer" keeps what a layer played, "7 show" all."""
    return cut_list(f"{number} {slot.scope}" for number, slot in sorted(slots.items()))


def describe_parameter(parameter: Parameter) -> tuple[Argument, ...]:
    """Kind, minimum, maximum, default (of a point or a colour: its first number), curve, unit, label
    and the names of its choices."""
    return (
        parameter.kind,
        parameter.minimum[0],
        parameter.maximum[0],
        parameter.default[0],
        parameter.curve,
        parameter.unit,
        parameter.label,
        *cut_list(parameter.choices),
    )


def cut_list(names: Iterable[str]) -> tuple[str, ...]:
    """As many names, from the first on, as a message holds."""
    taken: list[str] = []
    size = 0
    for name in names:
        size += len(name.encode()) + 5  # padding and type tag
        if size > BYTES:
            break
        taken.append(name)
    return tuple(taken)
