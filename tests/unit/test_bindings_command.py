"""What is typed after `morphogen learn`: targets, lists, files; all without an engine or a controller."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.assets import find_assets
from engine.cli import main
from engine.commands.bindings import (
    check_bindings,
    describe_manner,
    export,
    forget,
    list_bindings,
    list_playable,
    recognise,
    take_in,
)
from engine.desk.play.binding import Binding
from engine.desk.play.controllers import load_sound_controllers
from engine.desk.play.learn import Wish
from engine.desk.play.overlay import load_overlay, save_overlay
from engine.desk.play.target import Playable, find_fault, read_target
from engine.errors import MorphogenError
from engine.library import Library, read_library

KNOB = Binding("cc", 1, 16, "", "/macro/1", low=0.2, high=0.7, curve=2.0, invert=True)
PAD = Binding("note", 2, 36, "", "/scene/go", "press", ("coral", 2.0), hold="/scene/next")
BOX = "Box"


@pytest.fixture(scope="module")
def library(repository: Path) -> Library:
    return read_library(find_assets(repository))


@pytest.fixture(scope="module")
def there(library: Library) -> Playable:
    return list_playable(library.catalogue)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "bindings.toml"
    save_overlay({BOX: (KNOB, PAD)}, path)
    return path


@pytest.mark.parametrize(
    ("typed", "address", "arguments"),
    [
        ("macro 3", "/macro/3", ()),
        ("scene coral", "/scene/go", ("coral",)),
        ("scene 4 2.5", "/scene/go", (4, 2.5)),
        ("scene next", "/scene/next", ()),
        ("next", "/scene/next", ()),
        ("trigger stroke", "/mod/stroke/trigger", ()),
        ("stroke_decay", "/param/stroke_decay", ()),
        ("palette ember", "/palette/go", ("ember",)),
        ("palette previous", "/palette/previous", ()),
        ("snapshot 2", "/snapshot/go", (2,)),
        ("save 2", "/snapshot/save", (2,)),
        ("feed", "/param/feed", ()),
        ("parameter kill", "/param/kill", ()),
        ("layer 2 opacity", "/layer/2/opacity", ()),
        ("layer 2 macro 8", "/layer/2/macro/8", ()),
        ("focus 3", "/layer/focus", (3,)),
        ("brightness", "/master/brightness", ()),
        ("bpm", "/tempo/bpm", ()),
        ("/norm/feed", "/norm/feed", ()),
        ("/scene/go coral 4 equation", "/scene/go", ("coral", 4, "equation")),
        ("/layer/2/blend add", "/layer/2/blend", ("add",)),
        ("/palette/shift", "/palette/shift", ()),
        ("/palette/next", "/palette/next", ()),
        ("/seed 7", "/seed", (7,)),
        ("crossfader", "/crossfader", ()),
        ("layer 2 solo", "/layer/2/solo", ()),
        ("bus a", "/bus", ("a",)),
        ("effect 2", "/effect/2/mix", ()),
        ("effect 2 go bloom", "/effect/2/go", ("bloom",)),
        ("effect 2 amount", "/effect/2/param/amount", ()),
        ("layer 3 effect 1 bypass", "/layer/3/effect/1/bypass", ()),
        ("master effect 1", "/master/effect/1/mix", ()),
        ("/transition/norm/softness", "/transition/norm/softness", ()),
    ],
)
def test_a_target_is_a_short_word_or_an_address(
    typed: str, address: str, arguments: tuple[object, ...], there: Playable
) -> None:
    assert read_target(typed.split(), there) == Wish(address, arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "nothing to learn"),
        ("macr 3", "Did you mean 'macro'?"),
        ("macro", "which macro?"),
        ("macro 9", "There are macros 1 to 8"),
        ("macro three", "no macro 'three'"),
        ("fede", "Did you mean 'feed'?"),
        ("scene", "needs to know which"),
        ("scene corall", "no scene 'corall'. Did you mean 'coral'?"),
        ("/norm/fede", "no parameter 'fede'. Did you mean 'feed'?"),
        ("/scene/goo coral", "Did you mean '/scene/go'?"),
        ("/macro/*", "no address to play"),
        ("/status/taken", "no address '/status/taken'"),
        ("/layer/9/opacity", "no address to play"),
        ("effect 7", "which effect?"),
        ("effect 1 go", "needs to know which"),
        ("layer 2 opacty", "Did you mean 'opacity'?"),
    ],
)
def test_a_target_that_is_none_is_one_line_with_what_was_perhaps_meant(
    typed: str, words: str, there: Playable
) -> None:
    with pytest.raises(MorphogenError) as wrong:
        read_target(typed.split(), there)
    (complaint,) = wrong.value.complaints
    assert words in f"{complaint}" and "\n" not in f"{complaint}"


def test_all_that_shipped_maps_play_is_there(there: Playable, repository: Path) -> None:
    maps = load_sound_controllers(repository / "config" / "controllers")[0]
    for found in maps:
        for binding in found.bindings:
            wish = Wish(binding.address, binding.arguments or (1,))
            if not binding.address.startswith("/audio/"):
                assert find_fault(wish, there) is None, (found.name, wish)


def test_bindings_go_out_into_a_file_and_come_back_whole(tmp_path: Path, own: Path) -> None:
    to, other = tmp_path / "mine.toml", tmp_path / "other" / "bindings.toml"
    export(own, to)
    take_in(to, other)
    assert load_overlay(other) == ({BOX: (KNOB, PAD)}, [])


def test_what_comes_in_replaces_control_by_control_and_the_rest_stays(
    tmp_path: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.toml"
    fresh = Binding("cc", 1, 16, "", "/macro/8")
    save_overlay({BOX: (fresh,), "Keys": (PAD,)}, more)
    take_in(more, own)
    assert load_overlay(own)[0] == {BOX: (PAD, fresh), "Keys": (PAD,)}
    assert capsys.readouterr().out == "2 bindings of 2 devices, in place of 1; 3 in all\n"


HELD = """[[binding]]
device = "Box"
kind = "note"
numbers = 1
address = "/blackout"
send = "toggle"
hold = "/safe"
"""


@pytest.mark.parametrize("text", ["", HELD, "[[binding]\n", "[[binding]]\nkind = 'cc'\n", "\xff"])
def test_a_file_with_a_mistake_changes_nothing(tmp_path: Path, own: Path, text: str) -> None:
    before, file = own.read_bytes(), tmp_path / "more.toml"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(MorphogenError):
        take_in(file, own)
    assert own.read_bytes() == before


def test_a_broken_file_of_the_players_own_is_told_and_not_written_over(
    tmp_path: Path, own: Path, library: Library
) -> None:
    more = tmp_path / "more.toml"
    export(own, more)
    own.write_text("[[binding]\n")
    for deed in (lambda: take_in(more, own), lambda: forget(["macro", "1"], library, own)):
        with pytest.raises(MorphogenError) as wrong:
            deed()
        assert str(own) in f"{wrong.value}"
    assert own.read_text() == "[[binding]\n"


def test_what_is_forgotten_may_be_there_no_more(library: Library, own: Path) -> None:
    gone = Binding("cc", 1, 20, "", "/norm/gone_with_its_model")
    save_overlay({BOX: (KNOB, PAD, gone)}, own)
    forget(["/norm/gone_with_its_model"], library, own)
    forget(["scene", "coral", "2.0"], library, own)
    assert load_overlay(own)[0] == {BOX: (KNOB,)}
    with pytest.raises(MorphogenError, match="nothing of yours plays /macro/2"):
        forget(["macro", "2"], library, own)


def test_the_list_says_what_plays_how(
    own: Path, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    list_bindings(own, find_assets(repository), profiles=False)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == [BOX]
    assert " ".join(lines[1]) == "cc 16 channel 1 /macro/1 0.2 to 0.7, curve 2, inverted"
    assert " ".join(lines[2]) == "note 36 channel 2 /scene/go coral 2.0 press, held: /scene/next"
    assert describe_manner(Binding("cc", 1, 16, "", "/macro/1")) == ""


def test_ports_are_recognised_by_their_maps(repository: Path) -> None:
    maps = load_sound_controllers(repository / "config" / "controllers")[0]
    found = recognise(maps, ["APC40 mkII", "Some Keys", "keyboard", "osc"])
    assert {port: one.id for port, one in found.items()} == {
        "APC40 mkII": "apc40_mk2",
        "Some Keys": "generic",
    }


def test_a_check_finds_what_plays_nothing(library: Library, own: Path, tmp_path: Path) -> None:
    assert check_bindings(own, library.catalogue) == []
    wrong = Binding("cc", 1, 20, "", "/norm/fede")
    save_overlay({BOX: (KNOB, wrong)}, own)
    (complaint,) = check_bindings(own, library.catalogue)
    assert "cc 20 channel 1" in complaint.where and "feed" in complaint.remedy
    broken = tmp_path / "broken.toml"
    broken.write_text('[[binding]]\ndevice = "Box"\nkind = "cx"\n')
    assert any(":3" in complaint.where for complaint in check_bindings(broken, library.catalogue))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["learn", "macro", "9"], "There are macros 1 to 8"),
        (["learn", "feed", "--takeover", "grab"], "invalid choice"),
        (["learn", "feed", "--range", "a:b"], "no range"),
        (["learn", "feed", "--curve", "0"], "above 0"),
        (["learn", "--import", "/no/such/file"], "cannot be read"),
        (["learn", "--list", "--forget", "macro"], "not allowed with"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and len(said.err.strip().splitlines()) == 1
