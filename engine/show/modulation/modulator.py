"""A modulator: something that moves by itself; a route: what it moves, and how far. As data.

Its rate, depth, phase, times and the routes' amounts are parameters of the scene, called `<modulator>_rate`
and `<modulator>_to_<target>`, so that hands, macros, snapshots and other modulators move them like any
other. What it is at its core (kind, what it listens to, its steps, its formula) is here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.show.expression import FUNCTIONS, Expression
from engine.show.modulation.hearing import HEARD
from engine.show.parameter import Parameter

MOST_MODULATORS, MOST_ROUTES = 64, 128  # of a scene
SHAPES = ("sine", "triangle", "saw", "fall", "square", "pulse")
CURVES = ("linear", "exp", "log", "s", "inverse")
POLARITIES = ("uni", "bi")
PARTS = {"point": ("x", "y"), "colour": ("red", "green", "blue", "alpha")}
HERTZ, BEATS = "hertz", "beats"
STRIKES = ("beat", "bar", "onset", "note")  # what strikes one by itself; its /trigger always does
MACRO_NAMES = tuple(f"macro_{number}" for number in range(1, 9))
TIMES = ("time", "beat", "bar", "beat_phase", "bar_phase", "tempo")
RATE_KEYS = ("rate", "period", "beats", "bars")  # how a rate may be written
DEEDS = ("add", "set", "route", "remove", "edits")  # of /mod
RESERVED = frozenset((*TIMES, *HEARD, *MACRO_NAMES, *FUNCTIONS, *DEEDS))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a modulator of a kind has: its own parameters, and whether it swings to both sides of 0.

    `wants` are the keys that must be written for it, `may` those that can.
    """

    about: str
    own: tuple[str, ...]
    polarity: str
    wants: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "lfo": Kind(
        "a wave: sine, triangle, saw, fall, square, pulse",
        ("rate", "depth", "phase", "shape", "width", "bypass"),
        "bi",
        may=("on", "every"),
    ),
    "noise": Kind(
        "chance, smooth", ("rate", "depth", "phase", "bypass"), "bi", may=("on", "every")
    ),
    "hold": Kind(
        "chance or another value, taken once a cycle and held",
        ("rate", "depth", "phase", "smooth", "bypass"),
        "bi",
        may=("of", "on", "every"),
    ),
    "steps": Kind(
        "a list of values, one a cycle",
        ("rate", "depth", "phase", "smooth", "bypass"),
        "bi",
        wants=("steps",),
        may=("on", "every"),
    ),
    "ramp": Kind(
        "from 0 to 1, again and again or once",
        ("rate", "depth", "phase", "bypass"),
        "uni",
        may=("once", "on", "every"),
    ),
    "envelope": Kind(
        "up and down again when it is struck",
        ("attack", "decay", "sustain", "hold", "release", "depth", "bypass"),
        "uni",
        may=("on", "every"),
    ),
    "audio": Kind("what is heard", ("attack", "release", "depth", "bypass"), "uni", wants=("of",)),
    "parameter": Kind(
        "where a hand has put a parameter or a macro",
        ("attack", "release", "depth", "bypass"),
        "uni",
        wants=("of",),
    ),
    "formula": Kind("arithmetic", ("depth", "bypass"), "bi", wants=("formula",)),
}


def _number(
    name: str, default: float, low: float, high: float, unit: str = "", curve: str = "linear"
) -> Parameter:
    p = Parameter(name, "float", (default,), (low,), (high,), unit=unit)
    return replace(p, curve="log") if curve == "log" else p


# Beats a cycle are turned round, so that up is faster whatever a rate is in.
RATES = {
    HERTZ: _number("rate", 0.25, 0.0001, 50.0, "Hz", "log"),
    BEATS: _number("rate", 4.0, 1024.0, 1 / 32, "beats", "log"),
}
OWN: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        _number("depth", 1.0, 0.0, 2.0),
        _number("phase", 0.0, -1.0, 1.0, "turns"),
        _number("width", 0.5, 0.02, 0.98),
        _number("attack", 0.01, 0.001, 60.0, "s", "log"),
        _number("decay", 0.4, 0.001, 60.0, "s", "log"),
        _number("sustain", 0.0, 0.0, 1.0),
        _number("hold", 0.0, 0.0, 60.0, "s"),
        _number("release", 0.3, 0.001, 60.0, "s", "log"),
        _number("smooth", 0.0, 0.0, 10.0, "s"),
        Parameter("shape", "int", (0.0,), (0.0,), (5.0,), choices=SHAPES),
        Parameter("bypass", "bool", (0.0,), (0.0,), (1.0,)),
    )
}


@dataclass(frozen=True, slots=True)
class Modulator:
    """`values` are what its own parameters begin with, native, where they are not the usual.

    `clock`: whether its rate is in cycles a second or in beats a cycle. `of`: what it listens to. `on`:
    what strikes it or begins it anew, one of STRIKES, each `every` beats where that is "beat". `once`: a
    ramp that stays at its end.
    """

    name: str
    kind: str = "lfo"
    clock: str = HERTZ
    values: Mapping[str, float] | None = None
    of: str = ""
    on: str = ""
    every: float = 1.0
    once: bool = False
    steps: tuple[float, ...] = ()
    formula: Expression | None = None

    @property
    def polarity(self) -> str:
        """Whether it swings between -1 and 1 or between 0 and 1, of itself."""
        if self.kind == "steps" and min(self.steps) >= 0.0:
            return "uni"
        return KINDS[self.kind].polarity


@dataclass(frozen=True, slots=True)
class Route:
    """From a modulator to a parameter, another modulator's among them, or a macro ("macro_3").

    `amount` is how far it moves the value at its fullest: in the parameter's own unit, in octaves
    (doublings) where that has a log curve, in 0..1 of a macro. `polarity` "": as the modulator is.
    """

    source: str
    target: str
    amount: float
    curve: str = "linear"
    polarity: str = ""

    @property
    def name(self) -> str:
        """Of the parameter that its amount is."""
        return f"{self.source}_to_{self.target}"


def octaves(parameter: Parameter) -> float:
    """How many doublings a log parameter's range holds."""
    return abs(math.log2(parameter.maximum[0] / parameter.minimum[0]))


def own_parameters(modulator: Modulator) -> tuple[Parameter, ...]:
    """The parameters of one modulator, with the values that it begins with as their defaults."""
    made = []
    values = modulator.values or {}
    for own in KINDS[modulator.kind].own:
        p = RATES[modulator.clock] if own == "rate" else OWN[own]
        value = (values[own],) if own in values else p.default
        name = f"{modulator.name}_{own}"
        made.append(
            Parameter(
                *(name, p.kind, value, p.minimum, p.maximum, "", p.unit, p.curve, False, p.choices)
            )
        )
    return tuple(made)


def added_names(modulators: Iterable[Modulator], routes: Iterable[Route]) -> list[str]:
    """What the parameters of modulators and routes are called."""
    own = [f"{m.name}_{part}" for m in modulators for part in KINDS[m.kind].own]
    return own + [route.name for route in routes]


def find_targets(parameters: Iterable[Parameter]) -> dict[str, Parameter]:
    """What a route can go to, by name: parameters of one number, and of a point or a colour each of its
    numbers, as `centre_x` or `tint_red`."""
    targets: dict[str, Parameter] = {}
    for p in parameters:
        if p.components == 1:
            targets[p.name] = p
            continue
        parts = zip(PARTS[p.kind], p.default, p.minimum, p.maximum, strict=True)
        for part, default, low, high in parts:
            name = f"{p.name}_{part}"
            targets.setdefault(
                name, Parameter(name, "float", (default,), (low,), (high,), unit=p.unit)
            )
    return targets


def amount_parameter(route: Route, target: Parameter | None) -> Parameter:
    """A route's amount; `target` is None for a macro."""
    unit, far = "", 1.0
    if target is not None and target.curve == "log":
        unit, far = "octaves", octaves(target)
    elif target is not None:
        unit, far = target.unit, abs(target.maximum[0] - target.minimum[0])
    return Parameter(route.name, "float", (route.amount,), (-far,), (far,), unit=unit)


def modulation_parameters(
    modulators: Iterable[Modulator], routes: Iterable[Route], base: Iterable[Parameter]
) -> tuple[Parameter, ...]:
    """What modulators and routes add to a scene's other parameters, `base`."""
    own = [p for modulator in modulators for p in own_parameters(modulator)]
    targets = find_targets((*base, *own))
    # An amount can be moved too: it comes after those routes whose amount it is.
    amounts: list[Parameter] = []
    waiting = list(routes)
    while waiting:
        ready = [r for r in waiting if r.target in targets or r.target in MACRO_NAMES]
        if not ready:
            break
        waiting = [r for r in waiting if r not in ready]
        made = [amount_parameter(r, targets.get(r.target)) for r in ready]
        targets |= {p.name: p for p in made}
        amounts += made
    return (*own, *amounts)
