"""Rates: a flood takes nobody else's turn. Clocks are counted, not read."""

from __future__ import annotations

import pytest

from engine.desk.osc.rates import (
    EACH,
    EACH_BURST,
    SENDERS,
    SPARED,
    TOTAL,
    TOTAL_BURST,
    TOUCHES,
    Rates,
)

MS = 1_000_000


def _play(rates: Rates, seconds: float, senders: dict[str, int]) -> dict[str, int]:
    """Let each sender send so many messages a second, evenly; returns how many pass, of the last half.

    The first half is left out: every newcomer may send a burst.
    """
    passed = dict.fromkeys(senders, 0)
    milliseconds = round(seconds * 1000)
    for now in range(milliseconds):
        for name, rate in senders.items():
            due = (now + 1) * rate // 1000 - now * rate // 1000
            for _ in range(due):
                if not rates.refuse(name, (1000 + now) * MS):
                    rates.spend(1)
                    passed[name] += now >= milliseconds // 2
    return {name: round(count / (seconds / 2)) for name, count in passed.items()}


def test_twenty_thousand_a_second_of_one_sender_all_pass() -> None:
    assert _play(Rates(), 4, {"a": 20_000}) == {"a": 20_000}


def test_one_sender_gets_no_more_than_its_rate() -> None:
    assert _play(Rates(), 4, {"a": 100_000})["a"] == pytest.approx(EACH, rel=0.01)


def test_a_flood_takes_nothing_from_another_sender() -> None:
    passed = _play(Rates(), 4, {"flood": 100_000, "hand": 1_000})
    assert passed["hand"] == 1_000
    assert passed["flood"] <= EACH + 1


def test_sixty_four_floods_take_nothing_from_another_sender() -> None:
    floods = {f"flood {number}": 1_600 for number in range(64)}
    passed = _play(Rates(), 4, {**floods, "hand": 300})
    assert passed.pop("hand") == 300
    assert sum(passed.values()) <= 1.01 * TOTAL
    assert min(passed.values()) > 0.98 * (1 - SPARED) * TOTAL / 65


@pytest.mark.parametrize("others", [0, 40])
def test_a_flood_of_one_address_takes_nothing_from_another_of_the_same_sender(others: int) -> None:
    """A fader among splats, from the same patch; with other floods beside."""
    rates = Rates()
    splat, fader = b"/splat\0\0,ff\0" + bytes(8), b"/macro/1\0\0\0\0,f\0\0" + bytes(4)
    passed = {splat: 0, fader: 0}
    for now in range(3000):
        for number in range(others):
            for _ in range(2):
                if not rates.refuse(f"flood {number}", (1000 + now) * MS):
                    rates.spend(1)
        for datagram in (*[splat] * 100, *([fader] if now % 20 == 0 else [])):
            refused = rates.refuse("patch", (1000 + now) * MS)
            if not refused or rates.spare(datagram, (1000 + now) * MS):
                rates.spend(1)
                passed[datagram] += now >= 2000  # before, newcomers send their bursts
    assert passed[fader] == 50
    assert passed[splat] < EACH + 1000


def test_no_number_of_addresses_gets_past_the_rate() -> None:
    rates = Rates()
    passed = 0
    for now in range(3000):
        for number in range(100):
            name = b"/a%d" % (now * 100 + number)
            if not rates.refuse("a", (1000 + now) * MS) or rates.spare(
                name + bytes(4), (1000 + now) * MS
            ):
                rates.spend(1)
                passed += 1
    assert passed < 3 * 1.01 * TOTAL + EACH_BURST


def test_touches_are_those_that_a_picture_can_hold_shared_by_their_senders() -> None:
    rates = Rates()
    touched = dict.fromkeys(("flood", "hand"), 0)
    for now in range(4000):
        for name, count in (("flood", 20), ("hand", 1)):
            for _ in range(count):
                if not rates.refuse(name, (1000 + now) * MS):
                    rates.spend(1)
                    touched[name] += rates.touch() and now >= 2000
    assert touched["hand"] == 2000
    assert touched["flood"] == pytest.approx(TOUCHES, rel=0.01)  # in two seconds: half of it


def test_no_bundle_is_spared() -> None:
    rates = Rates()
    rates.refuse("a", MS)
    rates.spend(int(EACH_BURST))
    assert rates.refuse("a", MS)
    assert not rates.spare(b"#bundle\0" + bytes(8), MS)
    assert rates.spare(b"/a\0\0,\0\0\0", MS)


def test_what_some_leave_of_their_share_goes_to_those_who_want_more() -> None:
    quiet = {f"phone {number}": 10 for number in range(20)}
    passed = _play(Rates(), 4, {**quiet, "patch": 20_000})
    assert passed == {**quiet, "patch": 20_000}


def test_a_short_burst_passes_whole() -> None:
    rates = Rates()
    assert not any(_spend(rates, "a") for _ in range(int(EACH_BURST)))
    assert _spend(rates, "a") == "over the rate of one sender"
    assert not any(_spend(rates, "b") for _ in range(int(TOTAL_BURST - EACH_BURST)))
    assert _spend(rates, "b") == "over the rate of all"


def test_a_bundle_counts_as_what_it_holds() -> None:
    rates = Rates()
    assert not rates.refuse("a", MS)
    rates.spend(int(EACH_BURST))
    assert rates.refuse("a", MS) == "over the rate of one sender"


def test_faked_senders_fill_no_memory_and_take_nothing_from_a_known_one() -> None:
    rates = Rates()
    passed = 0
    for now in range(4000):
        for number in range(30):
            if not rates.refuse(f"faked {now * 30 + number}", (1000 + now) * MS):
                rates.spend(1)
        if not rates.refuse("hand", (1000 + now) * MS):
            rates.spend(1)
            passed += 1
        assert len(rates._senders) <= SENDERS + 1
    assert passed == 4000


def _spend(rates: Rates, name: str) -> str:
    refusal = rates.refuse(name, MS)
    if not refusal:
        rates.spend(1)
    return refusal
