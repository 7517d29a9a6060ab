"""The slow twin of Physarum: one step of agents and trail in float64 NumPy, written from Jones 2010.

Agents are (n, 4): x and y in cells, heading in turns, caste. The trail is (rows, columns, 3).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tests.gpu.twins.grid import Array, Grid, Parameters, pixel_noise


def step(
    trail: Array, agents: Array, p: Parameters, grid: Grid, noise_step: int
) -> tuple[Array, Array, Array]:
    """The next trail and agents; and how surely each agent's way was chosen: how near any of its
    places came to the edge of a cell, and any two of its smells to each other."""
    rows, columns, _ = trail.shape
    x, y, heading, caste = agents.T
    kinds = kind_of(caste, p)
    scale = 1 / grid.dx
    smells, sure = [], np.full(len(agents), np.inf)
    for angle in (p["sense_angle"], 0.0, -p["sense_angle"]):
        way = 2 * np.pi * (heading + angle / 360)
        reach = p["sense_distance"] * scale
        at_x, at_y = x + reach * np.cos(way), y + reach * np.sin(way)
        smells.append(smell(trail, kinds, p, grid, at_x, at_y))
        sure = np.minimum(sure, np.minimum(edge(at_x), edge(at_y)))
    left, ahead, right = smells
    for one, other in ((left, ahead), (ahead, right), (left, right)):
        apart = np.abs(one - other)
        sure = np.where(one == other, sure, np.minimum(sure, apart))
    side = np.sign(left - right)
    side = np.where((ahead > left) & (ahead > right), 0.0, side)
    chance = [pixel_noise(rows, columns, noise_step * 8 + k).ravel()[: len(x)] for k in range(6)]
    lost = (ahead < left) & (ahead < right)
    side = np.where(lost, np.where(chance[0] < 0.5, 1.0, -1.0), side)
    side = side + p["wander"] * (2 * chance[1] - 1)
    heading = heading + side * p["turn_angle"] / 360
    x = x + p["stride"] * scale * np.cos(2 * np.pi * heading)
    y = y + p["stride"] * scale * np.sin(2 * np.pi * heading)
    anew = chance[2] < p["renewal"]
    x, y = np.where(anew, chance[3] * columns, x), np.where(anew, chance[4] * rows, y)
    heading = np.where(anew, chance[5], heading)
    sure = np.minimum(sure, np.minimum(edge(x), edge(y)))
    if grid.border == "periodic":
        x, y = x % columns, y % rows
    else:  # mirrors
        over = (x < 0) | (x > columns)
        heading = np.where(over, 0.5 - heading, heading)
        x = np.where(x < 0, -x, np.where(x > columns, 2 * columns - x, x))
        over = (y < 0) | (y > rows)
        heading = np.where(over, -heading, heading)
        y = np.where(y < 0, -y, np.where(y > rows, 2 * rows - y, y))
    trail = trail.copy()
    cells = np.floor(y).astype(int), np.floor(x).astype(int)
    np.add.at(trail, cells, p["deposit"] * p["decay"] * kinds)
    spreadings = max(math.ceil(scale**2), 1)
    for index in range(spreadings):
        ring = grid.surround(trail)
        boxes = np.lib.stride_tricks.sliding_window_view(ring, (3, 3), axis=(0, 1))
        weight = p["diffusion"] * scale**2 / spreadings
        trail = (1 - weight) * trail + weight * boxes.mean(axis=(3, 4))
        if index == 0:
            trail = trail * (1 - p["decay"])
    return trail, np.stack([x, y, heading % 1, caste], axis=1), sure


def kind_of(caste: Array, p: Parameters) -> Array:
    """One of three for each agent, as a row with a single one."""
    which = np.where(caste < p["third"], 2, np.where(caste < p["third"] + p["second"], 1, 0))
    return np.eye(3)[which]


def smell(trail: Array, kinds: Array, p: Parameters, grid: Grid, x: Array, y: Array) -> Array:
    """What each agent makes of the trails in the cells of these places."""
    rows, columns, _ = trail.shape
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    if grid.border == "periodic":
        found = trail[row % rows, column % columns]
    else:
        found = trail[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
    if grid.border == "fixed":
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        found = np.where(inside[:, None], found, grid.outside)
    matrix = np.array(
        [
            [p["taste_own"], p["taste_next"], p["taste_last"]],
            [p["taste_last"], p["taste_own"], p["taste_next"]],
            [p["taste_next"], p["taste_last"], p["taste_own"]],
        ]
    )
    return np.einsum("nk,kc,nc->n", kinds, matrix, found - p["crowding"] * found**2)


def edge(place: NDArray[np.float64]) -> Array:
    """How far it is to the nearest edge of a cell."""
    return np.abs(place - np.round(place))
