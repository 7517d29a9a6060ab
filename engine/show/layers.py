"""The layers: those that play, how each is laid on, and whose time goes on.

In: voices that begin, layers that are to leave, time that passes. Out: the layers by their numbers; which of
them are seen. How a layer is laid on outlives it: a manner waits for whatever plays there next. Makes no
frame; knows nothing of messages.
"""

from __future__ import annotations

from engine.show.effects.crossfader import Crossfader
from engine.show.layer import Layer
from engine.show.manner import Manner
from engine.show.voice import Voice


class Layers(dict[int, Layer]):
    """Layer 1..4, as far as they play. Layer 1 always does."""

    def __init__(self, first: Voice) -> None:
        super().__init__({1: Layer(first)})
        self.manners: dict[int, Manner] = {}  # of layers that do not play yet

    @property
    def soloed(self) -> bool:
        """Whether some layer is solo; one that leaves gives the others back."""
        return any(layer.manner.solo and layer.leaves is None for layer in self.values())

    def manner(self, number: int) -> Manner:
        """How layer 1..4 is laid on, or will be once it plays, if it is kept."""
        layer = self.get(number)
        return layer.manner if layer else self.manners.get(number) or Manner(number)

    def keep(self, manner: Manner) -> None:
        """The same was changed: if its layer does not play yet, it waits for it."""
        if manner.number not in self:
            self.manners[manner.number] = manner

    def begin(self, number: int, voice: Voice, lead: int) -> None:
        """A layer that has not played: it comes up, laid on as hands have said; `lead`: frames until then."""
        manner = self.manners.pop(number, None) or Manner(number)
        manner.jump(self.soloed)
        self[number] = Layer(voice, manner, lead=lead, shown=False)

    def end_glides(self) -> None:
        """How they are laid on is as hands want it, at once: for a beginning."""
        soloed = self.soloed
        for layer in self.values():
            layer.manner.jump(soloed)

    def glide(self, seconds: float) -> None:
        """Let time pass for how they are laid on."""
        soloed = self.soloed
        for layer in self.values():
            layer.manner.advance(seconds, soloed)

    def drop_gone(self, across: Crossfader) -> None:
        """Take those away that were to leave and of which nothing is seen any more."""
        for number in [n for n, layer in self.items() if self._has_left(layer, across)]:
            manner = self.pop(number).manner
            if manner.stays:
                self.manners[number] = manner

    def find_seen(self, across: Crossfader) -> set[int]:
        """The numbers of those whose time goes on: seen, or read by a source or a flow of one that is.

        One that is not seen keeps its field, and its time stands: it costs no steps.
        """
        soloed = self.soloed
        seen = {n for n, layer in self.items() if n == 1 or _is_seen(layer, soloed, across)}
        while True:
            read = {
                other
                for n in seen
                for voice in self[n].voices
                for other in voice.scene.layers_read
                if other in self
            }
            if read <= seen:
                return seen
            seen |= read

    def _has_left(self, layer: Layer, across: Crossfader) -> bool:
        if layer.leaves is None:
            return False
        seen = _is_seen(layer, self.soloed, across)
        return not seen or layer.is_gone or layer.manner.amount <= 0.0


def _is_seen(layer: Layer, soloed: bool, across: Crossfader) -> bool:
    """Now, or once the crossfader is where hands want it."""
    return any(layer.manner.is_seen(soloed, at) for at in (across.present, across.wanted))
