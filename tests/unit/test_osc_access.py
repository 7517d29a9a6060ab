"""Who may send OSC."""

from __future__ import annotations

import argparse

import pytest

from engine.commands.values import read_ranges
from engine.desk.osc.access import REMEMBERED, Access, read_networks


@pytest.mark.parametrize(
    "host,allowed",
    [
        ("192.168.1.77", True),
        ("192.168.2.1", False),
        ("10.0.0.7", True),
        ("10.0.0.8", False),
        ("127.0.0.1", True),
        ("::1", True),
        ("127.0.0.2", False),
        ("fe80::1%eth0", True),
        ("fec0::1", False),
        ("::ffff:192.168.1.77", True),
        ("::ffff:192.168.2.1", False),
        ("::ffff:127.0.0.1", True),
        ("no address", False),
    ],
)
def test_only_ranges_on_the_list_and_this_computer_may_send(host: str, allowed: bool) -> None:
    access = Access(read_networks("192.168.1.0/24, 10.0.0.7,fe80::/10"))
    assert access.allows(host) == allowed
    assert access.allows(host) == allowed  # remembered


def test_without_a_list_everybody_may() -> None:
    assert Access().allows("203.0.113.9")


def test_many_senders_are_not_all_remembered() -> None:
    access = Access(("10.0.0.0/8",))
    for number in range(3 * REMEMBERED):
        assert access.allows(f"10.0.{number >> 8}.{number & 255}")
    assert len(access._known) <= REMEMBERED


def test_who_may_connect_is_said_exactly() -> None:
    assert Access().describe("127.0.0.1") == Access().describe("::1") == ""
    assert "every computer on every network" in Access().describe("0.0.0.0")
    assert "every computer that reaches 10.0.0.5" in Access().describe("10.0.0.5")
    listed = Access(read_networks("192.168.1.9/24")).describe("0.0.0.0")
    assert "192.168.1.0/24" in listed and "this computer" in listed and "every" not in listed


@pytest.mark.parametrize("text", ["", "10.0.0.0/8,", "10.0.0.0/33", "venue", "10.0.0", "::/129"])
def test_a_range_that_is_none_is_a_line_with_a_remedy(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"192\.168\.1\.0/24"):
        read_ranges(text)
