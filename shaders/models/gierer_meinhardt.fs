/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Gierer-Meinhardt: what makes itself near and forbids itself far; heads, bristles, stripes of a shell",
  "CREDIT": "A. Gierer and H. Meinhardt, A theory of biological pattern formation, Kybernetik 12 (1972), doi:10.1007/BF00289234; saturation: H. Meinhardt, Models of Biological Pattern Formation (1982)",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "base", "TYPE": "float", "LABEL": "Base production", "MIN": 0.02, "MAX": 0.6, "DEFAULT": 0.2},
    {"NAME": "decay_activator", "TYPE": "float", "LABEL": "Decay of the activator", "MIN": 0.6, "MAX": 1.6, "DEFAULT": 1.0},
    {"NAME": "decay_inhibitor", "TYPE": "float", "LABEL": "Decay of the inhibitor", "MIN": 1.2, "MAX": 5.0, "DEFAULT": 2.0},
    {"NAME": "saturation", "TYPE": "float", "LABEL": "Saturation: spots to stripes", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.0},
    {"NAME": "diffuse_activator", "TYPE": "float", "LABEL": "Diffusion of the activator", "MIN": 0.2, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "diffuse_inhibitor", "TYPE": "float", "LABEL": "Diffusion of the inhibitor", "MIN": 2.0, "MAX": 50.0, "DEFAULT": 24.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["activator", "inhibitor"],
    "REST": [2.2, 2.42],
    "BRUSH": [6.0, 3.0],
    "SHOWN": [[0.18, 0.0, -0.05], [0.0, 0.25, -0.25]],
    "RANGE": [[0.0, 400.0], [0.01, 400.0]],
    "DT": 0.01,
    "STEPS": 500,
    "LIMIT": {"DIFFUSION": "max(diffuse_activator, diffuse_inhibitor)", "REACTION": "decay_activator + decay_inhibitor + 20"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 1500},
    "UNITS": {"base": "1/t", "decay_activator": "1/t", "decay_inhibitor": "1/t", "diffuse_activator": "cells^2/t", "diffuse_inhibitor": "cells^2/t"}
  }
}*/

/* u_t = Du lap u + a + u^2 / (v (1 + K u^2)) - b u;  v_t = Dv lap v + u^2 - c v
   Where the inhibitor is all but gone, the activator makes itself no faster than reaction_room. */
vec2 rate(vec2 state, vec2 laplacian) {
    float square = state.x * state.x;
    float making = state.x * min(state.x / (state.y * (1.0 + saturation * square)), reaction_room);
    return vec2(diffuse_activator, diffuse_inhibitor) * laplacian
        + vec2(base + making - decay_activator * state.x, square - decay_inhibitor * state.y);
}
