"""Two hundred thousand random MIDI messages."""

from __future__ import annotations

from tests.fuzz.midi import fuzz_decoder


def test_two_hundred_thousand_random_messages_do_no_harm() -> None:
    assert fuzz_decoder(200_000, seed=1) > 100_000
