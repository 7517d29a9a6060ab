"""What every key does: one table, from which come the deeds, the help panel and the manual.

In: the name of a stroke ("p", "shift+p", "left", "+"). Out: a Message for the stage, or an Act the
window does itself. Never asks the keyboard anything and never keeps state: what toggles is toggled
by whoever knows the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import glfw

from engine.message import Message

COARSE, FINE = 0.02, 0.005  # how far one stroke or one notch of the wheel moves a macro of 0..1


class Deed(Enum):
    """What the window does by itself."""

    FULLSCREEN = "fullscreen"
    HELP = "help"
    PLAYING = "what plays"
    WORDS = "words on the screen"
    LEAVE = "leave"
    CHOOSE_MACRO = "choose macro"
    MOVE_MACRO = "move macro"
    LEARN = "learn"
    NEXT_PARAMETER = "next parameter"


@dataclass(frozen=True, slots=True)
class Act:
    """A deed of the window; `amount` is the macro 1..8 to choose, how far (0..1) to move the chosen
    one, or which way to go along the parameters.
    """

    deed: Deed
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the help: the `caps` it shows, what they mean, and each stroke with what it
    does.
    """

    group: str
    caps: tuple[str, ...]
    means: str
    strokes: tuple[tuple[str, Message | Act], ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """What a stroke does, and whether it does it again while the key is held."""

    does: Message | Act
    repeats: bool


def _numbered(strokes: str, deed: Deed) -> tuple[tuple[str, Message | Act], ...]:
    return tuple((stroke, Act(deed, n)) for n, stroke in enumerate(strokes.split(), 1))


def list_rows() -> tuple[Row, ...]:
    """The table, in the order of the help panel.

    Macros lie on two rows of four under the left hand, as the knobs do on most small controllers;
    the right hand moves the chosen one.
    """
    move = Deed.MOVE_MACRO
    return (
        Row(
            "Scenes and colour",
            ("1", "to", "0"),
            "scene 1 to 10",
            tuple((str(n % 10), Message("/scene/go", (n,))) for n in range(1, 11)),
        ),
        Row(
            "Scenes and colour",
            ("left", "right"),
            "previous, next scene",
            (("left", Message("/scene/previous")), ("right", Message("/scene/next"))),
        ),
        Row(
            "Scenes and colour",
            ("P",),
            "next palette (shift: previous)",
            (("p", Message("/palette/next")), ("shift+p", Message("/palette/previous"))),
        ),
        Row(
            "Macros",
            ("Q W E R", "A S D F"),
            "choose macro 1 to 8 (also F1 to F8)",
            _numbered("q w e r a s d f", Deed.CHOOSE_MACRO)
            + _numbered("f1 f2 f3 f4 f5 f6 f7 f8", Deed.CHOOSE_MACRO),
        ),
        Row(
            "Macros",
            ("up", "down"),
            "move it (shift: finely)",
            (
                ("up", Act(move, COARSE)),
                ("down", Act(move, -COARSE)),
                ("shift+up", Act(move, FINE)),
                ("shift+down", Act(move, -FINE)),
            ),
            repeats=True,
        ),
        Row("Macros", ("wheel",), "move it (shift: finely)"),
        Row("Mouse", ("click", "drag"), "draw into the picture"),
        Row(
            "Mouse",
            ("right button", "X"),
            "erase (X: until pressed again)",
            (("x", Message("/brush/erase", ("toggle",))),),
        ),
        Row(
            "Controls",
            ("L", "tab"),
            "learn: what (tab: parameters), then by which",
            (
                ("l", Act(Deed.LEARN)),
                ("tab", Act(Deed.NEXT_PARAMETER, 1)),
                ("shift+tab", Act(Deed.NEXT_PARAMETER, -1)),
            ),
        ),
        Row(
            "Picture",
            ("space",),
            "freeze, and on again",
            (("space", Message("/freeze", ("toggle",))),),
        ),
        Row("Picture", ("B",), "blackout, and back", (("b", Message("/blackout", ("toggle",))),)),
        Row(
            "Picture",
            ("+", "-"),
            "brighter, darker",
            (
                ("+", Message("/master/brightness", ("+", 0.05))),
                (
                    "=",
                    Message("/master/brightness", ("+", 0.05)),
                ),  # the unshifted + of US keyboards
                ("-", Message("/master/brightness", ("+", -0.05))),
            ),
            repeats=True,
        ),
        Row(
            "Show",
            ("G", "page down"),
            "go: the next cue (shift, page up: back)",
            (
                ("g", Message("/cue/next")),
                ("pagedown", Message("/cue/next")),
                ("shift+g", Message("/cue/back")),
                ("pageup", Message("/cue/back")),
            ),
        ),
        Row(
            "Show",
            ("K",),
            "pause the show, and go on",
            (("k", Message("/cue/pause", ("toggle",))),),
        ),
        Row(
            "Picture",
            ("U",),
            "undo (shift: redo)",
            (("u", Message("/undo")), ("shift+u", Message("/redo"))),
        ),
        Row("Picture", ("backspace",), "seed anew", (("backspace", Message("/seed")),)),
        Row("Picture", ("delete",), "clear", (("delete", Message("/clear")),)),
        Row("Picture", ("T",), "tap the tempo", (("t", Message("/tempo/tap")),)),
        Row("Picture", ("home",), "the safe scene", (("home", Message("/safe")),)),
        Row(
            "Keep",
            ("F9",),
            "record a film, and stop",
            (("f9", Message("/record/toggle")),),
        ),
        Row(
            "Keep",
            ("F10",),
            "record a tape, and stop",
            (("f10", Message("/tape/toggle")),),
        ),
        Row("Keep", ("F12",), "a still picture", (("f12", Message("/still")),)),
        Row(
            "Window",
            ("F11", "enter"),
            "full screen",
            (("f11", Act(Deed.FULLSCREEN)), ("enter", Act(Deed.FULLSCREEN))),
        ),
        Row("Window", ("I",), "what plays", (("i", Act(Deed.PLAYING)),)),
        Row(
            "Window",
            ("O",),
            "words: in a window, always, never",
            (("o", Act(Deed.WORDS)),),
        ),
        Row("Window", ("H", "?"), "this help", (("h", Act(Deed.HELP)), ("?", Act(Deed.HELP)))),
        Row("Window", ("esc", "esc"), "quit", (("esc", Act(Deed.LEAVE)),)),
    )


def bind_strokes() -> Mapping[str, Binding]:
    """Every stroke of the table with what it does."""
    return MappingProxyType(
        {stroke: Binding(does, row.repeats) for row in list_rows() for stroke, does in row.strokes}
    )


def name_stroke(key: int, printed: str | None, modifiers: int) -> str | None:
    """The stroke's name, or None where it has none.

    `key` is GLFW's code of the position, `printed` what the player's layout prints there (None for
    keys that print nothing), `modifiers` GLFW's bits. Palette, tempo, ... follow the letters
    printed on the keys; digits and the block of macros follow the position, so that they lie alike
    on AZERTY. Signs come as text (`name_sign`), since where they lie differs most. Strokes with
    control, alt or command belong to the desktop; alt-enter is ours.
    """
    foreign = modifiers & (glfw.MOD_CONTROL | glfw.MOD_ALT | glfw.MOD_SUPER)
    name = _SPECIAL.get(key)
    if foreign:
        return "enter" if name == "enter" and foreign == glfw.MOD_ALT else None
    if name is None and glfw.KEY_0 <= key <= glfw.KEY_9:
        name = chr(key)
    elif name is None and glfw.KEY_KP_0 <= key <= glfw.KEY_KP_9:
        name = str(key - glfw.KEY_KP_0)
    elif name is None and printed is not None and printed.lower() in _BY_LETTER:
        name = printed.lower()
    elif name is None and glfw.KEY_A <= key <= glfw.KEY_Z:
        name = chr(key).lower()
        if name in _BY_LETTER and printed is not None and printed.isascii() and printed.isalpha():
            name = None  # a letter lies elsewhere in this layout: it is not pressed here
    if name is None:
        return None
    return f"shift+{name}" if modifiers & glfw.MOD_SHIFT and name != "enter" else name


def name_sign(character: str) -> str | None:
    """The stroke's name of a typed sign, wherever the layout has it; None for every other
    character.
    """
    return character if character in ("+", "=", "-", "?") else None


_BY_LETTER = frozenset("pbthxluiogk")
_SPECIAL: Mapping[int, str] = MappingProxyType(
    {
        glfw.KEY_LEFT: "left",
        glfw.KEY_RIGHT: "right",
        glfw.KEY_UP: "up",
        glfw.KEY_DOWN: "down",
        glfw.KEY_SPACE: "space",
        glfw.KEY_BACKSPACE: "backspace",
        glfw.KEY_DELETE: "delete",
        glfw.KEY_HOME: "home",
        glfw.KEY_PAGE_UP: "pageup",
        glfw.KEY_PAGE_DOWN: "pagedown",
        glfw.KEY_TAB: "tab",
        glfw.KEY_ENTER: "enter",
        glfw.KEY_KP_ENTER: "enter",
        glfw.KEY_ESCAPE: "esc",
        **{glfw.KEY_F1 + n: f"f{n + 1}" for n in range(12)},
    }
)
