"""The panels for other programs are as their script writes them, and play what they say."""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.assets import find_assets
from engine.desk.osc.addresses import is_ours
from engine.library import read_library
from engine.message import Argument, Message
from engine.show.director import Director

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "panels"
OWN = ("/hello", "/ping")  # the desk answers these itself


@pytest.fixture(scope="module")
def director() -> Director:
    return Director(read_library(find_assets(ROOT)).catalogue, "coral")


def assert_is_taken(director: Director, address: str, *arguments: Argument) -> None:
    """Whether the engine has such an address and takes it."""
    assert is_ours(address), address
    if address not in OWN:
        director.apply(Message(address, arguments))
        assert not director.refused, f"{address} {arguments}: {director.refused}"


def test_the_panels_are_as_their_script_writes_them() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from panels import write_panels

    stale = [
        name for name, found in write_panels().items() if (FOLDER / name).read_bytes() != found
    ]
    assert not stale, f"make panels: {', '.join(stale)}"


def test_the_layout_of_touchosc_is_its_xml_and_every_control_plays(director: Director) -> None:
    text = zlib.decompress((FOLDER / "morphogen.tosc").read_bytes())
    root = ElementTree.fromstring(text)
    assert root.tag == "lexml"
    names: set[str | None] = set()
    played = 0
    for node in root.iter("node"):
        assert node.get("type") in ("GROUP", "FADER", "BUTTON", "XY", "LABEL")
        frame = node.find("properties/property[key='frame']/value")
        assert frame is not None
        x, y, width, height = (float(part.text or "") for part in frame)
        assert min(x, y) >= 0 and x + width <= 1024 and y + height <= 600
        names.add(node.findtext("properties/property[key='name']/value"))
        for message in node.findall("messages/osc"):
            address = message.findtext("path/partial/value")
            assert address
            arguments: list[Argument] = []
            for partial in message.findall("arguments/partial"):
                kind, value = partial.findtext("conversion"), partial.findtext("value")
                held = {key.text for key in node.findall("values/value/key")}
                assert partial.findtext("type") == "CONSTANT" or value in held
                constant = partial.findtext("type") == "CONSTANT"
                arguments.append(
                    int(value or 0) if constant else "tide" if kind == "STRING" else 0.5
                )
            if message.findtext("send") == "1":
                assert_is_taken(director, address, *arguments)
                played += 1
    assert played >= 40 and len(names) == len(list(root.iter("node")))


def test_the_session_of_open_stage_control_is_one_and_every_widget_plays(
    director: Director,
) -> None:
    session = json.loads((FOLDER / "open-stage-control.json").read_text(encoding="utf-8"))
    assert (session["createdWith"], session["type"]) == ("Open Stage Control", "session")
    root = session["content"]
    assert root["type"] == "root" and "/hello" in root["onCreate"]
    ids = [widget["id"] for widget in root["widgets"]]
    assert len(set(ids)) == len(ids) >= 40
    for widget in root["widgets"]:
        assert widget["type"] in ("fader", "button", "xy", "text")
        values: dict[str, tuple[Argument, ...]] = {"fader": (0.5,), "xy": (0.5, 0.5)}
        said = values.get(widget["type"], (widget.get("on", 1),))
        if widget["type"] != "text":
            assert_is_taken(director, widget["address"], *said)


def test_the_patch_of_max_is_connected_and_every_message_plays(director: Director) -> None:
    patcher = json.loads((FOLDER / "morphogen.maxpat").read_text(encoding="utf-8"))["patcher"]
    boxes = {entry["box"]["id"]: entry["box"] for entry in patcher["boxes"]}
    assert len(boxes) == len(patcher["boxes"])
    for entry in patcher["lines"]:
        (source, outlet), (target, inlet) = entry["patchline"].values()
        assert outlet < boxes[source]["numoutlets"] and inlet < boxes[target]["numinlets"]
        assert len(boxes[source]["outlettype"]) == boxes[source]["numoutlets"]
    texts = [(box["maxclass"], box.get("text", "")) for box in boxes.values()]
    assert ("newobj", "udpsend 127.0.0.1 7777") in texts
    played = 0
    for maxclass, text in texts:
        words = text.split()
        if words[:1] == ["prepend"] and words[1].startswith("/"):
            value = 2 if words[1] == "/scene/go" else 100 if words[1] == "/tempo/bpm" else 0.5
            assert_is_taken(director, words[1], value)
            played += 1
        elif maxclass == "message":
            assert_is_taken(director, words[0])
            played += 1
    assert played >= 20
