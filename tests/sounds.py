"""Sounds for tests, made of arithmetic: tones, clicks in time, noise. Mono, 48 kHz, 1 at full scale."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48000
Sound = NDArray[np.float64]


def tone(hertz: float, seconds: float, amplitude: float = 0.3) -> Sound:
    return amplitude * np.sin(2.0 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE))


def hiss(seconds: float, amplitude: float = 0.1, seed: int = 1) -> Sound:
    return amplitude * np.random.default_rng(seed).standard_normal(round(seconds * RATE))


def click_times(bpm: float, seconds: float, first: float = 0.3) -> list[float]:
    count = int((seconds - 0.1 - first) * bpm / 60.0) + 1
    return [first + 60.0 / bpm * k for k in range(count)]


def clicks(bpm: float, seconds: float, hertz: float = 1000.0) -> Sound:
    """Short pings at `click_times`."""
    sound = silence(seconds)
    ping = tone(hertz, 0.03, 0.5) * np.exp(-np.arange(round(0.03 * RATE)) / (0.006 * RATE))
    for time in click_times(bpm, seconds):
        at = round(time * RATE)
        sound[at : at + len(ping)] += ping
    return sound


def drums(bpm: float, seconds: float, seed: int = 3) -> Sound:
    """A kick on each beat, a snare on every other, hats on the halves, and a little hiss."""
    rng = np.random.default_rng(seed)
    sound = hiss(seconds, 0.003, seed)
    t = np.arange(round(0.25 * RATE)) / RATE
    kick = 0.5 * np.sin(2.0 * np.pi * (50 * t + 8 * (1 - np.exp(-t / 0.03)))) * np.exp(-t / 0.09)
    snare = 0.25 * rng.standard_normal(len(t)) * np.exp(-t / 0.05)
    hat = 0.08 * np.diff(rng.standard_normal(len(t) + 1)) * np.exp(-t / 0.02)
    beat = 60.0 / bpm
    for k in range(int(seconds / beat)):
        hits = [(k * beat, kick), (k * beat + beat / 2, hat)] + (
            [(k * beat, snare)] if k % 2 else []
        )
        for time, hit in hits:
            at = round(time * RATE)
            sound[at : at + len(hit)] += hit[: len(sound) - at]
    return sound


def write_wav(path: Path, sound: Sound) -> Path:
    """16 bits, mono."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path
