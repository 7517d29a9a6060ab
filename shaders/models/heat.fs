/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Heat: warmth spreads and cools",
  "CREDIT": "J. Fourier, Theorie analytique de la chaleur (1822)",
  "CATEGORIES": ["Generator", "Diffusion"],
  "INPUTS": [
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion", "MIN": 0.01, "MAX": 2.0, "DEFAULT": 0.3},
    {"NAME": "cooling", "TYPE": "float", "LABEL": "Cooling", "MIN": 0.0, "MAX": 0.05, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["warmth"],
    "REST": [0.0],
    "BRUSH": [1.0],
    "SHOWN": [[1.0], [0.0]],
    "RANGE": [[-4.0, 4.0]],
    "DT": 1.0,
    "STEPS": 120,
    "LIMIT": {"DIFFUSION": "diffusion", "REACTION": "cooling"},
    "SEED": {"kind": "spots", "count": 40},
    "UNITS": {"diffusion": "cells^2/t", "cooling": "1/t"}
  }
}*/

/* u_t = D lap u - c u */
float rate(float state, float laplacian) {
    return diffusion * laplacian - cooling * state;
}
