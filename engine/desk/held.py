"""What hands hold down, kept where a desk's death does not reach: whoever comes after it lets it go.

In: the bindings that are held now; what a desk that died had told. Out: `/desk/held DATAGRAM ...` for the
supervisor, one datagram for each that lets one go; those messages again. Never sends.
"""

from __future__ import annotations

from engine.desk.play.binding import Binding, let_go
from engine.house_addresses import HELD
from engine.message import Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode


class Held:
    """Remembers what was told, so that only news is."""

    def __init__(self) -> None:
        self._told: tuple[Binding, ...] | None = None

    def tell(self, held: tuple[Binding, ...]) -> Message | None:
        """What the supervisor must know of what is held now; None if it does."""
        if held == self._told:
            return None
        self._told = held
        return Message(HELD, tuple(encode(let_go(binding, 0)) for binding in held))


def read_held(message: Message, now_ns: int) -> list[Message]:
    """What lets go of all that a desk that died has left on; nothing where that cannot be read."""
    try:
        return [
            m for data in message.arguments if type(data) is bytes for m in decode(data, now_ns)
        ]
    except Malformed:
        return []
