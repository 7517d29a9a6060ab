"""Who watches sees what comes in, what it plays, and what became of it."""
