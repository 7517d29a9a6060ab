"""The commands: of each what may be typed behind it, and what it does."""
