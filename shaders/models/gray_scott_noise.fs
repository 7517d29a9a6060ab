/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Gray-Scott with noise: chance divides what would stand still; too much of it tears all apart",
  "CREDIT": "F. Lesmes, D. Hochberg, F. Moran and J. Perez-Mercader, Noise-controlled self-replicating patterns, Phys. Rev. Lett. 91 (2003), doi:10.1103/PhysRevLett.91.238301; J. E. Pearson, Science 261 (1993), doi:10.1126/science.261.5118.189",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "feed", "TYPE": "float", "LABEL": "Feed", "MIN": 0.0, "MAX": 0.12, "DEFAULT": 0.05},
    {"NAME": "kill", "TYPE": "float", "LABEL": "Kill", "MIN": 0.03, "MAX": 0.075, "DEFAULT": 0.0655},
    {"NAME": "noise", "TYPE": "float", "LABEL": "Noise", "MIN": 0.0, "MAX": 0.04, "DEFAULT": 0.02},
    {"NAME": "diffuse_u", "TYPE": "float", "LABEL": "Diffusion of the food", "MIN": 0.02, "MAX": 0.6, "DEFAULT": 0.2097},
    {"NAME": "diffuse_v", "TYPE": "float", "LABEL": "Diffusion of the eater", "MIN": 0.03, "MAX": 0.4, "DEFAULT": 0.105}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u", "v"],
    "REST": [1.0, 0.0],
    "BRUSH": [0.5, 0.5],
    "SHOWN": [[0.0, 2.6], [-1.0, 0.0, 1.0]],
    "RANGE": [[0.0, 1.5], [0.0, 4.0]],
    "DT": 0.8,
    "STEPS": 600,
    "NOISE": true,
    "LIMIT": {"DIFFUSION": "1.6 * max(diffuse_u, diffuse_v)", "REACTION": "0.2 + feed + 0.16 * diffuse_u / diffuse_v"},
    "SEED": {"kind": "spots", "count": 24, "grow": 1500},
    "UNITS": {"feed": "1/t", "kill": "1/t", "noise": "cells/sqrt(t)", "diffuse_u": "cells^2/t", "diffuse_v": "cells^2/t"}
  }
}*/

/* u_t = Du lap u - u v^2 + F (1 - u);  v_t = Dv lap v + u v^2 - (F + k) v + noise xi
   xi: white in space and time; a concentration ends at zero (the clamp).
   The limit is gray_scott's; 1.6, since rough ground kept at the very limit would swing. */
vec2 rate(vec2 state, vec2 laplacian) {
    float reaction = state.x * min(state.y * state.y, reaction_room);
    return vec2(diffuse_u, diffuse_v) * laplacian
        + vec2(feed * (1.0 - state.x) - reaction, reaction - (feed + kill) * state.y + noise * white(0));
}
