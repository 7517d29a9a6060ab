"""The message and its bytes: what others send is understood, what is no OSC is refused quickly."""

from __future__ import annotations

import math
import random
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from engine.message import (
    DATAGRAM_ELEMENTS,
    Argument,
    Malformed,
    Message,
    decode,
    encode,
    encode_bundle,
    is_event,
    is_pattern,
)

BUNDLE = b"#bundle\0" + bytes(8)


def _nest(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = BUNDLE + (struct.pack(">i", len(inner)) + inner if inner else b"")
    return inner


POISON = {
    "the 20 bytes that hang python-osc": BUNDLE + struct.pack(">i", -4),
    "size 2^31-1": BUNDLE + struct.pack(">i", 2**31 - 1) + bytes(4),
    "size 0": BUNDLE + bytes(64_000),
    "size 6": BUNDLE + struct.pack(">i", 6) + bytes(8),
    "size beyond the end": BUNDLE + struct.pack(">i", 16) + b"/a\0\0,\0\0\0",
    "depth 3200": _nest(3200),
    "depth 9": _nest(9),
    "bad UTF-8": b"/a\0\0,s\0\0\xff\xfe\0\0",
    "a string without end": b"/a\0\0,s\0\0abcd",
    "a string with dirty padding": b"/a\0\0,s\0\0a\0b\0",
    "arrays open": b"/a\0\0,[i\0" + bytes(4),
    "arrays closed": b"/a\0\0,]i[\0\0\0\0" + bytes(4),
    "arrays 9 deep": b"/a\0\0," + b"[" * 9 + b"]" * 9 + b"\0",
    "blob -8": b"/a\0\0,b\0\0" + struct.pack(">i", -8) + bytes(8),
    "blob beyond the end": b"/a\0\0,b\0\0" + struct.pack(">i", 5) + bytes(4),
    "60,000 unknown tags": b"/a\0\0," + b"z" * 60_000 + bytes(3),
    "60,000 known tags": b"/a\0\0," + b"T" * 60_000 + bytes(3),
    "an unknown tag": b"/a\0\0,z\0\0",
    "tags without end": b"/a\0\0,iii",
    "an argument too few": b"/a\0\0,ii\0" + bytes(4),
    "an argument too many": b"/a\0\0,i\0\0" + bytes(8),
    "arguments without tags": b"/a\0\0" + bytes(4),
    "a character of four": b"/a\0\0,c\0\0" + b"\xff\xff\xff\xff",
    "empty": b"",
    "a size of 3": b"/a\0",
    "no slash": b"abc\0,\0\0\0",
    "a pattern across parts": b"//a\0,\0\0\0",
    "a comma in the address": b"/a,b\0\0\0\0,\0\0\0",
    "a bracket that nothing opened": b"/a]b\0\0\0\0,\0\0\0",
    "a space in the address": b"/a b\0\0\0\0,\0\0\0",
    "an escape in the address": b"/\x1b[2\0\0\0,\0\0\0"[:12],
    "an address of 300": b"/" + b"a" * 299 + bytes(4) + b",\0\0\0",
    "more than 64 KiB": b"/a\0\0,b\0\0" + struct.pack(">i", 70_000) + bytes(70_000),
    "too many messages": BUNDLE + (struct.pack(">i", 8) + b"/a\0\0,\0\0\0") * 5000,
    "too many bundles": BUNDLE + (struct.pack(">i", 16) + BUNDLE) * 3000,
    "too many arguments": encode_bundle([Message("/a", ((True,) * 2000,))] * 31),
}


@pytest.mark.parametrize("datagram", POISON.values(), ids=POISON.keys())
def test_poison_is_refused(datagram: bytes) -> None:
    with pytest.raises(Malformed):
        decode(datagram, 0)


def test_mutated_datagrams_raise_nothing_but_malformed_and_cost_little() -> None:
    rng = random.Random(1)
    full = Message("/all", (1, 0.5, "text", b"blob", True, None, 2**40, (1, ("x",)), 1e300))
    seeds = [encode(full), encode_bundle([full, Message("/macro/1", (0.5,))] * 5), _nest(5)]
    seeds += list(POISON.values())
    worst = 0.0
    refused = 0
    for _ in range(20_000):
        datagram = bytearray(rng.choice(seeds))
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(datagram) + 1)
            match rng.randrange(4):
                case 0:
                    datagram[at : at + 1] = rng.randbytes(1)
                case 1:
                    datagram[at : at + 4] = rng.choice([bytes(4), b"\xff\xff\xff\xfc", b",[[\0"])
                case 2:
                    del datagram[at : at + rng.randrange(9)]
                case 3:
                    datagram[at:at] = rng.randbytes(rng.choice([1, 4, 8]))
        start = time.thread_time()
        try:
            messages = decode(bytes(datagram), 0)
        except Malformed:
            refused += 1
        else:
            assert len(messages) <= DATAGRAM_ELEMENTS
            for message in messages:
                encode(message)
        worst = max(worst, time.thread_time() - start)
    assert 0 < refused < 20_000
    assert worst < 0.5  # python-osc needs for ever


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
    assert decode(_nest(8), 0) == []


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


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(datagram: bytes) -> None:
    try:
        decode(datagram, 0)
    except Malformed as refusal:
        assert refusal.reason


@pytest.mark.parametrize("argument", ["a\0b", 2**64, -(2**63) - 1])
def test_what_osc_cannot_say_is_a_value_error(argument: Argument) -> None:
    with pytest.raises(ValueError):
        encode(Message("/x", (argument,)))


def test_events_are_told_from_values() -> None:
    events = "/scene/go /scene/next /palette/go /palette/next /splat /seed /clear /snapshot/save"
    events += " /tempo/tap /tempo/beat /tape/stop /safe /layer/2/scene/go /layer/1/splat"
    events += " /touch/1 /touch/1/up /layer/2/touch/a"
    events += " /layer/focus /state/begin"
    values = "/macro/1 /param/feed /palette/shift /master/brightness /tempo/bpm /layer/2"
    values += " /layer/2/opacity /layer/1/param/feed /layer/"
    assert all(is_event(address) for address in events.split())
    assert not any(is_event(address) for address in values.split())
    assert is_event("/macro/1", ("+", 0.05))
    assert not is_event("/macro/1", (0.05,))


@pytest.mark.parametrize("address", ["/blackout", "/freeze", "/layer/2/freeze"])
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
    code = "import sys, engine.message; print(*{'numpy', 'socket', 'rtmidi'} & set(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "" and done.returncode == 0
