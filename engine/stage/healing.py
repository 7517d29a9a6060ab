"""What the guard of life is told and answers. In: pulses of fields. Out: its deeds, and marks of them on a
tape. While a tape plays it does nothing: what was answered stands on the tape.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from engine.errors import Complaint
from engine.show.director import Director
from engine.show.life.keeper import answer_condition, feel_pulse
from engine.show.life.life import Pulse
from engine.tape.deck import TapeDeck
from engine.tape.facts import Answered


class Healing:
    """Owns the memory of what was said of it."""

    def __init__(self) -> None:
        self._said: set[Complaint] = set()

    def answer(self, pulses: Iterable[Pulse], director: Director, deck: TapeDeck) -> None:
        """Once a frame, after it was drawn."""
        for pulse in pulses:
            if deck.playing:
                continue
            found = feel_pulse(director, pulse)
            if not found:
                continue
            deck.mark(Answered(*found))
            answer = answer_condition(director, *found)
            if answer and answer not in self._said:
                self._said.add(answer)
                print(answer, file=sys.stderr)  # never on the wall: the picture heals by itself
