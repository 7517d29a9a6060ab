"""What is heard, told: features in, messages out, no more of them than a picture can use.

`/audio/level|bass|mid|treble|flux v` at most MOST a second, each the greatest of its hops;
`/audio/onset strength` as it comes; `/audio/bpm bpm confidence` and, where the beat is sure,
`/tempo/sync beats bpm "audio"` as often as it is looked for. Zeros are told once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from engine.desk.audio.analyse import Features
from engine.message import Message

MOST = 60.0  # a second
VALUES = ("level", "bass", "mid", "treble", "flux")
SURE = 0.3  # of confidence: from here up a tempo may follow
FINE = 4  # decimals


class Teller:
    """Remembers what was told last."""

    def __init__(self, hop_s: float) -> None:
        """`hop_s`: seconds from one hop to the next."""
        self._every = math.ceil(1.0 / (hop_s * MOST))
        self._hops = 0
        self._greatest = dict.fromkeys(VALUES, 0.0)
        self._zero = dict.fromkeys(VALUES, False)
        self._bpm = -1.0

    def tell(self, heard: Iterable[Features], time_ns: int = 0) -> list[Message]:
        """The messages of these hops."""
        return [message for features in heard for message in self._tell_hop(features, time_ns)]

    def _tell_hop(self, features: Features, time_ns: int) -> Iterable[Message]:
        if features.onset:
            yield Message("/audio/onset", (round(features.onset, FINE),), time_ns)
        for name in VALUES:
            self._greatest[name] = max(self._greatest[name], getattr(features, name))
        self._hops += 1
        if self._hops >= self._every:
            self._hops = 0
            for name, value in self._greatest.items():
                told = round(value, FINE)
                if told or not self._zero[name]:
                    yield Message(f"/audio/{name}", (told,), time_ns)
                self._zero[name] = not told
                self._greatest[name] = 0.0
        if not features.looked or not (features.bpm or self._bpm):
            return
        self._bpm = features.bpm
        bpm, confidence = round(features.bpm, 2), round(features.confidence, FINE)
        yield Message("/audio/bpm", (bpm, confidence), time_ns)
        if confidence >= SURE:
            yield Message("/tempo/sync", (features.beats, bpm, "audio"), time_ns)
