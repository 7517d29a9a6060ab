"""Where a note falls: pitch to place and size. In: a MIDI note. Out: numbers of a picture.

    up      every semitone is a little higher, from C1 at the bottom to B6 at the top
    across  the name of the note: all Cs stand above each other at the left, all Bs at the right

So a melody climbs as one hears it, a scale runs along a slope, a chord spreads, and an octave is the same
place further up. Bass notes are large, high ones small. A margin keeps all of them whole.
"""

from __future__ import annotations

from dataclasses import dataclass

LOWEST, OCTAVES = 24, 6  # C1; what lies outside falls at the edge
ACROSS, UP = 0.1, 0.14  # margins, of the width and of the height
LARGEST, SMALLEST = 0.11, 0.04  # radius in heights of the picture, of the lowest and the highest
SEMITONES = 12
HIGHEST_NOTE, CHANNELS = 127, 16


@dataclass(frozen=True, slots=True)
class Spot:
    """`x`, `y` 0..1 from the bottom left, `radius` in heights of the picture."""

    x: float
    y: float
    radius: float


def place_note(note: int) -> Spot:
    """The spot of a note 0..127."""
    name = note % SEMITONES
    height = (note - LOWEST + 0.5) / (OCTAVES * SEMITONES)
    height = min(max(height, 0.0), 1.0)
    return Spot(
        ACROSS + (1.0 - 2.0 * ACROSS) * name / (SEMITONES - 1),
        UP + (1.0 - 2.0 * UP) * height,
        LARGEST * (SMALLEST / LARGEST) ** height,
    )


def choose_channel(midi_channel: int, channels: int) -> int | None:
    """The field's channel, from 1, that a MIDI channel plays; None for the first: as the brush does.

    The second plays the field's first, and so on; beyond its last they begin again, so that no track
    of a song is ever silent.
    """
    return None if midi_channel <= 1 else (midi_channel - 2) % channels + 1
