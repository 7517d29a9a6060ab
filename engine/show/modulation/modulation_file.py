"""A scene's modulation as it is written down: `[[modulator]]` and `[[route]]` tables.

    [[modulator]]
    name = "breath"            a-z, 0-9 and _; its parameters are called breath_rate, breath_depth, ...
    kind = "lfo"               lfo noise hold steps ramp envelope audio parameter formula
    shape = "sine"             sine triangle saw fall square pulse; width = 0.5 of a square and a pulse
    beats = 8                  a cycle; or bars (of four beats), or period in seconds, or rate in hertz
    phase = 0.25               turns
    depth = 1.0                0 to 2
    to = { feed = 0.01, glow = { amount = 0.2, curve = "exp", polarity = "uni" }, macro_3 = 0.2 }

    hold: of = another value, else chance; smooth = seconds      steps: steps = [0, 0.5, 1], smooth
    ramp: once = true          envelope: attack decay sustain hold release, in seconds
    audio: of = "bass", attack, release       parameter: of = "feed" or "macro_3", attack, release
    formula: formula = "0.5 * sin(time) + bass"
    on = "beat"                what begins it anew: beat (each every = 2 beats), bar, onset, note; its
                               /mod/<name>/trigger always does. Values held and steps go on by one then
    [[route]]                  the same as a place in `to`
    from = "breath"            to = "feed"            amount = 0.01
    curve = "linear"           linear exp log s inverse       polarity = "bi"       bi, uni: see `Route`

In: tables, and what parameters there are. Out: modulators and routes, and complaints about all the rest.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.expression import Expression, parse_expression
from engine.show.modulation.hearing import HEARD
from engine.show.modulation.modulator import (
    BEATS,
    CURVES,
    HERTZ,
    KINDS,
    MACRO_NAMES,
    MOST_MODULATORS,
    MOST_ROUTES,
    OWN,
    POLARITIES,
    RATES,
    RESERVED,
    SHAPES,
    STRIKES,
    TIMES,
    Modulator,
    Route,
    amount_parameter,
    modulation_parameters,
)
from engine.show.modulation.order import Ring, find_order
from engine.show.parameter import Parameter

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
RATE_KEYS = ("rate", "period", "beats", "bars")
ROUTE_KEYS = ("from", "to", "amount", "curve", "polarity")
MOST_STEPS = 64
BEATS_PER_BAR = 4.0  # of `bars`, whatever is played

KeyPath = tuple[str | int, ...]
Place = Callable[[KeyPath], str]
Modulation = tuple[tuple[Modulator, ...], tuple[Route, ...], tuple[Complaint, ...]]


def read_modulation(
    table: Mapping[str, Any], known: Mapping[str, Parameter], place: Place
) -> Modulation:
    """The modulators and routes of a scene's `table`; `known` are its other parameters."""
    reader = _Reader(known, place)
    modulators = reader.read_modulators(_tables(reader, table, "modulator"))
    routes = reader.read_routes(_tables(reader, table, "route"), modulators)
    added = modulation_parameters(modulators, routes, tuple(known.values()))
    names = Counter([*known, *(p.name for p in added)])
    for name in (name for name, count in names.items() if count > 1):
        what = f"two parameters would be called '{name}'"
        reader.complain(("modulator",), what, "Call one of the modulators otherwise.")
    return modulators, routes, tuple(reader.complaints)


def check_ring(
    modulators: Sequence[Modulator],
    routes: Sequence[Route],
    moves: Sequence[Sequence[str]],
    place: Place,
) -> tuple[Complaint, ...]:
    """A complaint if modulators move each other in a ring; `moves`: what each macro moves."""
    try:
        find_order(modulators, routes, moves)
    except Ring as ring:
        names = [m.name for m in modulators]
        first = next((name for name in ring.names if name in names), "")
        where = place(("modulator", names.index(first)) if first else ("route",))
        return (Complaint(where, str(ring), "Take out one of its routes."),)
    return ()


def _tables(reader: _Reader, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = table.get(key, [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        most = MOST_MODULATORS if key == "modulator" else MOST_ROUTES
        if len(entries) > most:
            reader.complain((key, most), f"more than {most} {key}s", "Take some out.")
        return entries[:most]
    reader.complain((key,), f"'{key}' must be tables", f"Write [[{key}]] for each.")
    return []


class _Reader:
    """One scene's modulation being read: gathers complaints as it goes."""

    def __init__(self, known: Mapping[str, Parameter], place: Place) -> None:
        self.known = known
        self.place = place
        self.complaints: list[Complaint] = []
        self._wishes: list[tuple[KeyPath, str, str, Any]] = []  # of `to`: where, from, to, how

    def complain(self, key: KeyPath, what: str, remedy: str = "") -> None:
        self.complaints.append(Complaint(self.place(key), what, remedy))

    def read_modulators(self, entries: Sequence[Mapping[str, Any]]) -> tuple[Modulator, ...]:
        names = [entry.get("name") for entry in entries]
        made: list[Modulator] = []
        for index, entry in enumerate(entries):
            path: KeyPath = ("modulator", index)
            name, kind = entry.get("name"), entry.get("kind", "lfo")
            if not self._is_name(path, name, names[:index]):
                continue
            if kind not in KINDS:
                self.complain((*path, "kind"), f"no kind '{kind}'", suggest(str(kind), KINDS))
                continue
            made.append(self._read_modulator(path, entry, str(name), str(kind), names))
        return tuple(made)

    def _is_name(self, path: KeyPath, name: object, before: Collection[object]) -> bool:
        where = (*path, "name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            what = (
                "a modulator needs a name" if name is None else f"'{name}' is no modulator's name"
            )
            self.complain(where, what, "Use a-z, 0-9 and _, beginning with a letter.")
        elif name in before:
            self.complain(
                where, f"there are two modulators '{name}'", "Call one of them otherwise."
            )
        elif name in RESERVED or name in self.known:
            what = "a parameter" if name in self.known else "a word of formulas"
            self.complain(where, f"'{name}' is {what} already", "Call the modulator otherwise.")
        else:
            return True
        return False

    def _read_modulator(
        self, path: KeyPath, entry: Mapping[str, Any], name: str, kind: str, names: Sequence[Any]
    ) -> Modulator:
        entry_kind = KINDS[kind]
        own = [key for key in entry_kind.own if key != "rate"]
        rates = RATE_KEYS if "rate" in entry_kind.own else ()
        keys = ("name", "kind", "to", *rates, *own, *entry_kind.wants, *entry_kind.may)
        for key in entry:
            if key not in keys:
                what = f"unknown key '{key}' in a modulator of kind '{kind}'"
                self.complain((*path, key), what, suggest(key, keys))
        for key in entry_kind.wants:
            if key not in entry:
                self.complain(path, f"a modulator of kind '{kind}' needs '{key}'")
        clock, values = self._read_rate(path, entry) if rates else (HERTZ, {})
        for key in own:
            if key in entry:
                values[key] = self._read_own(path, key, entry[key])
        self._read_to(path, entry, name)
        return Modulator(
            name=name,
            kind=kind,
            clock=clock,
            values=values,
            of=self._read_of(path, entry, kind, names) if "of" in keys else "",
            on=self._choice(path, entry, "on", STRIKES) if "on" in keys else "",
            every=self._number((*path, "every"), entry.get("every", 1.0), 1 / 32, 1024.0, 1.0),
            once=self._read_once(path, entry),
            steps=self._read_steps(path, entry) if kind == "steps" else (),
            formula=self._read_formula(path, entry, names) if kind == "formula" else None,
        )

    def _read_rate(self, path: KeyPath, entry: Mapping[str, Any]) -> tuple[str, dict[str, float]]:
        given = [key for key in RATE_KEYS if key in entry]
        if len(given) > 1:
            what = f"'{name_of(entry)}' has {' and '.join(given)}"
            self.complain((*path, given[1]), what, f"Keep one of {', '.join(RATE_KEYS)}.")
        if not given:
            return HERTZ, {}
        key = given[0]
        clock = HERTZ if key in ("rate", "period") else BEATS
        ends = sorted((RATES[clock].minimum[0], RATES[clock].maximum[0]))
        part = BEATS_PER_BAR if key == "bars" else 1.0
        low, high = (1 / ends[1], 1 / ends[0]) if key == "period" else (e / part for e in ends)
        number = self._number((*path, key), entry[key], low, high, 0.0)
        if not number:
            return clock, {}
        return clock, {"rate": 1 / number if key == "period" else number * part}

    def _read_own(self, path: KeyPath, key: str, value: object) -> float:
        p = OWN[key]
        where = (*path, key)
        if p.choices:
            if value in p.choices:
                return float(p.choices.index(str(value)))
            self.complain(where, f"no {key} '{value}'", suggest(str(value), SHAPES))
            return 0.0
        if p.kind == "bool":
            if not isinstance(value, bool):
                self.complain(where, f"'{key}' is true or false")
            return float(value is True)
        return self._number(where, value, p.minimum[0], p.maximum[0], p.default[0])

    def _read_once(self, path: KeyPath, entry: Mapping[str, Any]) -> bool:
        once = entry.get("once", False)
        if not isinstance(once, bool):
            self.complain((*path, "once"), "'once' is true or false")
        return once is True

    def _read_of(
        self, path: KeyPath, entry: Mapping[str, Any], kind: str, names: Sequence[Any]
    ) -> str:
        if "of" not in entry:
            return ""
        if kind == "audio":
            return self._choice(path, entry, "of", HEARD)
        singles = [name for name, p in self.known.items() if p.components == 1]
        there: list[str] = [*singles, *MACRO_NAMES]
        if kind == "hold":
            there += [*(name for name in names if isinstance(name, str)), *HEARD, *TIMES]
        return self._choice(path, entry, "of", there)

    def _read_steps(self, path: KeyPath, entry: Mapping[str, Any]) -> tuple[float, ...]:
        steps = entry.get("steps", [0.0])
        if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
            self.complain((*path, "steps"), f"'steps' wants 1 to {MOST_STEPS} numbers in brackets")
            return (0.0,)
        return tuple(
            self._number((*path, "steps", index), step, -1.0, 1.0, 0.0)
            for index, step in enumerate(steps)
        )

    def _read_formula(
        self, path: KeyPath, entry: Mapping[str, Any], names: Sequence[Any]
    ) -> Expression | None:
        where = (*path, "formula")
        try:
            formula = parse_expression(str(entry.get("formula", "0")))
        except ValueError as error:
            self.complain(where, str(error))
            return parse_expression("0")
        known = nameable(self.known, [name for name in names if isinstance(name, str)])
        for name in sorted(formula.names):
            if name not in known:
                self.complain(where, f"a formula knows no '{name}'", suggest(name, known))
        return formula

    def _read_to(self, path: KeyPath, entry: Mapping[str, Any], name: str) -> None:
        wishes = entry.get("to", {})
        if not isinstance(wishes, dict):
            what = "'to' wants targets and amounts"
            self.complain((*path, "to"), what, "Write to = { feed = 0.01 }.")
            return
        for target, how in wishes.items():
            self._wishes.append(((*path, "to", target), name, target, how))

    def read_routes(
        self, entries: Sequence[Mapping[str, Any]], modulators: Sequence[Modulator]
    ) -> tuple[Route, ...]:
        wishes = list(self._wishes)
        for index, entry in enumerate(entries):
            path: KeyPath = ("route", index)
            for key in entry:
                if key not in ROUTE_KEYS:
                    what = f"unknown key '{key}' in a route"
                    self.complain((*path, key), what, suggest(key, ROUTE_KEYS))
            names = [m.name for m in modulators]
            source = self._choice(path, entry, "from", names, needed=True)
            if source:
                wishes.append((path, source, str(entry.get("to")), entry))
        if len(wishes) > MOST_ROUTES:
            self.complain(wishes[MOST_ROUTES][0], f"more than {MOST_ROUTES} routes")
        asked = [Route(source, target, 0.0) for _, source, target, _ in wishes]
        base = tuple(self.known.values())
        targets = {
            **self.known,
            **{p.name: p for p in modulation_parameters(modulators, asked, base)},
        }
        routes: list[Route] = []
        for path, source, target, how in wishes:
            if any((r.source, r.target) == (source, target) for r in routes):
                what = f"'{source}' goes to '{target}' twice"
                self.complain(path, what, "Keep one of the two.")
                continue
            parameter = targets.get(target)
            if target not in MACRO_NAMES and (parameter is None or parameter.components != 1):
                where = (*path, "to") if path[0] == "route" else path
                self.complain(where, f"no parameter '{target}'", suggest(target, targets))
                continue
            routes.append(self._read_route(path, Route(source, target, 0.0), parameter, how))
        return tuple(routes)

    def _read_route(
        self, path: KeyPath, route: Route, target: Parameter | None, how: object
    ) -> Route:
        entry: Mapping[str, Any] = how if isinstance(how, dict) else {"amount": how}
        is_short = not isinstance(how, dict)
        for key in entry if path[0] == "modulator" else ():
            if key not in ROUTE_KEYS[2:]:
                remedy = suggest(key, ROUTE_KEYS[2:])
                self.complain((*path, key), f"unknown key '{key}' in a route", remedy)
        far = amount_parameter(route, target).maximum[0]
        where = path if is_short else (*path, "amount")
        if "amount" not in entry:
            self.complain(path, f"the route to '{route.target}' needs an amount")
        unit = " octaves" if target is not None and target.curve == "log" else ""
        return Route(
            route.source,
            route.target,
            self._number(where, entry.get("amount", 0.0), -far, far, 0.0, unit),
            self._choice(path, entry, "curve", CURVES) or "linear",
            self._choice(path, entry, "polarity", POLARITIES),
        )

    def _choice(
        self,
        path: KeyPath,
        entry: Mapping[str, Any],
        key: str,
        known: Collection[str],
        needed: bool = False,
    ) -> str:
        word = entry.get(key)
        if word is None and not needed:
            return ""
        if isinstance(word, str) and word in known:
            return word
        what = f"no {key} '{word}'" if key in entry else f"a route needs '{key}'"
        self.complain((*path, key), what, suggest(str(word), known))
        return ""

    def _number(
        self, path: KeyPath, value: object, low: float, high: float, usual: float, unit: str = ""
    ) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
            self.complain(path, f"'{path[-1]}' must be a number")
        elif not low <= value <= high:
            remedy = f"It lies between {low:g} and {high:g}{unit}."
            self.complain(path, f"'{path[-1]}' is {value}", remedy)
        else:
            return float(value)
        return usual


def name_of(entry: Mapping[str, Any]) -> str:
    """As it is called in a complaint."""
    return str(entry.get("name", "a modulator"))


def nameable(known: Mapping[str, Parameter], names: Collection[str]) -> list[str]:
    """What a formula may name: single parameters, macros, what is heard, times, modulators."""
    singles = [name for name, p in known.items() if p.components == 1]
    return [*names, *TIMES, *HEARD, *MACRO_NAMES, *singles]
