"""What is to be played, as a hand writes it: `macro 3`, `scene coral`, `layer 2 opacity`, `feed`,
`/norm/feed`, `/scene/go coral 4`.

In: words, and what there is to play. Out: a `Wish`, or one complaint that says what was perhaps meant.
Opens nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from engine.desk.osc.addresses import split_layer
from engine.desk.play.binding_file import is_address
from engine.desk.play.learn import Wish, needs_argument
from engine.errors import Complaint, MorphogenError, suggest
from engine.message import Argument

WHERE = "morphogen learn"
LAYERS, MACROS = 4, 8
# A word and what it plays; `{}` is what stands behind it.
WORDS = {
    "macro": "/macro/{}",
    "parameter": "/param/{}",
    "scene": "/scene/go",
    "palette": "/palette/go",
    "preset": "/preset/go",
    "snapshot": "/snapshot/go",
    "save": "/snapshot/save",
    "focus": "/layer/focus",
    "opacity": "/opacity",
    "solo": "/solo",
    "bypass": "/bypass",
    "bus": "/bus",
    "eject": "/eject",
    "crossfader": "/crossfader",
    "blend": "/blend",
    "brightness": "/master/brightness",
    "blackout": "/blackout",
    "freeze": "/freeze",
    "safe": "/safe",
    "seed": "/seed",
    "clear": "/clear",
    "random": "/random",
    "mutate": "/mutate",
    "cue": "/cue/go",
    "undo": "/undo",
    "redo": "/redo",
    "tap": "/tempo/tap",
    "bpm": "/tempo/bpm",
    "map": "/map/path",
    "trigger": "/mod/{}/trigger",
    "record": "/tape/record",
    "film": "/record/toggle",
    "still": "/still",
    "next": "/scene/next",
    "previous": "/scene/previous",
}
RACK = re.compile(
    r"(?:/master)?/effect/[1-4]/(?:go|mix|bypass|(?:param|norm)/\w+)|/transition/(?:use|(?:param|norm)/\w+)"
    r"|/mod/[a-z][a-z0-9_]*/trigger"
)
_STEPS = {"next", "previous"}  # also of palettes and presets


@dataclass(frozen=True, slots=True)
class Playable:
    """What there is: names, and the addresses that are whole by themselves (without `/layer/<n>`)."""

    addresses: Collection[str]
    parameters: Collection[str]
    scenes: Collection[str]
    palettes: Collection[str]
    presets: Collection[str]

    def choices(self, address: str) -> Collection[str] | None:
        """The names that may stand behind an address; None where there are no names."""
        kinds = {
            "/scene/go": self.scenes,
            "/palette/go": self.palettes,
            "/preset/go": self.presets,
        }
        return kinds.get(address)


def read_target(words: Sequence[str], there: Playable) -> Wish:
    """What the words mean. Raises MorphogenError for what cannot be played."""
    if not words or not words[0]:
        raise _complain("nothing to learn", "Say what: macro 3, scene coral, or an address.")
    wish = _read_words(list(words), there)
    fault = find_fault(wish, there)
    if fault:
        raise _complain(*fault)
    return wish


def find_fault(wish: Wish, there: Playable) -> tuple[str, str] | None:
    """Why a wish plays nothing, and the remedy; None if it can be played."""
    address = wish.address
    layer, path = split_layer(address)
    if not is_address(address) or layer > LAYERS:
        return f"'{address}' is no address to play", "Addresses are like /macro/3."
    kind, _, name = path[1:].partition("/")
    if kind in ("param", "norm"):
        known: Collection[str] = there.parameters
        if name not in known:
            return f"no parameter '{name}'", suggest(name, known)
    elif kind == "macro":
        if name not in map(str, range(1, MACROS + 1)):
            return f"no macro '{name}'", f"There are macros 1 to {MACROS}."
    elif kind != "touch" and path not in there.addresses and not is_rack(path):
        return f"no address '{address}'", suggest(path, there.addresses)
    names = there.choices(path)
    if needs_argument(path) and not wish.arguments:
        return f"{address} needs to know which", f"Write it behind: {address} 1."
    if names is not None and isinstance(wish.arguments[0], str):
        word = wish.arguments[0]
        if word not in names:
            return f"no {kind} '{word}'", suggest(word, names)
    return None


def is_rack(path: str) -> bool:
    """Whether it is the place of an effect, a knob of a transition, or strikes a modulator: what plays
    there may be another by the time that it is played."""
    return bool(RACK.fullmatch(path))


def _read_words(words: list[str], there: Playable) -> Wish:
    first, rest = words[0], words[1:]
    if first.startswith("/"):
        return Wish(first, tuple(map(read_argument, rest)))
    if first == "layer" and len(rest) > 1 and rest[0].isdecimal():
        wish = _read_words(rest[1:], there)
        return Wish(f"/layer/{rest[0]}{wish.address}", wish.arguments)
    if first == "master" and rest[:1] == ["effect"]:
        wish = _read_words(rest, there)
        return Wish(f"/master{wish.address}", wish.arguments)
    if first == "effect":
        return _read_effect(rest)
    pattern = WORDS.get(first)
    if pattern is None:
        if first in there.parameters and not rest:
            return Wish(f"/param/{first}")
        own = {*WORDS, "layer", "effect", "master"}
        near = get_close_matches(first, sorted({*own, *there.parameters}), n=1)
        known = near or own  # of parameters there are hundreds
        raise _complain(f"nothing is called '{first}'", suggest(first, known))
    if "{}" in pattern:
        if len(rest) != 1:
            raise _complain(f"which {first}?", f"Write it behind: {first} 1.")
        return Wish(pattern.format(rest[0]))
    if rest and rest[0] in _STEPS and first in ("scene", "palette", "preset"):
        return Wish(f"/{first}/{rest[0]}", tuple(map(read_argument, rest[1:])))
    return Wish(pattern, tuple(map(read_argument, rest)))


def _read_effect(rest: Sequence[str]) -> Wish:
    """`effect 2` is how much of it; or `effect 2 bypass`, `effect 2 go bloom`, `effect 2 amount`."""
    slot, word, *more = (*rest, "mix") if len(rest) == 1 else (*rest, "", "")
    if slot not in ("1", "2", "3", "4"):
        raise _complain("which effect?", "Write its slot behind: effect 1.")
    place = word if word in ("mix", "bypass", "go") else f"param/{word}"
    return Wish(f"/effect/{slot}/{place}", tuple(read_argument(m) for m in more if m))


def read_argument(word: str) -> Argument:
    """A whole number, a number or text, as it looks."""
    try:
        return int(word)
    except ValueError:
        pass
    try:
        number = float(word)
    except ValueError:
        return word
    return number if math.isfinite(number) else word


def _complain(what: str, remedy: str) -> MorphogenError:
    return MorphogenError(Complaint(WHERE, what, remedy))
