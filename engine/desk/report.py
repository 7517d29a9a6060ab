"""What the desk says of itself: to the supervisor, to the mirror for who asks, to the monitor.

In: the desk's parts, and what could not be done. Out: once a second `/desk/beat n`, `/desk/taken n`,
`/desk/malformed n`, `/desk/dropped n` (counts since the start), `/desk/osc [host port]`,
`/desk/midi [port ...]`, `/desk/peers [name host port ...]`, `/desk/audio [input]`. But for the beat,
`/get` answers the same as `/status/taken` and so on, and each reason apart as
`/status/malformed/<reason>`, `/status/dropped/<reason>`, `/status/unanswered/<reason>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from engine.desk.opening import Opened
from engine.house_addresses import TO_DESK
from engine.message import Argument, Message, name_part
from engine.pipe import Outbox

NAMES = 16  # MIDI ports in a report
REASONS = 64  # of what could not be done, counted apart: some quote what came

Arguments = tuple[Argument, ...]


class Report:
    """Counts what was refused. Use it from one thread."""

    def __init__(self, parts: Opened, stage: Outbox) -> None:
        """`stage`: what waits for it, and is lost while it waits too long."""
        self._parts, self._stage = parts, stage
        self._beats = 0
        self._status: dict[str, Arguments] = {}
        self._lesson: tuple[object, ...] = ()  # as it was told
        self.refused: Counter[str] = Counter()  # what was wanted of the desk itself, by reason

    def refuse(self, reason: str) -> None:
        """Something was not done."""
        known = reason in self.refused or len(self.refused) < REASONS
        self.refused[reason if known else "other"] += 1

    def tell_lesson(self) -> None:
        """Say at once how far learning is, if that is news."""
        lessons = self._parts.player.lessons
        if self._lesson != (lessons.status, lessons.count):
            self._tell_mirror()

    def make(self, now_ns: int) -> list[Message]:
        """What the supervisor hears, one beat further on; the mirror and the monitor hear it too."""
        self._beats += 1
        parts = self._parts
        malformed, lost = self._count_malformed(), self._count_lost()
        counts: dict[str, Arguments] = {
            "taken": (parts.osc.gate.taken if parts.osc else 0,),
            "malformed": (sum(malformed.values()),),
            "dropped": (sum(lost.values()),),
            "osc": (parts.osc.address if parts.osc else None) or (),
            "peers": parts.echo.names,
            "midi": tuple(name.replace("\0", "")[:120] for name in parts.midi.ports[:NAMES]),
            "audio": parts.audio.hears if parts.audio else (),
        }
        for what, found in (
            ("malformed", malformed),
            ("dropped", lost),
            ("not done", self.refused),
        ):
            culprits = parts.osc.gate.culprits if parts.osc and what == "malformed" else None
            self._parts.monitor.count(what, found, culprits)
        self._status = {f"/status/{name}": value for name, value in counts.items()}
        self._status["/status/link"] = parts.link.describe() if parts.link else ()
        self._status["/status/clock"] = parts.devices.clocks.describe(now_ns)
        self._status |= _by_reason("malformed", malformed) | _by_reason("dropped", lost)
        self._status |= _by_reason("unanswered", self.refused)
        self._tell_mirror()
        counts["peers"] = parts.echo.places  # as the next desk must know them
        told = [Message(f"{TO_DESK}{name}", value) for name, value in counts.items()]
        return [Message(f"{TO_DESK}beat", (self._beats,)), *told]

    def _count_malformed(self) -> dict[str, int]:
        """By reason. Copies, made in one piece: the OSC thread goes on counting."""
        osc = self._parts.osc
        midi = {
            f"MIDI {reason}": count for reason, count in self._parts.devices.reader.refused.items()
        }
        return {**(dict(osc.gate.malformed) if osc else {}), **midi}

    def _count_lost(self) -> dict[str, int]:
        parts = self._parts
        lost = dict(parts.osc.gate.dropped) if parts.osc else {}
        lost |= {"stage behind": self._stage.dropped, "MIDI too fast": parts.midi.dropped}
        lost |= {"receive buffer full": parts.osc.count_unread()} if parts.osc else {}
        lost |= {
            "lights too fast": parts.midi.unsent,
            "foreign addresses too fast": parts.sorter.too_many,
            "wishes too fast": parts.sorter.unheard,
        }
        lost |= dict(parts.sorter.refused)
        return lost | ({"audio too fast": parts.audio.lost} if parts.audio else {})

    def _tell_mirror(self) -> None:
        lessons = self._parts.player.lessons
        self._lesson = lessons.status, lessons.count
        learn: dict[str, Arguments] = {
            "/status/learn": lessons.status,
            "/status/learnt": (lessons.count,),
        }
        self._parts.mirror.tell({**self._status, **learn})


def _by_reason(what: str, counts: Mapping[str, int]) -> dict[str, Arguments]:
    """`/status/<what>/<reason>`, the reason's words joined to one part of an address."""
    return {f"/status/{what}/{name_part(reason)}": (count,) for reason, count in counts.items()}
