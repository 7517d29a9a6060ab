"""Modulation is seen: a wave on a parameter changes the picture, always alike; a bypassed one does not."""

from __future__ import annotations

import moderngl
import numpy as np
import pytest

from engine.assets import find_assets
from engine.library import Library, read_library
from engine.message import Message
from tests.painting import Picture, paint

WAVE = (
    Message("/mod/add", ("wave", "lfo", "rate", 0.25)),  # at its height after a second
    Message("/mod/route", ("wave", "exposure", 1.0)),
    Message("/mod/route", ("wave", "diffusion", 0.1)),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


def test_a_wave_on_a_parameter_is_seen(context: moderngl.Context, library: Library) -> None:
    def look(*messages: Message) -> Picture:
        return paint(
            context, library, "ink", moments=(1.0,), size=(64, 36), fps=20, messages=messages
        )[0]

    still, moved = look(), look(*WAVE)
    assert moved.mean() > still.mean() + 10
    assert np.array_equal(moved, look(*WAVE))
    assert np.array_equal(still, look(*WAVE, Message("/mod/wave/bypass", (1,))))
