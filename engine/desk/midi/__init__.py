"""MIDI in and out: ports that come and go, bytes, what the bytes say. Knows no address."""
