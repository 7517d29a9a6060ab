/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Lambda-omega: every place a clock of its own pace, pulled by its neighbours; targets round the quick ones, spirals where they disagree",
  "CREDIT": "N. Kopell and L. N. Howard, Plane wave solutions to reaction-diffusion equations, Stud. Appl. Math. 52 (1973), doi:10.1002/sapm1973524291; targets round pacemakers: P. S. Hagan, Adv. Appl. Math. 2 (1981), doi:10.1016/0196-8858(81)90014-6",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "growth", "TYPE": "float", "LABEL": "Growth", "MIN": 0.3, "MAX": 1.5, "DEFAULT": 1.0},
    {"NAME": "pace", "TYPE": "float", "LABEL": "Pace of a small swing", "MIN": -1.0, "MAX": 2.0, "DEFAULT": 1.2},
    {"NAME": "slowing", "TYPE": "float", "LABEL": "Slowing of a full swing", "MIN": -1.5, "MAX": 1.5, "DEFAULT": 0.8},
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion", "MIN": 0.1, "MAX": 3.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["real", "imaginary"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.7],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5]],
    "RANGE": [[-1.75, 1.75], [-1.75, 1.75]],
    "DT": 0.05,
    "STEPS": 240,
    "LIMIT": {"DIFFUSION": "diffusion", "REACTION": "5.2 * growth + 6 * (abs(pace) + abs(slowing))^2 / growth"},
    "SEED": {"kind": "noise", "amplitude": 0.3, "scale": 10, "grow": 400},
    "UNITS": {"growth": "1/t", "pace": "1/t", "slowing": "1/t", "diffusion": "cells^2/t"}
  }
}*/

/* z_t = D lap z + (lambda + i omega) z,  lambda = g (1 - |z|^2),  omega = w - s |z|^2
   The limit: under Euler a clock of pace w swings wider, by w^2 dt / 2 g; and from
   a corner of the range, where |z|^2 is 6.1, a step goes no further than to its other side. */
vec2 rate(vec2 state, vec2 laplacian) {
    float square = dot(state, state);
    float lambda = growth * (1.0 - square);
    float omega = pace - slowing * square;
    return diffusion * laplacian + lambda * state + omega * vec2(-state.y, state.x);
}
