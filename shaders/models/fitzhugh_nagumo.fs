/*{
  "ISFVSN": "2",
  "DESCRIPTION": "FitzHugh-Nagumo: excitation and recovery; labyrinths, spirals, pulses",
  "CREDIT": "R. FitzHugh 1961, J. Nagumo 1962; A. Hagberg and E. Meron, From labyrinthine patterns to spiral turbulence, Phys. Rev. Lett. 72 (1994), doi:10.1103/PhysRevLett.72.2494",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "epsilon", "TYPE": "float", "LABEL": "Recovery rate", "MIN": 0.002, "MAX": 0.6, "DEFAULT": 0.05},
    {"NAME": "delta", "TYPE": "float", "LABEL": "Diffusion of the recovery", "MIN": 0.0, "MAX": 6.0, "DEFAULT": 4.0},
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion of the excitation", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "offset", "TYPE": "float", "LABEL": "Threshold a0", "MIN": -0.5, "MAX": 0.5, "DEFAULT": -0.1},
    {"NAME": "slope", "TYPE": "float", "LABEL": "Slope a1", "MIN": 0.2, "MAX": 4.0, "DEFAULT": 2.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["a", "b"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.2, 0.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 1.2, 0.5]],
    "RANGE": [[-1.8, 1.8], [-3.0, 3.0]],
    "DT": 0.06,
    "STEPS": 400,
    "LIMIT": {"DIFFUSION": "max(diffusion, delta)", "REACTION": "6 + epsilon * slope"},
    "SEED": {"kind": "noise", "amplitude": 0.6, "grow": 1200},
    "UNITS": {"delta": "cells^2/t", "diffusion": "cells^2/t", "epsilon": "1/t"}
  }
}*/

/* a_t = a - a^3 - b + D lap a;  b_t = epsilon (a - a1 b - a0) + delta lap b */
vec2 rate(vec2 state, vec2 laplacian) {
    float a = state.x;
    float b = state.y;
    return vec2(a - a * a * a - b + diffusion * laplacian.x,
                epsilon * (a - slope * b - offset) + delta * laplacian.y);
}
