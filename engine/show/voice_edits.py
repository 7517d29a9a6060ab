"""What an edit keeps: a voice goes on with a scene that was changed while it plays.

In: a voice, and edited files, edits of its modulation, or what was saved of it. Out: the voice, changed:
values that hands have moved stay, values the edit changed are glided to. Never begins a voice anew: it
says that this must be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.bank import Bank
from engine.show.catalogue import Catalogue
from engine.show.generator import look_of, model_of
from engine.show.modulation.edits import check_room, find_edits, keep_edits, make_edits
from engine.show.modulation.modulator import modulation_parameters
from engine.show.parameter import Refused, as_numbers, clamp_value
from engine.show.presets.preset import begin_with, find_preset
from engine.show.scene import Scene, base_parameters
from engine.show.substeps import Substeps

if TYPE_CHECKING:
    from engine.show.voice import Voice

BEGINNINGS = ("model", "rows", "border", "border_value", "seed", "grow", "pictures", "flow")
MOST_EDITS = 16  # of modulation in a frame: each has it read anew


def follow_files(voice: Voice, catalogue: Catalogue) -> bool:
    """Go on with the edited files of its scene; False if it must begin anew.

    Values that hands have moved stay, values the edit changed are glided to.
    """
    old, new = voice.scene, catalogue.scenes[voice.scene.id]
    new = begin_with(new, find_preset(model_of(catalogue, new).presets, voice.begun))
    if any(getattr(old, name) != getattr(new, name) for name in BEGINNINGS):
        return False
    kept = {name: voice.bank.wanted(name) for name in voice.parameters}
    before = dict(voice.parameters)
    present = voice.bank.values()
    voice.model = model_of(catalogue, new)
    edits, voice.written = find_edits(voice.written, old), new
    voice.base = base_parameters(new, voice.model, look_of(catalogue, new), catalogue.finish)
    new = keep_edits(edits, new, voice.base)
    parameters = (*voice.base, *modulation_parameters(new.modulators, new.routes, voice.base))
    starts = {
        p.name: clamp_value(p, as_numbers(present[p.name]))
        for p in parameters
        if p.name in kept and p.kind == before[p.name].kind
    }
    voice.bank = Bank(parameters, {**new.values, **starts})
    for name in starts:
        p = voice.parameters[name]
        was = old.values.get(name, before[name].default)
        edited = new.values.get(name, p.default)
        voice.bank.want(name, clamp_value(p, kept[name] if edited == was else edited))
    voice.scene = new
    voice.substeps = Substeps(voice.model, new)
    voice.travel = None  # its parameters may be others now
    voice.macros = (voice.macros + [macro.value for macro in new.macros])[: len(new.macros)]
    for index, (then, now) in enumerate(zip(old.macros, new.macros, strict=False)):
        if then != now:
            voice.move_macro(index, now.value if then.value != now.value else voice.macros[index])
    for name, place in new.moved.items():
        if old.moved.get(name) != place:
            voice.bank.want(name, place)
    voice.rig.adopt(new, voice.bank.parameters, voice.random)
    voice.phases.adopt(parameters)
    if old.palette != new.palette:
        voice.colours.go(catalogue.palettes[new.palette], 1.0)
    else:
        voice.colours.follow(catalogue.palettes)
    return True


def modulate(voice: Voice, edits: Sequence[object], anew: bool = False) -> None:
    """Change its modulation; `anew`: from what is written, so that these are all its edits. Raises
    `Refused`, and then nothing has changed."""
    if voice.edited >= MOST_EDITS:
        raise Refused("too many changes of modulation at once")
    voice.edited += 1
    scene = make_edits(voice.written if anew else voice.scene, edits, voice.base)
    check_room(voice.written, scene)
    scene = replace(voice.scene, modulators=scene.modulators, routes=scene.routes)
    added = modulation_parameters(scene.modulators, scene.routes, voice.base)
    voice.bank = voice.bank.carry_over((*voice.base, *added), scene.values)
    voice.scene = scene
    voice.rig.adopt(scene, voice.bank.parameters, voice.random)


def keep_saved(voice: Voice, scene: Scene) -> None:
    """What plays has been saved as `scene`, which is read again soon: it is no change then."""
    voice.written = voice.scene = scene
    added = modulation_parameters(scene.modulators, scene.routes, voice.base)
    voice.bank = voice.bank.carry_over((*voice.base, *added), scene.values)
    voice.rig.adopt(scene, voice.bank.parameters, voice.random)
