"""The atlas: places of Gray-Scott known to live or die are told apart, and the files are whole."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from PIL import Image

from engine.assets import find_assets
from engine.cli import main
from engine.commands.atlas_picture import TILE, draw_tiles
from engine.commands.make_atlas import narrow, plan_atlas
from engine.errors import MorphogenError
from engine.gpu.atlas import Atlas, Plan, compute_atlas, fit_seed
from engine.library import Library, read_library
from engine.show.maps.map_file import load_map


@pytest.fixture(scope="module")
def library(repository: Path) -> Library:
    return read_library(find_assets(repository))


def plan(library: Library, **more: int) -> Plan:
    """Four places: (0.03, 0.045) and (0.06, 0.045) die, (0.03, 0.061) and (0.06, 0.061) live."""
    made = plan_atlas(library, "gray_scott", "feed", "kill", columns=2, rows=2, size=48, **more)
    x, y = narrow(made.x, (0.015, 0.075)), narrow(made.y, (0.037, 0.069))
    return Plan(made.model, x, y, 2, 2, 48, made.steps, made.seed)


def compute(context: moderngl.Context, library: Library, chosen: Plan) -> Atlas:
    return compute_atlas(context, library.assets.shaders, chosen)


@pytest.fixture(scope="module")
def atlas(context: moderngl.Context, library: Library) -> Atlas:
    return compute(context, library, plan(library, steps=2400))


def test_known_places_of_gray_scott_live_and_die(atlas: Atlas) -> None:
    dead, living = atlas.chart.life
    assert dead == ".." and "." not in living
    assert atlas.chart.region.alive.tolist() == [[False, False], [True, True]]
    assert all(point[1] > 0.5 for point in atlas.chart.path)


def test_its_measures_are_those_of_what_is_seen(atlas: Atlas) -> None:
    deviation, change = atlas.measures["deviation"], atlas.measures["change"]
    assert (deviation[0] < 1e-3).all() and (deviation[1] > 0.05).all()
    assert (change[0] < 1e-2).all() and (change[1] > 0.0).all()
    last = atlas.bodies.std(axis=(2, 3))
    assert np.allclose(last[1], deviation[1], rtol=0.5)


def test_the_same_seed_gives_the_same_map_and_another_one_another(
    context: moderngl.Context, library: Library
) -> None:
    first, again, other = (
        compute(context, library, plan(library, steps=200, seed=seed)) for seed in (3, 3, 4)
    )
    assert np.array_equal(first.bodies, again.bodies)
    assert not np.array_equal(first.bodies, other.bodies)


def test_the_clocks_move_all_over(context: moderngl.Context, library: Library) -> None:
    made = plan_atlas(library, "ginzburg_landau", "dispersion", "twist", columns=2, rows=1)
    made = Plan(made.model, narrow(made.x, (-0.5, 0.5)), narrow(made.y, (0.4, 1.6)), 2, 1, 32, 300)
    assert compute(context, library, made).chart.life == ("mm",)


def test_a_map_of_nothing_but_death_is_said(context: moderngl.Context, library: Library) -> None:
    made = plan(library, steps=1500)
    made = Plan(made.model, made.x, narrow(made.y, (0.031, 0.036)), 2, 1, 32, 1500)
    with pytest.raises(MorphogenError, match="nothing lives on the map of 'feed' and 'kill'"):
        compute(context, library, made)


def test_marks_of_a_seed_are_as_large_in_a_cell_as_on_a_whole_field(library: Library) -> None:
    made = plan(library)
    seed, own = fit_seed(made).arguments, made.model.seed
    assert seed["radius"] * made.size == pytest.approx(own.get("radius", 0.03) * 192)
    assert 1 <= seed["count"] < own["count"]


def test_tiles_show_each_cell_in_its_place(atlas: Atlas) -> None:
    tiles = draw_tiles(atlas.bodies)
    assert tiles.shape == (2 * TILE, 2 * TILE)
    above, below = tiles[:TILE], tiles[TILE:]
    assert above.std() > 10 > below[:, :TILE].std()


def test_the_command_keeps_data_and_draws_a_picture(
    tmp_path: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "atlas gray_scott feed kill --cells 3x2 --cell-size 32 --steps 900 --quiet"
    ranges = "--x-range 0.015:0.075 --y-range 0.037:0.069 --preset lambda-1"
    picture = tmp_path / "map.png"
    assert main([*words.split(), *ranges.split(), "--into", str(tmp_path), "-o", str(picture)]) == 0
    data = tmp_path / "gray_scott.feed.kill.toml"
    assert capsys.readouterr().out.split() == [
        str(data),
        str(data.with_suffix(".png")),
        str(picture),
    ]
    chart = load_map(data, library.catalogue.models)
    assert (chart.x.low, chart.x.high) == (0.015, 0.075)
    assert len(chart.life) == 2 and len(chart.life[0]) == 3
    assert 'preset = "lambda-1"' in data.read_text(encoding="utf-8")
    assert Image.open(data.with_suffix(".png")).size == (3 * TILE, 2 * TILE)
    drawn = np.asarray(Image.open(picture))
    assert drawn.shape[0] > 2 * TILE and drawn.shape[1] > 3 * TILE and drawn.std() > 10


def test_a_map_is_kept_in_a_folder_of_the_users_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "atlas gray_scott feed kill --cells 3x2 --cell-size 16 --steps 4 --quiet"
    assert main([*words.split(), "--user", str(tmp_path / "mine")]) == 0
    kept = tmp_path / "mine" / "config" / "maps" / "gray_scott.feed.kill.toml"
    assert kept.is_file() and str(kept) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("gray_skott feed kill", "gray_skott: no such model. Did you mean 'gray_scott'?"),
        ("gray_scott fede kill", "gray_scott: no parameter 'fede' in model 'gray_scott'. Did you"),
        ("gray_scott feed feed", "gray_scott: 'feed' for both axes"),
        ("gray_scott feed kill --x-range 0:9", "feed: 'feed' cannot go from 0 to 9. It lies"),
        ("gray_scott feed kill --x-range x", "'x' is no range like 0.01:0.1"),
        ("gray_scott feed kill --cells 4", "'4' is no number of cells like 24x16"),
        ("gray_scott feed kill --preset alfa-1", "no preset 'alfa-1' of model 'gray_scott'"),
        ("gray_scott feed kill --into /nowhere", "/nowhere: there is no such folder"),
        ("gray_scott feed kill -o map.jpg", "map.jpg: a picture's name ends in .png"),
    ],
)
def test_what_cannot_be_computed_is_said_in_a_line(
    words: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    into = [] if "--into" in words else ["--into", str(tmp_path)]
    assert main(["atlas", *words.split(), *into]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and said in lines[0]
