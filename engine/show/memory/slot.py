"""A slot: what a numbered snapshot holds, settings as messages. Of one layer, or of the whole show.

In: settings as `describe_settings` tells them. Out: the same, and as bytes that fit one message. A layer's
are kept by the names that layer 1 has. What belongs to the moment and not to the picture stays out: the
light in the room, the brush, where a finger was.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.message import Argument
from engine.show.parameter import Refused

LAYER, SHOW = "layer", "show"
SCOPES = (LAYER, SHOW)
SLOTS = 128
LARGEST = 1 << 18  # bytes of a snapshot, unpacked
MOST = 4000  # addresses in one
BEGUN = "/begun"  # not played: the preset whose seed the values want
Settings = Mapping[str, tuple[Argument, ...]]

# Not kept by anyone; not kept of a layer.
_MOMENT = re.compile(
    r"(/layer/\d)?/(brush/.*|splat/every|seed|map|map/path|morph|morph/slots)"
    r"|/(layer/focus|master/brightness|blackout|freeze|quantise|tempo/.*|cue/.*|chance|state/.*)"
)
_MANNER = re.compile(r"/(opacity|blend|solo|bypass|bus|crossfader|master/.*|transition.*)")
_LAYERS = re.compile(r"/layer/\d/")


@dataclass(frozen=True, slots=True)
class Slot:
    """`scope` is one of SCOPES."""

    scope: str
    settings: Settings
    packed: bytes = field(repr=False, compare=False, default=b"")
    lines: str = field(repr=False, compare=False, default="")  # of a file, see slot_file.py

    @property
    def scene(self) -> str:
        """The scene of its first layer; "" if it has none."""
        return str(self.settings.get("/scene/go", ("",))[0])

    def as_arguments(self) -> tuple[Argument, ...]:
        """As a message's arguments: `from_arguments` gives it back, bit by bit."""
        return self.scope, self.packed

    @staticmethod
    def from_arguments(arguments: Sequence[object]) -> Slot:
        """What `as_arguments` gave, from anywhere. Raises `Refused` for anything else."""
        if len(arguments) != 2 or not isinstance(arguments[1], bytes):
            raise Refused("no snapshot")
        try:
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(arguments[1], LARGEST)
            table = json.loads(text) if unpacker.eof else None
        except (zlib.error, ValueError, RecursionError):
            raise Refused("no snapshot") from None
        return make_slot(arguments[0], table)


def keep(scope: str, settings: Settings) -> Slot:
    """A slot of what is to be kept of these settings."""
    kept = {a: v for a, v in settings.items() if not _MOMENT.fullmatch(a)}
    if scope == LAYER:
        kept = {a: v for a, v in kept.items() if not (_MANNER.fullmatch(a) or _LAYERS.match(a))}
    return make_slot(scope, kept)


def make_slot(scope: object, table: object) -> Slot:
    """A slot of a table of addresses and their arguments. Raises `Refused` if it is none."""
    if scope not in SCOPES or not isinstance(table, Mapping) or len(table) > MOST:
        raise Refused("no snapshot")
    settings: dict[str, tuple[Argument, ...]] = {}
    for address, arguments in table.items():
        told = isinstance(address, str) and isinstance(arguments, (list, tuple))
        if not told or not all(_is_plain(part) for part in arguments):
            raise Refused("no snapshot")
        settings[address] = tuple(arguments)
    words = {_write(address): _write(list(v)) for address, v in settings.items()}
    text = "{" + ",".join(f"{a}:{v}" for a, v in words.items()) + "}"
    lines = "".join(f"{address} = {arguments}\n" for address, arguments in words.items())
    return Slot(str(scope), settings, zlib.compress(text.encode(), 6), lines)


def _is_plain(part: object) -> bool:
    return isinstance(part, (str, int)) or (isinstance(part, float) and math.isfinite(part))


def _write(part: object) -> str:
    """As JSON and TOML both read it."""
    return json.dumps(part, ensure_ascii=False).replace("\x7f", "\\u007f")
