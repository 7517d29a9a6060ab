"""What is saved goes into the user's folder by a checked id, whole, and never from another computer."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from engine.desk.mirror import Mirror
from engine.desk.monitor.monitor import Monitor
from engine.desk.notes import Notes
from engine.desk.osc.echo import Echo
from engine.desk.osc.sorter import NOT_SAVED, Sorter
from engine.errors import MorphogenError
from engine.keep import PLACES, SAVING, WAITING, Keeper, Saving, keep_now, saves, write_whole
from engine.message import Message
from engine.pipe import Outbox
from engine.show.memory.saving import Savings
from engine.show.parameter import Refused
from engine.show.routes.table import EXACT

BAD = ("", "A", "a b", "../a", "a/b", "a.b", "ä", "x" * 65, "con", "com1", "a\n", "a\0")


@pytest.mark.parametrize("name", BAD)
def test_a_bad_id_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        Saving("palette", name, "")
    with pytest.raises(Refused):
        Savings().ask("palette", name, "")


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="too long"):
        Savings().ask("palette", "long", "x" * (5 << 20))


def test_too_many_at_once_are_refused() -> None:
    savings = Savings()
    for number in range(WAITING):
        savings.ask("palette", f"p{number}", "text")
    with pytest.raises(Refused, match="too many"):
        savings.ask("palette", "one_more", "text")
    assert len(savings.take()) == WAITING and savings.take() == []


@pytest.mark.parametrize("kind", PLACES)
def test_every_kind_is_written_to_its_place(tmp_path: Path, kind: str) -> None:
    with Keeper(tmp_path / "mine") as keeper:
        keeper.save(Saving(kind, "first", "a text, ä\n"))
    folder, suffix = PLACES[kind]
    path = tmp_path / "mine" / folder / f"first{suffix}"
    assert path.read_text(encoding="utf-8") == "a text, ä\n"
    assert keeper.take_complaints() == []


def test_the_one_before_is_kept_and_no_draft_is_left(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        keep_now(tmp_path, Saving("scene", "coral", text))
    folder = tmp_path / "scenes"
    assert {path.name for path in folder.iterdir()} == {"coral.toml", "coral.toml.bak"}
    assert (folder / "coral.toml").read_text() == "three"
    assert (folder / "coral.toml.bak").read_text() == "two"


def test_what_is_there_is_not_written_over_where_that_is_not_wanted(tmp_path: Path) -> None:
    keep_now(tmp_path, Saving("scene", "coral", "one"), anew=True)
    with pytest.raises(MorphogenError, match="is there already"):
        keep_now(tmp_path, Saving("scene", "coral", "two"), anew=True)
    assert (tmp_path / "scenes" / "coral.toml").read_text() == "one"


def test_a_disk_that_takes_nothing_is_said_and_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "scenes").write_text("a file where a folder should be")
    with Keeper(tmp_path) as keeper:
        keeper.save(Saving("scene", "coral", "text"))
        keeper.save(Saving("palette", "ember", "text"))
    (complaint,) = keeper.take_complaints()
    assert complaint.where.endswith("coral.toml") and "cannot be saved" in complaint.what
    assert (tmp_path / "config" / "palettes" / "ember.toml").read_text() == "text"


def test_without_a_folder_it_is_said_and_nothing_is_written() -> None:
    with Keeper(None) as keeper:
        keeper.save(Saving("scene", "coral", "text"))
        (complaint,) = keeper.take_complaints()
    assert "no folder" in complaint.what


@pytest.mark.skipif(sys.platform == "win32", reason="links want rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "real.toml").write_text("old")
    (tmp_path / "link.toml").symlink_to(tmp_path / "elsewhere" / "real.toml")
    write_whole(tmp_path / "link.toml", b"new")
    assert (tmp_path / "link.toml").is_symlink()
    assert (tmp_path / "elsewhere" / "real.toml").read_text() == "new"


def test_every_address_that_saves_is_known_as_one() -> None:
    kept_in_memory = {"/snapshot/save"}
    saving = {address for address in EXACT if address.endswith("/save")}
    assert saving - kept_in_memory <= SAVING
    assert saves("/palette/save") and saves("/layer/3/palette/save")
    assert saves("/palette/save/ember") and not saves("/palette/go") and not saves("/palette/saved")


@pytest.fixture
def sorter() -> Iterator[Sorter]:
    mirror = Mirror()
    reader, writer = multiprocessing.Pipe(duplex=False)
    notes = Notes(lambda: 0, lambda text: None)
    with Outbox(writer) as outbox:
        yield Sorter(
            Echo(mirror, notes, lambda: 0), Monitor(mirror, lambda: 0), SimpleQueue(), outbox
        )
    reader.close()


def test_a_save_from_another_computer_is_refused_and_counted(sorter: Sorter) -> None:
    for address in ("/palette/save", "/layer/2/palette/save"):
        for host in ("192.168.1.7", "10.0.0.1", "2001:db8::1", "::ffff:192.168.1.7", "nonsense"):
            assert sorter.hear(Message(address, ("ember",)), (host, 9000))
    assert sorter.refused == {NOT_SAVED: 10}


def test_a_save_from_this_computer_is_handed_on(sorter: Sorter) -> None:
    for host in ("127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"):
        assert not sorter.hear(Message("/palette/save", ("ember",)), (host, 9000))
    assert not sorter.hear(Message("/palette/go", ("ember",)), ("192.168.1.7", 9000))
    assert not sorter.refused
