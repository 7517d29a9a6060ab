"""Sound from a device: one PortAudio stream, its blocks in a bounded queue.

In: an input that is there. Out: mono samples. PortAudio's own thread only copies blocks and never
waits; what nobody fetches in time is dropped and counted. Says when the device has gone; a stream
that lost its server must not be closed (PortAudio would wait for ever): leave the process instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.inputs import Input

BLOCK = 512  # samples
WAITING = 64  # blocks: two thirds of a second
LOST_NS = 1_000_000_000  # without a block: the device has gone
ZEROS_NS = 1_500_000_000  # of perfect silence, which no converter gives: has its source gone?
STEREO = 2


class Microphone:
    """Owns an open stream. Use it from one thread."""

    def __init__(
        self,
        portaudio: Any,
        source: Input,
        channels: Sequence[int],
        clock_ns: Callable[[], int],
    ) -> None:
        """`channels` from 1, those that are there are mixed; none: the first two.

        Raises PortAudioError if it can't be opened.
        """
        chosen = [c - 1 for c in channels if 1 <= c <= source.channels]
        self._chosen = chosen or list(range(min(source.channels, STEREO)))
        self.rate = source.rate
        self.apart: NDArray[np.float32] = np.zeros((0, len(self._chosen)), np.float32)
        self.dropped = 0
        self._clock_ns = clock_ns
        self._blocks: SimpleQueue[NDArray[np.float32]] = SimpleQueue()
        self._heard_ns = self._sounded_ns = clock_ns()
        self._stream = portaudio.InputStream(
            device=source.index,
            channels=max(self._chosen) + 1,
            samplerate=source.rate,
            dtype="float32",
            blocksize=BLOCK,
            latency="low",
            callback=self._take,
        )
        self._stream.start()

    @property
    def lost(self) -> bool:
        """Whether no more blocks come."""
        return self._clock_ns() - self._heard_ns > LOST_NS

    @property
    def zeros(self) -> bool:
        """Whether only perfect silence came for a while."""
        return self._clock_ns() - self._sounded_ns > ZEROS_NS

    def fetch(self, timeout_s: float) -> NDArray[np.float64]:
        """What has come since, mixed, (n,); waits for the first block so long at most. Each channel
        of it is in `apart`."""
        blocks = []
        try:
            blocks.append(self._blocks.get(timeout=timeout_s))
            while True:
                blocks.append(self._blocks.get_nowait())
        except Empty:
            if not blocks:
                self.apart = self.apart[:0]
                return np.zeros(0)
        self._heard_ns = self._clock_ns()
        together = np.concatenate(blocks)
        if together.any():
            self._sounded_ns = self._heard_ns
        self.apart = together[:, self._chosen]
        mixed: NDArray[np.float64] = self.apart.mean(axis=1, dtype=np.float64)
        return mixed

    def close(self) -> None:
        """Close a stream that is alive."""
        self._stream.abort()
        self._stream.close()

    def _take(self, block: Any, frames: int, times: Any, status: Any) -> None:
        """On PortAudio's thread: only hand over."""
        if status.input_overflow:
            self.dropped += 1
        if self._blocks.qsize() >= WAITING:
            self.dropped += 1
        else:
            self._blocks.put(block.copy())
