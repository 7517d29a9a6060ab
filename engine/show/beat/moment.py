"""When something was true: a message on musical time says how long ago, however late it is read.

In: a message stamped by the desk, and the moment up to which the show has been told of time. Out: the
message with `"ago" seconds` behind its arguments (below 0: after that moment), which tapes keep too.
"""

from __future__ import annotations

from engine.message import Message
from engine.show.parameter import finite_numbers
from engine.show.routes.arguments import Arguments

TIMED = ("/tempo/tap", "/tempo/beat", "/tempo/bar", "/tempo/sync")
AGO = "ago"
FARTHEST = 2.0  # seconds: what is older, or from a clock that is not ours, counts as now


def tell_ago(message: Message, moment_ns: int) -> Message:
    """The message with its age, if it is one on musical time and has a time of its own."""
    if message.address not in TIMED or not message.time_ns or AGO in message.arguments:
        return message
    ago = (moment_ns - message.time_ns) * 1e-9
    if abs(ago) > FARTHEST:
        return message
    return Message(message.address, (*message.arguments, AGO, ago), message.time_ns)


def take_ago(arguments: Arguments) -> tuple[Arguments, float]:
    """The arguments without their age, and the age in seconds: 0 where none is told."""
    if len(arguments) < 2 or arguments[-2] != AGO:
        return arguments, 0.0
    ago = finite_numbers(arguments[-1:])[0]
    return arguments[:-2], min(max(ago, -FARTHEST), FARTHEST)
