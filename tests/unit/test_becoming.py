"""Becoming: how two equations take turns on one field."""

from __future__ import annotations

import dataclasses

import pytest

from engine.show.becoming import MOST_IN_A_ROUND, can_become, take_turns, translate
from engine.show.catalogue import Model, Pass
from tests.show import make_catalogue

SPOTS: Model = make_catalogue().models["spots"]
WAVE = dataclasses.replace(SPOTS, integrator="symplectic")


@pytest.mark.parametrize("due", [(0, 0), (1, 0), (0, 5), (7, 30), (64, 3)])
@pytest.mark.parametrize("old", [SPOTS, WAVE])
def test_each_takes_all_that_is_due_to_it_in_small_parts(old: Model, due: tuple[int, int]) -> None:
    rounds = list(take_turns((old, due[0]), (SPOTS, due[1])))
    assert (sum(a for a, _ in rounds), sum(b for _, b in rounds)) == due
    most = 1 if old is WAVE else MOST_IN_A_ROUND
    assert all(a <= most and b <= MOST_IN_A_ROUND for a, b in rounds)
    assert all(a or b for a, b in rounds)


def test_rates_of_every_kind_can_become_each_other_and_rules_and_agents_none() -> None:
    kinds = (
        SPOTS,
        WAVE,
        dataclasses.replace(SPOTS, integrator="staggered"),
        dataclasses.replace(SPOTS, potential=True),
        dataclasses.replace(SPOTS, noise=True),
    )
    assert all(can_become(old, new) for old in kinds for new in kinds)
    rule = dataclasses.replace(SPOTS, passes=(Pass(),))
    agents = dataclasses.replace(SPOTS, agents=True)
    fewer = dataclasses.replace(SPOTS, channels=SPOTS.channels[:1])
    for other in (rule, agents, fewer):
        assert not can_become(SPOTS, other) and not can_become(other, SPOTS)


def test_the_way_back_leads_back() -> None:
    new = dataclasses.replace(SPOTS, rest=(0.25, -2.0), brush=(-1.0, 3.0))
    there = translate(SPOTS, new)
    for value, scale, shift, back, away in zip(
        (0.3, 0.8), there.scale, there.shift, there.back.scale, there.back.shift, strict=True
    ):
        assert (value * scale + shift) * back + away == pytest.approx(value)
