"""What the stage's window tells of keys and gamepads, as moves. In: `/desk/key`, `/desk/pad`. Out: moves."""

from __future__ import annotations

from engine.desk.control import Control, Move
from engine.house_addresses import TO_DESK
from engine.message import Message

KEY, PAD = f"{TO_DESK}key", f"{TO_DESK}pad"
KEYBOARD = "keyboard"  # the device that all keys are on


def read_window(message: Message) -> Move | None:
    """A move of a key (`/desk/key STROKE 0|1`) or of a part of a gamepad (`/desk/pad NAME axis|button
    PATH value`); None for all else.
    """
    match message.address, message.arguments:
        case str(address), (str(stroke), int(down)) if address == KEY:
            control = Control(KEYBOARD, "key", path=stroke)
            return Move(control, float(down), message.time_ns)
        case str(address), (
            str(name),
            "axis" | "button" as kind,
            str(path),
            int(value) | float(value),
        ):
            if address == PAD:
                return Move(Control(name, kind, path=path), float(value), message.time_ns)
    return None
