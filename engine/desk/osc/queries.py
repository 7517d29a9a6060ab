"""Questions of peers. In: a message. Out: what is asked for, as messages; None for what asks nothing.

`/get ADDRESS`, `ADDRESS "?"`, `/list` and `/list/...` are questions. An address that has no value itself
stands for all below it (`/get /param`) and for all the status of it (`/get /mod`), a pattern for all
that it means.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.desk.osc.pattern import Addresses
from engine.message import Argument, Message, is_pattern

Arguments = tuple[Argument, ...]
ASK = "?"
MOST = 4096  # addresses in one answer


def find_question(message: Message) -> str | None:
    """The address that a message asks for; "" for a question without one; None: no question."""
    if message.address == "/get":
        wanted = message.arguments[0] if message.arguments else None
        return wanted if isinstance(wanted, str) else ""
    if message.arguments == (ASK,):
        return message.address
    if message.address == "/list" or message.address.startswith("/list/"):
        return message.address
    return None


def answer(wanted: str, state: Mapping[str, Arguments]) -> list[Message]:
    """What is known of an address; `/get ADDRESS "unknown"` where nothing is.

    Raises `Malformed` for a broken pattern.
    """
    if wanted in state:
        return [Message(wanted, state[wanted])]
    if is_pattern(wanted):
        found = Addresses(state).find(wanted, MOST)
    else:
        below = f"{wanted.rstrip('/')}/"
        heads = (below, f"/status{below}")  # what it does now, beside what it is
        found = [address for address in state if address.startswith(heads)]
    known = [Message(address, state[address]) for address in found]
    return known or [Message("/get", (wanted, "unknown"))]
