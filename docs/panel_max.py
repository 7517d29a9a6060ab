"""A panel as a patch for Max 8 and later, and for Max for Live: JSON.

In: controls. Out: the bytes of a `.maxpat` file: Live's own dials and buttons, so that a set can
automate and map them, to `udpsend`; `udpreceive` moves them when something else does. And the
transport's beats and tempo.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from panels import Control

ENGINE = "127.0.0.1 7777"
BACK = 7778
LEFT, TOP = 20.0, 20.0


class Patch:
    """Boxes and the lines between them."""

    def __init__(self) -> None:
        self.boxes: list[dict[str, object]] = []
        self.lines: list[dict[str, object]] = []

    def add(
        self,
        maxclass: str,
        place: tuple[float, float, float, float],
        ports: tuple[int, int],
        **more: object,
    ) -> str:
        """A box; its id."""
        identity = f"obj-{len(self.boxes) + 1}"
        box = {
            "id": identity,
            "maxclass": maxclass,
            "numinlets": ports[0],
            "numoutlets": ports[1],
            "outlettype": [""] * ports[1],
            "patching_rect": list(place),
            **more,
        }
        self.boxes.append({"box": box})
        return identity

    def object(self, text: str, x: float, y: float, ports: tuple[int, int] = (1, 1)) -> str:
        """An object by its text."""
        return self.add("newobj", (x, y, 7.0 * len(text) + 16.0, 22.0), ports, text=text)

    def message(self, text: str, x: float, y: float) -> str:
        return self.add("message", (x, y, 7.0 * len(text) + 16.0, 22.0), (2, 1), text=text)

    def connect(self, source: str, outlet: int, target: str, inlet: int = 0) -> None:
        line = {"source": [source, outlet], "destination": [target, inlet]}
        self.lines.append({"patchline": line})


def write_patch(panel: Sequence[Control]) -> bytes:
    """The whole patch."""
    patch = Patch()
    send = patch.object(f"udpsend {ENGINE}", LEFT, 560.0, (1, 0))
    receive = patch.object(f"udpreceive {BACK}", LEFT, 620.0, (1, 1))
    shown = [control for control in panel if control.kind in ("fader", "toggle")]
    route = patch.object(
        "route " + " ".join(control.address for control in shown),
        LEFT,
        650.0,
        (1, len(shown) + 1),
    )
    patch.connect(receive, 0, route)
    for index, control in enumerate(shown):
        x = LEFT + 92.0 * index
        face = _add_face(patch, control, x)
        patch.connect(face, 0, _prepend(patch, control.address, x, 200.0, send))
        back = patch.object("prepend set", x, 690.0, (1, 1))
        patch.connect(route, index, back)
        patch.connect(back, 0, face)
    buttons = [c for c in panel if c.kind == "button" and c.argument is None]
    for index, control in enumerate(buttons):
        x, y = LEFT + 130.0 * (index % 9), 260.0 + 60.0 * (index // 9)
        said = f"{control.address} {BACK} Max" if control.address == "/hello" else control.address
        patch.connect(patch.message(said, x, y), 0, send)
    _add_scenes(patch, send)
    _add_transport(patch, send)
    hello = patch.object("loadmess 1", LEFT, 500.0, (1, 1))  # as soon as it is opened
    delay = patch.object("delay 1000", LEFT + 100.0, 500.0, (2, 1))
    greeting = patch.message(f"/hello {BACK} Max", LEFT + 200.0, 500.0)
    patch.connect(hello, 0, delay)
    patch.connect(delay, 0, greeting)
    patch.connect(greeting, 0, send)
    content = {
        "fileversion": 1,
        "appversion": {"major": 8, "minor": 5, "revision": 0, "architecture": "x64", "modernui": 1},
        "classnamespace": "box",
        "rect": [60.0, 80.0, 1240.0, 780.0],
        "openinpresentation": 0,
        "boxes": patch.boxes,
        "lines": patch.lines,
    }
    return (json.dumps({"patcher": content}, indent=1) + "\n").encode()


def _add_face(patch: Patch, control: Control, x: float) -> str:
    """A dial or a toggle that Live knows as a parameter."""
    valueof: dict[str, object] = {
        "parameter_longname": control.label,
        "parameter_shortname": control.label,
        "parameter_mmin": 0.0,
        "parameter_mmax": 1.0,
    }
    if control.kind == "fader":
        valueof |= {"parameter_type": 0, "parameter_unitstyle": 1}
        place, ports, face = (x, TOP + 40.0, 44.0, 48.0), (1, 2), "live.dial"
    else:
        valueof |= {"parameter_type": 2, "parameter_enum": ["off", "on"]}
        place, ports, face = (x, TOP + 40.0, 24.0, 24.0), (1, 1), "live.toggle"
    patch.add("comment", (x, TOP, 88.0, 20.0), (1, 0), text=control.label)
    return patch.add(
        face,
        place,
        ports,
        parameter_enable=1,
        saved_attribute_attributes={"valueof": valueof},
        varname=control.name,
    )


def _prepend(patch: Patch, address: str, x: float, y: float, send: str) -> str:
    box = patch.object(f"prepend {address}", x, y)
    patch.connect(box, 0, send)
    return box


def _add_scenes(patch: Patch, send: str) -> None:
    """A number box whose number is the scene's."""
    patch.add("comment", (LEFT, 380.0, 120.0, 20.0), (1, 0), text="Scene by number")
    number = patch.add("number", (LEFT + 130.0, 380.0, 50.0, 22.0), (1, 2))
    patch.connect(number, 0, _prepend(patch, "/scene/go", LEFT + 200.0, 380.0, send))


def _add_transport(patch: Patch, send: str) -> None:
    """Each beat of Live's (or Max's) transport: its number, from raw ticks, and the tempo."""
    y = 430.0
    patch.add("comment", (LEFT, y, 120.0, 20.0), (1, 0), text="Beats and tempo")
    metro = patch.object("metro 4n @active 1 @quantize 4n", LEFT + 130.0, y, (2, 1))
    # Its outlets: bar, beat, unit, resolution, tempo, signature, state, raw ticks (480 a beat), sources.
    transport = patch.object("transport", LEFT + 380.0, y, (2, 9))
    beats = patch.object("expr $f1 / 480.", LEFT + 480.0, y)
    patch.connect(metro, 0, transport)
    patch.connect(transport, 7, beats)
    patch.connect(beats, 0, _prepend(patch, "/tempo/beat", LEFT + 620.0, y, send))
    patch.connect(transport, 4, _prepend(patch, "/tempo/bpm", LEFT + 780.0, y, send))
