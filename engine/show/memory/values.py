"""A layer's settings as a voice's values: what of them it has, and the way there."""

from __future__ import annotations

from engine.message import Argument
from engine.show.memory.slot import Settings
from engine.show.parameter import Parameter, clamp_value
from engine.show.voice import Voice

Time = tuple[float, str]  # seconds, and one of CURVES


def put_values(voice: Voice, settings: Settings, time: Time) -> None:
    """Morph to the values of a layer's settings, as far as the voice has such parameters."""
    macros = [settings.get(f"/macro/{n + 1}", (m,))[0] for n, m in enumerate(voice.macros)]
    voice.macros = [m if isinstance(m, float) else 0.0 for m in macros]
    voice.bank.morph(read_values(voice, settings), *time)


def read_values(voice: Voice, settings: Settings) -> dict[str, tuple[float, ...]]:
    """The native values in a layer's settings of the parameters that a voice has."""
    values: dict[str, tuple[float, ...]] = {}
    for name, parameter in voice.parameters.items():
        told = settings.get(f"/param/{name}")
        if told is not None and parameter.kind != "event" and _fits(parameter, told):
            values[name] = clamp_value(
                parameter, [part for part in told if isinstance(part, (int, float))]
            )
    return values


def _fits(parameter: Parameter, told: tuple[Argument, ...]) -> bool:
    numbers = [part for part in told if isinstance(part, (int, float)) and part == part]
    return len(numbers) == len(told) == parameter.components
