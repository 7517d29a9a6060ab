"""What a voice begins with, worked out by the processor: its seed, its sources' pictures, its agents.

In: what a voice will be. Out: arrays. It may take several frames, so a thread does it beside them;
nothing here calls GL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.agents import scatter_agents
from engine.show.catalogue import Model
from engine.show.frame import VoiceFrame
from engine.show.seeds.first_state import make_seed
from engine.show.sources.source import LIVE, MASK
from engine.show.sources.source_pictures import draw_source

NOISE_STEP = 1009  # between the numbers that sources of noise are drawn from
Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Start:
    """`state` is (rows, columns, channels), `pictures` those of the sources that stand still, by name.

    A source whose file is missing or broken is in `complaints`, and its picture leaves all as it is.
    """

    state: Picture
    alone: bool = True
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    agents: Picture | None = None
    complaints: tuple[Complaint, ...] = ()


def make_start(model: Model, voice: VoiceFrame, folder: Folder, *, alone: bool = True) -> Start:
    """`folder` is where images lie; `alone`: nothing is there whose body a seed could take over.

    Raises `MorphogenError` without a seed's image.
    """
    scene, size = voice.scene, (voice.rows, voice.columns)
    state = make_seed(scene.seed, *size, voice.seed, model.rest, model.brush, folder, alone=alone)
    pictures: dict[str, Picture] = {}
    complaints: list[Complaint] = []
    for number, source in enumerate(scene.sources):
        if source.kind in LIVE:
            continue
        seed = voice.seed + NOISE_STEP * number
        try:
            aspect = voice.columns / voice.rows
            pictures[source.name] = draw_source(source, aspect, seed, folder)
        except MorphogenError as error:
            complaints += error.complaints
            usual = 1.0 if source.name == MASK else 0.0
            pictures[source.name] = np.full((1, 1), usual, np.float32)
    agents = scatter_agents(voice.columns, voice.rows, voice.seed) if model.agents else None
    return Start(state, alone, pictures, agents, tuple(complaints))
