"""Controller maps are followed while they are edited; what is held and where knobs are stays known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.assets import Folders
from engine.desk.control import Control, Move
from engine.desk.play.board import Board
from engine.desk.play.controllers import ControllerMap, read_map
from engine.desk.play.lights import Lights
from engine.desk.play.map_edits import MapEdits
from engine.errors import Complaint
from tests.jack import wait_for

MAP = 'name = "Box"\nmatch = "Box"\n[[control]]\nkind = "{kind}"\nnumbers = 1\naddress = "{address}"\n'


class Maps:
    """Two folders of maps, and what was said of them."""

    def __init__(self, folder: Path) -> None:
        self.own, self.users = folder / "own", folder / "mine"
        self.own.mkdir()
        self.put(self.own, "box", address="/macro/1")
        self.said: list[Complaint] = []
        self.edits = MapEdits(Folders(self.own, self.users), self.said.append, 0.01)

    def put(self, folder: Path, name: str, kind: str = "cc", address: str = "/macro/1") -> Path:
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.toml"
        path.write_text(MAP.format(kind=kind, address=address), encoding="utf-8")
        return path

    def wait(self) -> list[ControllerMap]:
        found: list[list[ControllerMap]] = []
        wait_for(lambda: found.extend(filter(None, [self.edits.take()])) or found, "an edit")
        return found[-1]


@pytest.fixture
def maps(tmp_path: Path) -> Iterator[Maps]:
    one = Maps(tmp_path)
    with one.edits:
        yield one


def addresses(maps: list[ControllerMap]) -> list[str]:
    return [binding.address for found in maps for binding in found.bindings]


def test_an_edit_a_new_map_and_one_of_the_users_are_taken(maps: Maps) -> None:
    assert addresses(maps.edits.maps) == ["/macro/1"] and maps.edits.take() is None
    maps.put(maps.own, "box", address="/macro/2")
    assert addresses(maps.wait()) == ["/macro/2"]
    mine = maps.put(maps.users, "box", address="/macro/3")
    assert addresses(maps.wait()) == ["/macro/3"]
    maps.put(maps.users, "aaa", address="/macro/4")
    assert addresses(maps.wait()) == ["/macro/4", "/macro/3"]
    mine.unlink()
    assert addresses(maps.wait()) == ["/macro/4", "/macro/2"]


def test_a_broken_edit_keeps_the_last_good_map_and_is_said(maps: Maps) -> None:
    path = maps.put(maps.own, "box", address="no address")
    wait_for(lambda: maps.edits.take() or maps.said, "the complaint")
    assert addresses(maps.edits.maps) == ["/macro/1"]
    assert str(path) in maps.said[0].where
    path.write_text("[[[", encoding="utf-8")
    wait_for(lambda: maps.edits.take() or len(maps.said) > 1, "the complaint")
    assert addresses(maps.edits.maps) == ["/macro/1"]


def test_a_board_plays_by_the_new_map_and_lets_go_what_the_old_one_held(maps: Maps) -> None:
    path = maps.put(maps.own, "pad", kind="note", address="/freeze")
    text = path.read_text(encoding="utf-8") + 'send = "gate"\n'
    path.write_text(text, encoding="utf-8")
    found, _ = read_map(path)
    assert found
    board = Board([found])
    pad = Control("Box", "note", 1, 1)
    assert [m.address for m in board.play(Move(pad, 1.0, 0, 127))] == ["/freeze"]
    path.write_text(text.replace("/freeze", "/blackout"), encoding="utf-8")
    edited, _ = read_map(path)
    assert edited
    board.adopt_maps([edited])
    let_go = {m.address: m.arguments for m in board.play(Move(pad, 0.0, 1, 0))}
    assert let_go["/freeze"] == (0,)
    assert [m.address for m in board.play(Move(pad, 1.0, 2, 127))] == ["/blackout"]


def test_lights_of_a_map_that_was_edited_are_shown_anew(maps: Maps) -> None:
    path = maps.put(maps.own, "lit", kind="note", address="/freeze")
    text = path.read_text(encoding="utf-8")
    before, _ = read_map(path)
    path.write_text(f'init = ["f0 01 f7"]\n{text}', encoding="utf-8")
    after, _ = read_map(path)
    assert before and after
    sent: list[bytes] = []
    board = Board([before])
    lights = Lights(board, lambda address: None, lambda device, data: not sent.append(data))
    lights.plug("Box")
    lights.follow(1, time.monotonic_ns())
    assert sent == []
    board.adopt_maps([after])
    lights.adopt()
    lights.follow(1, time.monotonic_ns())
    assert sent == [bytes((0xF0, 0x01, 0xF7))]
