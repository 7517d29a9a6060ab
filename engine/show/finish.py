"""The finish: the last pass is drawn once for all, so it has one set of values.

In: the parameters of the pass, the base layer of a frame. Out: its voices' values, by their fades. Never
changes a voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.show.frame import LayerFrame, Value
from engine.show.parameter import Parameter


def mix_finish(finish: Sequence[Parameter], layer: LayerFrame) -> Mapping[str, Value]:
    """One set of values of the parameters `finish`: those of the voices, mixed as they are."""
    mixed: dict[str, Value] = {}
    for voice, fade in zip(layer.voices, layer.fades, strict=True):
        for parameter in finish:
            name = parameter.name
            names = (name, f"{name}_phase") if parameter.phase else (name,)
            for key in names:
                if key in voice.values:  # not in a voice that leaves while files are edited
                    mixed[key] = _mix(mixed.get(key), voice.values[key], fade)
    return mixed


def _mix(below: Value | None, above: Value, t: float) -> Value:
    if below is None:
        return above
    if isinstance(below, tuple) and isinstance(above, tuple):
        return tuple(a + (b - a) * t for a, b in zip(below, above, strict=True))
    assert isinstance(below, (int, float)) and isinstance(above, (int, float))
    return below + (above - below) * t
