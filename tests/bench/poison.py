"""How long the dearest datagrams take to be read or refused, patterns found out included."""

from __future__ import annotations

import time

from engine.desk.osc.known import MOST
from engine.desk.osc.pattern import Addresses
from engine.message import Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode, encode_bundle
from tests.poison import POISON, TRAPS

ROUNDS = 20


def measure_poison() -> dict[str, float]:
    """Milliseconds of processor time for each, the quickest of ROUNDS: by name, the dearest first.

    Patterns are held against four layers of 64 parameters each.
    """
    layers = [f"/layer/{layer}/param/{'ab' * 8}{n}" for layer in range(1, 5) for n in range(64)]
    known = Addresses([*layers, *(f"/macro/{n}" for n in range(1, 9))])
    dear = {poison.name: poison.datagram for poison in POISON}
    dear |= {f"pattern {trap[:20]}": encode(Message(trap)) for trap in TRAPS}
    dear["pattern of every parameter"] = encode(Message("/layer/*/param/{*a*,*b*}*", (0.5,)))
    dear["2,600 strings, taken"] = encode_bundle([Message("/a", ("",) * 1300)] * 2)
    taken: dict[str, float] = {}
    for name, datagram in dear.items():
        best = 1.0
        for _ in range(ROUNDS):
            began = time.thread_time()
            try:
                for message in decode(datagram, 0):
                    known.find(message.address, MOST)
            except Malformed:
                pass
            best = min(best, time.thread_time() - began)
        taken[name] = round(best * 1e3, 3)
    return dict(sorted(taken.items(), key=lambda entry: -entry[1]))
