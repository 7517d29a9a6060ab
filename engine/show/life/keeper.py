"""The keeper: no scene ever stays blank. It hears what a layer's field is like and does something.

In: pulses. Out: a scene grown anew, a nudge or the next scene, always by a fade, and one line that
says so. Never touches what hands hold, but for a field that has died of it twice:

    dies once                    -> grown anew from another seed, with the values that hands gave it
    dies again of hands' values  -> grown anew with the scene's own; how it looks stays
    dies again of its own        -> the next scene, or the same after ever longer rests

So a knob left at a dead place costs some seconds of a blank picture, not the evening.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from engine.errors import Complaint
from engine.show.life.life import PULSE_SECONDS, Judge, Pulse
from engine.show.life.regrow import is_moved, regrow
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.director import Director

REGROW_FADE = 2.0
WELL = 30.0  # seconds alive: after these the next death is a first one again
LONGEST_REST = 120.0  # between two tries that do not help
GROWING = 4.0  # seconds of growth that are waited for: a slow machine may never get them done
CLEARED = 10.0  # seconds: a hand that clears the field wants to draw on it


class Keeper:
    """What a layer's field has been through. `tries` counts what was done, by condition."""

    def __init__(self) -> None:
        self.tries: Counter[str] = Counter()
        self._judge = Judge()
        self._key = 0
        self._scene = ""
        self._taken = 0
        self._well = self._rest = 0.0

    def feel(self, voice: Voice, pulse: Pulse, lit: bool) -> str:
        """The condition that is to be answered now, or nothing. `lit`: not in a blackout."""
        if voice.key != self._key:
            self._key, self._judge, self._taken = voice.key, Judge(), 0
        if voice.scene.id != self._scene:
            self._scene = voice.scene.id
            self.tries.clear()
        self._judge.feel(pulse, steps=voice.taken - self._taken, lit=lit)
        self._taken = voice.taken
        found = self._judge.condition
        self._well = self._well + PULSE_SECONDS if found == "alive" else 0.0
        self._rest = max(self._rest - PULSE_SECONDS, 0.0)
        if self._well >= WELL:
            self.tries.clear()
        growing = voice.is_growing and voice.seconds < GROWING
        if found in ("alive", "waking") or growing or self._rest > 0.0:
            return ""
        found = "dead" if found == "sick" else found
        care = voice.scene.life
        held = voice.seconds - voice.cleared < CLEARED and found == "dead"
        if held or care.answers[found] == "ignore" or self._judge.lasted < care.patience(found):
            return ""
        self._rest = min(care.patience(found) * 2.0 ** self.tries[found], LONGEST_REST)
        self.tries[found] += 1
        return found


def answer_pulse(director: Director, pulse: Pulse) -> Complaint | None:
    """Do what the scene says to a field's condition; what was done, in one line."""
    found = feel_pulse(director, pulse)
    return answer_condition(director, *found) if found else None


def feel_pulse(director: Director, pulse: Pulse) -> tuple[int, str, int] | None:
    """The layer whose field is to be helped, its condition, and for which time; mostly nothing."""
    for number, layer in director.layers.items():
        voice = layer.voice
        if voice.key != pulse.key:
            continue  # a voice that leaves may be as it is
        lit = not director.master.blackout and director.master.brightness > 0.0
        condition = layer.keeper.feel(voice, pulse, lit)
        return (number, condition, layer.keeper.tries[condition]) if condition else None
    return None


def answer_condition(
    director: Director, number: int, condition: str, tries: int
) -> Complaint | None:
    """Help a layer for the `tries`-th time; what was done, in one line. Tapes call it again."""
    layer = director.layers.get(number)
    if layer is None:
        return None
    voice = layer.voice
    layer.keeper.tries[condition] = tries
    with director.history.excuse(director):
        deed = _answer(director, number, condition)
    if not deed:
        return None
    if layer.voice is not voice:
        layer.voice.origin = None  # what comes may not begin as the field that is ill
    director.revived[condition] += 1
    where = f"scene '{voice.scene.id}'" + (f", layer {number}" if number > 1 else "")
    return Complaint(where, f"the field is {condition}", deed)


def _answer(director: Director, number: int, condition: str) -> str:
    """Do it, and say what was done; nothing where nothing can be."""
    layer = director.layers[number]
    voice, tries = layer.voice, layer.keeper.tries[condition]
    answer = voice.scene.life.answers[condition]
    again = tries > 1 and condition != "frozen"
    here = voice.scene.id in director.catalogue.scenes  # not if its file went while it plays
    if answer == "nudge" and not again:
        voice.nudge()
        return "It is nudged."
    if again and here and is_moved(director, voice):
        director.seed += 1
        regrow(director, number, REGROW_FADE, own=True, same=True)
        return "It dies of what it was given, so it is grown anew with the scene's own values."
    if (answer == "next" or again or not here) and set(director.order) - {voice.scene.id}:
        director.step_scene(number, 1, fade=-1.0, enter="dissolve")
        return "The next scene comes."
    if not here:
        return ""
    director.seed += 1
    regrow(director, number, REGROW_FADE, same=True)
    return "It is grown anew."
