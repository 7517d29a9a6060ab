/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Predator and prey: grazers chase what grows; waves, spirals and patches that come and go",
  "CREDIT": "M. L. Rosenzweig and R. H. MacArthur, Am. Nat. 97 (1963), doi:10.1086/282272; in space: A. B. Medvinsky et al., Spatiotemporal complexity of plankton and fish dynamics, SIAM Rev. 44 (2002), doi:10.1137/S0036144502404442",
  "CATEGORIES": ["Generator", "Ecology"],
  "INPUTS": [
    {"NAME": "conversion", "TYPE": "float", "LABEL": "What a meal is worth", "MIN": 0.8, "MAX": 4.0, "DEFAULT": 2.0},
    {"NAME": "mortality", "TYPE": "float", "LABEL": "Death of the predator", "MIN": 0.15, "MAX": 1.5, "DEFAULT": 0.6},
    {"NAME": "saturation", "TYPE": "float", "LABEL": "Prey at half appetite", "MIN": 0.15, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "diffuse_prey", "TYPE": "float", "LABEL": "Wandering of the prey", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "diffuse_predator", "TYPE": "float", "LABEL": "Wandering of the predator", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["prey", "predator"],
    "REST": [1.0, 0.0],
    "BRUSH": [0.8, 0.5],
    "SHOWN": [[1.0, 0.0], [0.0, 1.0]],
    "RANGE": [[0.0, 2.0], [0.0, 6.0]],
    "DT": 0.25,
    "STEPS": 150,
    "LIMIT": {"DIFFUSION": "max(diffuse_prey, diffuse_predator)", "REACTION": "1.5 + 0.5 * conversion"},
    "SEED": {"kind": "spots", "count": 9, "radius": 0.06, "vary": 0.7, "jitter": 1.5, "grow": 400},
    "UNITS": {"diffuse_prey": "cells^2/t", "diffuse_predator": "cells^2/t", "mortality": "1/t"}
  }
}*/

/* u_t = Du lap u + u (1 - u) - u v / (u + h);  v_t = Dv lap v + k u v / (u + h) - m v
   Where predators crowd, they eat no more than the step can carry away: beyond half of reaction_room. */
vec2 rate(vec2 state, vec2 laplacian) {
    float grazing = state.x * min(state.y / (state.x + saturation), 0.5 * reaction_room);
    return vec2(diffuse_prey, diffuse_predator) * laplacian
        + vec2(state.x * (1.0 - state.x) - grazing, conversion * grazing - mortality * state.y);
}
