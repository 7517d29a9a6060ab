"""Starts of a field: repeatable, seamless, alike at any size, and clear about mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.errors import MorphogenError
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.noise import make_smooth_noise, make_terrain
from engine.show.seeds.seed import ARGUMENTS
from engine.show.seeds.seed_file import parse_seed

DRAWN = ("spots", "squares", "rings", "fronts", "spirals", "stripes")
SCATTERED = ("spots", "squares", "rings")
REST, ACTIVE = (1.0, 0.0), (0.5, 0.25)


def seed(table: dict[str, Any], rows: int = 54, columns: int = 96, number: int = 1) -> Any:
    return make_seed(parse_seed(table, "s.toml:1"), rows, columns, number, REST, ACTIVE)


def cover(table: dict[str, Any], rows: int = 54, columns: int = 96, number: int = 1) -> Any:
    """Coverage alone: a field of one channel from 0 to 1."""
    spec = parse_seed(table, "s.toml:1")
    return make_seed(spec, rows, columns, number, (0.0,), (1.0,))[..., 0]


def seam(field: NDArray[np.floating]) -> float:
    """The largest step across a border over the largest step inside; about 1 without a seam."""
    ratios = []
    for axis in (0, 1):
        inside = np.abs(np.diff(field, axis=axis)).max()
        across = np.abs(np.take(field, 0, axis=axis) - np.take(field, -1, axis=axis)).max()
        ratios.append(across / inside)
    return float(max(ratios))


@pytest.mark.parametrize("kind", ["noise", *DRAWN])
def test_the_same_number_gives_the_same_field_and_another_another(kind: str) -> None:
    first, again, other = (seed({"kind": kind}, number=number) for number in (7, 7, 8))
    assert first.shape == (54, 96, 2)
    assert first.dtype == np.float32
    assert first.tobytes() == again.tobytes()
    assert np.abs(first - other).max() > 0.05


@pytest.mark.parametrize("kind", DRAWN)
def test_marks_lead_from_rest_to_active_and_no_further(kind: str) -> None:
    field = seed({"kind": kind, "softness": 0.2})
    assert field[..., 0].max() == pytest.approx(1.0)
    assert field[..., 0].min() == pytest.approx(0.5, abs=0.01)
    assert field[..., 1].min() == pytest.approx(0.0)
    assert field[..., 1].max() == pytest.approx(0.25, abs=0.005)


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("size", [(54, 96), (53, 97), (13, 17)])
def test_marks_have_no_seam_at_the_borders(kind: str, size: tuple[int, int]) -> None:
    table = {"kind": kind, "softness": 1.0}
    if kind in SCATTERED:
        table |= {"count": 40, "jitter": 1.0}
    rolled = cover(table, *size)
    assert 0.02 < rolled.mean() < 0.98
    assert seam(rolled) <= 1.1


@pytest.mark.parametrize("kind", DRAWN)
def test_a_seed_looks_alike_at_any_size(kind: str) -> None:
    table = {"kind": kind, "softness": 0.6}
    small, large = cover(table, 54, 96), cover(table, 216, 384)
    shrunk = large.reshape(54, 4, 96, 4).mean(axis=(1, 3))
    assert np.abs(small - shrunk).mean() < 0.02
    assert np.corrcoef(small.ravel(), shrunk.ravel())[0, 1] > 0.97


def test_spots_cover_the_area_of_their_discs() -> None:
    table = {"kind": "spots", "count": 6, "radius": 0.1, "vary": 0, "jitter": 0, "softness": 0.1}
    covered = cover(table, 270, 480).sum() / 270**2
    assert covered == pytest.approx(6 * np.pi * 0.1**2, rel=0.02)


def test_squares_cover_the_area_of_their_sides_however_turned() -> None:
    for turn in (0.0, 1.0):
        table = {"kind": "squares", "count": 4, "size": 0.2, "turn": turn, "vary": 0, "jitter": 0}
        covered = cover(table | {"softness": 0.0}, 270, 480).sum() / 270**2
        assert covered == pytest.approx(4 * 0.2**2, rel=0.02)


def test_a_lone_mark_without_jitter_stands_in_the_middle() -> None:
    field = cover({"kind": "spots", "count": 1, "jitter": 0, "radius": 0.1}, 55, 97)
    assert field[27, 48] == 1.0
    assert np.allclose(field, field[::-1, ::-1], atol=1e-6)


def test_a_ring_is_empty_inside_and_a_gap_opens_it() -> None:
    table = {"kind": "rings", "count": 1, "jitter": 0, "vary": 0, "radius": 0.3, "width": 0.05}
    whole, open_ring = cover(table, 101, 101), cover(table | {"gap": 0.5}, 101, 101)
    assert whole[50, 50] == 0.0
    assert whole[50, 50 + 30] > 0.9
    assert whole.sum() / 101**2 == pytest.approx(2 * np.pi * 0.3 * 0.05, rel=0.03)
    assert open_ring.sum() / whole.sum() == pytest.approx(0.5, abs=0.05)


def test_spread_keeps_marks_about_the_middle() -> None:
    table = {"kind": "spots", "count": 30, "radius": 0.02, "spread": 0.3, "jitter": 0}
    field = cover(table, 90, 160)
    assert field[30:60, 50:110].sum() > 0.99 * field.sum()


def test_fronts_cross_in_the_two_channels() -> None:
    field = seed({"kind": "fronts", "wobble": 0, "softness": 0, "count": 1}, 60, 60)
    u, v = (REST[0] - field[..., 0]) / 0.5, field[..., 1] / 0.25
    assert np.ptp(u, axis=0).max() < 1e-6  # upright bands: the same in every row
    assert np.ptp(v, axis=1).max() < 1e-6
    quarters = [(u > 0.5) == one for one in (True, False)]
    for left in quarters:
        for below in ((v > 0.5) == one for one in (True, False)):
            assert (left & below).mean() == pytest.approx(0.25, abs=0.03)


def test_noise_keeps_its_amplitude_about_rest_on_every_channel() -> None:
    for scale in (0, 6):
        field = seed({"kind": "noise", "amplitude": 0.2, "scale": scale}, 100, 160)
        about = field - np.array(REST, dtype=np.float32)
        assert np.abs(about).max() <= 0.2 + 1e-6
        assert np.abs(about).max() > 0.17
        assert about.mean(axis=(0, 1)) == pytest.approx([0, 0], abs=0.01)
        assert abs(np.corrcoef(about[..., 0].ravel(), about[..., 1].ravel())[0, 1]) < 0.2


def test_smooth_noise_has_the_grain_asked_for_and_no_seam() -> None:
    steps = []
    for scale in (0.0, 4.0, 12.0):
        noise = make_smooth_noise(90, 160, np.random.default_rng(2), scale)
        steps.append(np.abs(np.diff(noise, axis=1)).mean() / noise.std())
        assert seam(noise) < 1.2
    assert steps[0] > 2 * steps[1] > 4 * steps[2]


def test_noise_beside_marks_is_of_the_amplitude_asked_for() -> None:
    table = {"kind": "spots", "count": 3}
    added = seed(table | {"noise": 0.02}) - seed(table)
    assert 0.018 < np.abs(added).max() <= 0.02 + 1e-6
    assert np.abs(added).mean() == pytest.approx(0.01, abs=0.001)


@pytest.mark.parametrize("size", [(90, 160), (89, 161), (13, 17), (4, 4)])
@pytest.mark.parametrize("blobs", [1.0, 3.0, 8.5])
def test_terrain_uses_its_range_evenly_without_a_seam(size: tuple[int, int], blobs: float) -> None:
    height = make_terrain(*size, 3, blobs)
    assert height.shape == size
    assert height.dtype == np.float32
    assert np.abs(height).max() == pytest.approx(1.0)
    assert abs(height.mean()) < 0.15
    if size[0] > 60:
        assert height.max() > 0.85
        assert height.min() < -0.85
        assert seam(height) < 1.3


def test_terrain_has_as_many_hills_as_asked_for() -> None:
    for blobs in (2.0, 4.0, 8.0):
        crossings = [
            np.mean(np.sum(np.diff(np.sign(make_terrain(180, 320, n, blobs)), axis=0) != 0, axis=0))
            for n in range(6)
        ]
        # A hill and a hollow cross the middle twice; a line misses some of both.
        assert np.mean(crossings) / 2 == pytest.approx(blobs, rel=0.35)


def test_terrain_is_the_same_at_any_size_and_another_for_another_number() -> None:
    small, large = make_terrain(90, 160, 5, 3.0), make_terrain(360, 640, 5, 3.0)
    assert large[::4, ::4] == pytest.approx(small, abs=0.03)
    assert np.abs(make_terrain(90, 160, 6, 3.0) - small).mean() > 0.2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds a picture, 60 x 30: white top left, grey bottom right, transparent elsewhere."""
    picture = Image.new("RGBA", (60, 30), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 29, 14), fill=(255, 255, 255, 255))
    draw.rectangle((30, 15, 59, 29), fill=(128, 128, 128, 255))
    picture.save(tmp_path / "mark.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG nothing")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    return tmp_path


def picture_of(
    table: dict[str, Any], folder: Path | None, rows: int = 40, columns: int = 60
) -> Any:
    spec = parse_seed(table, "s.toml:7")
    return make_seed(spec, rows, columns, 1, (0.0,), (1.0,), folder)[..., 0]


def test_an_image_stands_upright_with_row_0_at_the_bottom(folder: Path) -> None:
    field = picture_of({"kind": "image", "file": "mark.png"}, folder)
    # Contained: 60 x 30 in the middle of 60 x 40, so 5 rows stay empty below and above.
    assert field[:5].max() == 0.0
    assert field[35:].max() == 0.0
    assert field[28, 10] == pytest.approx(1.0)
    assert field[12, 50] == pytest.approx(128 / 255, abs=0.01)
    assert field[12, 10] == 0.0
    assert field[28, 50] == 0.0


def test_an_image_covers_scales_and_inverts(folder: Path) -> None:
    covering = picture_of({"kind": "image", "file": "mark.png", "fit": "cover"}, folder)
    assert covering[39, 0] == pytest.approx(1.0)
    assert covering[0, 59] == pytest.approx(128 / 255, abs=0.01)
    small = picture_of({"kind": "image", "file": "mark.png", "size": 0.5}, folder)
    assert small.sum() == pytest.approx(15 * 7.5 * (1 + 128 / 255), rel=0.05)
    inverse = picture_of({"kind": "image", "file": "mark.png", "invert": True}, folder)
    assert inverse[28, 10] == 0.0
    assert inverse[12, 50] == pytest.approx(127 / 255, abs=0.01)


def test_a_word_is_upright_centred_within_its_size_and_anti_aliased() -> None:
    field = picture_of({"kind": "text", "text": "L", "size": 0.5}, None, 120, 200)
    lit_rows = np.flatnonzero(field.max(axis=1) > 0.5)
    lit_columns = np.flatnonzero(field.max(axis=0) > 0.5)
    assert lit_rows[-1] - lit_rows[0] + 1 == pytest.approx(60, abs=4)
    assert (lit_rows[0] + lit_rows[-1]) / 2 == pytest.approx(59.5, abs=2)
    assert (lit_columns[0] + lit_columns[-1]) / 2 == pytest.approx(99.5, abs=2)
    # The foot of an L lies at the bottom, and its stem at the left.
    assert field[lit_rows[0] + 1].sum() > 2 * field[lit_rows[-1] - 1].sum()
    assert field[:, lit_columns[0] + 1].sum() > 2 * field[:, lit_columns[-1] - 1].sum()
    between = (field > 0.1) & (field < 0.9)
    assert between.any()
    assert field.max() == 1.0


def test_a_long_text_is_fitted_to_the_width() -> None:
    field = picture_of({"kind": "text", "text": "MORPHOGENESIS", "size": 1.0}, None, 120, 200)
    lit = np.flatnonzero(field.max(axis=0) > 0.3)
    assert lit[-1] - lit[0] == pytest.approx(0.92 * 200, abs=6)
    assert lit[0] > 2


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"kind": "image", "file": "none.png"}, "there is no file 'none.png'"),
        ({"kind": "image", "file": "broken.png"}, "'broken.png' cannot be read as a picture"),
        ({"kind": "text", "text": "a", "font": "none.ttf"}, "there is no file 'none.ttf'"),
        ({"kind": "text", "text": "a", "font": "broken.ttf"}, "cannot be read as a font"),
    ],
)
def test_a_missing_or_broken_file_is_told_with_its_place(
    folder: Path, table: dict[str, Any], expected: str
) -> None:
    with pytest.raises(MorphogenError, match=r"s\.toml:7: ") as raised:
        picture_of(table, folder)
    assert expected in str(raised.value)


def test_a_link_out_of_the_assets_is_refused(folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (inside / "way.png").symlink_to(folder / "mark.png")
    with pytest.raises(MorphogenError, match="leads out of"):
        picture_of({"kind": "image", "file": "way.png"}, inside)


def test_every_mistake_in_a_seed_is_told_at_once() -> None:
    table = {"kind": "spots", "cuont": 3, "radius": "wide", "jitter": 9, "count": 2.5}
    with pytest.raises(MorphogenError) as raised:
        parse_seed(table, lambda key: f"scenes/x.toml:{list(table).index(key) + 1}")
    assert sorted(str(one) for one in raised.value.complaints) == [
        "scenes/x.toml:2: unknown key 'cuont' in [seed] of kind 'spots'. Did you mean 'count'?",
        "scenes/x.toml:3: 'radius' in [seed] is 'wide', not a number",
        "scenes/x.toml:4: 'jitter' in [seed] is 9, not within 0..2",
        "scenes/x.toml:5: 'count' in [seed] is 2.5, not a whole number",
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"kind": "spot"}, "unknown kind of seed 'spot'. Did you mean 'spots'?"),
        ({"kind": 3}, "unknown kind of seed 3"),
        ({"kind": "noise", "amplitude": float("nan")}, "is nan, not a number"),
        ({"kind": "noise", "amplitude": True}, "is True, not a number"),
        ({"kind": "noise", "amplitude": 10**400}, "not a number"),
        ({"kind": "image"}, "a seed of kind 'image' needs 'file'"),
        ({"kind": "image", "file": "/etc/mark.png"}, "inside the assets"),
        ({"kind": "image", "file": "../mark.png"}, "inside the assets"),
        ({"kind": "image", "file": "C:mark.png"}, "inside the assets"),
        ({"kind": "image", "file": "mark.exe"}, "not one of .png"),
        ({"kind": "image", "file": "a.png", "fit": "covr"}, "Did you mean 'cover'?"),
        ({"kind": "image", "file": "a.png", "invert": 1}, "not true or false"),
        ({"kind": "text", "text": "  "}, "has 2 letters"),
        ({"kind": "text", "text": 5}, "is 5, not a text"),
    ],
)
def test_each_mistake_in_a_seed_names_its_remedy(table: dict[str, Any], expected: str) -> None:
    with pytest.raises(MorphogenError) as raised:
        parse_seed(table, "scenes/x.toml:4")
    assert str(raised.value).startswith("scenes/x.toml:4: ")
    assert expected in str(raised.value)


def test_every_default_lies_within_its_own_bounds() -> None:
    for kind, arguments in ARGUMENTS.items():
        given = {one.name: one.default for one in arguments if one.default is not None}
        given |= {"image": {"file": "a.png"}, "cells": {"file": "a.cells"}}.get(kind, {})
        given |= {"text": "a"} if kind == "text" else {}
        spec = parse_seed({"kind": kind, **given}, "here")
        assert set(spec.arguments) == {one.name for one in arguments}
        assert all(one.about or one.name == "text" for one in arguments)


@pytest.mark.parametrize("kind", DRAWN)
def test_the_boldest_arguments_still_give_a_field(kind: str) -> None:
    for extreme in ("low", "high"):
        numbers = [one for one in ARGUMENTS[kind] if isinstance(one.default, int | float)]
        table = {one.name: getattr(one, extreme) for one in numbers} | {"noise": 0.0}
        table["invert"] = extreme == "high"
        table |= {"count": min(table["count"], 60)}
        field = cover({"kind": kind, **table}, 23, 41)
        assert np.isfinite(field).all()
        assert field.min() >= 0.0
        assert field.max() <= 1.0
