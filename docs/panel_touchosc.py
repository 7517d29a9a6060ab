"""A panel as a layout of TouchOSC (the second one, from 2021 on): XML, compressed with zlib.

In: controls. Out: the bytes of a `.tosc` file. The format has no specification; it is described at
https://github.com/AlbertoV5/tosclib, and what stands here is what TouchOSC's own files hold.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from panels import HEIGHT, WIDTH, Control

COLOURS = {
    "fader": (0.16, 0.62, 0.56),
    "xy": (0.16, 0.38, 0.62),
    "button": (0.56, 0.36, 0.2),
    "toggle": (0.6, 0.2, 0.3),
    "shown": (0.0, 0.0, 0.0),
}
KINDS = {"fader": "FADER", "xy": "XY", "button": "BUTTON", "toggle": "BUTTON", "shown": "LABEL"}
MOMENTARY, TOGGLE = 0, 2  # buttonType
CENTRE = 2  # of a text, both ways
ALL = "1111111111"  # connections
HEARS_AT = 9000  # its receive port, as docs/touchosc.md has it set


def write_layout(panel: Sequence[Control]) -> bytes:
    """The whole layout."""
    root = Element("lexml", version="3")
    group = _node("GROUP", "morphogen", (0, 0, WIDTH, HEIGHT), (0.06, 0.06, 0.07))
    children = SubElement(group, "children")
    for control in panel:
        children.append(_control(control))
        if control.kind != "shown":
            children.append(_caption(control))
    root.append(group)
    ElementTree.indent(root, "")
    return zlib.compress(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True), 9)


def _node(
    kind: str, name: str, frame: tuple[int, ...], colour: tuple[float, ...], **more: object
) -> Element:
    """A node with the properties that all have; `more` are its own."""
    # From its name, so that the file is the same each time.
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"morphogen:{kind}:{name}")
    node = Element("node", ID=str(identity), type=kind)
    properties = SubElement(node, "properties")
    shared: dict[str, object] = {
        "background": kind not in ("LABEL",),
        "color": (*colour, 1.0),
        "cornerRadius": 4.0,
        "frame": frame,
        "grabFocus": kind not in ("GROUP", "LABEL"),
        "interactive": kind not in ("GROUP", "LABEL"),
        "locked": False,
        "name": name,
        "orientation": 0,
        "outline": kind not in ("GROUP", "LABEL"),
        "outlineStyle": 1,
        "pointerPriority": 0,
        "shape": 1,
        "visible": True,
    }
    for key, value in sorted((shared | more).items()):
        _property(properties, key, value)
    return node


def _property(properties: Element, key: str, value: object) -> None:
    kinds = {bool: "b", int: "i", float: "f", str: "s", tuple: "c" if key != "frame" else "r"}
    inner = SubElement(properties, "property", type=kinds[type(value)])
    SubElement(inner, "key").text = key
    holder = SubElement(inner, "value")
    if isinstance(value, tuple):
        for part, number in zip("xywh" if key == "frame" else "rgba", value, strict=True):
            SubElement(holder, part).text = f"{number:g}"
    else:
        holder.text = str(int(value)) if isinstance(value, bool) else str(value)


def _values(node: Element, **defaults: str) -> None:
    """What can change of a control, and where it begins."""
    values = SubElement(node, "values")
    for key, default in {**defaults, "touch": "false"}.items():
        value = SubElement(values, "value")
        for name, text in (
            ("key", key),
            ("locked", "0"),
            ("lockedDefaultCurrent", "0"),
            ("default", default),
            ("defaultPull", "0"),
        ):
            SubElement(value, name).text = text


def _control(control: Control) -> Element:
    more: dict[str, object] = {}
    values = {"x": "0"}
    if control.kind == "fader":
        more = {"bar": True, "barDisplay": 0, "cursor": True, "cursorDisplay": 0, "grid": False}
        more |= {"response": 0, "responseFactor": 100}
    elif control.kind == "xy":
        more = {"cursor": True, "cursorDisplay": 0, "lines": True, "linesDisplay": 0}
        more |= {"response": 0, "responseFactor": 100, "lockX": False, "lockY": False}
        values = {"x": "0.5", "y": "0.5"}
    elif control.kind in ("button", "toggle"):
        button = TOGGLE if control.kind == "toggle" else MOMENTARY
        more = {"buttonType": button, "press": True, "release": True, "valuePosition": False}
    else:
        more = _text(24)
        values = {"text": control.label}
    kind, colour = KINDS[control.kind], COLOURS[control.kind]
    node = _node(kind, control.name, control.frame, colour, **more)
    _values(node, **values)
    messages = SubElement(node, "messages")
    if control.kind == "xy":
        x, y = _partial("VALUE", "FLOAT", "x"), _partial("VALUE", "FLOAT", "y")
        _osc(messages, control.address, (("x", "ANY"), ("y", "ANY")), (x, y))
        _osc(messages, f"{control.address}/up", (("touch", "FALL"),), ())
    elif control.kind == "shown":
        _osc(messages, control.address, (), (_partial("VALUE", "STRING", "text"),))
    elif control.kind == "button":
        said = () if control.argument is None else (control.argument,)
        if control.address == "/hello":
            said = (HEARS_AT,)  # whatever port it speaks from
        constants = tuple(_partial("CONSTANT", "INTEGER", str(number)) for number in said)
        _osc(messages, control.address, (("x", "RISE"),), constants, receive=False)
    else:
        value = _partial("VALUE", "FLOAT", "x")
        _osc(messages, control.address, (("x", "ANY"),), (value,))
    return node


def _caption(control: Control) -> Element:
    """The label lies over the control and lets touches through."""
    x, y, width, height = control.frame
    low = (x, y + height - 28, width, 24) if control.kind in ("fader", "xy") else control.frame
    name, text = f"{control.name}_caption", _text(14)
    node = _node("LABEL", name, low, (0.0, 0.0, 0.0), **text)
    _values(node, text=control.label)
    return node


def _text(size: int) -> dict[str, object]:
    white = (1.0, 1.0, 1.0, 1.0)
    centred: dict[str, object] = {"textAlignH": CENTRE, "textAlignV": CENTRE, "textColor": white}
    return centred | {"font": 0, "textClip": True, "textLength": 0, "textSize": size}


def _osc(
    messages: Element,
    address: str,
    triggers: Sequence[tuple[str, str]],
    arguments: Sequence[Element],
    receive: bool = True,
) -> None:
    message = SubElement(messages, "osc")
    for name, on in (("enabled", True), ("send", bool(triggers)), ("receive", receive)):
        SubElement(message, name).text = str(int(on))
    SubElement(message, "feedback").text = "0"
    SubElement(message, "noDuplicates").text = "0"
    SubElement(message, "connections").text = ALL
    holder = SubElement(message, "triggers")
    for variable, condition in triggers:
        trigger = SubElement(holder, "trigger")
        SubElement(trigger, "var").text = variable
        SubElement(trigger, "condition").text = condition
    SubElement(message, "path").append(_partial("CONSTANT", "STRING", address))
    SubElement(message, "arguments").extend(arguments)


def _partial(kind: str, conversion: str, value: str) -> Element:
    partial = Element("partial")
    for name, text in (
        ("type", kind),
        ("conversion", conversion),
        ("value", value),
        ("scaleMin", "0"),
        ("scaleMax", "1"),
    ):
        SubElement(partial, name).text = text
    return partial
