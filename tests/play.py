"""A show in processes of its own, as a terminal starts it: OSC and files in, a preview picture out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.message import Argument, Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from tests.jack import wait_for

ROOT = Path(__file__).resolve().parents[1]
WAIT_S = 40.0  # generous: nothing here is a test of speed
QUIET = {
    "LP_NUM_THREADS": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONPATH": str(ROOT),
}


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Play:
    """Starts `morphogen play` in a process group; ends it, whatever happened."""

    def __init__(
        self,
        folder: Path,
        *arguments: str | Path,
        start: str = "coral",
        size: str = "160x90",
        environment: dict[str, str] | None = None,
        port: int | None = None,
        layout: str = "fused4",
    ) -> None:
        """Without a `layout` it measures which is the quickest, which takes a while."""
        self.port = free_port() if port is None else port
        self.preview = folder / "latest.png"
        self._said = folder / "said.txt"
        command: list[str | Path] = [sys.executable, "-m", "engine", "play", start, "--headless"]
        command += ["--layout", layout] if layout else []
        command += ["--size", size, "--preview", self.preview, "--preview-every", "0.1"]
        command += ["--osc-port", str(self.port)]
        files = dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(folder))
        files["MORPHOGEN_USER"] = str(folder / "own")
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, **QUIET, **files, **(environment or {})},
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """All it has printed so far."""
        return self._said.read_text(encoding="utf-8", errors="replace")

    def wait_for_picture(self) -> Play:
        """Until it shows something and answers."""
        self._wait(lambda: self.preview.exists(), "the first picture")
        self._wait(self.answers, "an answer to /ping")
        self._wait(lambda: self.get("/scene/go") is not None, "the state")
        return self

    def picture(self) -> NDArray[np.float64]:
        """The latest picture: (rows, columns, 3) in 0..255."""
        with Image.open(self.preview) as image:
            return np.asarray(image.convert("RGB"), dtype=np.float64)

    def fresh_picture(self) -> NDArray[np.float64]:
        """A picture begun after this call: the second new file, for the first may be under way."""
        for _ in range(2):
            before = self.preview.stat().st_mtime_ns
            self._wait(lambda: self.preview.stat().st_mtime_ns != before, "a new picture")  # noqa: B023
        return self.picture()

    def send(self, address: str, *arguments: Argument) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.sendto(encode(Message(address, arguments)), ("127.0.0.1", self.port))

    def ask(self, message: Message) -> Message | None:
        """The answer, or None within a moment."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(0.5)
            peer.connect(("127.0.0.1", self.port))
            try:
                peer.send(encode(message))
                return decode(peer.recv(65536), 0)[0]
            except OSError:
                return None

    def answers(self) -> bool:
        return self.ask(Message("/ping")) == Message("/ping")

    def get(self, address: str) -> tuple[Argument, ...] | None:
        """What /get says; None if nobody answers or nobody knows."""
        answer = self.ask(Message("/get", (address,)))
        return answer.arguments if answer and answer.address == address else None

    def wait_for_value(self, address: str, *values: Argument) -> None:
        def there() -> bool:
            found = self.get(address)
            return found is not None and all(
                abs(a - b) < 1e-5 if isinstance(a, float) and isinstance(b, float) else a == b
                for a, b in zip(found, values, strict=True)
            )

        self._wait(there, f"{address} {values}; it is {self.get(address)}")

    def wait_for_words(self, *words: str) -> None:
        self._wait(lambda: all(word in self.said for word in words), f"the words {words}")

    def pid(self, name: str) -> int | None:
        """The process id of a child (`stage` or `desk`), told apart by the files only it has open."""
        for pid in self.children():
            if _is_stage(pid) == (name == "stage"):
                return pid
        return None

    def children(self) -> list[int]:
        """The stage and the desk, as far as they live (not the interpreter's resource tracker)."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                rest = path.read_text().rpartition(")")[2].split()
                words = (path.parent / "cmdline").read_bytes()
            except OSError:
                continue
            alive, parent = rest[0] != "Z", int(rest[1])
            if alive and parent == self.process.pid and b"spawn_main" in words:
                found.append(int(path.parent.name))
        return sorted(found)

    def members(self) -> list[int]:
        """Every process of its session that lives."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                rest = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if rest[0] != "Z" and int(rest[3]) == self.process.pid:
                found.append(int(path.parent.name))
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        """A signal to the supervisor; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(WAIT_S)

    def end(self) -> int:
        """Wait until it leaves by itself."""
        return self.process.wait(WAIT_S)

    def _wait(self, found: object, what: str) -> None:
        def there() -> object:
            assert self.process.poll() is None, f"it ended while waited for {what}:\n{self.said}"
            return found()  # type: ignore[operator]

        try:
            wait_for(there, what, WAIT_S)
        except AssertionError as error:
            raise AssertionError(f"{error}\nIt said:\n{self.said}") from None

    def __enter__(self) -> Play:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in self.members():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def _is_stage(pid: int) -> bool:
    """Only the stage has GL."""
    try:
        return "libEGL" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False


def run_command(*arguments: str | Path, seconds: float = 90) -> subprocess.CompletedProcess[str]:
    """One `morphogen` command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def lines_of(text: str) -> Sequence[str]:
    return [line for line in text.splitlines() if line.strip()]


def since(began: float) -> str:
    return f"{time.monotonic() - began:.2f} s"
