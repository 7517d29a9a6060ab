"""What of many waiting messages need not be played: values that are overtaken, touches nobody would see.

In: messages in their order. Out: fewer, in their order; of the steps of one encoder, their sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from engine.message import Message
from engine.overtaking import (
    find_direction,
    is_event,
    is_touch,
    leaves_values,
    name_stepped,
)

TOUCHES = 256  # of one frame that are played: four layers hold 64 each


class Keys:
    """What a message is known by: a newer value has the key of the one that it overtakes, a step that
    of the steps it is added to (`add_up`)."""

    def __init__(self) -> None:
        self._number = 0  # of events so far
        self._kept = 0  # the latest that values sent before it must still be there for
        # By address without its layer: the whole one, "+" or "-", key.
        self._steps: dict[str, tuple[str, str, object]] = {}

    def find(self, message: Message) -> object:
        address, arguments = message.address, message.arguments
        if not is_event(address, arguments):
            if self._steps:
                self._steps.pop(name_stepped(address), None)
            return address, self._number if "/brush/" in address else self._kept
        direction = find_direction(address, arguments)
        stepped = name_stepped(address)
        if direction:
            last = self._steps.get(stepped)
            if last and last[0] == address and last[1] == direction:
                return last[2]
        self._number += 1
        if direction:
            self._steps[stepped] = address, direction, self._number
        else:
            self._steps.pop(stepped, None)
        if not leaves_values(address, arguments):
            self._kept = self._number
            self._steps.clear()
        return self._number


def add_up(older: Message, newer: Message) -> Message:
    """What is played of two messages with the same key."""
    arguments = newer.arguments
    if len(arguments) != 2 or (arguments[0] != "+" and arguments[0] != "-"):
        return newer
    word, number = cast("tuple[str, float]", arguments)  # as `find_direction` found them
    was, first = cast("tuple[str, float]", older.arguments)
    total = number + (first if was == word else -first)
    return Message(newer.address, (word, total), older.time_ns)


def coalesce(messages: Iterable[Message]) -> list[Message]:
    """Messages in their order without the values that newer ones of their address overtook, and with
    the steps of an encoder added up."""
    keys, kept = Keys(), dict[object, Message]()
    for message in messages:
        key = keys.find(message)
        older = kept.pop(key, None)
        kept[key] = message if older is None else add_up(older, message)
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
