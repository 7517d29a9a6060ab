"""Colour spaces against coloraide, an independent implementation of CSS Color 4."""

from __future__ import annotations

import numpy as np
import pytest
from coloraide import Color

from engine.show.colours import oklab


def some_colours() -> np.ndarray:
    corners = np.stack(np.meshgrid(*[[0.0, 0.5, 1.0]] * 3), axis=-1).reshape(-1, 3)
    return np.concatenate([corners, np.random.default_rng(7).random((60, 3))])


def test_srgb_curve_agrees_with_coloraide_both_ways() -> None:
    stored = some_colours()
    expected = [Color("srgb", list(c)).convert("srgb-linear").coords() for c in stored]
    assert oklab.decode_srgb(stored) == pytest.approx(np.array(expected), abs=1e-12)
    assert oklab.encode_srgb(expected) == pytest.approx(stored, abs=1e-12)


def test_oklab_agrees_with_coloraide() -> None:
    linear = some_colours()
    expected = [Color("srgb-linear", list(c)).convert("oklab").coords() for c in linear]
    # CSS recomputed the matrices at higher precision than Ottosson printed: they part at 1e-6.
    assert oklab.linear_to_oklab(linear) == pytest.approx(np.array(expected), abs=3e-6)


def test_oklch_agrees_with_coloraide() -> None:
    lab = oklab.linear_to_oklab(np.random.default_rng(3).random((60, 3)))
    expected = np.array([Color("oklab", list(c)).convert("oklch").coords() for c in lab])
    assert oklab.oklab_to_oklch(lab) == pytest.approx(expected, abs=1e-9)


def test_a_round_trip_through_every_space_changes_nothing() -> None:
    linear = some_colours()
    lab = oklab.linear_to_oklab(linear)
    assert oklab.oklab_to_linear(lab) == pytest.approx(linear, abs=1e-12)
    assert oklab.oklch_to_oklab(oklab.oklab_to_oklch(lab)) == pytest.approx(lab, abs=1e-12)


def test_white_is_lightness_one_without_chroma() -> None:
    assert oklab.linear_to_oklab([1.0, 1.0, 1.0]) == pytest.approx([1.0, 0.0, 0.0], abs=1e-7)


def test_the_shape_is_kept() -> None:
    picture = np.zeros((4, 5, 3))
    for convert in (oklab.linear_to_oklab, oklab.oklab_to_oklch, oklab.fit_gamut):
        assert convert(picture).shape == (4, 5, 3)


def test_fitting_keeps_lightness_and_hue_and_the_most_chroma_that_fits() -> None:
    draw = np.random.default_rng(5)
    wild = np.column_stack(
        [draw.uniform(0.15, 0.95, 80), draw.uniform(0.0, 0.4, 80), draw.uniform(0, 360, 80)]
    )
    lab = oklab.oklch_to_oklab(wild)
    fitted = oklab.fit_gamut(lab)
    shown = oklab.oklab_to_oklch(fitted)
    assert oklab.in_gamut(fitted).all()
    assert shown[:, 0] == pytest.approx(wild[:, 0], abs=1e-12)
    assert shown[:, 2] == pytest.approx(wild[:, 2], abs=1e-6)
    inside = oklab.in_gamut(lab)
    assert 10 < inside.sum() < 70
    assert np.array_equal(fitted[inside], lab[inside])
    fuller = shown[~inside] + [0.0, 1e-3, 0.0]
    assert not oklab.in_gamut(oklab.oklch_to_oklab(fuller)).any()


def test_lightness_beyond_the_ends_becomes_black_and_white() -> None:
    fitted = oklab.oklab_to_linear(oklab.fit_gamut([[-0.2, 0.1, 0.0], [1.3, 0.1, 0.1]]))
    assert fitted == pytest.approx(np.array([[0, 0, 0], [1, 1, 1]]), abs=1e-5)


def test_gamut_mapping_agrees_with_coloraide_without_its_local_clip() -> None:
    lab = oklab.oklch_to_oklab([0.7, 0.4, 30.0])
    reduced = Color("oklch", [0.7, 0.4, 30.0]).fit("srgb", method="oklch-chroma", jnd=0)
    expected = reduced.convert("srgb-linear").coords()
    assert oklab.oklab_to_linear(oklab.fit_gamut(lab)) == pytest.approx(expected, abs=2e-4)
