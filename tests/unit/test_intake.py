"""How many messages a frame takes."""

from __future__ import annotations

import pytest

from engine.stage.intake import FEW, LEAST, MOST, SHARE, Intake


def test_messages_take_their_share_of_a_frame_and_no_more() -> None:
    intake = Intake(50.0)
    for _ in range(100):
        intake.took(intake.most, intake.most * 10_000)
    assert intake.most * 10e-6 == pytest.approx(SHARE / 50.0, rel=0.01)


def test_a_few_messages_tell_nothing() -> None:
    intake = Intake(50.0)
    intake.took(FEW - 1, 1_000_000_000)
    assert intake.most == MOST


def test_however_slow_some_are_taken_and_quick_ones_are_taken_again() -> None:
    intake = Intake(50.0)
    for _ in range(100):
        intake.took(1000, 10**10)
    assert intake.most == LEAST
    for _ in range(200):
        intake.took(1000, 1000)
    assert intake.most == MOST
