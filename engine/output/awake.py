"""Keep the screen awake while the picture plays. Best effort: whatever is missing is left out,
silently.

Every way used ends by itself with this process, however it ends: nothing must be undone after a
crash.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from types import TracebackType
from typing import Self


class Awake:
    """Owns the helper processes that hold the screen; `display` is the address of an Xlib Display,
    or None.
    """

    def __init__(self, display: int | None) -> None:
        self._holders: list[subprocess.Popen[bytes]] = []
        if sys.platform == "win32":
            continuous, display_required, system_required = 0x80000000, 0x2, 0x1
            ctypes.windll.kernel32.SetThreadExecutionState(
                continuous | display_required | system_required
            )
        elif sys.platform == "darwin":
            self._hold("caffeinate", "-d", "-w", str(os.getpid()))
        else:
            if display is not None:
                _suspend_x_screen_saver(display)
            # `cat` ends when this process does, for its input is a pipe from here.
            why = ["--what=idle", "--who=Morphogen", "--why=playing", "--mode=block"]
            if "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", ""):
                self._hold("gnome-session-inhibit", "--inhibit", "idle", "cat")
            else:
                self._hold("systemd-inhibit", *why, "cat")

    def close(self) -> None:
        """Let the screen sleep again."""
        for holder in self._holders:
            if holder.stdin is not None:
                holder.stdin.close()
            holder.terminate()
            holder.wait()
        self._holders.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _hold(self, *command: str) -> None:
        if shutil.which(command[0]) is None:
            return
        try:
            holder = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return
        self._holders.append(holder)


def _suspend_x_screen_saver(display: int) -> None:
    """Stops the X server's screen saver and DPMS for as long as this connection lives
    (XScreenSaverSuspend, 1.1).
    """
    try:
        suspend = ctypes.CDLL("libXss.so.1").XScreenSaverSuspend
    except (OSError, AttributeError):
        return
    suspend.argtypes, suspend.restype = (ctypes.c_void_p, ctypes.c_int), None
    suspend(display, 1)
