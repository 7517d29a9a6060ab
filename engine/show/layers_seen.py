"""The layers whose time goes on. In: the layers that play, the crossfader. Out: their numbers.

One that is not seen keeps its field, and its time stands: it costs no steps.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.show.effects.crossfader import Crossfader
from engine.show.layer import Layer


def find_seen(layers: Mapping[int, Layer], across: Crossfader, soloed: bool) -> set[int]:
    """The layers whose time goes on: seen, or what a source or a flow of one that is seen reads."""
    seen = {
        n
        for n, layer in layers.items()
        if n == 1
        or layer.manner.is_seen(soloed, across.present)
        or layer.manner.is_seen(soloed, across.wanted)
    }
    while True:
        read = {
            other
            for n in seen
            for voice in layers[n].voices
            for other in voice.scene.layers_read
            if other in layers
        }
        if read <= seen:
            return seen
        seen |= read
