"""Random MIDI for the decoder: any bytes, and messages that are nearly right.

`python tests/fuzz/midi.py [COUNT [SEED]]` fuzzes for longer than `make test` does.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.desk.control import FULL, KINDS, Move
from engine.desk.midi.decode import Decoder, Tick
from engine.desk.midi.fourteen import FINE_NS

AT_ONCE = 2000  # messages one decoder gets before a new one begins


def check_decoder(chunks: Iterable[bytes]) -> int:
    """Decode all of it on one port, a little later each time; how many moves and ticks it made.

    Fails if one of them is none that a binding could take.
    """
    decoder, now_ns, made = Decoder("fuzz"), 0, 0
    for chunk in chunks:
        now_ns += FINE_NS // 3
        said = decoder.decode(chunk, now_ns)
        made += len(said)
        for one in said:
            check_one(one)
    for move in [*decoder.wait_no_more(now_ns + FINE_NS), *decoder.release(now_ns)]:
        check_one(move)
    assert decoder.due_ns is None
    assert decoder.release(now_ns) == []
    return made


def check_one(said: Move | Tick) -> None:
    """A move or tick within the ranges that `Move`, `Control` and `Tick` state."""
    if isinstance(said, Tick):
        assert 0 <= said.position <= 16383
        return
    control = said.control
    assert control.kind in KINDS and control.path == ""
    assert 1 <= control.channel <= 16
    assert 0 <= control.number <= (16383 if control.kind in ("nrpn", "rpn") else 127)
    assert 0 <= said.raw <= FULL.get(control.kind, 127)
    assert 0.0 <= said.value <= 1.0


def fuzz_decoder(count: int, seed: int) -> int:
    """Decode `count` random messages; how many moves and ticks they made."""
    rng = random.Random(seed)
    made = 0
    while count > 0:
        made += check_decoder(make_message(rng) for _ in range(min(count, AT_ONCE)))
        count -= AT_ONCE
    return made


def make_message(rng: random.Random) -> bytes:
    """Bytes of any length, or a message; one in eight of these has a byte changed, cut or added."""
    if rng.random() < 0.25:
        return rng.randbytes(rng.choice((0, 1, 2, 3, 4, 300)))
    if rng.random() < 0.5:  # what needs several to make one
        number = rng.choice((0, 6, 32, 38, 96, 97, 98, 99, 100, 101, 120, 121, 123))
        data = bytearray((0xB0 | rng.randrange(2), number, rng.randrange(128)))
    else:
        data = bytearray((rng.randrange(0x80, 0x100), rng.randrange(128), rng.randrange(128)))
    if rng.random() < 0.125:
        wrong = rng.randrange(3)
        if wrong == 0:
            data[rng.randrange(3)] = rng.randrange(256)
        elif wrong == 1:
            del data[rng.randrange(3) :]
        else:
            data += rng.randbytes(rng.randrange(1, 9))
    elif 0xC0 <= data[0] < 0xE0:
        data.pop()
    return bytes(data)


def main() -> None:
    """Fuzz for longer, with another seed each time."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    print(f"MIDI: {count} random messages, seed {seed} ...", flush=True)
    print(f"{fuzz_decoder(count, seed)} moves and ticks, no exception")


if __name__ == "__main__":
    main()
