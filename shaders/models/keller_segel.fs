/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Keller-Segel: cells that call each other together; knots and strands that merge and are born anew",
  "CREDIT": "E. F. Keller and L. A. Segel, Initiation of slime mold aggregation viewed as an instability, J. Theor. Biol. 26 (1970), doi:10.1016/0022-5193(70)90092-5; with growth: K. J. Painter and T. Hillen, Spatio-temporal chaos in a chemotaxis model, Physica D 240 (2011), doi:10.1016/j.physd.2010.09.011",
  "CATEGORIES": ["Generator", "Chemotaxis"],
  "INPUTS": [
    {"NAME": "attraction", "TYPE": "float", "LABEL": "Attraction", "MIN": 0.0, "MAX": 9.0, "DEFAULT": 4.0},
    {"NAME": "growth", "TYPE": "float", "LABEL": "Growth of the cells", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "decay", "TYPE": "float", "LABEL": "Decay of the scent", "MIN": 0.05, "MAX": 1.0, "DEFAULT": 0.1},
    {"NAME": "wander", "TYPE": "float", "LABEL": "Wandering of the cells", "MIN": 0.3, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "scent_spread", "TYPE": "float", "LABEL": "Spread of the scent", "MIN": 0.3, "MAX": 2.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["cells", "scent"],
    "REST": [1.0, 1.0],
    "BRUSH": [2.0, 4.0],
    "SHOWN": [[0.33, 0.0], [0.0, 0.4]],
    "RANGE": [[0.0, 30.0], [0.0, 60.0]],
    "DT": 0.13,
    "STEPS": 240,
    "LIMIT": {"DIFFUSION": "max(wander, scent_spread)", "REACTION": "2 + growth + decay + 1.5 * attraction"},
    "SEED": {"kind": "noise", "amplitude": 0.6, "grow": 500},
    "UNITS": {"wander": "cells^2/t", "scent_spread": "cells^2/t", "growth": "1/t", "decay": "1/t"}
  }
}*/

/* What goes over from one cell to the next, where the scent rises by `rise`: as many as are ready
   where they come from, and never more of them than the step can carry away. */
float drawn(float cells, float rise) {
    return cells * min(attraction * rise / (1.0 + cells * cells), reaction_room / (16.0 * stencil_scale));
}

/* What leaves for a neighbour, less what comes from it. */
float leave(vec4 near, vec2 here) {
    return near.g > here.y ? drawn(here.x, near.g - here.y) : -drawn(near.r, here.y - near.g);
}

/* u_t = Du lap u - div(c u / (1 + u^2) grad v) + r u (1 - u);  v_t = Dv lap v + u - a v
   The gathering is taken upwind, along the eight ways of the Laplacian: no cell is emptied below
   nothing, and what leaves one arrives in the next. */
vec2 rate(vec2 here, vec2 laplacian) {
    float straight = leave(textureOffset(state, uv, ivec2(1, 0)), here) + leave(textureOffset(state, uv, ivec2(-1, 0)), here)
                   + leave(textureOffset(state, uv, ivec2(0, 1)), here) + leave(textureOffset(state, uv, ivec2(0, -1)), here);
    float across = leave(textureOffset(state, uv, ivec2(1, 1)), here) + leave(textureOffset(state, uv, ivec2(-1, -1)), here)
                 + leave(textureOffset(state, uv, ivec2(1, -1)), here) + leave(textureOffset(state, uv, ivec2(-1, 1)), here);
    float gathering = stencil_scale * (4.0 * straight + across);
    return vec2(wander * laplacian.x - gathering + growth * here.x * (1.0 - here.x),
                scent_spread * laplacian.y + here.x - decay * here.y);
}
