/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Cyclic competition: three kinds, each beaten by the next; spirals that hunt each other",
  "CREDIT": "R. M. May and W. J. Leonard, Nonlinear aspects of competition between three species, SIAM J. Appl. Math. 29 (1975), doi:10.1137/0129022; in space: T. Reichenbach, M. Mobilia and E. Frey, Nature 448 (2007), doi:10.1038/nature06095",
  "CATEGORIES": ["Generator", "Ecology"],
  "INPUTS": [
    {"NAME": "mild", "TYPE": "float", "LABEL": "Pressure on the one that beats", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.8},
    {"NAME": "harsh", "TYPE": "float", "LABEL": "Pressure on the one beaten", "MIN": 1.1, "MAX": 4.0, "DEFAULT": 1.9},
    {"NAME": "diffuse_u", "TYPE": "float", "LABEL": "Wandering of the first", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "diffuse_v", "TYPE": "float", "LABEL": "Wandering of the second", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "diffuse_w", "TYPE": "float", "LABEL": "Wandering of the third", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "arrival", "TYPE": "float", "LABEL": "Arrivals from elsewhere", "MIN": 0.000001, "MAX": 0.01, "DEFAULT": 0.0001}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u", "v", "w"],
    "REST": [0.27, 0.27, 0.27],
    "BRUSH": [1.0, 0.0, 0.0],
    "SHOWN": [[1.0, 0.0], [0.0, 1.0]],
    "RANGE": [[0.0, 2.0], [0.0, 2.0], [0.0, 2.0]],
    "DT": 0.34,
    "STEPS": 150,
    "LIMIT": {"DIFFUSION": "max(diffuse_u, max(diffuse_v, diffuse_w))", "REACTION": "2 * harsh - 1"},
    "SEED": {"kind": "noise", "amplitude": 0.25, "scale": 4.0, "grow": 500},
    "CURVES": {"arrival": "log"},
    "UNITS": {"diffuse_u": "cells^2/t", "diffuse_v": "cells^2/t", "diffuse_w": "cells^2/t", "arrival": "1/t"}
  }
}*/

/* u_t = Du lap u + u (1 - u - a v - b w) + c, and so on round the circle u -> v -> w -> u.
   w beats u, u beats v, v beats w, where a < 1 < b. The arrivals keep a kind that float numbers would lose. */
vec3 rate(vec3 state, vec3 laplacian) {
    return vec3(diffuse_u, diffuse_v, diffuse_w) * laplacian
        + state * (1.0 - state - mild * state.yzx - harsh * state.zxy) + arrival;
}
