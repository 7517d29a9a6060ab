"""What plays follows the files: scenes and a show that were edited, a scene that cannot begin.

In: a director, and the catalogue as it is now, or the voice that failed. Out: the director, changed: a
voice goes on with its edited scene or begins anew by a fade, and something is always left to see if
there is anything to play. Reads no file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.catalogue import Catalogue
from engine.show.cues.playlist import Playlist
from engine.show.layer import Layer
from engine.show.voice import Voice
from engine.show.voice_edits import follow_files

if TYPE_CHECKING:
    from engine.show.director import Director

EDIT_FADE = 0.5


def follow_catalogue(director: Director, catalogue: Catalogue, playlist: Playlist | None) -> None:
    """Take an edited catalogue, and the show as it is now, if it is known; the show goes on from where
    it is."""
    present = director.cues.present(director)
    director.catalogue = catalogue
    layers = director.layers
    manners = (*layers.manners.values(), *(layer.manner for layer in layers.values()))
    for rack in (director.rack, *(manner.rack for manner in manners)):
        rack.adopt(catalogue.effects)
    director.between.adopt(catalogue.transitions)
    if director.playlist:  # a scene of it may have come or gone, too
        director.cues.adopt(director, playlist or director.playlist, present)
    for number, layer in layers.items():
        for voice in layer.voices:
            if not follow_files(voice, catalogue) and voice is layer.voice:
                director.go(
                    number,
                    voice.scene.id,
                    EDIT_FADE,
                    voice.seed,
                    voice.begun,
                    enter="dissolve",
                )


def give_up(director: Director, number: int, layer: Layer, voice: Voice) -> bool:
    """Take a voice that could not begin out of its layer, and its scene out of the catalogue until files
    are edited. False if there is nothing left to play."""
    scenes = {n: s for n, s in director.catalogue.scenes.items() if n != voice.scene.id}
    director.catalogue = replace(director.catalogue, scenes=scenes)
    if len(layer.voices) == 1 and number > 1:
        del director.layers[number]
        director.focus = 1 if director.focus == number else director.focus
    elif len(layer.voices) == 1:
        known = [
            scene for scene in (director.safe_scene, *director.order, *scenes) if scene in scenes
        ]
        if not known:
            return False
        director.go(number, known[0], 0.0)
    layer.drop(voice)
    return True
