"""What comes between two scenes: the transition that hands have chosen, and the values of each.

In: a choice, values to go to. Out: a `Played` for each change of scene that is to come by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.show.catalogue import Effect
from engine.show.effects.played import Played
from engine.show.scene import Scene


class Between:
    """`chosen` is what a change comes by where nobody says; "": as the scene, or the show, has it."""

    def __init__(self) -> None:
        self.chosen = ""
        self._hands: dict[str, Played] = {}  # by transition: where its knobs stand
        self._running: list[Played] = []

    def hand(self, transition: Effect) -> Played:
        """What hands act on: the knobs of a transition, which each change that comes by it has."""
        if transition.id not in self._hands:
            self._hands[transition.id] = Played(transition, {})
        return self._hands[transition.id]

    def begin(
        self, transition: Effect, written: Mapping[str, Sequence[float]] | None = None
    ) -> Played:
        """One for a change that begins now: with values as `written`, else as the knobs stand."""
        values = self.hand(transition).wanted() if written is None else written
        return Played(transition, values)

    def adopt(self, transitions: Mapping[str, Effect]) -> None:
        """Go on with edited headers."""
        for name, played in self._hands.items():
            if name in transitions:
                played.adopt(transitions[name])

    def find_entrance(
        self, scene: Scene, enter: str, transitions: Mapping[str, Effect]
    ) -> tuple[str, Played | None]:
        """What a scene comes by: as it was asked for, as hands have chosen, as the scene says."""
        enter = enter or self.chosen or scene.enter
        effect = transitions.get(enter)
        if effect is None:
            return enter or "dissolve", None
        written = scene.entrance if enter == scene.enter else {}
        return enter, self.begin(effect, written or None)
