"""The words that the schemas of our TOML files are written in: JSON Schema, draft 7, as editors read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engine.show.kinds import Argument, Kinds

Schema = dict[str, Any]
ID = "^[a-z0-9_-]{1,64}$"


def number(low: float | None = None, high: float | None = None, about: str = "") -> Schema:
    return _bounded("number", low, high, about)


def whole(low: float | None = None, high: float | None = None, about: str = "") -> Schema:
    return _bounded("integer", low, high, about)


def text(about: str = "", pattern: str = "") -> Schema:
    made: Schema = {"type": "string"}
    return _say(made | ({"pattern": pattern} if pattern else {}), about)


def flag(about: str = "") -> Schema:
    return _say({"type": "boolean"}, about)


def choice(words: Iterable[str], about: str = "") -> Schema:
    return _say({"type": "string", "enum": list(words)}, about)


def named(names: Iterable[str], about: str = "") -> Schema:
    """The id of something there is; a user's own has any id, so these are only what is offered."""
    return _say({"anyOf": [{"enum": sorted(names)}, {"type": "string", "pattern": ID}]}, about)


def several(item: Schema, least: int = 0, most: int | None = None, about: str = "") -> Schema:
    made: Schema = {"type": "array", "items": item}
    if least:
        made["minItems"] = least
    if most is not None:
        made["maxItems"] = most
    return _say(made, about)


def table(
    properties: Mapping[str, Schema], required: Collection[str] = (), about: str = ""
) -> Schema:
    """A table with these keys and no others."""
    made: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    if required:
        made["required"] = sorted(required)
    return _say(made, about)


def table_of(
    keys: Iterable[str], made: Mapping[str, Schema], required: Collection[str] = ()
) -> Schema:
    """A table of exactly the keys that its reader knows: one that is new there is taken here at once,
    whatever it holds, and one that is gone is gone."""
    return table({key: made.get(key, {}) for key in sorted(keys)}, required)


def keyed(value: Schema, about: str = "", offered: str = "") -> Schema:
    """A table of any keys with values like this; those of the definition `offered` are offered."""
    made: Schema = {"type": "object", "additionalProperties": value}
    if offered:
        made["allOf"] = [{"$ref": f"#/definitions/{offered}"}]
    return _say(made, about)


def kinds(
    known: Kinds, usual: str, about: str = "", more: Mapping[str, Schema] | None = None
) -> Schema:
    """A table whose `kind` says which other keys it has; `more` it has whatever its kind."""
    more = more or {}
    abouts: dict[str, dict[str, None]] = {}
    for arguments in known.values():
        for argument in arguments:
            abouts.setdefault(argument.name, {})[argument.about] = None
    offered = {name: _say({}, "; ".join(filter(None, said))) for name, said in abouts.items()}
    made = table({"kind": choice(known, f"else {usual}"), **offered, **more}, about=about)
    made["allOf"] = [_if_kind(name, usual, known[name], more) for name in known]
    return made


def _if_kind(name: str, usual: str, arguments: Iterable[Argument], more: Collection[str]) -> Schema:
    """What holds for a table of one kind."""
    asked: Schema = {"properties": {"kind": {"const": name}}}
    if name != usual:
        asked["required"] = ["kind"]
    properties = {argument.name: _argument(argument) for argument in arguments}
    then: Schema = {
        "properties": properties,
        "propertyNames": {"enum": ["kind", *properties, *more]},
    }
    needed = sorted(argument.name for argument in arguments if argument.required)
    return {"if": asked, "then": then | ({"required": needed} if needed else {})}


def _argument(argument: Argument) -> Schema:
    usual = argument.default
    if isinstance(usual, bool):
        return flag()
    if isinstance(usual, tuple):
        return several(number(argument.low, argument.high), most=4)
    if usual is None or isinstance(usual, str):
        if argument.choices:
            return choice(argument.choices)
        if argument.suffixes:
            endings = "|".join(suffix.lstrip(".") for suffix in argument.suffixes)
            return text(pattern=rf"\.({endings})$")
        return {"type": "string", "minLength": int(argument.low), "maxLength": int(argument.high)}
    return (whole if isinstance(usual, int) else number)(argument.low, argument.high)


def _bounded(kind: str, low: float | None, high: float | None, about: str) -> Schema:
    made: Schema = {"type": kind}
    if low is not None:
        made["minimum"] = low
    if high is not None:
        made["maximum"] = high
    return _say(made, about)


def _say(schema: Schema, about: str) -> Schema:
    return schema | ({"description": about} if about else {})
