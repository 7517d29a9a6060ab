"""Datagrams read many at a time are the same, from the same senders, as read one by one."""

from __future__ import annotations

import select
import socket
import sys

import pytest

from engine.desk.osc.receiver import BATCH, Receiver, Sender, _read_singly


def _bind(family: int, host: str) -> socket.socket:
    one = socket.socket(family, socket.SOCK_DGRAM)
    one.bind((host, 0))
    one.setblocking(False)
    return one


FAMILIES = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]


@pytest.mark.parametrize("family,host", FAMILIES, ids=["IPv4", "IPv6"])
def test_both_ways_read_the_same(family: int, host: str) -> None:
    try:
        port, again = _bind(family, host), _bind(family, host)
    except OSError:
        assert family == socket.AF_INET6, "there is no loopback"
        return  # a machine without IPv6
    receiver = Receiver()
    sent = [b"", b"a", b"x" * 9000, b"y" * 65_000, *(b"%d" % n for n in range(BATCH))]
    with port, again, _bind(family, host) as one, _bind(family, host) as other:
        expected: list[tuple[bytes, Sender]] = []
        came: list[tuple[bytes, Sender]] = []
        for number, datagram in enumerate(sent):
            peer = (one, other)[number % 2]
            peer.sendto(datagram, port.getsockname())
            peer.sendto(datagram, again.getsockname())
            if number % 7 == 0:  # some singly, some together
                came += receiver.read(port)
                expected += _read_singly(again)
        while select.select([port], [], [], 0.2)[0]:
            came += receiver.read(port)
        while select.select([again], [], [], 0.2)[0]:
            expected += _read_singly(again)
        assert came == expected
        assert [datagram for datagram, _ in came] == sent
        assert {sender for _, sender in came} == {one.getsockname(), other.getsockname()}
        assert receiver.read(port) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only there many are read by one call")
def test_no_more_than_a_batch_is_read_at_once() -> None:
    with _bind(socket.AF_INET, "127.0.0.1") as port, _bind(socket.AF_INET, "127.0.0.1") as peer:
        for number in range(BATCH + 3):
            peer.sendto(b"%d" % number, port.getsockname())
        receiver = Receiver()
        assert receiver._call is not None
        assert len(receiver.read(port)) == BATCH
        assert [datagram for datagram, _ in receiver.read(port)] == [
            b"%d" % number for number in range(BATCH, BATCH + 3)
        ]


def test_a_closed_socket_is_an_error_of_the_system() -> None:
    port = _bind(socket.AF_INET, "127.0.0.1")
    port.close()
    with pytest.raises(OSError):
        Receiver().read(port)
