"""What modulation costs a frame, beside the picture: 64 modulators of all kinds, 128 routes between them and
to parameters.

    python -m tests.bench.modulation
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from engine.show.beat.tempo import Tempo
from engine.show.expression import parse_expression
from engine.show.modulation.hearing import SILENCE
from engine.show.modulation.modulator import (
    BEATS,
    HERTZ,
    KINDS,
    MOST_MODULATORS,
    MOST_ROUTES,
    Modulator,
    Route,
)
from engine.show.pace import Pace
from engine.show.voice import Voice
from tests.show import make_catalogue, make_scene

FRAMES = 2000
TARGETS = ("feed", "diffuse_u", "scale", "glow", "exposure", "turn", "rain", "macro_3")


def make_modulators(count: int = MOST_MODULATORS) -> tuple[Modulator, ...]:
    """As many of each kind, turn by turn."""
    formula = parse_expression("0.5 * sin(time) + clamp(bass + beat_phase, 0, 1) * m0")
    made = []
    for index in range(count):
        kind = tuple(KINDS)[index % len(KINDS)]
        made.append(
            Modulator(
                f"m{index}",
                kind,
                BEATS if index % 2 else HERTZ,
                of={"audio": "bass", "parameter": "feed"}.get(kind, ""),
                on="beat" if kind == "envelope" else "",
                steps=(0.0, 0.5, 1.0) if kind == "steps" else (),
                formula=formula if kind == "formula" else None,
            )
        )
    return tuple(made)


def make_routes(modulators: tuple[Modulator, ...], count: int = MOST_ROUTES) -> tuple[Route, ...]:
    """To parameters, and each fourth to a later modulator's depth."""
    made = []
    for index in range(count):
        source = index % len(modulators)
        later = source + 1 + index // len(modulators)
        curve = ("linear", "exp", "linear", "s")[index % 4]
        if index % 4 == 3 and later < len(modulators):
            target = f"{modulators[later].name}_depth"
        else:
            target = TARGETS[(index + index // len(modulators)) % len(TARGETS)]
        made.append(Route(modulators[source].name, target, 0.01, curve))
    return tuple(made)


def measure(voice: Voice) -> tuple[float, float]:
    """Microseconds of the rig, and of the whole voice: of the quickest tenth of the frames, for what the
    machine does besides is not ours."""
    tempo, rig, whole = Tempo(), [], []
    for frame in range(FRAMES):
        tempo.advance(1 / 60)
        began = time.perf_counter_ns()
        voice.advance(1 / 60, tempo, 1e7, heard=SILENCE)
        whole.append(time.perf_counter_ns() - began)
        values = voice.bank.values()
        began = time.perf_counter_ns()
        moment = voice.rig.advance(1e-9, frame / 60, tempo, SILENCE)
        voice.rig.modulate(moment, values, voice.macros)
        rig.append(time.perf_counter_ns() - began)
    return statistics.quantiles(rig, n=10)[0] / 1000, statistics.quantiles(whole, n=10)[0] / 1000


def measure_modulation() -> dict[str, float]:
    """Microseconds a frame of 64 modulators and 128 routes, and of their voice with and without them."""
    figures = {}
    for name, made in (("voice_alone", ()), ("voice", make_modulators())):
        routes = make_routes(made) if made else ()
        catalogue = make_catalogue(replace(make_scene("alpha"), modulators=made, routes=routes))
        rig, whole = measure(Voice(1, catalogue.scenes["alpha"], 1, catalogue, Pace()))
        figures |= {name: round(whole), "rig": round(rig)}
    return figures


if __name__ == "__main__":
    print(measure_modulation())
