"""Ableton Link, if its package is there: the tempo and beat that all programs on the network share.

In: the Link session, asked ten times a second. Out: `/tempo/sync` messages while there are others in it.
It only follows: nothing is ever told to the session. Link is GPL-2.0-or-later, whatever the package's
own note says, so it is no part of Morphogen (MIT): it is installed by who wants it, and only imported
here, when it is asked for. Never raises for a package that is missing or a network that is not there.

Source: https://ableton.github.io/link; beats go on while a session stands, so only their place in the
bar means something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from engine.desk.notes import Notes
from engine.message import Argument, Message

TELL_NS = 100_000_000
USUAL_BPM = 120.0  # of a session of our own, which nobody hears
QUANTUM = 4.0  # beats; what the phase is asked by, of no matter for the beat itself
REMEDY = "Install it with: pip install 'LinkPython-extern' (GPL-2.0-or-later)."


def join_link(notes: Notes, load: Callable[[], Any] | None = None) -> LinkPeer | None:
    """A peer of the session; None, and one line said, where that can't be. `load` gives the module."""
    try:
        session = (load or _load)().Link(USUAL_BPM)
    except ImportError:
        notes.say("link", f"no Link: its package is not installed. {REMEDY}")
        return None
    except Exception as error:  # the binding has no base class of its own
        notes.say("link", f"no Link: {error}. Look at the network, or play without --link.")
        return None
    return LinkPeer(session)


def _load() -> Any:
    import link  # here, for it is GPL: never without being asked for

    return link


class LinkPeer:
    """Owns our place in the session. Use it from one thread."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._told_ns = 0
        self._has_played = False  # programs that do not share start and stop never do
        session.startStopSyncEnabled = True
        session.enabled = True

    def tell(self, now_ns: int) -> list[Message]:
        """Where the session is, if it is time to say so and anybody else is in it."""
        if now_ns - self._told_ns < TELL_NS:
            return []
        self._told_ns = now_ns
        if self._session.numPeers() == 0:
            self._has_played = False
            return []
        state = self._session.captureSessionState()
        beats = float(state.beatAtTime(self._session.clock().micros(), QUANTUM))
        playing = bool(state.isPlaying())
        self._has_played = self._has_played or playing
        how = "stop" if self._has_played and not playing else ""
        return [Message("/tempo/sync", (beats, float(state.tempo()), "link", how), now_ns)]

    def describe(self) -> tuple[Argument, ...]:
        """How many others there are."""
        return (int(self._session.numPeers()),)

    def close(self) -> None:
        """Leave the session."""
        self._session.enabled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
