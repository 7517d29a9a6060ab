"""Lists of cues as they are written: read whole, or every mistake at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.show.cues.deed_text import Known
from engine.show.cues.playlist import Idle
from engine.show.cues.show_file import load_playlist

KNOWN = Known({"alpha", "beta", "gamma"}, {"ember", "moss"}, {"growth", "wipe"}, {"bloom", "blur"})


def write(folder: Path, text: str) -> Path:
    path = folder / "show.toml"
    path.write_text(text, encoding="utf-8")
    return path


def check(folder: Path, text: str, said: str, line: int) -> None:
    path = write(folder, text)
    with pytest.raises(MorphogenError) as error:
        load_playlist(path, KNOWN)
    found = [complaint for complaint in error.value.complaints if said in str(complaint)]
    assert found, error.value.complaints
    assert found[0].where == f"{path}:{line}"


def test_a_list_of_cues_is_read_whole(tmp_path: Path) -> None:
    text = """
title = "Night"
transition = "growth"
hours = ["tue-sun 10:00-18:00", "fri 18:00-22:00"]
idle = { seconds = 300, go = "end" }
[[cue]]
scene = "alpha"
follow = "8 bars"
do = ["/macro/1 0.8", ["/param/tint", 1, 0.5, 0.5, 1]]
[[cue]]
number = 1.5
name = "end"
palette = "moss"
snapshot = 3
fade = 2
follow = 30
[[cue.layer]]
number = 2
scene = "beta"
opacity = 0.5
blend = "screen"
[[cue.layer]]
number = 3
off = true
"""
    show = load_playlist(write(tmp_path, text), KNOWN)
    first, second = show.entries
    assert (show.is_cues, show.loop, show.hold, len(show.hours)) == (True, False, 0.0, 2)
    assert show.idle == Idle(300.0, "end")
    assert (first.scene, first.bars, first.seconds, first.number) == ("alpha", 8.0, 0.0, "1")
    assert first.deeds == (("/macro/1", (0.8,)), ("/param/tint", (1, 0.5, 0.5, 1)))
    assert (second.number, second.name, second.seconds) == ("1.5", "end", 30.0)
    assert (second.palette, second.snapshot, second.fade) == ("moss", 3, 2.0)
    assert second.deeds == (
        ("/layer/2/opacity", (0.5,)),
        ("/layer/2/blend", ("screen",)),
        ("/layer/2/scene/go", ("beta", 2.0)),
        ("/layer/3/eject", (2.0,)),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hours = 'noon'", "no time"),
        ("hours = ['10:00-11:00', 'wen 10:00-11:00']", "no day"),
        ("transition = 'wype'", "Did you mean 'wipe'"),
        ("shuffle = true", "has its order"),
        ("loop = 1", "true or false"),
        ("idle = 5", "no table"),
        ("idle = { go = 'chorus' }", "no cue 'chorus'"),
        ("dusk = -1", "'dusk' must be seconds"),
        ("[[scene]]", "a loop of [[scene]] or a list of [[cue]]"),
    ],
)
def test_what_is_wrong_with_a_show_is_said(tmp_path: Path, line: str, said: str) -> None:
    check(tmp_path, f"\n{line}\n[[cue]]\nscene = 'alpha'\n", said, 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("scene = 'alpa'", "Did you mean 'alpha'"),
        ("folow = 3", "Did you mean 'follow'"),
        ("follow = 'soon'", "says not when"),
        ("follow = '3 apples'", "says not when"),
        ("follow = -2", "says not when"),
        ("number = 1", "two cues of number '1'"),
        ("name = 'One'", "two cues of name 'one'"),
        ("number = true", "no number"),
        ("palette = 'mos'", "Did you mean 'moss'"),
        ("snapshot = 129", "no snapshot '129'"),
        ("fade = 'slow'", "'fade' must be seconds"),
        ("do = ['macro 1']", "does not begin with an address"),
        ("do = ['/macro/1 0.5', '/makro/1 0.5']", "no address '/makro/1'"),
        ("do = ['/macro/9 0.5']", "no macro '9'"),
        ("do = ['/cue/go 3']", "cannot play /cue/go"),
        ("do = ['/snapshot/save 3']", "cannot play /snapshot/save"),
        ("do = ['/scene/go alfa']", "no scene 'alfa'"),
        ("do = ['/master/effect/1/go blom']", "no effect 'blom'"),
        ("do = ['/layer/7/clear']", "no layer '7'"),
        ('do = ["/scene/go \'alpha"]', "No closing quotation"),
        ("layer = { number = 1 }", "no layer '1'"),
        ("layer = [{ number = 2, blend = 'ad' }]", "no blend 'ad'"),
    ],
)
def test_what_is_wrong_with_a_cue_is_said(tmp_path: Path, line: str, said: str) -> None:
    check(tmp_path, f"[[cue]]\nscene = 'alpha'\nname = 'one'\n[[cue]]\n{line}\n", said, 5)
