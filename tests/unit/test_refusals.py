"""What the stage refused: counted by reason, and told once."""

from __future__ import annotations

from engine.show.refusals import NEWS, REASONS, Refusal, Refusals
from tests.show import make_director, send


def test_what_was_refused_is_told_once_with_its_address_and_how_often() -> None:
    director = make_director()
    for _ in range(3):
        send(director, "/scene/go", "nobody")
    send(director, "/param/nothing", 0.5)
    news = list(director.refusals.take_news(8))
    assert [(n.address, n.waits, count) for n, count in news] == [
        ("/scene/go", False, 3),
        ("/param/nothing", False, 1),
    ]
    assert news[0][0].reason == "no such scene"
    assert list(director.refusals.take_news(8)) == []
    assert director.refused.total() == 4


def test_a_knob_that_has_not_met_its_value_is_told_with_the_value_and_no_refusal() -> None:
    director = make_director()
    send(director, "/macro/1", 0.8)
    send(director, "/macro/1", "pickup", 0.1, 0.2)
    assert list(director.refusals.take_news(8)) == [(Refusal("/macro/1", "0.80", waits=True), 1)]
    assert not director.refused


def test_a_flood_of_reasons_grows_nothing_and_is_counted_whole() -> None:
    refusals = Refusals()
    for number in range(1000):
        refusals.add(f"/{number}", f"reason {number}")
    assert refusals.counts.total() == 1000 and len(refusals.counts) <= REASONS + 1
    assert len(list(refusals.take_news(1000))) == NEWS


def test_news_are_taken_a_few_at_a_time_the_oldest_first() -> None:
    refusals = Refusals()
    for number in range(5):
        refusals.add(f"/{number}", "reason")
    assert [refusal.address for refusal, _ in refusals.take_news(2)] == ["/0", "/1"]
    assert [refusal.address for refusal, _ in refusals.take_news(9)] == ["/2", "/3", "/4"]
    refusals.add("/5", "reason")
    refusals.clear()
    assert not refusals.counts and not list(refusals.take_news(9))
