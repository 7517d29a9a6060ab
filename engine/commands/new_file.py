"""`morphogen new KIND NAME`: a file of the user's own is begun from a template that plays at once.

In: what was typed, the assets. Out: new files, among them a scene or a show to see it in; what to type
next. Never writes over a file, the user's or the engine's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.assets import Assets
from engine.errors import Complaint, MorphogenError
from engine.keep import PLACES, Saving, check_id, keep_now, write_whole

KINDS = (
    *("scene", "model", "look", "effect", "transition", "generator"),
    *("palette", "show", "controller"),
)
SHADERS = ("model", "look", "effect", "transition", "generator")
# Its parameters begin with it, and GLSL has to read them.
WORD = re.compile(r"[a-z][a-z0-9_]{0,23}")
SEEN_IN = {  # shaders that a scene of the same name shows
    "look": ('look = "relief"', 'look = "{name}"'),
    "effect": ('# [[effect]]', '[[effect]]\nid = "{name}"\n\n# [[effect]]'),
    "transition": ('# enter = "dissolve"', 'enter = "{name}"'),
}  # fmt: skip
# What a scene's macros move is its model's: one that is only begun has other names.
MODEL_MOVES = (
    ("diffuse_u = [0.12, 0.3]", "spread_food = [0.12, 0.3]"),
    ("diffuse_v = [0.06, 0.15]", "spread_eater = [0.06, 0.15]"),
    ('model = "gray_scott"', 'model = "{name}"'),
)


@dataclass(frozen=True, slots=True)
class Begun:
    """The files that were written, the one that was asked for first; and how to go on."""

    paths: tuple[Path, ...]
    next: str


def begin_file(kind: str, name: str, assets: Assets, here: Path | None = None) -> Begun:
    """Write the files of one of KINDS into the user's folder, else into `here`, laid out like it.

    Raises `MorphogenError` for a name that is none or is taken, before anything is written.
    """
    into = here or assets.user
    if into is None:
        raise MorphogenError(Complaint("new", "there is no folder of your own", "--user FOLDER"))
    wrong = check_id(name)
    if not wrong and kind in SHADERS and not WORD.fullmatch(name):
        wrong = "a shader's name is 1 to 24 of a-z, 0-9 and _, a letter first"
    if wrong:
        raise MorphogenError(Complaint(name, wrong, "Choose another name."))
    savings = [
        Saving(one, name, _write(one, kind, name, assets)) for one in (kind, *_list_company(kind))
    ]
    for saving in savings:
        for root in {into, *(root for root in (assets.root, assets.user) if root)}:
            if (root / saving.name).exists():
                what = f"there is a {saving.kind} '{name}' already"
                raise MorphogenError(
                    Complaint(str(root / saving.name), what, "Choose another name.")
                )
    paths = tuple(keep_now(into, saving, anew=True) for saving in savings)
    if into != assets.root:
        _copy_schemas(assets, into)
    return Begun(paths, _say_next(kind, name, paths[0], assets, into))


def _list_company(kind: str) -> tuple[str, ...]:
    """What else is written, so that it is seen."""
    if kind == "transition":
        return "scene", "show"
    return ("scene",) if kind in (*SEEN_IN, "model") else ()


def _write(kind: str, asked: str, name: str, assets: Assets) -> str:
    """The text of one file; `asked` is the kind that it is written for."""
    _, suffix = PLACES[kind]
    path = (assets.both("config") / "templates").find(f"{kind}{suffix}")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MorphogenError(Complaint(str(path), f"cannot be read ({error})")) from None
    text = text.replace("__NAME__", name).replace("__TITLE__", _make_title(name))
    changes: tuple[tuple[str, str], ...] = ()
    if kind == "scene" and asked == "model":
        changes = MODEL_MOVES
    elif kind == "scene" and asked in SEEN_IN:
        changes = (SEEN_IN[asked],)
    elif kind == "show" and asked == "transition":
        changes = (('id = "aurora"\nseconds = 60', f'id = "{name}"\nseconds = 8'),)
        changes += (
            ("seconds = 90", "seconds = 8"),
            ("fade = 6", "fade = 4"),
            ("hold = 60", "hold = 8"),
        )
    for old, new in changes:
        text = text.replace(old, new.replace("{name}", name), 1)
    return text


def _make_title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize() or name


def _copy_schemas(assets: Assets, into: Path) -> None:
    """What an editor completes and checks by, where the files name it."""
    for path in sorted((assets.config / "schemas").glob("*.json")):
        target = into / "config" / "schemas" / path.name
        text = path.read_bytes()
        if not target.is_file() or target.read_bytes() != text:
            write_whole(target, text)


def _say_next(kind: str, name: str, path: Path, assets: Assets, into: Path) -> str:
    folder = "" if into in (assets.user, assets.root) else f" --user {into}"
    if kind == "palette":
        return f"morphogen play coral{folder}   then P, or /palette/go {name}"
    if kind == "controller":
        return f"morphogen check {path}{folder}   then plug it in, and morphogen monitor"
    return f"morphogen play {name}{folder}"
