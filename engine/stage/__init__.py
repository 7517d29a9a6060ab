"""The stage: the frame, what starts it, and what goes on beside it."""
