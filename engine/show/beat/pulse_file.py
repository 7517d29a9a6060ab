"""A scene's `[pulse]` table: splats on the beat (see drum.py).

In: the file being read. Out: a `Pulse`; what is wrong is said to the reader.
"""

from __future__ import annotations

from engine.show.scene import LONGEST, SHORTEST, Pulse
from engine.show.table_reader import TableReader

# least, most, usual; a table that does not say how often means each beat
PULSE_RANGES = {
    "every": (SHORTEST, LONGEST, 1.0),
    "amount": (-1.0, 1.0, 0.8),
    "size": (0.005, 0.5, 0.06),
    "stride": (0.0, 1.0, 0.3),
}


def read_pulse(reader: TableReader) -> Pulse:
    """The splats on the beat; a scene without the table has none."""
    table = reader.sub_table("pulse")
    reader.check_keys(("pulse",), table, PULSE_RANGES, "a pulse")
    given = {
        key: reader.number(("pulse", key), low, high, usual)
        for key, (low, high, usual) in PULSE_RANGES.items()
    }
    return Pulse(**given) if table else Pulse()
