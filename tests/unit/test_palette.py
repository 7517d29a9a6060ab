"""Palettes: the file format and its complaints, the baked table, and the ones we ship."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MorphogenError
from engine.show.colours import oklab
from engine.show.colours.colour import parse_colour
from engine.show.colours.palette import (
    GROUP,
    Palette,
    bake,
    check_palette,
    load_palette,
    lut_to_linear,
)

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "palettes").glob("*.toml"))

SOUND = """title = "Test"
about = "two hues"
stops = [
    [0.0, "#000000"],
    [0.4, "oklch(40% 0.1 30deg)"],
    [1.0, "oklch(0.9 0.05 90)"],
]
accent = "#40c0ff"
"""


def write(folder: Path, text: str, name: str = "test.toml") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def complaints(folder: Path, text: str, name: str = "test.toml") -> list[str]:
    file = write(folder, text, name)
    return [str(c).replace(f"{folder}/", "") for c in check_palette(file)]


def test_a_palette_is_read_with_its_colours_in_oklab(tmp_path: Path) -> None:
    palette = load_palette(write(tmp_path, SOUND))
    assert (palette.id, palette.title, palette.about) == ("test", "Test", "two hues")
    assert palette.kind == "glow"
    assert [stop.position for stop in palette.stops] == [0.0, 0.4, 1.0]
    assert palette.stops[1].colour == pytest.approx(oklab.oklch_to_oklab([0.4, 0.1, 30.0]))
    blue = np.array([0x40, 0xC0, 0xFF]) / 255
    assert palette.accent == pytest.approx(oklab.linear_to_oklab(oklab.decode_srgb(blue)))


def test_the_accent_is_the_last_stop_unless_said(tmp_path: Path) -> None:
    palette = load_palette(write(tmp_path, SOUND.replace('accent = "#40c0ff"', "")))
    assert palette.accent == palette.stops[-1].colour


def test_a_colour_out_of_gamut_loses_chroma_only() -> None:
    wild = oklab.oklab_to_oklch(parse_colour("oklch(0.6 0.4 140)"))
    assert wild[0] == pytest.approx(0.6)
    assert wild[2] == pytest.approx(140.0)
    assert 0.1 < wild[1] < 0.3


@pytest.mark.parametrize(
    "written",
    [
        *("red", "#12345", "#1234567", "rgb(1 2 3)", "", 7, None),
        *("oklch(0.5 0.1)", "oklch(0.5 0.1 nan)", "oklch(1e9 0 0)"),
        *("oklch(1.4 0.1 20)", "oklch(0.5 0.5 20)", "oklch(140% 0.1 20)"),
    ],
)
def test_what_is_no_colour_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a colour|outside"):
        parse_colour(written)


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = SOUND.replace("about", "abuot").replace("#000000", "black").replace("40%", "1.4")
    text = text.replace("#40c0ff", "#40c0f") + 'kind = "glwo"\n'
    told = complaints(tmp_path, text)
    assert [one.split(": ")[0] for one in told] == [f"test.toml:{n}" for n in (2, 9, 4, 5, 8)]
    assert "unknown key 'abuot'. Did you mean 'about'?" in told[0]
    assert "unknown kind 'glwo'. Did you mean 'glow'?" in told[1]
    assert "'black' is not a colour. Write a colour as" in told[2]
    assert "'oklch(1.4 0.1 30deg)' has a lightness outside 0..1" in told[3]
    with pytest.raises(MorphogenError) as raised:
        load_palette(tmp_path / "test.toml")
    assert len(raised.value.complaints) == 5


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[0.4,", "[1.4,", "test.toml:5: stop 2 is not a position and a colour"),
        ("[0.4,", "[true,", "test.toml:5: stop 2 is not a position and a colour"),
        ("[0.4,", "[nan,", "test.toml:5: stop 2 is not a position and a colour"),
        ("[0.4,", f"[1{400 * '0'},", "test.toml:5: stop 2 is not a position and a colour"),
        ("[0.4,", "[0.0,", "test.toml:5: stop 2 at 0 does not come after the one before it"),
        ("[0.0,", "[0.1,", "test.toml:4: the first stop is not at 0"),
        ("[1.0,", "[0.9,", "test.toml:6: the last stop is not at 1"),
        ('title = "Test"', "", "test.toml:1: a palette needs a title"),
        ('"two hues"', "2", "test.toml:2: 'about' is not a text"),
        ("accent", 'kind = "cyclic"\naccent', "test.toml:6: a cyclic palette must end"),
        ("stops = [", 'about2 = "', "test.toml:3: not TOML"),
    ],
)
def test_each_mistake_names_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    told = complaints(tmp_path, SOUND.replace(old, new, 1))
    assert len(told) == 1
    assert told[0].startswith(expected)


def test_missing_stops_and_bad_names_are_told(tmp_path: Path) -> None:
    assert "needs 2 to 64 stops" in complaints(tmp_path, 'title = "x"')[0]
    assert "'My Palette' is no name" in complaints(tmp_path, SOUND, "My Palette.toml")[0]
    assert "no such file" in str(check_palette(tmp_path / "none.toml")[0])


def test_baking_passes_through_the_stops_without_kink_or_overshoot(tmp_path: Path) -> None:
    palette = load_palette(write(tmp_path, SOUND))
    lab = bake(palette, 1001).astype(np.float64)
    for stop in palette.stops:
        assert lab[round(stop.position * 1000)] == pytest.approx(stop.colour, abs=1e-6)
    assert np.all(np.diff(lab[:, 0]) > 0)
    colours = np.array([stop.colour for stop in palette.stops])
    assert np.all(lab >= colours.min(axis=0) - 1e-6)
    assert np.all(lab <= colours.max(axis=0) + 1e-6)
    slope = np.diff(lab, axis=0) * 1000
    straight = np.diff(colours, axis=0) / np.array([[0.4], [0.6]])
    kink_of_straight_lines = np.abs(np.diff(straight, axis=0)).max()
    assert np.abs(np.diff(slope, axis=0)).max() < kink_of_straight_lines / 20


def test_two_stops_mix_evenly_in_oklab(tmp_path: Path) -> None:
    text = 'title = "x"\nstops = [[0, "#101010"], [1, "#e0c0a0"]]\n'
    lab = bake(load_palette(write(tmp_path, text)), 3)
    assert lab.dtype == np.float32
    assert lab[1] == pytest.approx((lab[0] + lab[2]) / 2, abs=1e-6)


def test_the_light_of_a_table_agrees_with_the_slow_way() -> None:
    lab = bake(load_palette(SHIPPED[0]))
    light = lut_to_linear(lab)
    assert light.dtype == np.float32
    assert light.shape == (256, 3)
    assert light == pytest.approx(oklab.oklab_to_linear(lab).clip(0, 1), abs=2e-6)


def test_halfway_through_a_fade_the_light_is_still_light() -> None:
    ends = [bake(load_palette(path)) for path in (SHIPPED[0], SHIPPED[1])]
    light = lut_to_linear((ends[0] + ends[1]) * np.float32(0.5))
    assert light.min() >= 0.0
    assert light.max() <= 1.0
    assert light.dtype == np.float32


def test_forty_palettes_or_more_are_shipped_in_groups() -> None:
    assert len(SHIPPED) >= 40
    groups = Counter(load_palette(path).group for path in SHIPPED)
    assert GROUP not in groups and min(groups.values()) >= 3, groups


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> Palette:
    assert isinstance(request.param, Path)
    assert check_palette(request.param) == []
    return load_palette(request.param)


def test_shipped_colours_are_in_gamut_as_written() -> None:
    for path in SHIPPED:
        for numbers in re.findall(r"oklch\(([\d. ]+)\)", path.read_text()):
            written = [float(number) for number in numbers.split()]
            assert oklab.in_gamut(oklab.oklch_to_oklab(written)), f"{path.stem}: {numbers}"


def test_shipped_lightness_goes_one_way_and_black_has_room(shipped: Palette) -> None:
    lightness = bake(shipped)[:, 0]
    step = np.diff(lightness)
    if shipped.kind == "paper":
        assert np.all(step < 0)
        assert lightness[0] > 0.85
        assert lightness[-1] < 0.25
        return
    assert lightness[0] < 0.08
    assert 0.33 < np.mean(lightness < 0.35) < 0.65
    # Encoded 3 % is L = 0.134; below it an LED wall shows bands, so it is crossed quickly.
    assert np.mean(lightness < 0.134) < 0.22
    if shipped.kind == "cyclic":
        peak = int(lightness.argmax())
        assert np.all(step[:peak] > 0)
        assert np.all(step[peak:] < 0)
        assert bake(shipped)[0] == pytest.approx(bake(shipped)[-1], abs=1e-6)
    else:
        assert np.all(step > 0)
        assert lightness[-1] > 0.65


def test_shipped_chroma_is_highest_between_the_ends(shipped: Palette) -> None:
    chroma = np.hypot(*bake(shipped)[:, 1:].T)
    assert 0.3 < chroma.argmax() / 255 < 0.95
    assert chroma.max() > 1.3 * max(chroma[0], chroma[-1])


def test_shipped_accent_stands_apart_from_every_stop(shipped: Palette) -> None:
    nearest = np.linalg.norm(bake(shipped) - np.array(shipped.accent), axis=1).min()
    assert nearest > 0.08


def test_shipped_palettes_say_what_they_are(shipped: Palette) -> None:
    assert 15 <= len(shipped.about) <= 90


def test_no_two_shipped_palettes_are_alike() -> None:
    tables = {path.stem: bake(load_palette(path)) for path in SHIPPED}
    for (one, a), (other, b) in itertools.combinations(tables.items(), 2):
        # 0.02 in OKLab is a just visible difference; this is the mean over the whole table.
        apart = np.linalg.norm(a - b, axis=1).mean()
        assert apart > 0.045, f"{one} and {other} are {apart:.3f} apart"


def test_the_page_of_palettes_names_each_in_its_group(repository: Path) -> None:
    page = (repository / "docs" / "palettes.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+)", page, re.MULTILINE))
    told = {(group, name) for group, names in rows.items() for name in names.strip().split(", ")}
    assert told == {(load_palette(path).group, path.stem) for path in SHIPPED}
