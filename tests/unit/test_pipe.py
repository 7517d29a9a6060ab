"""Outbox and Inbox over a real pipe, with readers that are slow, away or dead."""

from __future__ import annotations

import os
import random
import struct
import sys
import time
from enum import StrEnum
from multiprocessing import Pipe

import numpy as np
import pytest

from engine.bundle import Torn, pack, unpack
from engine.coalesce import coalesce, thin_touches
from engine.message import Message
from engine.pipe import BUNDLE_BYTES, TOUCHES, Inbox, Outbox
from engine.show.memory.state import describe
from tests.jack import wait_for
from tests.show import FRAME_NS, make_director


class Colour(StrEnum):
    RED = "red"


def _pad(number: int) -> str:
    """A hundred letters: what is said twice in a bundle is written once."""
    return f"{number:0100}"


def _collect(inbox: Inbox, last: Message) -> list[Message]:
    got: list[Message] = []

    def is_done() -> bool:
        got.extend(inbox.drain())
        return last in got

    wait_for(is_done, f"{last}")
    return got


def test_messages_arrive_in_order_with_their_time() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        inbox = Inbox(reader)
        outbox.send(Message("/scene/go", ("coral", 2.0), 77))
        outbox.send(Message("/macro/1", (0.5,), 77))
        last = Message("/macro/1", (0.5,), 77)
        assert _collect(inbox, last) == [Message("/scene/go", ("coral", 2.0), 77), last]


def test_an_empty_pipe_is_no_wait_and_a_closed_one_ends_the_inbox() -> None:
    reader, writer = Pipe(duplex=False)
    inbox = Inbox(reader)
    assert inbox.drain() == [] and not inbox.ended
    writer.close()
    assert inbox.drain() == [] and inbox.ended


def test_more_than_the_limit_waits_for_the_next_drain() -> None:
    reader, writer = Pipe(duplex=False)
    writer.send_bytes(pack([Message("/splat", (number,)) for number in range(10)]))
    writer.close()
    inbox = Inbox(reader)
    assert [message.arguments[0] for message in inbox.drain(4)] == [0, 1, 2, 3]
    assert not inbox.ended
    assert [message.arguments[0] for message in inbox.drain()] == [4, 5, 6, 7, 8, 9]


def test_a_reader_that_is_away_costs_overtaken_values_only() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        # Nobody reads: the pipe is full after 64 KiB at most, and the outbox must hold the rest.
        for number in range(3000):
            outbox.send(Message("/note", (number, _pad(number))))
        for number in range(5000):
            outbox.send(Message("/macro/1", (number,)))
            outbox.send(Message("/macro/2", (number,)))
        got = _collect(Inbox(reader), Message("/macro/2", (4999,)))
        assert outbox.dropped == 0
    notes = [message.arguments[0] for message in got if message.address == "/note"]
    assert notes == list(range(3000))
    assert got[-2:] == [Message("/macro/1", (4999,)), Message("/macro/2", (4999,))]
    assert len(got) < 3500


def test_of_touches_that_nobody_took_the_newest_wait_and_no_finger_stays_down() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        for number in range(5000):  # the pipe holds some hundreds of them
            outbox.send(Message("/splat", (number, _pad(number))))
            if number == 4000:
                outbox.send(Message("/layer/2/touch/thumb/up"))
        last = Message("/macro/1", (0.5,))
        outbox.send(last)
        got = _collect(Inbox(reader), last)
        assert outbox.dropped == 5002 - len(got)
    touches = [message.arguments[0] for message in got if message.address == "/splat"]
    assert touches[-TOUCHES:] == list(range(5000 - TOUCHES, 5000))
    assert TOUCHES < len(touches) < 1500
    assert Message("/layer/2/touch/thumb/up") in got


def test_a_frame_is_given_the_newest_touches_and_all_that_is_no_touch() -> None:
    fades = [Message("/scene/go", ("coral",)), Message("/touch/1/up"), Message("/macro/1", (1,))]
    said = [Message("/splat", (number,)) for number in range(10)]
    said[2:2], said[8:8] = fades[:1], fades[1:]
    assert thin_touches(said, 20) == (said, 0)
    left, lost = thin_touches(said, 4)
    assert lost == 6
    assert [m.arguments[0] for m in left if m.address == "/splat"] == [6, 7, 8, 9]
    assert [m for m in left if m.address != "/splat"] == fades


def test_a_value_from_before_an_event_is_not_overtaken_by_one_from_after_it() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        outbox.send_all(
            [
                Message("/macro/1", (1,)),
                Message("/macro/1", (2,)),
                Message("/snapshot/save", (1,)),
                Message("/macro/1", (3,)),
                Message("/macro/1", ("+", 1)),
                Message("/macro/1", ("+", 1)),
                Message("/macro/1", (4,)),
            ]
        )
        got = _collect(Inbox(reader), Message("/macro/1", (4,)))
    arguments = [message.arguments for message in got]
    # The 3 is gone: whatever the relative steps made of it, the 4 comes after them.
    assert arguments == [(2,), (1,), ("+", 2), (4,)]


def test_values_are_overtaken_across_touches_but_a_brush_is_not() -> None:
    said = [
        Message("/macro/1", (1,)),
        Message("/brush/size", (0.1,)),
        Message("/splat", (0.5, 0.5)),
        Message("/macro/1", (2,)),
        Message("/layer/2/brush/size", (0.2,)),
        Message("/brush/size", (0.2,)),
        Message("/touch/1", (0.5, 0.5)),
        Message("/layer/2/splat", (0.5, 0.5)),
        Message("/layer/2/brush/size", (0.3,)),
        Message("/macro/1", (3,)),
        Message("/brush/size", (0.3,)),
    ]
    left = coalesce(said)
    assert left == [message for message in said if message.arguments not in ((1,), (2,))]
    assert coalesce([*said, Message("/scene/go", ("a",)), said[0]])[-3:-1] == [
        Message("/brush/size", (0.3,)),
        Message("/scene/go", ("a",)),
    ]


def test_a_frames_messages_do_the_same_with_and_without_those_that_were_overtaken() -> None:
    rng = random.Random(3)
    addresses = ("/macro/1", "/param/feed", "/blackout", "/brush/size", "/master/brightness")
    for _ in range(200):
        said = []
        for _ in range(60):
            address = rng.choice(addresses)
            number = rng.randrange(1, 9) / 16
            said += rng.choice(
                (
                    [Message(address, (number,))],
                    [Message(address, (rng.choice("+-"), rng.choice((-1, 1)) * number / 8))],
                    [Message("/layer/1/macro/1", (rng.choice("+-"), number / 8))],
                    [Message("/macro/1", ("pickup", number, 1.0 - number))],
                    [Message("/splat", (number, number))],
                    [Message("/snapshot/save", (rng.randrange(1, 4),))],
                    [Message("/blackout", ("toggle",))],
                )
            )
        told = []
        for messages in (said, coalesce(said)):
            director = make_director()
            for message in messages:
                director.apply(message)
            frame = director.advance(FRAME_NS)
            told.append((describe(director), frame.layers[0].voices[0].splats))
        assert told[0] == told[1]


def test_steps_of_encoders_are_added_up_where_nothing_tells_the_difference() -> None:
    def up(address: str, number: float = 0.25, time_ns: int = 0) -> Message:
        return Message(address, ("+", number), time_ns)

    one, light = "/macro/1", "/master/brightness"
    turned = [up(one, 0.25, 5), up(light), Message("/macro/2", (0.5,)), up(one, 0.5, 6), up(light)]
    assert coalesce(turned) == [Message("/macro/2", (0.5,)), up(one, 0.75, 5), up(light, 0.5)]
    assert coalesce([up(one), Message(one, ("-", -0.5))]) == [Message(one, ("-", -0.75))]
    for other in (
        [up(one), up(one, -0.25)],  # either may be clamped
        [up("/param/feed"), up("/param/feed")],  # a macro may set it in between
        [up(one), Message(one, ("*", 2.0)), up(one)],
        [up(one), Message("/layer/2/macro/1", (0.5,)), up(one)],  # which may be the same one
        [up(one), Message("/layer/focus", (2,)), up(one)],
        [up(one), Message("/snapshot/save", (1,)), up(one)],
        [up(one, float("nan")), up(one)],
        [up(one), up(one, float("inf"))],
        [up(one), Message(one, ("+", True)), Message(one, ("+",)), Message(one, ("+", "1"))],
    ):
        assert [repr(m) for m in coalesce(other)] == [repr(m) for m in other]
    assert coalesce([up(one), Message(one, (0.5,)), up(one)]) == [
        up(one),
        Message(one, (0.5,)),
        up(one),
    ]


@pytest.mark.parametrize(
    "barrier",
    [Message("/layer/focus", (2,)), Message("/scene/go", ("coral",)), Message("/state/begin")],
)
def test_a_value_stays_on_its_side_of_what_changes_its_meaning(barrier: Message) -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        before, after = Message("/macro/1", (0.125,)), Message("/macro/1", (0.875,))
        outbox.send_all([before, barrier, after])
        assert _collect(Inbox(reader), after) == [before, barrier, after]


def test_two_turns_of_a_switch_both_arrive() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        turns = [Message("/blackout", ("toggle",)), Message("/blackout"), Message("/blackout")]
        last = Message("/macro/1", (1,))
        outbox.send_all([*turns, last])
        assert _collect(Inbox(reader), last) == [*turns, last]


def test_flushing_waits_until_the_pipe_has_it_and_no_longer_than_asked() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        last = Message("/macro/1", (1,))
        outbox.send(last)
        assert outbox.flush(5.0)
        assert Inbox(reader).drain() == [last]
        for number in range(3000):
            outbox.send(Message("/splat", (number, _pad(number))))
        assert not outbox.flush(0.1)


def test_too_many_events_drop_the_oldest_and_count_them() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer, waiting=100) as outbox:
        for number in range(5000):
            outbox.send(Message("/note", (number, _pad(number))))
        assert outbox.dropped > 4000
        got = _collect(Inbox(reader), Message("/note", (4999, _pad(4999))))
        assert len(got) + outbox.dropped == 5000


def test_a_flood_of_one_event_starves_no_other() -> None:
    reader, writer = Pipe(duplex=False)
    rare = [Message("/scene/go", ("coral",)), *(Message("/snapshot/save", (n,)) for n in range(9))]
    with Outbox(writer, waiting=400) as outbox:
        outbox.send_all(rare)
        outbox.send_all(Message(f"/macro/{n}", (0.25,)) for n in range(1, 9))
        for number in range(20_000):  # nobody reads: the pipe holds 64 KiB of it at most
            outbox.send(Message("/splat", (number, _pad(number))))
            if number == 10_000:
                outbox.send_all(Message(f"/macro/{n}", (0.75,)) for n in range(1, 9))
        last = Message("/splat", (19_999, _pad(19_999)))
        got = _collect(Inbox(reader), last)
        assert len(got) + outbox.dropped == 20_000 + len(rare) + 16
    assert [message for message in got if message in rare] == rare
    for n in range(1, 9):
        values = [message.arguments for message in got if message.address == f"/macro/{n}"]
        assert values == [(0.25,), (0.75,)]
    splats = [message.arguments[0] for message in got if message.address == "/splat"]
    assert splats == sorted(splats)


def test_two_floods_are_cut_to_the_same_length() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer, waiting=1000) as outbox:
        for number in range(9000):
            outbox.send(Message("/note", (number, _pad(number))))
            if number % 3 == 0:
                outbox.send(Message("/scene/go", (number, _pad(number))))
        got = _collect(Inbox(reader), Message("/note", (8999, _pad(8999))))
    waiting = got[-800:]  # what came before was in the pipe
    notes = sum(message.address == "/note" for message in waiting)
    # Half of the 875 that a cut leaves, and three of four of the 125 that may have come since the last.
    assert 300 < notes <= 438 + 94


def test_more_addresses_than_may_wait_lose_the_oldest() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer, waiting=100) as outbox:
        for number in range(5000):
            outbox.send(Message(f"/touch/f{number}/up", (_pad(number),)))
        got = _collect(Inbox(reader), Message("/touch/f4999/up", (_pad(4999),)))
        assert len(got) + outbox.dropped == 5000


def test_what_no_bundle_can_carry_is_dropped_and_the_rest_arrives() -> None:
    reader, writer = Pipe(duplex=False)
    with Outbox(writer) as outbox:
        bad = [
            Message("/a", ("x" * BUNDLE_BYTES,)),
            Message("/b", (object(),)),
            Message("/c", (np.float32(0.5), np.uint64(2**63), np.complex64(1))),
        ]
        number = Message("/f", (np.float64(0.5), Colour.RED), 7)
        outbox.send_all([*bad, Message("/d", ("x" * 3900,)), number, Message("/e", (1,))])
        got = _collect(Inbox(reader), Message("/e", (1,)))
        assert [message.address for message in got] == ["/d", "/f", "/e"]
        assert got[1] == Message("/f", (0.5, "red"), 7)
        assert {type(argument) for argument in got[1].arguments} == {float, str}
        assert outbox.dropped == 3


def test_a_dead_reader_stops_neither_the_caller_nor_the_closing() -> None:
    reader, writer = Pipe(duplex=False)
    reader.close()
    outbox = Outbox(writer)
    start = time.monotonic()
    for number in range(1000):
        outbox.send(Message("/splat", (number,)))
    wait_for(lambda: outbox.dropped, "the loss to be counted")
    outbox.close()
    assert time.monotonic() - start < 5


def test_closing_while_nobody_reads_does_not_hang() -> None:
    reader, writer = Pipe(duplex=False)
    outbox = Outbox(writer)
    for number in range(4000):
        outbox.send(Message("/splat", (number, _pad(number))))
    start = time.monotonic()
    outbox.close()
    assert time.monotonic() - start < 5
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there carries whole messages")
def test_an_inbox_finds_its_way_after_half_a_bundle() -> None:
    reader, writer = Pipe(duplex=False)
    bundle = pack([Message("/a", (1,))])
    whole = struct.pack("!i", len(bundle)) + bundle
    os.write(writer.fileno(), whole[9:] + whole + whole[:20])  # what two killed processes leave
    inbox = Inbox(reader)
    assert inbox.drain() == [Message("/a", (1,))]
    os.write(writer.fileno(), whole[20:] + b"junk" * 3)
    assert inbox.drain() == [Message("/a", (1,))]
    os.write(writer.fileno(), whole)
    assert inbox.drain() == [Message("/a", (1,))]
    assert inbox.malformed > 0
    torn = inbox.malformed
    os.write(writer.fileno(), whole[:30] + whole + whole)  # the first holds the head of the second
    assert inbox.drain() == [Message("/a", (1,))]
    assert inbox.malformed > torn


@pytest.mark.parametrize("at", range(0, 60, 7))
def test_a_bundle_with_any_bit_changed_is_refused(at: int) -> None:
    bundle = bytearray(pack([Message("/macro/1", (0.5, "x", None, (True, b"y")), 2**60)] * 2))
    assert unpack(bytes(bundle))[1] == Message("/macro/1", (0.5, "x", None, (True, b"y")), 2**60)
    bundle[at] ^= 1 << at % 8
    with pytest.raises(Torn):
        unpack(bytes(bundle))


def test_every_message_keeps_its_own_time_among_others() -> None:
    reader, writer = Pipe(duplex=False)
    told = [
        Message("/macro/1", (0.5,), 5_000_000),
        Message("/tempo/sync", (4.0, 120.0, "midi", ""), 31_000_000),
        Message("/tempo/tap", (), 57_000_000),
    ]
    with Outbox(writer) as outbox:
        outbox.send_all(told)
        got = _collect(Inbox(reader), told[-1])
    assert [message.time_ns for message in got] == [5_000_000, 31_000_000, 57_000_000]
