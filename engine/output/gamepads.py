"""Gamepads: what their sticks and buttons did becomes messages for the desk, where they are bound.

In: GLFW, once a frame. Out: `/desk/pad NAME axis|button PATH value` for each change: sticks and
triggers 0..1 (a stick rests at 0.5), buttons 0 and 1. Two of a name are told apart as "NAME #2". A pad
that goes lets all go. Never waits, never raises for what a pad does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import glfw

from engine.house_addresses import TO_DESK
from engine.message import Message

PAD = f"{TO_DESK}pad"
STEP = 1 / 128  # of an axis: less is noise
REST = 0.08  # of a stick's way to one side
# In GLFW's order, which is SDL's.
BUTTONS = (
    "a b x y left_bumper right_bumper back start guide left_thumb right_thumb up right down left"
)
AXES = "left_x left_y right_x right_y left_trigger right_trigger"

State = Mapping[tuple[str, str], float]  # (axis or button, its name) -> 0..1


class Gamepads:
    """Remembers how each pad was. Needs GLFW to be there, and is used from its thread."""

    def __init__(self) -> None:
        self._pads: dict[int, tuple[str, State]] = {}

    def poll(self, now_ns: int) -> list[Message]:
        """What has changed since the last time."""
        messages: list[Message] = []
        for slot in range(glfw.JOYSTICK_1, glfw.JOYSTICK_LAST + 1):
            name, before = self._pads.get(slot, ("", {}))
            if not glfw.joystick_present(slot):
                if name:
                    del self._pads[slot]
                    messages += tell_changes(name, before, let_go(before), now_ns)
                continue
            name = name or self._name(slot)
            after = read_pad(slot)
            messages += tell_changes(name, before, after, now_ns)
            self._pads[slot] = name, keep(before, after)
        return messages

    def _name(self, slot: int) -> str:
        name = glfw.get_gamepad_name(slot) or glfw.get_joystick_name(slot) or b"Gamepad"
        plain = name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
        plain = plain.replace("\0", "")[:80]
        taken = {taken for taken, _ in self._pads.values()}
        names = (plain, *(f"{plain} #{n}" for n in range(2, 18)))
        return next(name for name in names if name not in taken)


def read_pad(slot: int) -> State:
    """How a pad is; of one that GLFW does not know, its axes and buttons by number from 1."""
    known = glfw.get_gamepad_state(slot) if glfw.joystick_is_gamepad(slot) else None
    if known is not None:
        return name_state(AXES.split(), [*known.axes], BUTTONS.split(), [*known.buttons])
    axes, count = glfw.get_joystick_axes(slot)
    buttons, pressed = glfw.get_joystick_buttons(slot)
    numbers = [str(n + 1) for n in range(max(count, pressed))]
    return name_state(numbers, axes[:count], numbers, buttons[:pressed])


def name_state(
    axes: Sequence[str], places: Sequence[float], buttons: Sequence[str], pressed: Sequence[int]
) -> State:
    """Axes of GLFW's -1..1 as 0..1, up and right larger; a stick near its rest is at 0.5."""
    state: dict[tuple[str, str], float] = {}
    for name, place in zip(axes, places, strict=False):
        if name.endswith("_y"):
            place = -place  # GLFW's points down
        if not name.endswith("trigger") and abs(place) < REST:
            place = 0.0
        state["axis", name] = min(max((place + 1.0) / 2.0, 0.0), 1.0)
    for name, down in zip(buttons, pressed, strict=False):
        state["button", name] = float(bool(down))
    return state


def tell_changes(name: str, before: State, after: State, now_ns: int) -> list[Message]:
    """A message for each part that has changed; a pad that has just come is not moved by that."""
    return [
        Message(PAD, (name, kind, path, value), now_ns)
        for (kind, path), value in after.items()
        if (kind, path) in before and is_changed(before[kind, path], value)
    ]


def keep(before: State, after: State) -> State:
    """What is remembered: of a part that only trembled, where it was told to be."""
    return {
        key: value if is_changed(before.get(key, -1.0), value) else before[key]
        for key, value in after.items()
    }


def let_go(before: State) -> State:
    """Sticks at rest, triggers and buttons up."""
    return {
        (kind, path): 0.5 if kind == "axis" and not path.endswith("trigger") else 0.0
        for kind, path in before
    }


def is_changed(before: float, after: float) -> bool:
    """Whether a part has moved; coming to rest or to an end always counts."""
    ends = after in (0.0, 0.5, 1.0) and after != before
    return ends or abs(after - before) >= STEP
