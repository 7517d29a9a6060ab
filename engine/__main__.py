"""`python -m engine` is the command `morphogen` where that is not on PATH. Holds nothing else."""

from __future__ import annotations

import sys

from engine.cli import main

# Spawned processes import this file again under another name, and must not start a second show.
if __name__ == "__main__":
    sys.exit(main())
