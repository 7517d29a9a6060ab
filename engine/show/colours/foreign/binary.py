"""Bytes read in their order, each time as many as there are, else `Unreadable` with the place."""

from __future__ import annotations

import struct
from typing import Any

from engine.show.colours.foreign.swatches import Unreadable


class Bytes:
    """A place in some bytes. Big-endian unless `little`."""

    def __init__(self, data: bytes, *, little: bool = False) -> None:
        self._data, self.at = data, 0
        self._order = "<" if little else ">"

    @property
    def left(self) -> int:
        return len(self._data) - self.at

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if not 0 <= count <= self.left:
            what = f"breaks off at byte {len(self._data)}, where {count} more are wanted"
            raise Unreadable(what, "Is the file whole?")
        self.at += count
        return self._data[self.at - count : self.at]

    def read(self, shape: str) -> tuple[Any, ...]:
        """Numbers, as `struct` calls them."""
        whole = struct.Struct(self._order + shape)
        return whole.unpack(self.take(whole.size))

    def number(self, shape: str = "H") -> int:
        """One whole number."""
        return int(self.read(shape)[0])

    def text(self, characters: int) -> str:
        """UTF-16 of so many units, without the zero at its end."""
        return self.take(2 * characters).decode("utf-16-be", "replace").rstrip("\0")
