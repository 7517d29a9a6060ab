"""What a tape holds, as facts. Knows no bytes, no file and no stage.

A tape is a row of frames. Each says for how long time went on, how much of the machine its steps
might take, and what came before that: messages, and marks, which are all else that a director is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.message import Message
from engine.show.pace import Pace

TICK_NS = 250_000  # time goes on in whole ticks, so that a frame's length takes two bits of a file
EFFORT_STEPS = 256  # and the effort in such parts


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that a director is made from. `show` is the id of a show, "" for none; `kept` a state
    (see `engine.show.memory.state`) that it is brought to, and `away_s` how long ago that was;
    `lead` as in `Director`, `date`
    and time of day in ISO 8601, as shaders are told it.
    """

    scene: str
    show: str = ""
    seed: int = 1
    pace: Pace = field(default_factory=Pace)
    kept: tuple[Message, ...] = ()
    away_s: float = 0.0
    lead: int = 0
    date: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The guard of life found layer `number` in a condition for the `tries`-th time, and answered."""

    number: int
    condition: str
    tries: int


@dataclass(frozen=True, slots=True)
class Used:
    """Files that a scene is made of, with the hashes of what was in them."""

    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """Files were edited while it played: from here on they are others than before."""


Mark = Beginning | Answered | Used | Edited | Pace


@dataclass(frozen=True, slots=True)
class TapeFrame:
    """One frame of a show: marks, then messages, then time goes on by `nanoseconds` at `effort`."""

    nanoseconds: int
    effort: float = 1.0
    messages: tuple[Message, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What a tape was recorded with. `size` in pixels, `catalogue` a hash over all assets, `layout`
    of the cells, `began` the date and time of day as people write it.
    """

    engine: str
    size: tuple[int, int]
    fps: float
    layout: str
    catalogue: str = ""
    gpu: str = ""
    began: str = ""
    note: str = ""


class Ticks:
    """Time in whole ticks: what is left of one is carried, so that nothing is ever lost."""

    def __init__(self) -> None:
        self.carried_ns = 0

    def take(self, nanoseconds: int) -> int:
        """The whole ticks, in nanoseconds, of this time and of what was left before."""
        whole = (self.carried_ns + max(nanoseconds, 0)) // TICK_NS * TICK_NS
        self.carried_ns += max(nanoseconds, 0) - whole
        return whole


def round_effort(effort: float) -> float:
    """An effort as a tape can say it."""
    return round(effort * EFFORT_STEPS) / EFFORT_STEPS
