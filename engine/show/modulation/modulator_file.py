"""Modulators as they are written down: one `[[modulator]]` table each. See `modulation_file.py`.

In: tables, and the other parameters of the scene. Out: modulators, and the routes that their `to` asks for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engine.errors import suggest
from engine.show.expression import Expression, parse_expression
from engine.show.modulation.hearing import HEARD
from engine.show.modulation.modulator import (
    BEATS,
    HERTZ,
    KINDS,
    MACRO_NAMES,
    OWN,
    RATE_KEYS,
    RATES,
    RESERVED,
    SHAPES,
    STRIKES,
    TIMES,
    Modulator,
)
from engine.show.modulation.reading import KeyPath, Place, Reading
from engine.show.parameter import Parameter

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
MOST_STEPS = 64
BEATS_PER_BAR = 4.0  # of `bars`, whatever is played


class ModulatorReader(Reading):
    """Modulators being read; `wishes` are what they go to: where that is written, from, to, how."""

    def __init__(self, known: Mapping[str, Parameter], place: Place) -> None:
        super().__init__(place)
        self.known = known
        self.wishes: list[tuple[KeyPath, str, str, Any]] = []

    def read(self, entries: Sequence[Mapping[str, Any]]) -> tuple[Modulator, ...]:
        """All that have no mistake in what they are at their core."""
        names = [entry.get("name") for entry in entries]
        made: list[Modulator] = []
        for index, entry in enumerate(entries):
            path: KeyPath = ("modulator", index)
            name, kind = entry.get("name"), entry.get("kind", "lfo")
            if not self._is_name(path, name, names[:index]):
                continue
            if not isinstance(kind, str) or kind not in KINDS:
                self.complain((*path, "kind"), f"no kind '{kind}'", suggest(str(kind), KINDS))
                continue
            made.append(self._read_modulator(path, entry, str(name), kind, names))
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
            what = "a parameter" if name in self.known else "a word of ours"
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
            on=self.choice(path, entry, "on", STRIKES) if "on" in keys else "",
            every=self.number((*path, "every"), entry.get("every", 1.0), 1 / 32, 1024.0, 1.0),
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
        number = self.number((*path, key), entry[key], low, high, 0.0)
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
        return self.number(where, value, p.minimum[0], p.maximum[0], p.default[0])

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
            return self.choice(path, entry, "of", HEARD)
        singles = [name for name, p in self.known.items() if p.components == 1]
        there: list[str] = [*singles, *MACRO_NAMES]
        if kind == "hold":
            there += [*(name for name in names if isinstance(name, str)), *HEARD, *TIMES]
        return self.choice(path, entry, "of", there)

    def _read_steps(self, path: KeyPath, entry: Mapping[str, Any]) -> tuple[float, ...]:
        steps = entry.get("steps", [0.0])
        if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
            self.complain((*path, "steps"), f"'steps' wants 1 to {MOST_STEPS} numbers in brackets")
            return (0.0,)
        return tuple(
            self.number((*path, "steps", index), step, -1.0, 1.0, 0.0)
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
            self.wishes.append(((*path, "to", target), name, target, how))


def name_of(entry: Mapping[str, Any]) -> str:
    """As it is called in a complaint."""
    return str(entry.get("name", "a modulator"))


def nameable(known: Mapping[str, Parameter], names: Collection[str]) -> list[str]:
    """What a formula may name: single parameters, macros, what is heard, times, modulators."""
    singles = [name for name, p in known.items() if p.components == 1]
    return [*names, *TIMES, *HEARD, *MACRO_NAMES, *singles]
