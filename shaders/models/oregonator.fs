/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Oregonator: the Belousov-Zhabotinsky dish; thin bright fronts, targets and scrolls that put each other out",
  "CREDIT": "R. J. Field and R. M. Noyes, J. Chem. Phys. 60 (1974), doi:10.1063/1.1681288; two variables: J. J. Tyson and P. C. Fife, Target patterns in a realistic model of the Belousov-Zhabotinskii reaction, J. Chem. Phys. 73 (1980), doi:10.1063/1.440418",
  "CATEGORIES": ["Generator", "Excitable medium"],
  "INPUTS": [
    {"NAME": "epsilon", "TYPE": "float", "LABEL": "Quickness of the fronts", "MIN": 0.02, "MAX": 0.15, "DEFAULT": 0.04},
    {"NAME": "stoichiometry", "TYPE": "float", "LABEL": "Stoichiometry f", "MIN": 0.6, "MAX": 3.5, "DEFAULT": 2.0},
    {"NAME": "scarcity", "TYPE": "float", "LABEL": "Scarcity q", "MIN": 0.001, "MAX": 0.02, "DEFAULT": 0.002},
    {"NAME": "diffuse_acid", "TYPE": "float", "LABEL": "Diffusion of the acid", "MIN": 1.0, "MAX": 24.0, "DEFAULT": 6.0},
    {"NAME": "diffuse_catalyst", "TYPE": "float", "LABEL": "Diffusion of the catalyst", "MIN": 0.0, "MAX": 12.0, "DEFAULT": 3.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["acid", "catalyst"],
    "REST": [0.003, 0.015],
    "BRUSH": [0.8, 0.04],
    "SHOWN": [[0.75, 1.7, -0.06], [0.0, 2.5, -0.1]],
    "RANGE": [[0.0, 1.5], [0.0, 1.5]],
    "DT": 0.0115,
    "STEPS": 280,
    "LIMIT": {"DIFFUSION": "max(diffuse_acid, diffuse_catalyst)", "REACTION": "5 / epsilon"},
    "SEED": {"kind": "spirals", "count": 4, "grow": 400},
    "CURVES": {"epsilon": "log", "scarcity": "log"},
    "UNITS": {"epsilon": "t", "diffuse_acid": "cells^2/t", "diffuse_catalyst": "cells^2/t"}
  }
}*/

/* a_t = Da lap a + (a - a^2 - f c (a - q) / (a + q)) / e;  c_t = Dc lap c + a - c
   D is (1 / dx)^2 of the papers: 6 for dx = 0.41. Just behind a front the acid falls to q within
   moments that no step can follow: there, where f c / (e (a + q)) exceeds half of reaction_room, it
   falls at that rate, to the same q. */
vec2 rate(vec2 state, vec2 laplacian) {
    float a = state.x;
    float uptake = stoichiometry * state.y / epsilon;
    float removal = uptake * (a - scarcity) / max(a + scarcity, uptake / (0.5 * reaction_room));
    return vec2(diffuse_acid, diffuse_catalyst) * laplacian
        + vec2(a * (1.0 - a) / epsilon - removal, a - state.y);
}
