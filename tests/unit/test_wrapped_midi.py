"""MIDI inside OSC."""

from __future__ import annotations

import pytest

from engine.desk.osc.wrapped_midi import PORT, read_wrapped
from engine.message import Argument, Message
from engine.osc_reading import Malformed


@pytest.mark.parametrize(
    "argument,expected",
    [
        (b"\0\x90\x40\x7f", b"\x90\x40\x7f"),
        (b"\7\xb3\x10\0", b"\xb3\x10\0"),
        (b"\0\xc5\x09\0", b"\xc5\x09"),
        (b"\0\xf8\0\0", b"\xf8"),
        (b"\0\xf2\x01\x02", b"\xf2\x01\x02"),
    ],
)
def test_an_argument_becomes_the_bytes_of_a_port(argument: bytes, expected: bytes) -> None:
    (received,) = read_wrapped(Message("/midi", (argument,), 7))
    assert (received.port, received.data, received.time_ns) == (PORT, expected, 7)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (1,),
        (b"\0\x90\x40",),
        (b"\0\x40\x40\x40",),
        (b"\0\x90\x80\0",),
        (b"\0\xf0\x01\x02",),
        (b"\0\x90\x40\x7f", "x"),
    ],
)
def test_what_is_no_midi_is_refused(arguments: tuple[Argument, ...]) -> None:
    with pytest.raises(Malformed):
        read_wrapped(Message("/midi", arguments))


def test_several_arguments_are_several_messages() -> None:
    both = (b"\0\x90\x40\x7f", b"\0\x80\x40\0")
    assert [received.data[0] for received in read_wrapped(Message("/midi", both))] == [0x90, 0x80]
