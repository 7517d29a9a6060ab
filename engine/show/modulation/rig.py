"""The rig: all that moves by itself in a voice, worked out once a frame: modulators, drifts and their routes.

In: a moment, and the values that hands have set. Out: the values as they are now: modulation is added to what
hands set, so a knob moves the centre that it swings about, and held within the range. One way for all
of it: a drift is a modulator with one route of a fixed amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import cast

from engine.show.beat.tempo import Tempo
from engine.show.modulation.drifting import Drifting
from engine.show.modulation.followers import Audio, Envelope, Formula, Placed
from engine.show.modulation.landing import Landing, MacroLanding, PartLanding, Wire
from engine.show.modulation.modulator import (
    KINDS,
    MACRO_NAMES,
    PARTS,
    Modulator,
    Route,
    find_targets,
    octaves,
)
from engine.show.modulation.moment import Moment, Value
from engine.show.modulation.node import Node
from engine.show.modulation.order import find_order
from engine.show.modulation.swing import Count
from engine.show.modulation.turners import Hold, Lfo, Noise, Ramp, Steps
from engine.show.modulation.waves import BENDS, convert, invert
from engine.show.parameter import Parameter, to_norm
from engine.show.scene import Scene

NODES: Mapping[str, Callable[[Modulator, int], Node]] = {
    "lfo": Lfo,
    "noise": Noise,
    "hold": Hold,
    "steps": Steps,
    "ramp": Ramp,
    "envelope": Envelope,
    "audio": Audio,
    "formula": Formula,
}


class Rig:
    """What modulates one voice. `seed` decides all chance in it."""

    def __init__(
        self, scene: Scene, parameters: Mapping[str, Parameter], seed: int, chance: Random
    ) -> None:
        """`chance` is the voice's own: drifts take their phases from it, in their order."""
        self.seed = seed
        self.nodes: dict[str, Node] = {}
        self._drifts: list[Drifting] = []
        self.paths: dict[str, str] = {}  # its parameters, and where they stand below /mod/
        self._count = Count()
        self._now = self._ahead = 0.0  # its time, and how far that is before the voice's
        self._moment: Moment | None = None
        self._values: Mapping[str, Value] = {}  # as they were last
        self._targets: list[str] = []
        self.adopt(scene, parameters, chance)

    def adopt(self, scene: Scene, parameters: Mapping[str, Parameter], chance: Random) -> None:
        """Go on with an edited scene: what is still there goes on from where it is."""
        kept = self._drifts[: len(scene.drifts)]
        for drifting, drift in zip(kept, scene.drifts, strict=False):
            drifting.drift = drift
        added = scene.drifts[len(kept) :]
        self._drifts = kept + [
            Drifting(drift, 0.0 if drift.audio else chance.random(), self._count) for drift in added
        ]
        before, self.nodes = self.nodes, {}
        for modulator in scene.modulators:
            self.nodes[modulator.name] = self._make_node(modulator, before, parameters)
        self._plan = self._make_plan(scene, parameters)
        own = [(m.name, part) for m in scene.modulators for part in KINDS[m.kind].own]
        self.paths = {f"{name}_{part}": f"{name}/{part}" for name, part in own}
        self.paths |= {route.name: f"{route.source}/to/{route.target}" for route in scene.routes}
        named = {
            name for m in scene.modulators for name in (m.formula.names if m.formula else (m.of,))
        }
        self._named = sorted(named & parameters.keys())
        self._speaks = any(m.formula or m.of for m in scene.modulators)
        for name, node in self.nodes.items():
            node.is_named = name in named

    def advance(
        self, seconds: float, now: float, tempo: Tempo, heard: Mapping[str, float]
    ) -> Moment:
        """Let time pass: the moment that `modulate` is about."""
        if seconds > 0.0:  # a frozen picture does not follow the beat
            self._count.follow(tempo.beats, tempo.passed, seconds)
        # What is heard changes under our hands: a frozen moment keeps its own.
        self._now = self._ahead + now
        self._moment = Moment(seconds, self._now, tempo, dict(heard), self._moment)
        return self._moment

    @property
    def places(self) -> dict[str, tuple[float, ...]]:
        """Where all is that no beat says: modulators by their names, its time as ""."""
        own = {name: node.place for name, node in self.nodes.items()}
        return {"": (self._now,)} | {name: place for name, place in own.items() if place}

    def go_on(self, places: Mapping[str, Sequence[float]]) -> None:
        """Begin where another rig was. What is no place of these is left alone."""
        for name, place in places.items():
            if name in self.nodes:
                self.nodes[name].go_on(place)
            elif name == "" and len(place) == 1:
                self._ahead += place[0] - self._now
                self._now = place[0]

    def modulate(self, moment: Moment, values: dict[str, Value], macros: Sequence[float]) -> None:
        """Move the values from where hands have them to where they are."""
        if self._speaks:
            moment.open_scope(self._named, values, macros)
        for step in self._plan:
            step(moment, values, macros)
        self._values = values

    @property
    def landed(self) -> dict[str, float]:
        """Where all that is modulated is now, in its own unit."""
        values = self._values
        return {name: cast(float, values[name]) for name in self._targets if name in values}

    def strike(self, what: str, strength: float) -> None:
        """One of STRIKES was heard or played, 0..1: what waits for it begins."""
        for node in self.nodes.values():
            if node.modulator.on == what:
                node.strike(strength)

    def let_go(self, what: str) -> None:
        """A note has ended."""
        for node in self.nodes.values():
            if node.modulator.on == what:
                node.let_go()

    def _make_node(
        self, modulator: Modulator, before: Mapping[str, Node], parameters: Mapping[str, Parameter]
    ) -> Node:
        node = before.get(modulator.name)
        if node and node.modulator.kind == modulator.kind:
            node.adopt(modulator)
        elif modulator.kind == "parameter":
            node = Placed(modulator, self.seed)
        else:
            node = NODES[modulator.kind](modulator, self.seed)
        if isinstance(node, Placed):
            node.parameter = parameters.get(modulator.of)
        return node

    def _make_plan(self, scene: Scene, parameters: Mapping[str, Parameter]) -> list[Step]:
        """Every modulator, parameter and macro that is at work, in the order they need each other."""
        wires: dict[str, list[Wire]] = {}
        plan: list[Step] = []
        for drifting in self._drifts:
            plan.append(drifting.run)
            wires.setdefault(drifting.drift.parameter, []).append(
                Wire(drifting, fixed=drifting.drift.amount)
            )
        targets = find_targets(parameters.values()) if scene.routes else parameters
        for route in scene.routes:
            node = self.nodes[route.source]
            wires.setdefault(route.target, []).append(
                _make_wire(route, node, targets.get(route.target))
            )
        moves = [[name for name, _, _ in macro.moves] for macro in scene.macros]
        order = find_order(scene.modulators, scene.routes, moves)
        self._targets.clear()
        for name in dict.fromkeys((*order, *wires)):
            if name in self.nodes:
                plan.append(self.nodes[name].run)
            elif name in MACRO_NAMES:
                index = MACRO_NAMES.index(name)
                macro = MacroLanding(index, wires.get(name, []))
                plan.append(macro.run)
                for moved, start, end in scene.macros[index].moves:
                    p = parameters[moved]
                    far = to_norm(p, end) - to_norm(p, start)
                    if far:
                        wires.setdefault(moved, []).append(Wire(macro, fixed=1.0, along=far))
            elif name in wires and name not in parameters:
                whole, _, part = name.rpartition("_")
                index = PARTS[parameters[whole].kind].index(part)
                plan.append(PartLanding(targets[name], wires[name], whole, index).run)
            elif name in wires:
                self._targets.append(name)
                plan.append(Landing(parameters[name], wires[name]).run)
        return plan


Step = Callable[[Moment, dict[str, Value], Sequence[float]], None]


def _make_wire(route: Route, node: Node, target: Parameter | None) -> Wire:
    polarity = route.polarity or node.polarity
    along = 1.0 / octaves(target) if target is not None and target.curve == "log" else 0.0
    return Wire(node, route.name, 0.0, _find_bend(route, node.polarity, polarity), along)


def _find_bend(route: Route, natural: str, polarity: str) -> Callable[[float], float] | None:
    """What becomes of a modulator's number on this route; None: nothing."""
    if natural == polarity and route.curve != "inverse":
        return BENDS.get(route.curve)

    def bend(x: float) -> float:
        x = convert(x, natural, polarity)
        if route.curve == "inverse":
            return invert(x, polarity)
        return BENDS[route.curve](x) if route.curve != "linear" else x

    return bend
