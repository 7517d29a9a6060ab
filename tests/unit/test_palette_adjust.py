"""A palette as a whole under the hand: hue, saturation, posterise, reverse; lightness stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.show.colours import oklab
from engine.show.colours.adjust import Adjustment, adjust, read_adjustment
from engine.show.colours.colours import Colours
from engine.show.colours.palette import bake, load_palette
from tests.show import make_director, run, send, voice_of

PALETTES = Path(__file__).parents[2] / "config" / "palettes"


@pytest.fixture(scope="module")
def orchid() -> NDArray[np.float32]:
    palette = load_palette(PALETTES / "orchid.toml")
    return np.vstack([bake(palette), np.array([palette.accent], np.float32)])


def test_a_palette_nobody_adjusts_stays_the_very_same_table(orchid: NDArray[np.float32]) -> None:
    assert adjust(orchid, Adjustment()) is orchid
    assert read_adjustment({"speed": 1.0}) == Adjustment()


@pytest.mark.parametrize("degrees", [-150.0, -30.0, 45.0, 90.0, 180.0])
def test_another_hue_keeps_the_lightness_and_what_can_be_shown(
    orchid: NDArray[np.float32], degrees: float
) -> None:
    turned = adjust(orchid, Adjustment(hue=degrees))
    assert turned[:, 0] == pytest.approx(orchid[:, 0], abs=1e-6)
    assert oklab.in_gamut(turned, 1e-4).all()
    before, after = oklab.oklab_to_oklch(orchid), oklab.oklab_to_oklch(turned)
    coloured = after[:, 1] > 0.02
    way = (after[coloured, 2] - before[coloured, 2] - degrees + 180.0) % 360.0 - 180.0
    assert np.abs(way).max() < 0.1
    assert (after[:, 1] <= before[:, 1] + 1e-6).all()


def test_no_saturation_is_grey_and_more_is_more_where_there_is_room(
    orchid: NDArray[np.float32],
) -> None:
    grey = adjust(orchid, Adjustment(saturation=0.0))
    assert np.abs(grey[:, 1:]).max() < 1e-6 and grey[:, 0] == pytest.approx(orchid[:, 0])
    loud = adjust(orchid, Adjustment(saturation=1.5))
    assert oklab.in_gamut(loud, 1e-4).all()
    assert np.hypot(*loud[:, 1:].T).mean() > 1.1 * np.hypot(*orchid[:, 1:].T).mean()


def test_posterised_to_four_it_has_four_colours_and_both_ends(orchid: NDArray[np.float32]) -> None:
    few = adjust(orchid, Adjustment(posterise=4))
    assert len(np.unique(few[:-1], axis=0)) == 4
    assert (few[0] == orchid[0]).all() and (few[-2] == orchid[-2]).all()
    assert (few[-1] == orchid[-1]).all(), "the accent is none of them"
    assert adjust(orchid, Adjustment(posterise=1)) == pytest.approx(orchid)


def test_reversed_it_begins_with_its_last_colour_and_keeps_its_accent(
    orchid: NDArray[np.float32],
) -> None:
    turned = adjust(orchid, Adjustment(reverse=True))
    assert (turned[:-1] == orchid[:-1][::-1]).all() and (turned[-1] == orchid[-1]).all()


def test_the_table_is_made_anew_only_when_something_moved() -> None:
    colours = Colours(load_palette(PALETTES / "ember.toml"))
    colours.adjust({"palette_hue": 0.0, "palette_saturation": 1.0})
    assert colours.version == 1
    before = colours.lut
    colours.adjust({"palette_hue": 40.0})
    assert colours.version == 2 and not np.allclose(before, colours.lut)
    colours.adjust({"palette_hue": 40.0})
    assert colours.version == 2
    colours.adjust({})
    assert np.array_equal(before, colours.lut)


def test_hue_and_reverse_are_parameters_like_any_other() -> None:
    director = make_director()
    plain = voice_of(run(director, 0.1)).lut
    assert send(director, "/palette/reverse", 1) == 0
    assert np.allclose(voice_of(run(director, 0.1)).lut, plain[::-1])
    assert send(director, "/palette/reverse", "toggle") == 0
    assert send(director, "/norm/palette_hue", 0.75) == 0
    turned = voice_of(run(director, 2.0)).lut
    lightness = oklab.linear_to_oklab(plain)[:, 0]
    assert oklab.linear_to_oklab(turned)[:, 0] == pytest.approx(lightness, abs=2e-3)
    assert not np.allclose(turned, plain, atol=0.01)
