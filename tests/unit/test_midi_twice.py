"""A message that comes by our port and by the sender's own counts once."""

from __future__ import annotations

from engine.desk.midi.twice import SPAN_NS, Twice

NOTE, OTHER = b"\x90\x24\x40", b"\x90\x25\x40"


def test_what_comes_by_both_ways_counts_once_whichever_is_first() -> None:
    for ours_first in (True, False):
        twice = Twice()
        assert not twice.has_come(NOTE, ours_first, 0)
        assert twice.has_come(NOTE, not ours_first, 1)


def test_the_same_message_again_by_one_way_counts_again() -> None:
    twice = Twice()
    assert [twice.has_come(NOTE, True, at) for at in range(3)] == [False] * 3
    assert [twice.has_come(NOTE, False, at) for at in range(4)] == [True] * 3 + [False]


def test_other_messages_and_later_ones_count() -> None:
    twice = Twice()
    assert not twice.has_come(NOTE, True, 0)
    assert not twice.has_come(OTHER, False, 0)
    assert not twice.has_come(NOTE, False, SPAN_NS + 1)
