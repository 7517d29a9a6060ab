"""Modulation as a scene file says it: what is read, and every mistake with its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.show.modulation.modulator import BEATS, HERTZ, Modulator, Route
from engine.show.scene import Scene
from engine.show.scene_file import load_scene
from tests.show import make_catalogue
from tests.unit.test_scene import HEAD, MACROS

FIRST = HEAD.count("\n") + 1  # the line that a text begins on


def read(folder: Path, text: str) -> Scene:
    catalogue = make_catalogue()
    path = folder / "breath.toml"
    path.write_text(HEAD + text + MACROS)
    return load_scene(path, catalogue.models, catalogue.looks, catalogue.finish, catalogue.palettes)


def test_a_scene_file_says_what_moves_and_how(tmp_path: Path) -> None:
    text = """
[[modulator]]
name = "breath"
shape = "triangle"
bars = 2
phase = 0.25
to = { rain = 2, exposure = { amount = -0.5, curve = "exp", polarity = "uni" } }
[[modulator]]
name = "hit"
kind = "envelope"
on = "beat"
every = 2
decay = 0.3
[[modulator]]
name = "slow"
period = 20
to = { breath_rate = 1, hit_to_glow = 0.2, macro_2 = 0.1 }
[[modulator]]
name = "sum"
kind = "formula"
formula = "breath * hit + macro_3"
[[route]]
from = "hit"
to = "glow"
amount = 0.3
curve = "s"
"""
    scene = read(tmp_path, text)
    breath = {"rate": 8.0, "phase": 0.25, "shape": 1.0}
    assert scene.modulators[:3] == (
        Modulator("breath", "lfo", BEATS, breath),
        Modulator("hit", "envelope", HERTZ, {"decay": 0.3}, on="beat", every=2.0),
        Modulator("slow", "lfo", HERTZ, {"rate": 0.05}),
    )
    assert scene.routes == (
        Route("breath", "rain", 2.0),
        Route("breath", "exposure", -0.5, "exp", "uni"),
        Route("slow", "breath_rate", 1.0),
        Route("slow", "hit_to_glow", 0.2),
        Route("slow", "macro_2", 0.1),
        Route("hit", "glow", 0.3, "s"),
    )
    formula = scene.modulators[3].formula
    assert formula is not None and formula.names == {"breath", "hit", "macro_3"}


def test_a_route_goes_to_one_number_of_a_colour(tmp_path: Path) -> None:
    text = '[[modulator]]\nname = "wave"\nto = { tint_red = -0.5, centre_y = 0.1 }\n'
    assert read(tmp_path, text).routes == (
        Route("wave", "tint_red", -0.5),
        Route("wave", "centre_y", 0.1),
    )


def test_what_modulators_have_is_set_and_moved_as_any_parameter(tmp_path: Path) -> None:
    text = '[parameters]\nwave_depth = 0.4\n[[modulator]]\nname = "wave"\nto = { rain = 2 }\n'
    assert read(tmp_path, text).values["wave_depth"] == (0.4,)
    with pytest.raises(MorphogenError, match=r":\d+: 'wave_to_rain' is 31"):
        read(tmp_path, text.replace("wave_depth = 0.4", "wave_to_rain = 31"))


@pytest.mark.parametrize(
    "text,line,said",
    [
        ("[modulator]\nname = 'a'", 0, "must be tables"),
        ("[[modulator]]\nrate = 1", 0, "needs a name"),
        ("[[modulator]]\nname = 'A b'", 1, "no modulator's name"),
        ("[[modulator]]\nname = 'feed'", 1, "is a parameter already"),
        ("[[modulator]]\nname = 'beat'", 1, "a word of ours"),
        ("[[modulator]]\nname = 'a'\n[[modulator]]\nname = 'a'", 3, "two modulators 'a'"),
        ("[[modulator]]\nname = 'a'\nkind = 'lof'", 2, "Did you mean 'lfo'"),
        ("[[modulator]]\nname = 'a'\nshap = 'sine'", 2, "Did you mean 'shape'"),
        ("[[modulator]]\nname = 'a'\nkind = 'noise'\nwidth = 0.5", 3, "unknown key 'width'"),
        ("[[modulator]]\nname = 'a'\nshape = 'sin'", 2, "Did you mean 'sine'"),
        ("[[modulator]]\nname = 'a'\nrate = 'fast'", 2, "must be a number"),
        ("[[modulator]]\nname = 'a'\nrate = nan", 2, "must be a number"),
        ("[[modulator]]\nname = 'a'\nrate = 90", 2, "between 0.0001 and 50"),
        ("[[modulator]]\nname = 'a'\nperiod = 0", 2, "between 0.02 and 10000"),
        ("[[modulator]]\nname = 'a'\nrate = 1\nbeats = 2", 3, "Keep one of"),
        ("[[modulator]]\nname = 'a'\ndepth = 3", 2, "between 0 and 2"),
        ("[[modulator]]\nname = 'a'\nbypass = 1", 2, "true or false"),
        ("[[modulator]]\nname = 'a'\non = 'beats'", 2, "Did you mean 'beat'"),
        ("[[modulator]]\nname = 'a'\nkind = 'ramp'\nonce = 1", 3, "true or false"),
        ("[[modulator]]\nname = 'a'\nkind = 'audio'", 0, "needs 'of'"),
        ("[[modulator]]\nname = 'a'\nkind = 'audio'\nof = 'bas'", 3, "Did you mean 'bass'"),
        ("[[modulator]]\nname = 'a'\nkind = 'parameter'\nof = 'fed'", 3, "Did you mean 'feed'"),
        ("[[modulator]]\nname = 'a'\nkind = 'steps'", 0, "needs 'steps'"),
        ("[[modulator]]\nname = 'a'\nkind = 'steps'\nsteps = []", 3, "1 to 64 numbers"),
        ("[[modulator]]\nname = 'a'\nkind = 'steps'\nsteps = [0,\n2]", 4, "between -1 and 1"),
        ("[[modulator]]\nname = 'a'\nkind = 'formula'", 0, "needs 'formula'"),
        ("[[modulator]]\nname = 'a'\nkind = 'formula'\nformula = 'fed'", 3, "Did you mean 'feed'"),
        ("[[modulator]]\nname = 'a'\nto = 'feed'", 2, "Write to = { feed"),
        ("[[modulator]]\nname = 'a'\nto = { fed = 0.1 }", 2, "Did you mean 'feed'"),
        ("[[modulator]]\nname = 'a'\nto = { feed = 'x' }", 2, "must be a number"),
        ("[[modulator]]\nname = 'a'\nto = { feed = 3 }", 2, "between -0.12 and 0.12"),
        ("[[modulator]]\nname = 'a'\nto = { exposure = 5 }", 2, "between -4 and 4 octaves"),
        ("[[modulator]]\nname = 'a'\nto = { tint = 1 }", 2, "no parameter 'tint'"),
        ("[[modulator]]\nname = 'a'\nto = { feed = { curve = 's' } }", 2, "needs an amount"),
        ("[[modulator]]\nname = 'a'\nto = { feed = { amount = 0.1, curv = 's' } }", 2, "'curve'"),
        ("[[modulator]]\nname = 'a'\nto = { a_rate = 1 }", 0, "in a ring: a -> a"),
        ("[[route]]\nto = 'feed'\namount = 0.1", 0, "needs 'from'"),
        ("[[route]]\nfrom = 'a'\nto = 'feed'\namount = 0.1", 1, "no from 'a'"),
        ("[[modulator]]\nname = 'a'\n[[route]]\nfrom = 'a'\nto = 'fed'\namount = 0", 4, "'feed'"),
        ("[[modulator]]\nname = 'a'\nto.feed = 0\n[[route]]\nfrom = 'a'\nto = 'feed'\namount = 0",
         3, "twice"),
        ("[[modulator]]\nname = 'a'\n[[route]]\nfrom = 'a'\nto = 'feed'\namount = 0\ncurve = 'z'",
         6, "no curve 'z'"),
    ],
)  # fmt: skip
def test_each_mistake_is_found_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(MorphogenError) as raised:
        read(tmp_path, f"{text}\n")
    (complaint,) = raised.value.complaints
    assert said in str(complaint)
    assert complaint.where.endswith(f"breath.toml:{FIRST + line}")


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('x')",
        "().__class__.__bases__[0]",
        "feed.real",
        "open('x')",
        "eval('1')",
        "[x for x in (1,)]",
        "lambda: 1",
        "'a' * 9",
        "9 ** 9 ** 9 if feed else bass",
        "(" * 200 + ")" * 200,
        "1+" * 200,
        "x := 1",
    ],
)
def test_a_hostile_formula_is_refused_or_harmless(tmp_path: Path, formula: str) -> None:
    text = f'[[modulator]]\nname = "a"\nkind = "formula"\nformula = "{formula}"\n'
    if formula.startswith("9"):
        assert read(tmp_path, text).modulators[0].formula is not None
        return
    with pytest.raises(MorphogenError, match=r"breath.toml:\d+"):
        read(tmp_path, text)
