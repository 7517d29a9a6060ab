/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Complex Ginzburg-Landau: a sea of clocks; spirals and defect turbulence",
  "CREDIT": "I. S. Aranson and L. Kramer, The world of the complex Ginzburg-Landau equation, Rev. Mod. Phys. 74 (2002), doi:10.1103/RevModPhys.74.99",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "dispersion", "TYPE": "float", "LABEL": "Linear dispersion b", "MIN": -3.0, "MAX": 3.0, "DEFAULT": 0.0},
    {"NAME": "twist", "TYPE": "float", "LABEL": "Nonlinear dispersion c", "MIN": -3.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "growth", "TYPE": "float", "LABEL": "Growth", "MIN": 0.1, "MAX": 1.5, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["real", "imaginary"],
    "REST": [0.0, 0.0],
    "BRUSH": [-1.0, 0.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5]],
    "RANGE": [[-1.75, 1.75], [-1.75, 1.75]],
    "DT": 0.1,
    "STEPS": 240,
    "LIMIT": {"DIFFUSION": "diffusion * (1 + dispersion^2)", "REACTION": "growth * (5.2 + 6 * twist^2)"},
    "SEED": {"kind": "noise", "amplitude": 0.2, "grow": 1200},
    "UNITS": {"diffusion": "cells^2/t", "growth": "1/t"}
  }
}*/

vec2 multiply(vec2 a, vec2 b) {
    return vec2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

/* The limit: a uniform clock of twist c stays a clock under Euler while dt g < 1 / (2 c^2), about; and from
   a corner of the range, where |A|^2 is 6.1, a step goes no further than to its other side. */
/* A_t = g A + D (1 + i b) lap A - g (1 + i c) |A|^2 A */
vec2 rate(vec2 state, vec2 laplacian) {
    return growth * state
        + diffusion * multiply(vec2(1.0, dispersion), laplacian)
        - growth * dot(state, state) * multiply(vec2(1.0, twist), state);
}
