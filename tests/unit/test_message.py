"""The message and its bytes: what others send is understood, what is no OSC is refused quickly."""

from __future__ import annotations

import math
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from engine.message import Argument, Message, is_pattern
from engine.osc_reading import (
    DATAGRAM_ELEMENTS,
    HEAD_BYTES,
    HEADS,
    Malformed,
    _heads,
    decode,
)
from engine.osc_writing import encode, encode_bundle
from engine.overtaking import is_event
from tests.poison import BUNDLE, POISON, Poison, count_work, nest

# What one datagram may cost, in calls of functions (ours and Python's): some 3 ms on a laptop core.
MOST_CALLS = 30_000


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: poison.name)
def test_poison_is_refused_for_its_reason_and_at_little_cost(poison: Poison) -> None:
    with pytest.raises(Malformed) as refusal:
        decode(poison.datagram, 0)
    assert refusal.value.reason == poison.reason
    assert count_work(poison.datagram) < MOST_CALLS


@pytest.mark.parametrize(
    "datagram",
    [
        encode_bundle([Message("/a", ("",) * 1300)] * 2),
        encode_bundle([Message("/a", (b"",) * 1300)] * 2),
        encode_bundle([Message(f"/a{n}", (n, "b")) for n in range(DATAGRAM_ELEMENTS)]),
        encode(Message("/a", ((True,) * 1990,))),
    ],
    ids=["strings", "blobs", "messages", "arrays"],
)
def test_the_dearest_datagrams_that_are_taken_cost_little_too(datagram: bytes) -> None:
    assert decode(datagram, 0)
    assert count_work(datagram) < MOST_CALLS


@pytest.mark.parametrize(
    "pattern", ["/*", "/a?c", "/macro/[1-4]", "/[!a]/b", "/{a,b}/c", "/x/{a,b}", "/{a,b"]
)
def test_a_pattern_comes_through_with_its_arguments(pattern: str) -> None:
    sent = Message(pattern, (0.5, "a,b"))
    assert decode(encode(sent), 0) == [sent] and is_pattern(pattern)
    assert decode(encode_bundle([sent, Message("/a")]), 0)[0] == sent
    bare = pattern.encode() + bytes(4 - len(pattern) % 4)  # of an old sender, without type tags
    assert decode(bare, 0) == [Message(pattern)]


def test_a_plain_address_is_no_pattern() -> None:
    assert not is_pattern("/layer/2/param/feed-!(x)")


def test_what_python_osc_writes_is_read() -> None:
    builder = OscMessageBuilder("/all")
    for value, tag in [(7, "i"), (0.25, "f"), ("é", "s"), (b"\1\2\3", "b"), (2**40, "h")]:
        builder.add_arg(value, tag)
    for value, tag in [(0.1, "d"), (0xFF8040C0, "r"), ((0, 0x90, 64, 1), "m")]:
        builder.add_arg(value, tag)
    for value, tag in [(True, "T"), (False, "F"), (None, "N")]:
        builder.add_arg(value, tag)
    builder.add_arg([1, [2.0, "x"]])
    (message,) = decode(builder.build().dgram, 9)
    expected = (7, 0.25, "é", b"\1\2\3", 2**40, 0.1, b"\xff\x80\x40\xc0", b"\0\x90\x40\1")
    assert (message.address, message.time_ns) == ("/all", 9)
    assert message.arguments[:8] == expected
    assert message.arguments[8:] == (True, False, None, (1, (2.0, "x")))


def test_what_we_write_python_osc_reads() -> None:
    arguments: tuple[Argument, ...] = (7, 0.25, "é", b"\1\2\3", 2**40, 1e300, True, False, None)
    message = OscMessage(encode(Message("/all", arguments)))
    assert message.address == "/all" and tuple(message.params) == arguments
    bundle = OscBundle(encode_bundle([Message("/a", (1,)), Message("/b", ("x",))]))
    assert [tuple(content.params) for content in bundle] == [(1,), ("x",)]


def test_rare_tags_have_the_documented_meaning() -> None:
    raw = b"/x\0\0,cISt\0\0\0" + b"\0\0\0A" + b"sym\0" + b"\xff" * 8
    assert decode(raw, 0)[0].arguments == ("A", True, "sym", 2**64 - 1)


def test_a_message_of_an_old_sender_without_tags_has_no_arguments() -> None:
    assert decode(b"/seed\0\0\0", 0) == [Message("/seed")]


def test_not_a_number_and_infinity_pass_for_the_stage_to_refuse() -> None:
    raw = b"/x\0\0,fff\0\0\0\0" + struct.pack(">fff", math.nan, math.inf, -math.inf)
    first, second, third = decode(raw, 0)[0].arguments
    assert isinstance(first, float) and math.isnan(first)
    assert (second, third) == (math.inf, -math.inf)
    assert decode(encode(Message("/x", (math.inf,))), 0)[0].arguments == (math.inf,)


def test_bundles_are_flattened_in_order_and_a_time_tag_of_2036_is_ignored() -> None:
    inner = encode_bundle([Message("/b"), Message("/c")], time_tag=2**64 - 1)
    raw = b"#bundle\0" + b"\xff" * 8
    for element in (encode(Message("/a")), inner, encode(Message("/d"))):
        raw += struct.pack(">i", len(element)) + element
    assert [message.address for message in decode(raw, 3)] == ["/a", "/b", "/c", "/d"]
    assert {message.time_ns for message in decode(raw, 3)} == {3}
    assert decode(BUNDLE, 0) == []


def test_depth_eight_is_still_taken() -> None:
    assert decode(nest(8), 0) == []


_leaves = (
    st.integers(-(2**63), 2**64 - 1)
    | st.floats(width=32, allow_nan=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9)
    | st.binary(max_size=9)
    | st.booleans()
    | st.none()
)
_arguments = st.recursive(_leaves, lambda inner: st.lists(inner, max_size=3).map(tuple))


@given(st.lists(_arguments, max_size=6))
def test_every_message_comes_back_as_it_was(arguments: list[Argument]) -> None:
    message = Message("/any/thing", tuple(arguments), 5)
    assert decode(encode(message), 5) == [message]
    assert decode(encode_bundle([message, message]), 5) == [message, message]


_number = st.floats(width=32) | st.integers(-(2**31), 2**31 - 1)
_lone = st.builds(
    lambda address, words, number: encode(Message(address, (*words, *number))),
    st.sampled_from(["/a", "/macro/1", "/x/{a,b}", "/abc"]),
    st.lists(st.sampled_from(["+", "", "pickup"]) | _number | st.booleans(), max_size=3),
    st.lists(_number | st.just("go") | st.just(2**40), max_size=1),
)


def _try_decode(datagram: bytes) -> str:
    try:
        return repr(decode(datagram, 3))
    except Malformed as error:
        return error.reason


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(datagram: bytes) -> None:
    try:
        decode(datagram, 0)
    except Malformed as refusal:
        assert refusal.reason


@given(_lone, st.binary(min_size=4, max_size=4))
def test_what_is_read_after_its_like_is_read_as_if_it_were_the_first(
    datagram: bytes, last: bytes
) -> None:
    fresh = []
    for one in (datagram, datagram[:-4] + last):
        _heads.clear()
        fresh.append(_try_decode(one))
    _heads.clear()
    assert [_try_decode(one) for one in (datagram, datagram[:-4] + last, datagram)] == [
        *fresh,
        fresh[0],
    ]


def test_no_more_is_remembered_of_what_came_than_told() -> None:
    for number in range(3 * HEADS):
        assert decode(encode(Message(f"/a{number}", ("+", 0.5))), 7)[0].arguments == ("+", 0.5)
        assert decode(encode(Message("/b", ("x" * number, 0.5))), 7)[0].arguments[1] == 0.5
        assert len(_heads) <= HEADS and max(map(len, _heads)) < HEAD_BYTES


@pytest.mark.parametrize("argument", ["a\0b", 2**64, -(2**63) - 1])
def test_what_osc_cannot_say_is_a_value_error(argument: Argument) -> None:
    with pytest.raises(ValueError):
        encode(Message("/x", (argument,)))


def test_events_are_told_from_values() -> None:
    events = "/scene/go /scene/next /palette/go /palette/next /splat /seed /clear /snapshot/save"
    events += " /tempo/tap /tempo/beat /tape/stop /safe /layer/2/scene/go /layer/1/splat"
    events += " /touch/1 /touch/1/up /layer/2/touch/a"
    events += " /layer/focus /state/begin"
    events += (
        " /effect/1/go /layer/2/effect/1/go /master/effect/4/go /layer/2/eject /transition/use"
    )
    values = "/crossfader /effect/1/mix /master/effect/1/param/amount /layer/2/bus"
    values += " /macro/1 /param/feed /palette/shift /master/brightness /tempo/bpm /layer/2"
    values += " /layer/2/opacity /layer/1/param/feed /layer/"
    assert all(is_event(address) for address in events.split())
    assert not any(is_event(address) for address in values.split())
    assert is_event("/macro/1", ("+", 0.05))
    assert not is_event("/macro/1", (0.05,))


@pytest.mark.parametrize(
    "address",
    ["/blackout", "/freeze", "/layer/2/freeze", "/layer/2/solo", "/bypass", "/effect/2/bypass"],
)
def test_a_switch_that_is_turned_round_is_an_event(address: str) -> None:
    assert is_event(address) and is_event(address, ("toggle",))
    assert not is_event(address, (1,))


@pytest.mark.parametrize("number", [0.1, 1e-300, 1e39, -0.1, 3.141592653589793])
def test_a_float_that_needs_eight_bytes_keeps_them(number: float) -> None:
    message = Message("/a", (number,))
    assert decode(encode(message), 0) == [message]


def test_a_peer_gets_floats_in_the_four_bytes_it_can_read() -> None:
    assert b",f\0\0" in encode(Message("/a", (0.1,)), wide=False)
    assert b",d\0\0" in encode(Message("/a", (1e39,)), wide=False)


def test_the_message_is_imported_without_numpy_or_sockets() -> None:
    rooms = "engine.message, engine.osc_reading, engine.osc_writing"
    code = f"import sys, {rooms}; print(*{{'numpy', 'socket', 'rtmidi'}} & set(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "" and done.returncode == 0
