"""Two hundred thousand mutated OSC datagrams."""

from __future__ import annotations

from tests.fuzz.osc import fuzz_parser, make_corpus, mutate


def test_two_hundred_thousand_mutated_datagrams_do_no_harm() -> None:
    done = fuzz_parser(200_000, seed=1)
    assert done.taken + done.refused == 200_000
    assert done.taken > 20_000 and done.refused > 20_000


def test_what_is_fuzzed_differs_from_the_corpus_and_between_seeds() -> None:
    one, other = list(mutate(1000, 1)), list(mutate(1000, 2))
    assert one == list(mutate(1000, 1)) != other
    assert len(set(one) - set(make_corpus())) > 700
