/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Cahn-Hilliard: two liquids part; with a long-range pull they stay a labyrinth",
  "CREDIT": "J. W. Cahn and J. E. Hilliard, J. Chem. Phys. 28 (1958), doi:10.1063/1.1744102; long-range term: T. Ohta and K. Kawasaki, Macromolecules 19 (1986), doi:10.1021/ma00164a028",
  "CATEGORIES": ["Generator", "Phase separation"],
  "INPUTS": [
    {"NAME": "tension", "TYPE": "float", "LABEL": "Surface tension", "MIN": 0.1, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "parting", "TYPE": "float", "LABEL": "Force of parting", "MIN": 0.05, "MAX": 0.6, "DEFAULT": 0.3},
    {"NAME": "pull", "TYPE": "float", "LABEL": "Long-range pull", "MIN": 0.0, "MAX": 0.02, "DEFAULT": 0.0},
    {"NAME": "balance", "TYPE": "float", "LABEL": "Share of the liquids", "MIN": -0.7, "MAX": 0.7, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["share"],
    "REST": [0.0],
    "BRUSH": [1.0],
    "SHOWN": [[0.5, 0.5], [0.0, 0.0]],
    "RANGE": [[-1.5, 1.5]],
    "DT": 0.1,
    "STEPS": 400,
    "POTENTIAL": true,
    "LIMIT": {"DIFFUSION": "2.5 * parting", "BILAPLACIAN": "tension", "REACTION": "pull"},
    "SEED": {"kind": "noise", "amplitude": 0.4, "grow": 600},
    "UNITS": {"tension": "cells^4/t", "parting": "cells^2/t", "pull": "1/t"}
  }
}*/

/* mu = r (u^3 - u) - e lap u
   Liquids that part stay within 1.04. Beyond FULL the cube goes on as its tangent, no steeper than the
   limit says: mass is kept, so what hands pile up there stays there, and would flicker for ever. */
const float FULL = 1.0801234, STEEPEST = 2.5;

float potential(float state, float laplacian) {
    float within = clamp(state, -FULL, FULL);
    float bulk = within * (within * within - 1.0) + STEEPEST * (state - within);
    return parting * bulk - tension * laplacian;
}

/* u_t = lap mu - s (u - m) */
float rate(float state, float mu, float mu_laplacian) {
    return mu_laplacian - pull * (state - balance);
}
