"""Who may send OSC."""

from __future__ import annotations

import argparse
import errno
import socket

import pytest

from engine.commands.values import read_ranges
from engine.desk.osc.access import (
    REMEMBERED,
    Access,
    describe_refusal,
    find_own_address,
    read_networks,
)


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


def test_a_list_that_lets_nobody_in_is_told() -> None:
    phone = Access(read_networks("192.168.1.7"))
    assert phone.find_vain("127.0.0.1") == "192.168.1.7/32"
    assert phone.find_vain("0.0.0.0") == Access().find_vain("127.0.0.1") == ""
    assert Access(read_networks("127.0.0.0/8")).find_vain("127.0.0.1") == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EADDRINUSE, "in use"), "Close the other program"),
        (OSError(errno.EADDRNOTAVAIL, "no such address"), "no such address: choose one of its own"),
        (socket.gaierror(-2, "not known"), "no such address"),
        (PermissionError(errno.EACCES, "denied"), "1024 up"),
        (OverflowError("port"), "--osc-port"),
    ],
)
def test_a_port_that_cannot_be_had_has_the_fitting_remedy(error: Exception, words: str) -> None:
    assert words in describe_refusal(error)


def test_our_own_address_is_one_of_this_computer() -> None:
    own = find_own_address()
    if own:  # where there is a network at all
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((own, 0))
