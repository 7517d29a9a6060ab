"""What a cue does, as it is written: `"/scene/go coral 4"`, or `["/scene/go", "coral", 4]`. Text in, an
address with its arguments out, or what is wrong with it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection
from dataclasses import dataclass

from engine.errors import suggest
from engine.keep import saves
from engine.message import Argument
from engine.show.cues.playlist import Deed
from engine.show.layer import LAYERS
from engine.show.routes.table import EXACT, NAMED
from engine.show.scene import MACROS

# A show leads nothing in a circle, and keeps no files.
_NOT_BY_CUES = (
    "/cue/go",
    "/cue/next",
    "/cue/back",
    "/undo",
    "/redo",
    "/tape/",
    "/time",
    "/layer/focus",
)

_EFFECT = re.compile(r"(/master)?/effect/\d/go")


@dataclass(frozen=True, slots=True)
class Known:
    """What a show may name; None: whatever it names is taken."""

    scenes: Collection[str]
    palettes: Collection[str] | None = None
    transitions: Collection[str] | None = None
    effects: Collection[str] | None = None


def parse_deed(written: object) -> Deed:
    """Raises ValueError for what is no address with arguments."""
    if isinstance(written, str):
        words: list[Argument] = [_read(word) for word in shlex.split(written)]
    elif isinstance(written, list) and all(isinstance(w, (str, int, float)) for w in written):
        words = list(written)
    else:
        raise ValueError(f"'{written}' is no message")
    if not words or not isinstance(words[0], str) or not words[0].startswith("/"):
        raise ValueError(f"'{written}' does not begin with an address")
    return words[0], tuple(words[1:])


def find_fault(deed: Deed, there: Known) -> tuple[str, str] | None:
    """Why nothing could be done, and the remedy; None if something can."""
    address, arguments = deed
    path = address
    if address.startswith("/layer/") and address != "/layer/focus":
        number, _, rest = address[7:].partition("/")
        if number not in map(str, range(1, LAYERS + 1)):
            return f"no layer '{number}'", f"There are layers 1 to {LAYERS}."
        path = f"/{rest}"
    if saves(path) or path.startswith(_NOT_BY_CUES):
        return f"a cue cannot play {path}", ""
    root, _, name = path[1:].partition("/")
    if path not in EXACT and not (root in NAMED and name):
        return f"no address '{address}'", suggest(path, (*EXACT, *(f"/{n}/..." for n in NAMED)))
    if root == "macro" and name not in map(str, range(1, MACROS + 1)):
        return f"no macro '{name}'", f"There are macros 1 to {MACROS}."
    known = {"/scene/go": there.scenes, "/palette/go": there.palettes}.get(path)
    kind = root
    if _EFFECT.fullmatch(path):
        known, kind = there.effects, "effect"
    word = arguments[0] if arguments else None
    wrong = word is None or (isinstance(word, str) and known is not None and word not in known)
    if known is not None and wrong and not (kind == "effect" and word == ""):
        name = word if isinstance(word, str) else ""
        return f"no {kind} '{name}'", suggest(name, known)
    return None


def _read(word: str) -> Argument:
    """A whole number, a number or text, as it looks."""
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word
