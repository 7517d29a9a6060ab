"""What of many waiting messages need not be played: values that are overtaken, touches nobody would see.

In: messages in their order. Out: fewer, in their order. Never changes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.message import Message
from engine.overtaking import is_event, is_touch, leaves_values

TOUCHES = 256  # of one frame that are played: four layers hold 64 each


class Keys:
    """What a message is known by: a newer value has the key of the one that it overtakes."""

    def __init__(self) -> None:
        self._number = 0  # of events so far
        self._kept = 0  # the latest that values sent before it must still be there for

    def find(self, message: Message) -> object:
        address = message.address
        if not is_event(address, message.arguments):
            return address, self._number if "/brush/" in address else self._kept
        self._number += 1
        if not leaves_values(address, message.arguments):
            self._kept = self._number
        return self._number


def coalesce(messages: Iterable[Message]) -> list[Message]:
    """Messages in their order without the values that newer ones of their address overtook."""
    keys, kept = Keys(), dict[object, Message]()
    for message in messages:
        key = keys.find(message)
        kept.pop(key, None)
        kept[key] = message
    return list(kept.values())


def thin_touches(messages: Sequence[Message], most: int = TOUCHES) -> tuple[Sequence[Message], int]:
    """The same without the oldest touches, so that `most` of them are left; and how many there were.

    A frame shows no more, and to refuse each of a flood of them takes longer than to leave it out.
    """
    if len(messages) <= most:
        return messages, 0
    lost = sum(is_touch(message.address) for message in messages) - most
    if lost <= 0:
        return messages, 0
    kept, left = [], lost
    for message in messages:
        if left and is_touch(message.address):
            left -= 1
        else:
            kept.append(message)
    return kept, lost
