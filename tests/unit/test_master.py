"""The master: no switch is a flash."""

from __future__ import annotations

import pytest

from engine.show.master import Master


def test_blackout_is_black_within_a_third_of_a_second_and_never_a_jump() -> None:
    master = Master()
    master.blackout = True
    lights = []
    for _ in range(20):
        master.advance(1 / 60)
        lights.append(master.light)
    steps = [a - b for a, b in zip([1.0, *lights], lights, strict=False)]
    assert lights[-1] == 0.0
    assert max(steps) < 0.06 and min(steps) >= 0


def test_light_comes_back_after_a_blackout() -> None:
    master = Master()
    master.blackout = True
    master.advance(1.0)
    master.blackout = False
    master.advance(0.15)
    assert master.light == pytest.approx(0.5)
    master.advance(1.0)
    assert master.light == 1.0


def test_brightness_glides_to_where_it_was_put() -> None:
    master = Master()
    master.brightness = 0.4
    master.advance(0.05)
    assert 0.4 < master.light < 1.0
    master.advance(1.0)
    assert master.light == pytest.approx(0.4)


def test_a_blackout_holds_whatever_the_brightness_does() -> None:
    master = Master()
    master.blackout = True
    master.advance(1.0)
    master.brightness = 0.5
    master.advance(0.01)
    assert master.light == 0.0
