"""The tape: all that enters the director, frame by frame, kept, replayed, cut and rendered again."""
