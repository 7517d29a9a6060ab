"""MIDI bindings behind one shape: python-rtmidi first, rtmidi2 where that has no wheel (3.13 on).

In: calls. Out: port names, and bytes to a callback on the binding's own thread. Knows no messages.
A client is one connection to the system's MIDI; it is kept, not made anew: ALSA runs out of them.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

KEPT = 8192  # messages that wait to be read
Receive = Callable[[Sequence[int]], None]


class MidiInput(Protocol):
    """A client that reads."""

    def list_ports(self) -> list[str]:
        """Names of what could be read, in the order of `listen`'s index."""

    def listen(self, index: int, receive: Receive | None) -> None:
        """Connect to one port; once a client. Raises whatever the binding does. Without `receive`
        messages wait for `read`.
        """

    def offer(self, port: str, receive: Receive | None) -> None:
        """Have a port that others can send to; instead of `listen`. Not on Windows."""

    def read(self) -> Sequence[int] | None:
        """The message that has waited longest, None for none."""

    def close(self) -> None:
        """Disconnect and give the client back."""


class MidiOutput(Protocol):
    """A client that writes."""

    def list_ports(self) -> list[str]:
        """Names of what could be written to, in the order of `connect`'s index."""

    def connect(self, index: int) -> None:
        """Connect to one port; once a client. Raises whatever the binding does."""

    def offer(self, port: str) -> None:
        """Have a port that others can read; instead of `connect`. Not on Windows."""

    def send(self, data: Sequence[int]) -> None:
        """Send one MIDI message. On JACK it waits for room: see `MidiHost.send`."""

    def close(self) -> None:
        """Disconnect and give the client back."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A binding: its name, the APIs compiled into it by name, and how to open clients on one."""

    name: str
    apis: tuple[str, ...]
    open_input: Callable[[str, str], MidiInput]  # api, client
    open_output: Callable[[str, str], MidiOutput]  # api, client


def find_backend(prefer: str = "python-rtmidi") -> Backend | None:
    """The binding that is installed, the preferred one if both are; None if neither is."""
    # A JACK library asked for a server that is not there would start one.
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    finders = [_find_python_rtmidi, _find_rtmidi2]
    if prefer == "rtmidi2":
        finders.reverse()
    for find in finders:
        try:
            return find()
        except ImportError:  # also: a system library it needs is missing
            continue
    return None


@contextlib.contextmanager
def silence_libraries() -> Iterator[None]:
    """Lead what C libraries print on stderr to nowhere; Python's own stderr goes on as before."""
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all
        yield
        return
    before = sys.stderr
    nowhere = os.open(os.devnull, os.O_WRONLY)
    ours = os.fdopen(os.dup(kept), "w", buffering=1, errors="backslashreplace")
    os.dup2(nowhere, 2)
    sys.stderr = ours
    try:
        yield
    finally:
        sys.stderr = before
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
        ours.close()


def _find_python_rtmidi() -> Backend:
    import rtmidi  # here, since rtmidi2 may be there instead

    apis = {rtmidi.get_api_name(api): api for api in rtmidi.get_compiled_api()}
    apis.pop("dummy", None)
    return Backend(
        "python-rtmidi",
        tuple(apis),
        lambda api, client: _RtmidiInput(rtmidi.MidiIn(apis[api], client, KEPT)),
        lambda api, client: _RtmidiOutput(rtmidi.MidiOut(apis[api], client)),
    )


class _RtmidiInput:
    def __init__(self, client: Any) -> None:
        self._client = client

    def list_ports(self) -> list[str]:
        return [str(name) for name in self._client.get_ports()]

    def listen(self, index: int, receive: Receive | None) -> None:
        self._hear(receive)
        self._client.open_port(index, "in")

    def offer(self, port: str, receive: Receive | None) -> None:
        self._hear(receive)
        self._client.open_virtual_port(port)

    def _hear(self, receive: Receive | None) -> None:
        # All three are ignored by default, and with them MIDI clock.
        self._client.ignore_types(sysex=False, timing=False, active_sense=True)
        if receive:
            self._client.set_callback(lambda event, _: receive(event[0]))

    def read(self) -> Sequence[int] | None:
        event = self._client.get_message()
        return event[0] if event else None

    def close(self) -> None:
        self._client.close_port()
        self._client.delete()


class _RtmidiOutput:
    def __init__(self, client: Any) -> None:
        self._client = client

    def list_ports(self) -> list[str]:
        return [str(name) for name in self._client.get_ports()]

    def connect(self, index: int) -> None:
        self._client.open_port(index, "out")

    def offer(self, port: str) -> None:
        self._client.open_virtual_port(port)

    def send(self, data: Sequence[int]) -> None:
        self._client.send_message(data)

    def close(self) -> None:
        self._client.close_port()
        self._client.delete()


def _find_rtmidi2() -> Backend:
    import rtmidi2

    # It does not tell what is compiled in; its wheels have these.
    named = {"darwin": {"core": "API_MACOSX_CORE"}, "win32": {"winmm": "API_WINDOWS_MM"}}
    wheel = named.get(sys.platform, {"alsa": "API_LINUX_ALSA", "jack": "API_UNIX_JACK"})
    apis = {name: getattr(rtmidi2, constant) for name, constant in wheel.items()}
    return Backend(
        "rtmidi2",
        tuple(apis),
        lambda api, client: _Rtmidi2Input(rtmidi2.MidiIn(client, KEPT, apis[api])),
        lambda api, client: _Rtmidi2Output(rtmidi2.MidiOut(client, apis[api])),
    )


class _Rtmidi2Input:
    def __init__(self, client: Any) -> None:
        self._client = client

    def list_ports(self) -> list[str]:
        return [str(name) for name in self._client.ports]

    def listen(self, index: int, receive: Receive | None) -> None:
        self._hear(receive)
        self._client.open_port(index)

    def offer(self, port: str, receive: Receive | None) -> None:
        self._hear(receive)
        self._client.open_virtual_port(port)

    def _hear(self, receive: Receive | None) -> None:
        self._client.ignore_types(False, False, True)
        if receive:
            self._client.callback = lambda message, _: receive(message)

    def read(self) -> Sequence[int] | None:
        return self._client.get_message() or None

    def close(self) -> None:
        self._client.callback = None
        self._client.close_port()
        self._client = None  # its client goes with the object


class _Rtmidi2Output:
    def __init__(self, client: Any) -> None:
        self._client = client

    def list_ports(self) -> list[str]:
        return [str(name) for name in self._client.ports]

    def connect(self, index: int) -> None:
        self._client.open_port(index)

    def offer(self, port: str) -> None:
        self._client.open_virtual_port(port)

    def send(self, data: Sequence[int]) -> None:
        self._client.send_raw(*data)

    def close(self) -> None:
        self._client.close_port()
        self._client = None
