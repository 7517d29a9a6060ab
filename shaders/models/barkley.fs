/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Barkley: a quick excitable medium; spirals that turn, wander, or break up into turbulence",
  "CREDIT": "D. Barkley, A model for fast computer simulation of waves in excitable media, Physica D 49 (1991), doi:10.1016/0167-2789(91)90194-E; late recovery: M. Baer and M. Eiswirth, Phys. Rev. E 48 (1993), doi:10.1103/PhysRevE.48.R1635",
  "CATEGORIES": ["Generator", "Excitable medium"],
  "INPUTS": [
    {"NAME": "duration", "TYPE": "float", "LABEL": "Length of the pulse a", "MIN": 0.4, "MAX": 1.2, "DEFAULT": 0.75},
    {"NAME": "threshold", "TYPE": "float", "LABEL": "Threshold b", "MIN": 0.005, "MAX": 0.15, "DEFAULT": 0.04},
    {"NAME": "epsilon", "TYPE": "float", "LABEL": "Quickness of the excitation", "MIN": 0.02, "MAX": 0.1, "DEFAULT": 0.03},
    {"NAME": "late", "TYPE": "float", "LABEL": "Lateness of the recovery", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion of the excitation", "MIN": 0.4, "MAX": 8.0, "DEFAULT": 2.5}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u", "v"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.4],
    "SHOWN": [[0.95, 0.0, -0.02], [0.0, 1.6, -0.25]],
    "RANGE": [[-0.2, 1.2], [-0.2, 1.2]],
    "DT": 0.025,
    "STEPS": 200,
    "LIMIT": {"DIFFUSION": "diffusion", "REACTION": "max(1.2, (1 + threshold) / duration) / epsilon + 1"},
    "SEED": {"kind": "fronts", "count": 2, "grow": 600},
    "CURVES": {"epsilon": "log"},
    "UNITS": {"epsilon": "t", "diffusion": "cells^2/t"}
  }
}*/

/* u_t = D lap u + u (1 - u) (u - (v + b) / a) / e;  v_t = g(u) - v
   g(u) = u is Barkley's. With lateness 1, Baer and Eiswirth's: nothing below u = 1/3, then
   1 - 6.75 u (u - 1)^2, and 1 above u = 1. D is (1 / dx)^2 of the papers: 2.5 for dx = 0.63.
   Above u = 1, where no wave gets but a splat does, u falls whatever v is: the equation would hold it
   up while v is high. */
vec2 rate(vec2 state, vec2 laplacian) {
    float u = state.x;
    float within = clamp(u, 0.33333333, 1.0);
    float delayed = 1.0 - 6.75 * within * (within - 1.0) * (within - 1.0);
    float above = u - (state.y + threshold) / duration;
    float excitation = u * (1.0 - u) * (u > 1.0 ? abs(above) : above) / epsilon;
    return vec2(diffusion * laplacian.x + excitation, mix(u, delayed, late) - state.y);
}
