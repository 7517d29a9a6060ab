"""A process that keeps part of a core busy and tells nobody anything: what messages are compared with.

`python busy.py SHARE SECONDS`; SHARE of a core, 0..1, in pieces of 4 ms as the sender's.
"""

from __future__ import annotations

import sys
import time

TICK_S = 0.004


def main() -> None:
    share, seconds = (float(word) for word in sys.argv[1:3])
    began = time.monotonic()
    for tick in range(int(seconds / TICK_S)):
        ahead = began + tick * TICK_S - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        until = time.thread_time() + share * TICK_S
        while time.thread_time() < until:
            pass


if __name__ == "__main__":
    main()
