"""Addresses of scenes, their seeds and a field put to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.effects.entrance_file import WORDS
from engine.show.life.regrow import regrow
from engine.show.memory.scene_text import format_scene, present_scene
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_fade, read_whole
from engine.show.voice_edits import keep_saved

if TYPE_CHECKING:
    from engine.show.director import Director


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments:
        raise Refused("a scene wanted")
    scene, order = arguments[0], director.order
    if isinstance(scene, (int, float)) and not isinstance(scene, bool):
        index = int(finite_numbers([scene])[0])
        if not 1 <= index <= len(order):
            raise Refused("no such scene")
        scene = order[index - 1]
    if not isinstance(scene, str):
        raise Refused("a scene wanted")
    enter = arguments[-1] if len(arguments) > 1 and isinstance(arguments[-1], str) else ""
    if enter and enter not in WORDS and enter not in director.catalogue.transitions:
        raise Refused("no such transition")
    director.go(number, scene, read_fade(arguments[1 : len(arguments) - bool(enter)]), enter=enter)


def forward(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.step_scene(number, 1)


def back(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.step_scene(number, -1)


def seed(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Grow the same scene anew, with the next seed (no argument, or a button's 1) or the one given."""
    if not fires(arguments):
        return
    number_given = read_whole(arguments, 0, 2**31 - 1) if arguments else 1
    director.seed = director.seed + 1 if number_given == 1 else number_given
    regrow(director, number, 1.0)


def clear(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments):
        director.layer(number).voice.clear()


def save(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """By a name, or, of a button, by the one it has: the user's own then stands before the engine's."""
    voice = director.layer(number).voice
    name = arguments[0] if arguments else voice.scene.id
    if not isinstance(name, str):
        if not fires(arguments):
            return
        name = voice.scene.id
    scene = present_scene(voice)
    director.savings.ask("scene", name, format_scene(scene, name))
    if name == voice.scene.id:
        # Its modulation is the file's own from now on, which no undo takes back.
        with director.history.excuse(director):
            keep_saved(voice, scene)
