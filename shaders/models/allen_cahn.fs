/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Allen-Cahn: two phases; walls that straighten, march and quiver",
  "CREDIT": "S. M. Allen and J. W. Cahn, A microscopic theory for antiphase boundary motion, Acta Metall. 27 (1979), doi:10.1016/0001-6160(79)90196-2; Schloegl's second model: Z. Phys. 253 (1972), doi:10.1007/BF01379769",
  "CATEGORIES": ["Generator", "Phase separation"],
  "INPUTS": [
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Surface tension", "MIN": 0.2, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "parting", "TYPE": "float", "LABEL": "Force of parting", "MIN": 0.05, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "bias", "TYPE": "float", "LABEL": "Which phase gains", "MIN": -0.6, "MAX": 0.6, "DEFAULT": 0.0},
    {"NAME": "agitation", "TYPE": "float", "LABEL": "Quiver", "MIN": 0.0, "MAX": 0.6, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["phase"],
    "REST": [-1.0],
    "BRUSH": [1.0],
    "SHOWN": [[0.5, 0.5], [-0.5, 0.5]],
    "RANGE": [[-2.5, 2.5]],
    "DT": 0.25,
    "STEPS": 120,
    "NOISE": true,
    "LIMIT": {"DIFFUSION": "diffusion", "REACTION": "parting * (5 + 2 * abs(bias))"},
    "SEED": {"kind": "noise", "amplitude": 1.0, "scale": 3.0, "base": [0.0], "grow": 40},
    "UNITS": {"diffusion": "cells^2/t", "parting": "1/t"}
  }
}*/

/* u_t = D lap u + k (1 - u^2) (u + b) + a xi
   A straight wall runs at b sqrt(2 k D); xi is white in place and time. */
float rate(float phase, float laplacian) {
    return diffusion * laplacian + parting * (1.0 - phase * phase) * (phase + bias) + agitation * white(0);
}
