"""A panel as a session of Open Stage Control (version 1): JSON.

In: controls. Out: the bytes of a session file. What is left out of a widget has its default there.
Properties: https://openstagecontrol.ammd.net/docs/widgets/properties-reference/
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from panels import HEIGHT, WIDTH, Control

SAY_HELLO = "send('/hello', 'Open Stage Control')"


def write_session(panel: Sequence[Control]) -> bytes:
    """The whole session. It says /hello by itself as soon as it is shown."""
    root = {
        "type": "root",
        "id": "root",
        "colorBg": "#101012",
        "widgets": [_widget(control) for control in panel],
        "tabs": [],
        "onCreate": SAY_HELLO,
    }
    session = {
        "createdWith": "Open Stage Control",
        "version": "1.25.0",
        "type": "session",
        "content": root,
    }
    return (json.dumps(session, indent=1) + "\n").encode()


def _widget(control: Control) -> dict[str, object]:
    left, top, width, height = control.frame
    widget: dict[str, object] = {
        "id": control.name,
        "left": f"{100 * left / WIDTH:.2f}%",
        "top": f"{100 * top / HEIGHT:.2f}%",
        "width": f"{100 * width / WIDTH:.2f}%",
        "height": f"{100 * height / HEIGHT:.2f}%",
        "address": control.address,
        "decimals": 5,
    }
    if control.kind == "fader":
        return {"type": "fader", **widget, "design": "compact", "html": _caption(control)}
    if control.kind == "xy":
        up = f"if (event.type == 'stop') send('{control.address}/up', 1)"
        return {"type": "xy", **widget, "snap": True, "pips": False, "onTouch": up}
    if control.kind == "toggle":
        return {"type": "button", **widget, "label": control.label, "mode": "toggle"}
    if control.kind == "shown":
        return {"type": "text", **widget, "default": control.label}
    button = {"type": "button", **widget, "label": control.label}
    if control.argument is None:
        return button | {"mode": "tap", "on": 1}
    return button | {"mode": "tap", "on": control.argument, "typeTags": "i"}


def _caption(control: Control) -> str:
    return f'<div style="position:absolute;bottom:4px;width:100%;text-align:center">{control.label}</div>'
