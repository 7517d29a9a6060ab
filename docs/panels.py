"""Writes the panels for other programs into `docs/panels/`: `make panels`.

In: PANEL, one description of what is on a panel and what it plays. Out: a layout for TouchOSC, a session
for Open Stage Control, a patch for Max and Max for Live; all of them play and hear the same addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "panels"
WIDTH, HEIGHT = 1024, 600


@dataclass(frozen=True)
class Control:
    """One thing to touch, or to read (`shown`), at x, y from the top left with its width and height.

    `argument` is what a button says at each press; None: nothing. A toggle says 1 and 0.
    """

    kind: Literal["fader", "xy", "button", "toggle", "shown"]
    label: str
    address: str
    frame: tuple[int, int, int, int]
    argument: int | None = None

    @property
    def name(self) -> str:
        """A name of its own: its address, and its argument."""
        number = "" if self.argument is None else f"_{self.argument}"
        return self.address[1:].replace("/", "_") + number


def build_panel() -> list[Control]:
    """Macros and brightness above, scenes and a pad to draw on in the middle, actions below."""
    gap = 8
    panel = [Control("shown", "Scene", "/scene/go", (gap, gap, WIDTH - 2 * gap, 32))]
    width = (WIDTH - gap) // 9
    for number in range(1, 9):
        frame = (gap + (number - 1) * width, 48, width - gap, 240)
        panel.append(Control("fader", f"Macro {number}", f"/macro/{number}", frame))
    frame = (gap + 8 * width, 48, width - gap, 240)
    panel.append(Control("fader", "Light", "/master/brightness", frame))
    panel.append(Control("xy", "Draw", "/touch/panel", (gap, 296, 448, 224)))
    width, height = (WIDTH - 464 - gap) // 6, 224 // 3
    for number in range(1, 19):
        column, row = (number - 1) % 6, (number - 1) // 6
        frame = (464 + column * width, 296 + row * height, width - gap, height - gap)
        panel.append(Control("button", f"{number}", "/scene/go", frame, number))
    actions: list[tuple[Literal["button", "toggle"], str, str]] = [
        ("button", "Hello", "/hello"),
        ("button", "< Scene", "/scene/previous"),
        ("button", "Scene >", "/scene/next"),
        ("button", "< Palette", "/palette/previous"),
        ("button", "Palette >", "/palette/next"),
        ("button", "Seed", "/seed"),
        ("button", "Clear", "/clear"),
        ("toggle", "Erase", "/brush/erase"),
        ("button", "Tap", "/tempo/tap"),
        ("toggle", "Freeze", "/freeze"),
        ("toggle", "Blackout", "/blackout"),
        ("button", "Safe", "/safe"),
    ]
    width = (WIDTH - gap) // len(actions)
    for index, (kind, label, address) in enumerate(actions):
        panel.append(Control(kind, label, address, (gap + index * width, 528, width - gap, 64)))
    return panel


def write_panels() -> dict[str, bytes]:
    """What stands in each file, by its name."""
    from panel_max import write_patch
    from panel_stage_control import write_session
    from panel_touchosc import write_layout

    panel = build_panel()
    return {
        "morphogen.tosc": write_layout(panel),
        "open-stage-control.json": write_session(panel),
        "morphogen.maxpat": write_patch(panel),
    }


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in write_panels().items():
        (FOLDER / name).write_bytes(content)
        print(FOLDER / name)


if __name__ == "__main__":
    main()
