"""Musical time, and what waits for it."""
