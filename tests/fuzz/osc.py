"""Mutated OSC for the parser: a corpus of good and bad datagrams, a few bytes of each changed.

`python tests/fuzz/osc.py [COUNT [SEED]]` fuzzes for longer than `make test` does, and times each
datagram too.
"""

from __future__ import annotations

import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.desk.osc.known import MOST
from engine.desk.osc.pattern import Addresses
from engine.message import Message, is_pattern
from engine.osc_reading import DATAGRAM_ELEMENTS, Malformed, decode
from engine.osc_writing import encode, encode_bundle
from tests.poison import POISON, TRAPS, nest

AT_ONCE = 10_000  # datagrams whose random numbers are drawn together
LARGEST = 2048  # bytes of what is mutated: a copy of more takes longer than reading it
WORDS = (
    *(struct.pack(">i", size) for size in (-8, -4, 0, 4, 8, 12, 16, 20, 2**31 - 1, -(2**31))),
    *(
        b"#bun",
        b"dle\0",
        b",[[\0",
        b",]]\0",
        b",isf",
        b"bTFN",
        b"\0\0\0,",
        b"{a,b",
        b"[!a]",
        b"/*/?",
    ),
    *(b"\xff\xff\xff\xff", b"\x7f\x80\0\0", b"\x7f\xc0\0\0"),
)
KNOWN = Addresses(
    [*(f"/macro/{n}" for n in range(1, 9)), "/layer/2/param/feed", "/scene/go", "/all"]
)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """How many were taken, refused, how many messages there were, the longest CPU seconds of one."""

    taken: int
    refused: int
    messages: int
    worst_s: float


def make_corpus() -> list[bytes]:
    """Every type, bundles, patterns, and the poison that is short enough."""
    full = Message("/all", (1, 0.5, "text", b"blob", True, None, 2**40, (1, ("x",)), 1e300))
    rare = b"/all\0\0\0\0,cSrmtI\0" + b"\0\0\0A" + b"sym\0" + b"\1\2\3\4" * 2 + bytes(8)
    messages = [
        full,
        Message("/macro/1", (0.5,)),
        Message("/layer/*/param/feed", (0.04,)),
        Message("/{macro,scene}/[1-4]", ("go", 2)),
        Message("/scene/go", ("coral", 2.0, "equation")),
        Message("/splat", (0.1, 0.2, 0.3, 0.4)),
        *(Message(trap, (1,)) for trap in TRAPS),
    ]
    corpus = [encode(message) for message in messages]
    corpus += [
        rare,
        b"/seed\0\0\0",
        encode_bundle(messages[:6]),
        encode_bundle([full] * 5),
        nest(5),
    ]
    corpus.append(encode_bundle([Message(f"/macro/{n}", (n / 8,)) for n in range(1, 9)]))
    corpus *= 4  # more often than what is refused as it is
    corpus += [poison.datagram for poison in POISON if 0 < len(poison.datagram) <= LARGEST]
    return corpus


def mutate(count: int, seed: int) -> Iterator[bytes]:
    """`count` datagrams: of each a byte, a word of four or the length is changed, never to thrice."""
    corpus = make_corpus()
    rng = np.random.default_rng(seed)
    while count > 0:
        rows = rng.integers(0, 2**31, (min(count, AT_ONCE), 7)).tolist()
        for first, *changes in rows:
            data = bytearray(corpus[first % len(corpus)])
            for at, what in zip(changes[0::2], changes[1::2], strict=True):
                at %= len(data) + 1
                kind, value = what & 7, what >> 3
                if kind == 0:
                    data[at : at + 1] = (value & 255).to_bytes(1, "big")
                elif kind == 1:
                    data[at & ~3 : (at & ~3) + 4] = WORDS[value % len(WORDS)]
                elif kind == 2:
                    data[at & ~3 : at & ~3] = WORDS[value % len(WORDS)]
                elif kind == 3:
                    del data[at & ~3 : (at & ~3) + 4 * (value % 3 + 1)]
                elif kind == 4:
                    del data[at if value & 1 else at & ~3 :]
                elif kind == 5:
                    other = corpus[value % len(corpus)]
                    data[at & ~3 :] = other[at & ~3 :]
            yield bytes(data)
        count -= AT_ONCE


def fuzz_parser(count: int, seed: int) -> Fuzzed:
    """Read `count` mutated datagrams. Fails at any exception but `Malformed`, and at any message that
    could not go on to the stage."""
    taken = refused = total = 0
    worst = 0.0
    for datagram in mutate(count, seed):
        began = time.thread_time()
        try:
            messages = decode(datagram, 0)
        except Malformed:
            refused += 1
            messages = []
        else:
            taken += 1
        for message in messages:
            if is_pattern(message.address):
                try:
                    KNOWN.find(message.address, MOST)
                except Malformed:
                    continue
        worst = max(worst, time.thread_time() - began)
        assert len(messages) <= DATAGRAM_ELEMENTS
        total += len(messages)
        for message in messages:
            assert message.address.isascii() and message.address.startswith("/")
            assert encode(message)
    return Fuzzed(taken, refused, total, worst)


def main() -> None:
    """Fuzz with other seeds until there were enough; every one that was too slow is a failure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    print(f"OSC: {count} mutated datagrams, seed {seed} ...", flush=True)
    began = time.monotonic()
    done = fuzz_parser(count, seed)
    print(
        f"{done.taken} taken ({done.messages} messages), {done.refused} refused, no other exception; "
        f"the slowest {done.worst_s * 1e3:.2f} ms, all in {time.monotonic() - began:.0f} s"
    )
    if done.worst_s > 0.05:
        sys.exit("a datagram took longer than 50 ms")


if __name__ == "__main__":
    main()
