"""The words on the screen: which panels are seen now, and how much. In: what happens, and the time.
Out: panels by their place. Knows no GL, so that its manners can be tested.

Quiet: what has changed is said for a few seconds, comes and goes softly, low on the left. On the
audience's output nothing is said but what was asked for: help, learning, what plays (key I), leaving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.output.panels import Help, Macros, Moving, Now, Panel, Words
from engine.output.surface import MacroRow
from engine.show.hands.glance import Knob, Playing

# auto: in a window, but not on a full screen, which is the audience's.
MODES = ("auto", "on", "off")
MACROS_SECONDS = 3.0  # how long the macros stay after the last touch
KNOB_SECONDS = 1.5
PLAYING_SECONDS = 3.0
COME_SECONDS, GO_SECONDS = 0.12, 0.5
STACK = ("knob", "macros", "playing", "notice")  # from the bottom up


@dataclass(frozen=True, slots=True)
class Seen:
    """A panel, and how much of it is seen, 0..1."""

    panel: Panel
    share: float


@dataclass(slots=True)
class _Spell:
    """From when and until when something is seen; `asked`: by the audience too."""

    since_ns: int = 0
    until_ns: int = 0
    asked: bool = False

    def extend(self, now_ns: int, seconds: float, asked: bool = False) -> None:
        """Seen for so long from now on; what is seen already does not come anew."""
        if now_ns >= self.until_ns:
            self.since_ns = now_ns
            self.asked = asked
        self.asked |= asked
        self.until_ns = now_ns + round(seconds * 1e9)

    def share(self, now_ns: int) -> float:
        come = (now_ns - self.since_ns) * 1e-9 / COME_SECONDS
        gone = (self.until_ns - now_ns) * 1e-9 / GO_SECONDS
        return max(min(come, gone, 1.0), 0.0)


class Osd:
    """What is said, and for how long. `mode` is one of MODES."""

    def __init__(self, mode: str = "auto") -> None:
        self.mode = mode
        self.help = False
        self._notice = ""
        self._macros: tuple[MacroRow, ...] = ()
        self._playing: Playing | None = None
        self._knob: Knob | None = None
        self._spells = {place: _Spell() for place in STACK}

    def notice(self, text: str, seconds: float, now_ns: int, *, asked: bool = False) -> None:
        """One line for a while; an earlier one gives way. Empty: none."""
        self._notice = text
        spell = self._spells["notice"]
        spell.asked = False
        spell.extend(now_ns, seconds if text else 0.0, asked)

    def macros(self, rows: Sequence[MacroRow], now_ns: int) -> None:
        """The macros, for the panel that `touch` brings up, and a knob that moves and moves nothing:
        else its player would think that it is broken.
        """
        rounded = tuple(
            (name, round(v, 2), None if g is None else round(g, 2)) for name, v, g in rows
        )
        if [row[2] for row in rounded if row[2] is not None] and rounded != self._macros:
            self.touch(now_ns)
        self._macros = rounded

    def touch(self, now_ns: int) -> None:
        """A macro was chosen or moved by a key: show them for a while."""
        self._spells["macros"].extend(now_ns, MACROS_SECONDS)

    def playing(self, playing: Playing, now_ns: int) -> None:
        """What plays: seen for a while whenever it is another."""
        if playing != self._playing:
            self._playing = playing
            self._spells["playing"].extend(now_ns, PLAYING_SECONDS)

    def ask(self, now_ns: int) -> None:
        """Somebody wants to know what plays."""
        self._spells["playing"].extend(now_ns, PLAYING_SECONDS, asked=True)

    def knob(self, knob: Knob, now_ns: int) -> None:
        """A knob moves."""
        self._knob = knob
        self._spells["knob"].extend(now_ns, KNOB_SECONDS)

    def is_seen_by_operator(self, fullscreen: bool) -> bool:
        """Whether the screen is one for words that nobody asked for."""
        return self.mode == "on" or (self.mode == "auto" and not fullscreen)

    def list_panels(self, chosen: int, now_ns: int, fullscreen: bool) -> dict[str, Seen]:
        """What is seen now, by place; `chosen` is a macro, 1..8."""
        panels: dict[str, Panel] = {}
        if self._knob:
            panels["knob"] = Moving(self._knob)
        if self._macros:
            panels["macros"] = Macros(self._macros, chosen)
        if self._playing:
            panels["playing"] = Now(self._playing)
        if self._notice:
            panels["notice"] = Words((self._notice,))
        operator = self.is_seen_by_operator(fullscreen)
        seen = {
            place: Seen(panel, spell.share(now_ns))
            for place, panel in panels.items()
            if (spell := self._spells[place]).until_ns > now_ns and (operator or spell.asked)
        }
        if "macros" in seen and self._knob and self._knob.macro:
            seen.pop("knob", None)  # it is one of them
        return {"help": Seen(Help(), 1.0)} if self.help else seen
