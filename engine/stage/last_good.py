"""The last good: what was edited is taken, what is broken stays as it was, what is gone goes once nobody
plays it. In: the library before and after an edit. Out: what is played on with. Touches no file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from engine.library import Library
from engine.show.catalogue import Catalogue, Effect, Look, Model
from engine.show.director import Director
from engine.show.scene import Scene

Thing = TypeVar("Thing")
Shader = Model | Look | Effect


def follow_edits(old: Library, new: Library, director: Director) -> tuple[Library, frozenset[str]]:
    """The library to play on with, with the new one's complaints; and the shaders that stay as they
    were whatever stands in their files now, such as `looks/relief`."""
    gone = _find_gone(old, new, _list_used(director))
    models = {
        name: _keep_presets(old.catalogue.models.get(name), model)
        if name in new.presets_broken
        else model
        for name, model in new.catalogue.models.items()
    }
    fresh = replace(new.catalogue, models=models)
    catalogue = keep_last_good(old.catalogue, fresh, gone)
    held = {f"models/{n}" for n, model in models.items() if catalogue.models[n] is not model}
    held |= {f"looks/{n}" for n, look in fresh.looks.items() if catalogue.looks[n] is not look}
    shows = _drop(gone, "shows", {**old.shows, **new.shows})
    return replace(new, catalogue=catalogue, shows=shows), frozenset(held)


def leave_out(old: Library, new: Library, stale: Collection[str]) -> Library:
    """The new library without the shaders that do not compile (see `Shelf.stale`) and have another
    header than before, and without the scenes which may speak of that: what is told to a program has to
    be what it knows."""
    was, now = old.catalogue, new.catalogue
    models = {
        n for n in now.models if f"models/{n}" in stale and _differ(was.models, now.models, n)
    }
    looks = {n for n in now.looks if f"looks/{n}" in stale and _differ(was.looks, now.looks, n)}
    laid = {
        n
        for before, after in (
            (was.effects, now.effects),
            (was.transitions, now.transitions),
            (was.generators, now.generators),
        )
        for n, effect in after.items()
        if str(effect.path) in stale
        and (_differ(before, after, n) or (n in before and before[n].path != effect.path))
    }

    def is_sound(scene: Scene) -> bool:
        drawn = {effect.effect for effect in scene.effects} | {scene.enter}
        drawn |= {scene.generator.id} if scene.generator else set()
        return scene.model not in models and scene.look not in looks and not drawn & laid

    catalogue = replace(
        now,
        models={n: model for n, model in now.models.items() if n not in models},
        looks={n: look for n, look in now.looks.items() if n not in looks},
        effects={n: effect for n, effect in now.effects.items() if n not in laid},
        transitions={n: effect for n, effect in now.transitions.items() if n not in laid},
        generators={n: effect for n, effect in now.generators.items() if n not in laid},
        scenes={n: scene for n, scene in now.scenes.items() if is_sound(scene)},
    )
    return replace(new, catalogue=catalogue)


def find_moved(old: Library, new: Library) -> list[tuple[Effect, Effect]]:
    """ISF files whose place another file has taken, and that one: the user's comes over the engine's, or
    goes."""
    was, now = old.catalogue, new.catalogue
    pairs = (
        (was.effects, now.effects),
        (was.transitions, now.transitions),
        (was.generators, now.generators),
    )
    return [
        (before[name], effect)
        for before, after in pairs
        for name, effect in after.items()
        if name in before and before[name].path != effect.path
    ]


def _differ(before: Mapping[str, Shader], after: Mapping[str, Shader], name: str) -> bool:
    return name in before and before[name].parameters != after[name].parameters


def keep_last_good(old: Catalogue, new: Catalogue, gone: Collection[str] = ()) -> Catalogue:
    """The new catalogue, with the old one's entry wherever a file is now broken. What is in `gone`, as
    `scenes/coral`, is left out, but for the shaders and palettes of a scene that stays.

    A shader whose parameters were renamed stays the old one for as long as a scene, itself broken
    by that, is kept which knows the old names.
    """
    models, looks = {**old.models, **new.models}, {**old.looks, **new.looks}
    held: set[str] = set()
    for name, scene in old.scenes.items():
        if name in new.scenes or f"scenes/{name}" in gone:
            continue
        if scene.generator:
            continue
        model, look = old.models[scene.model], old.looks[scene.look]
        if _names(models[scene.model]) != _names(model):
            models[scene.model] = model
            held.add(scene.model)
        if _names(looks[scene.look]) != _names(look):
            looks[scene.look] = look
            held.add(scene.look)
    # A scene that already speaks of the new names must wait with the shader it speaks of.
    ready = {
        name: scene for name, scene in new.scenes.items() if not held & {scene.model, scene.look}
    }
    both = {**old.scenes, **ready}
    scenes = _drop(gone, "scenes", {name: ready.get(name, both[name]) for name in both})
    kept = scenes.values()
    return replace(
        new,
        models=_drop(gone, "models", models, {scene.model for scene in kept}),
        looks=_drop(gone, "looks", looks, {scene.look for scene in kept}),
        finish=new.finish or old.finish,
        palettes=_drop(
            gone, "palettes", {**old.palettes, **new.palettes}, {scene.palette for scene in kept}
        ),
        scenes=scenes,
        maps=_drop(gone, "maps", {**old.maps, **new.maps}),
        effects=_drop(
            gone,
            "effects",
            {**old.effects, **new.effects},
            {effect.effect for scene in kept for effect in scene.effects},
        ),
        transitions=_drop(
            gone,
            "transitions",
            {**old.transitions, **new.transitions},
            {scene.enter for scene in kept},
        ),
        generators=_drop(
            gone,
            "generators",
            {**old.generators, **new.generators},
            {scene.generator.id for scene in kept if scene.generator},
        ),
    )


def _names(shader: Model | Look) -> list[tuple[str, str]]:
    return [(parameter.name, parameter.kind) for parameter in shader.parameters]


def _drop(
    gone: Collection[str], kind: str, things: Mapping[str, Thing], wanted: Collection[str] = ()
) -> dict[str, Thing]:
    return {
        name: thing
        for name, thing in things.items()
        if name in wanted or f"{kind}/{name}" not in gone
    }


def _find_gone(old: Library, new: Library, used: Collection[str]) -> frozenset[str]:
    """What was there and has no file any more, but for what is used."""
    known: Iterable[tuple[str, Mapping[str, object]]] = (
        ("models", old.catalogue.models),
        ("looks", old.catalogue.looks),
        ("palettes", old.catalogue.palettes),
        ("scenes", old.catalogue.scenes),
        ("maps", old.catalogue.maps),
        ("effects", old.catalogue.effects),
        ("transitions", old.catalogue.transitions),
        ("generators", old.catalogue.generators),
        ("shows", old.shows),
    )
    names = {f"{kind}/{name}" for kind, things in known for name in things}
    return frozenset(names - new.there - set(used))


def _list_used(director: Director) -> set[str]:
    """What plays, and what hands fall back on."""
    voices = [voice for layer in director.layers.values() for voice in layer.voices]
    used = {f"scenes/{voice.scene.id}" for voice in voices}
    used |= {f"palettes/{voice.colours.palette.id}" for voice in voices}
    layers = director.layers
    manners = (*layers.manners.values(), *(layer.manner for layer in layers.values()))
    racks = (director.rack, *(manner.rack for manner in manners))
    used |= {f"effects/{name}" for rack in racks for slot in rack.slots for name in slot.seen}
    running = {by.effect.id for layer in layers.values() for by in layer.transitions}
    used |= {f"transitions/{name}" for name in running | {director.between.chosen}}
    return used | {f"scenes/{director.safe_scene}"}


def _keep_presets(old: Model | None, new: Model) -> Model:
    """With the presets it had that cannot be read now: some of its presets' files are broken."""
    if old is None:
        return new
    presets = {preset.id: preset for preset in (*old.presets, *new.presets)}
    return replace(new, presets=tuple(presets.values()))
