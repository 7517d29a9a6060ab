"""Routes as they are written down: `[[route]]` tables, and places in a modulator's `to`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import suggest
from engine.show.modulation.modulator import (
    CURVES,
    MACRO_NAMES,
    MOST_ROUTES,
    POLARITIES,
    Modulator,
    Route,
    amount_parameter,
    find_targets,
    modulation_parameters,
)
from engine.show.modulation.reading import KeyPath, Place, Reading
from engine.show.parameter import Parameter

ROUTE_KEYS = ("from", "to", "amount", "curve", "polarity")
Wish = tuple[KeyPath, str, str, Any]  # where, from, to, how


class RouteReader(Reading):
    """Routes being read, between `modulators` and what else there is."""

    def __init__(
        self, known: Mapping[str, Parameter], modulators: Sequence[Modulator], place: Place
    ) -> None:
        super().__init__(place)
        self.known, self.modulators = known, modulators

    def read(
        self, entries: Sequence[Mapping[str, Any]], asked: Sequence[Wish] = ()
    ) -> tuple[Route, ...]:
        """Those of `entries`, and those `asked` for already by modulators."""
        wishes = [*asked, *self._read_entries(entries)]
        if len(wishes) > MOST_ROUTES:
            self.complain(wishes[MOST_ROUTES][0], f"more than {MOST_ROUTES} routes")
        return self._check(wishes)

    def _read_entries(self, entries: Sequence[Mapping[str, Any]]) -> list[Wish]:
        wishes: list[Wish] = []
        for index, entry in enumerate(entries):
            path: KeyPath = ("route", index)
            for key in entry:
                if key not in ROUTE_KEYS:
                    what = f"unknown key '{key}' in a route"
                    self.complain((*path, key), what, suggest(key, ROUTE_KEYS))
            names = [m.name for m in self.modulators]
            source = self.choice(path, entry, "from", names, needed=True)
            if source:
                wishes.append((path, source, str(entry.get("to")), entry))
        return wishes

    def _check(self, wishes: Sequence[Wish]) -> tuple[Route, ...]:
        asked = [Route(source, target, 0.0) for _, source, target, _ in wishes]
        base = tuple(self.known.values())
        added = modulation_parameters(self.modulators, asked, base)
        targets = find_targets((*base, *added))
        routes: list[Route] = []
        for path, source, target, how in wishes:
            if any((r.source, r.target) == (source, target) for r in routes):
                what = f"'{source}' goes to '{target}' twice"
                self.complain(path, what, "Keep one of the two.")
                continue
            parameter = targets.get(target)
            if target not in MACRO_NAMES and parameter is None:
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
            self.number(where, entry.get("amount", 0.0), -far, far, 0.0, unit),
            self.choice(path, entry, "curve", CURVES) or "linear",
            self.choice(path, entry, "polarity", POLARITIES),
        )
