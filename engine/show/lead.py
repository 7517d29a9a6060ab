"""The lead of a scene: for how many frames it is announced before it begins, so that no frame waits for it.

A number of frames and not a time: live and offline, on any machine, the same scene begins in the same
frame.
"""

from __future__ import annotations

from engine.show.scene import Scene

LEAD = 3  # frames: enough to throw seeds, and to hand them to the GPU
LONGER = 5  # frames more, where words or pictures are drawn or read first
SLOW = ("text", "image", "cells")


def find_lead(scene: Scene, lead: int) -> int:
    """Frames, of the stage or of a film. `lead` is LEAD, or 0 where nothing is announced."""
    seeds = (scene.seed, scene.seed.also) if scene.seed.also else (scene.seed,)
    kinds = [*(seed.kind for seed in seeds), *(source.kind for source in scene.sources)]
    return lead + LONGER if lead > 0 and any(kind in SLOW for kind in kinds) else lead
