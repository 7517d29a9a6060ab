"""Lets Ableton Live's clock, meters and first device play Morphogen, through AbletonOSC.

    python3 docs/ableton_bridge.py                         # all three on this computer
    python3 docs/ableton_bridge.py --live 10.0.0.5 --morphogen 10.0.0.6:7777

Asks AbletonOSC (port 11000) to tell what changes; it answers to port 11001 of whoever asks; every
answer is handed on to Morphogen as it is. Ctrl-C: no more. Needs Python 3 alone.
"""

from __future__ import annotations

import argparse
import socket
import struct
import time

ASK_AGAIN_S = 30.0  # Live may have been started, or its set changed
ASKED: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("/live/song/start_listen/tempo", ()),
    ("/live/song/start_listen/is_playing", ()),
    ("/live/song/start_listen/signature_numerator", ()),
    ("/live/song/start_listen/beat", ()),
    *(("/live/track/start_listen/output_meter_level", (track,)) for track in range(4)),
    *(("/live/device/start_listen/parameter/value", (0, 0, knob)) for knob in range(1, 9)),
)


def write_message(address: str, numbers: tuple[int, ...]) -> bytes:
    """An OSC message with whole numbers."""
    tags = "," + "i" * len(numbers)
    return b"".join(
        (
            *(text.encode() + b"\0" * (4 - len(text) % 4) for text in (address, tags)),
            *(struct.pack(">i", number) for number in numbers),
        )
    )


def bridge(
    live: tuple[str, int], morphogen: tuple[str, int], back: int, seconds: float | None = None
) -> int:
    """Hand answers on, for ever or for so many seconds; how many there were."""
    passed = 0
    end = None if seconds is None else time.monotonic() + seconds
    asked_at = -ASK_AGAIN_S
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as port,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
    ):
        port.bind(("", back))
        port.settimeout(0.25)
        try:
            while end is None or time.monotonic() < end:
                if time.monotonic() - asked_at > ASK_AGAIN_S:
                    asked_at = time.monotonic()
                    for address, numbers in ASKED:
                        port.sendto(write_message(address, numbers), live)
                try:
                    datagram = port.recv(65536)
                except (TimeoutError, ConnectionResetError):
                    continue
                out.sendto(datagram, morphogen)
                passed += 1
        except KeyboardInterrupt:
            pass
        for address, numbers in ASKED:
            port.sendto(write_message(address.replace("start_", "stop_"), numbers), live)
    return passed


def read_place(text: str, port: int) -> tuple[str, int]:
    """`10.0.0.5` or `10.0.0.5:7777`."""
    host, colon, number = text.partition(":")
    return host, int(number) if colon else port


def main() -> None:
    parser = argparse.ArgumentParser(description="AbletonOSC to Morphogen")
    parser.add_argument("--live", default="127.0.0.1", help="where Live runs, [:11000]")
    parser.add_argument("--morphogen", default="127.0.0.1", help="where Morphogen runs, [:7777]")
    parser.add_argument("--back", type=int, default=11001, help="port that AbletonOSC answers to")
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    live, engine = read_place(options.live, 11000), read_place(options.morphogen, 7777)
    passed = bridge(live, engine, options.back, options.seconds)
    print(f"{passed} messages handed on")


if __name__ == "__main__":
    main()
