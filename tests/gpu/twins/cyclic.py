"""Cyclic cellular automaton, Griffeath: a colour is taken over by the next one; and a hand that eases
after it. Whole numbers, counted by shifting the field about."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, pixel_noise

RULE = True
AMPLITUDE = 23.0


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    rows, columns, _ = state.shape
    states, reach = round(p["states"]), round(p["range"])
    wide = grid.pad(state, reach)
    colours = np.floor(wide[..., 2] + 0.5) % states
    colour = colours[reach:-reach, reach:-reach]
    following = (colour + 1) % states
    found = np.zeros((rows, columns), int)
    for y in range(-reach, reach + 1):
        for x in range(-reach, reach + 1):
            if round(p["diamond"]) and abs(x) + abs(y) > reach:
                continue
            other = colours[reach + y : reach + y + rows, reach + x : reach + x + columns]
            found += other == following
    after = np.where(found >= round(p["threshold"]), following, colour)
    astray = pixel_noise(rows, columns, 0) < p["decay"]
    thrown = astray | (state[..., 3] > 0.5)
    after = np.where(thrown, np.floor(pixel_noise(rows, columns, 1) * states), after)
    ring = grid.surround(state)[..., :2]
    around = ring[1:-1, 2:] + ring[1:-1, :-2] + ring[2:, 1:-1] + ring[:-2, 1:-1]
    hand = state[..., :2] * (1 - p["bleed"]) + 0.25 * around * p["bleed"]
    angle = 2 * np.pi * after / states
    aim = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    hand = hand * (1 - p["ease"]) + aim * p["ease"]
    return np.concatenate([hand, after[..., None], np.zeros((rows, columns, 1))], axis=-1)
